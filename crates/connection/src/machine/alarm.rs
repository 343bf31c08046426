//! What the megaphone shows, and how it is kept from flickering.

use super::{Outage, Phase};
use crate::time::{Moment, SECOND};

/// How long a loss stays amber before it is red, in milliseconds, unless a retry fails first.
pub const GRACE: u64 = SECOND;
/// How long a shown alarm stays at least, in milliseconds.
pub const MINIMUM: u64 = 3 * SECOND;

/// What the megaphone shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alarm {
    /// Nothing to say.
    #[default]
    Calm,
    /// Trying.
    Amber,
    /// “Unable to access DRP”.
    Red,
}

impl Alarm {
    /// The word of the `data-alarm` attribute.
    pub fn name(self) -> &'static str {
        match self {
            Alarm::Calm => "calm",
            Alarm::Amber => "amber",
            Alarm::Red => "red",
        }
    }
}

/// The alarm that is shown, since when, and when it would change by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) alarm: Alarm,
    since: u64,
}

impl Shown {
    /// Rises at once, falls only after [`MINIMUM`].
    pub(super) fn settle(&mut self, wanted: Alarm, now: Moment) {
        let may_fall = now.mono >= self.since.saturating_add(MINIMUM);
        if wanted > self.alarm || (wanted < self.alarm && may_fall) {
            *self = Self { alarm: wanted, since: now.mono };
        }
    }

    /// When the shown alarm may change though nothing happens, by the clock that never jumps.
    pub(super) fn due(&self, phase: Phase, outage: Option<&Outage>, now: Moment) -> Option<u64> {
        let (wanted, rises) = wanted(phase, outage, now);
        if wanted < self.alarm { Some(self.since.saturating_add(MINIMUM)) } else { rises }
    }
}

/// The alarm that a state calls for now, and when it will call for a higher one.
pub(super) fn wanted(phase: Phase, outage: Option<&Outage>, now: Moment) -> (Alarm, Option<u64>) {
    let after_grace = |since: Moment, before: Alarm, after: Alarm| {
        let due = since.mono.saturating_add(GRACE);
        if now.mono >= due { (after, None) } else { (before, Some(due)) }
    };
    match (phase, outage) {
        (Phase::Idle | Phase::Stopped | Phase::Connected { .. }, _) => (Alarm::Calm, None),
        (Phase::Connecting { since, .. }, None) => after_grace(since, Alarm::Calm, Alarm::Amber),
        (Phase::Waiting { .. } | Phase::Offline { .. } | Phase::NeedsYou { .. }, None) => (Alarm::Calm, None),
        (Phase::NeedsYou { .. }, Some(_)) => (Alarm::Red, None),
        (Phase::Connecting { .. } | Phase::Waiting { .. } | Phase::Offline { .. }, Some(outage)) => {
            if outage.attempts > 0 { (Alarm::Red, None) } else { after_grace(outage.since, Alarm::Amber, Alarm::Red) }
        }
    }
}
