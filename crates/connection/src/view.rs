//! What a screen shows of a state, as plain data: the views draw it and decide nothing.

mod bar;
mod details;
mod dialog;
mod overview;
mod own_loss;
mod picture;
mod standing;

use crate::close_code::CloseCode;
use crate::machine::{Alarm, Machine};
use crate::words;

pub use bar::{BAR_WIDTH, Bar, Span, SpanKind};
pub use details::{CertificateFacts, Checklist, what_else_fits, what_speaks_for_it};
pub use dialog::{Control, Counting, Dialog, Fingerprint, controls, in_two_lines};
pub use overview::{Overview, Tone};
pub use own_loss::OwnLoss;
pub use picture::{Cell, Link, Picture, Row};
pub use standing::{certificate_end, last_message, standing};

/// What the megaphone shows, and what other programs are told of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The word of `data-phase`.
    pub phase: &'static str,
    /// The alarm.
    pub alarm: Alarm,
    /// The close code of the loss that has not been made good yet.
    pub code: Option<CloseCode>,
    /// The number of the try that is on its way or comes next, counted from 1 since the loss.
    pub attempt: u32,
    /// The megaphone's text.
    pub label: &'static str,
}

impl Summary {
    /// What a state shows.
    pub fn of(machine: &Machine) -> Self {
        Self {
            phase: machine.phase().name(),
            alarm: machine.alarm(),
            code: machine.close_code(),
            attempt: machine.attempt(),
            label: words::megaphone(machine),
        }
    }

    /// Whether other programs are told: of another phase or another alarm.
    pub fn is_news_after(&self, before: &Self) -> bool {
        (self.phase, self.alarm) != (before.phase, before.alarm)
    }
}
