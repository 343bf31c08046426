//! The one place for sentences about the connection. A test holds them to the rules: say what happened, then how to
//! fix it; no “please”, “sorry”, “oops” or “invalid”; the same words wherever the same thing shows.

pub mod article;
mod cause;
mod check;
mod console;
mod format;
mod person;
mod status;

pub use cause::{basis, cause, certainty, facts, finding, heading, need, plain};
pub use check::{Outcome, outcome, question, ruled_out};
pub use console::{CONSOLE_HINT, CONSOLE_NO_ENDPOINT, bypass, stands_for, unread};
pub use format::{ago, bytes, date, date_time, duration};
pub use person::{Answer, Question, answers, person, question as person_question};
pub use status::{
    Announcement, SIGN_IN_REFUSED, ZERO_LOSSES, announcement, certificate_notice, count_losses, headline, loss_line,
    megaphone, phase, waiting,
};

#[cfg(test)]
mod tests;
