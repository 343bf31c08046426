//! When a portal tries again: by the portal's own rules, and as others do it.

use connection::close_code::CloseCode;
use connection::policy::{self, Next};

/// A way to decide on the next try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Schedule {
    /// The portal's own, after a cut (1006).
    Ours,
    /// The portal's own, after the endpoint said that it restarts (1012).
    OursToldOfRestart,
    /// Every 5 s.
    Fixed,
    /// After 0, 1, 2, 3, 4, 5, 5, 5 … s.
    Climbing,
    /// After 1, 2, 4, 8, 16, 30, 30 … s.
    Doubling,
}

impl Schedule {
    pub(super) const ALL: [Self; 5] =
        [Self::Ours, Self::OursToldOfRestart, Self::Fixed, Self::Climbing, Self::Doubling];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours: full jitter, after 1006",
            Self::OursToldOfRestart => "ours: 5–30 s, after 1012",
            Self::Fixed => "every 5 s",
            Self::Climbing => "0, 1, 2, 3, 4, 5, 5 … s",
            Self::Doubling => "1, 2, 4, 8, 16, 30, 30 … s",
        }
    }

    /// The wait between the loss and the first try, in milliseconds, and the failures to count from.
    pub(super) fn after_loss(self, random: u32) -> (u64, u32) {
        match self {
            Self::Ours => own(CloseCode::ABNORMAL, random),
            Self::OursToldOfRestart => own(CloseCode(1012), random),
            Self::Fixed | Self::Climbing | Self::Doubling => self.after_failure(0, random),
        }
    }

    /// The wait after a try that failed, after `failures` others, and the failures to count on from.
    pub(super) fn after_failure(self, failures: u32, random: u32) -> (u64, u32) {
        let next = failures.saturating_add(1);
        match self {
            Self::Ours | Self::OursToldOfRestart => policy::after_failure(failures, random),
            Self::Fixed => (5_000, next),
            Self::Climbing => (1_000 * u64::from(failures.min(5)), next),
            Self::Doubling => ((1_000 << failures.min(5)).min(30_000), next),
        }
    }
}

fn own(code: CloseCode, random: u32) -> (u64, u32) {
    match policy::after(code, 0, 1, random) {
        Next::Retry { wait, failures, .. } => (wait, failures),
        // Neither code asks for a person; if one ever does, its portals never come back by themselves.
        Next::Person(_) => (u64::MAX, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(schedule: Schedule) -> [u64; 7] {
        let mut step = schedule.after_loss(u32::MAX);
        [(); 7].map(|()| {
            let (wait, failures) = step;
            step = schedule.after_failure(failures, u32::MAX);
            wait
        })
    }

    #[test]
    fn each_schedule_is_what_its_name_says() {
        assert_eq!(waits(Schedule::Ours), [500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000]);
        assert_eq!(waits(Schedule::OursToldOfRestart)[..2], [30_000, 20_000]);
        assert_eq!(waits(Schedule::Fixed), [5_000; 7]);
        assert_eq!(waits(Schedule::Climbing), [0, 1_000, 2_000, 3_000, 4_000, 5_000, 5_000]);
        assert_eq!(waits(Schedule::Doubling), [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    }
}
