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
pub use dialog::{Control, Counting, Dialog, Fingerprint, controls, in_two_lines, offers_last_user};
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::Endpoint;
    use crate::machine::{Close, ConnectionId, Credential, Event, GRACE};
    use crate::time::Moment;

    #[test]
    fn other_programs_are_told_of_another_phase_or_alarm_and_of_nothing_else() {
        let now = Moment { mono: 0, wall: 1_800_000_000_000 };
        let mut machine = Machine::default();
        let rest = Summary::of(&machine);
        machine.step(Event::Connect(Endpoint::parse("drp.example.com").unwrap(), Credential::None), now, 0);
        let connecting = Summary::of(&machine);
        assert!(connecting.is_news_after(&rest), "another phase");
        assert!(!connecting.is_news_after(&connecting.clone()));
        let close =
            Close { code: CloseCode::ABNORMAL, reason: String::new(), clean: false, error: true, given_up: None };
        machine.step(Event::Opened(ConnectionId(1)), now, 0);
        machine.step(Event::Closed(ConnectionId(1), close.clone()), now.plus(60_000), 0);
        let lost = Summary::of(&machine);
        assert_eq!((lost.alarm, lost.code, lost.attempt), (Alarm::Amber, Some(CloseCode::ABNORMAL), 1));
        let later = now.plus(60_000 + GRACE);
        let louder = Summary { alarm: Alarm::Red, ..lost };
        assert!(louder.is_news_after(&lost), "another alarm");
        for same in [Summary { attempt: 2, ..lost }, Summary { code: None, ..lost }, Summary { label: "", ..lost }] {
            assert!(!same.is_news_after(&lost), "{same:?}");
        }
        machine.step(Event::Tick, later, 0);
        assert!(Summary::of(&machine).is_news_after(&lost), "{:?}", Summary::of(&machine));
    }
}
