//! The one place for sentences about the connection. A test holds them to the rules: say what happened, then how to
//! fix it; no “please”, “sorry”, “oops” or “invalid”; the same words wherever the same thing shows.

pub mod article;
mod cause;
mod check;
mod format;
mod status;

pub use cause::{basis, cause, finding, need, plain, title};
pub use check::{Outcome, outcome, question, ruled_out};
pub use format::{ago, bytes, date, duration};
pub use status::{
    Announcement, SIGN_IN_REFUSED, ZERO_LOSSES, announcement, certificate_notice, count_losses, headline, loss_line,
    megaphone, phase, waiting,
};

#[cfg(test)]
mod tests;
