//! The one place for sentences about the connection. A test holds them to the rules: say what happened, then how to
//! fix it; no “please”, “sorry”, “oops” or “invalid”; the same words wherever the same thing shows.

pub mod article;
mod basis;
mod cause;
mod check;
mod console;
mod facts;
mod format;
mod helper;
mod person;
mod said;
mod status;
mod title;
mod way;

pub use basis::basis;
pub use cause::{cause, certainty, finding, heading, need, plain};
pub use check::{outcome, question};
pub use console::{CONSOLE_HINT, CONSOLE_NO_ENDPOINT, bypass, stands_for, unread};
pub use facts::facts;
pub use format::{ago, bytes, date, date_time, duration};
pub use helper::helper;
pub use person::{Answer, Question, Unread, answers, ask, person, question as person_question, read_code};
pub use status::{
    Announcement, CHECKS_MISSING, COPY_REFUSED, DID_NOT_COME, LOSSES_UNREAD, NO_MESSAGE, NOT_HERE, PART_MISSING, RED,
    SIGN_IN_REFUSED, ZERO_LOSSES, announcement, certificate_notice, count_losses, ends_soon, headline, loss_cause,
    loss_line, megaphone, phase, run_checks, tab, waiting,
};
pub use title::{close_code, is_away, lead, since, title};
pub use way::{caption, mark, station, vantage, vantage_short};

#[cfg(test)]
mod tests;
