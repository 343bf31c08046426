//! The losses of this session, bounded, kept over a reload of the tab, and merged where they repeat.

use serde::{Deserialize, Serialize};

use crate::cause::{Cause, Confidence};
use crate::close_code::{self, CloseCode};
use crate::time::{MINUTE, SECOND};

/// How many losses are kept; the oldest go first.
pub const LIMIT: usize = 50;
/// Losses within this time of the newest count as one series, in milliseconds.
pub const FLAP_WINDOW: u64 = 2 * MINUTE;
/// From how many losses within [`FLAP_WINDOW`] on they are told as one.
pub const FLAP_LOSSES: usize = 3;
/// How many connections must have ended at the same age before that is more than chance.
const SAME_UPTIME_LOSSES: usize = 3;
/// A connection through which something had come within this time was in use, in milliseconds.
const IN_USE: u64 = 2 * SECOND;
/// Idle connections that end at the same age below this one say nothing, in milliseconds.
const IDLE_AGE: u64 = 5 * SECOND;
/// Connections in use that end at the same age below this one say nothing, in milliseconds.
const IN_USE_AGE: u64 = 2_500;

/// One ended connection, or one that never came about. All times are wall clock, so that they outlive a reload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// Counts up through the session, from 1.
    pub number: u32,
    /// When, in milliseconds since 1970 (UTC).
    pub at: u64,
    /// The close code that ended it.
    pub code: CloseCode,
    /// The endpoint's reason text, at most 123 bytes; empty when it gave none.
    pub reason: String,
    /// Whether the closing handshake was completed (`CloseEvent.wasClean`).
    pub clean: bool,
    /// How long the connection had stood, in milliseconds; `None` if it had never opened.
    pub up: Option<u64>,
    /// How long nothing had come through when it ended, in milliseconds; `None` if it had never opened, or was not noted.
    #[serde(default)]
    pub quiet: Option<u64>,
    /// How long it took until the next connection stood, in milliseconds; `None` while it has not come back.
    pub down: Option<u64>,
    /// Tries until then.
    pub attempts: u32,
    /// What was behind it, as far as it is known.
    pub cause: Option<(Cause, Confidence)>,
}

/// The losses of the session, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    losses: Vec<Loss>,
    total: u32,
}

impl History {
    /// The losses that are kept, oldest first.
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// How many there were in the session, those that are no longer kept included.
    pub fn total(&self) -> u32 {
        self.total
    }

    /// The newest one.
    pub fn last(&self) -> Option<&Loss> {
        self.losses.last()
    }

    pub(crate) fn last_mut(&mut self) -> Option<&mut Loss> {
        self.losses.last_mut()
    }

    /// Adds a loss and gives it its number.
    pub(crate) fn push(&mut self, mut loss: Loss) {
        self.total = self.total.saturating_add(1);
        loss.number = self.total;
        if self.losses.len() >= LIMIT {
            self.losses.remove(0);
        }
        self.losses.push(loss);
    }

    /// What was stored by an earlier page of this tab, made safe: not more losses and no longer reasons than
    /// this page keeps.
    #[must_use]
    pub fn restored(mut self) -> Self {
        self.losses.drain(..self.losses.len().saturating_sub(LIMIT));
        for loss in &mut self.losses {
            loss.reason = close_code::within_limit(core::mem::take(&mut loss.reason));
        }
        let kept = u32::try_from(self.losses.len()).unwrap_or(u32::MAX);
        self.total = self.total.max(kept);
        self
    }

    /// The same behind what was stored by an earlier page of this tab, which is read after this page has begun.
    #[must_use]
    pub(crate) fn behind(self, earlier: Self) -> Self {
        let mut all = earlier.restored();
        for loss in self.losses {
            all.push(loss);
        }
        all
    }

    /// The newest losses that follow each other within [`FLAP_WINDOW`] of the newest, if they are enough to be one
    /// series: how many, and over how many milliseconds. Only connections that had stood count.
    pub fn flapping(&self) -> Option<(usize, u64)> {
        let newest = self.last()?;
        let series = self.losses.iter().rev().take_while(|loss| newest.at.saturating_sub(loss.at) <= FLAP_WINDOW);
        let (count, first) =
            series.filter(|loss| loss.up.is_some()).fold((0, newest.at), |(n, _), loss| (n + 1, loss.at));
        (count >= FLAP_LOSSES).then_some((count, newest.at.saturating_sub(first)))
    }

    /// The age at which the newest connections ended, in milliseconds, if it was the same again and again: within one
    /// second or a twentieth, whichever is more. With it the longest time for which nothing had come through when one of
    /// them ended, if each was in use; an idle one says nothing below [`IDLE_AGE`].
    pub fn same_uptime(&self) -> Option<(u64, Option<u64>)> {
        let mut losses = self.losses.iter().rev().filter(|loss| loss.up.is_some()).take(SAME_UPTIME_LOSSES);
        let newest = losses.next()?;
        let uptime = newest.up?;
        let tolerance = (uptime / 20).max(SECOND);
        let mut alike = 1;
        let mut quiet = newest.quiet;
        for loss in losses {
            if loss.up?.abs_diff(uptime) > tolerance {
                return None;
            }
            quiet = quiet.zip(loss.quiet).map(|(one, other)| one.max(other));
            alike += 1;
        }
        let in_use = quiet.filter(|quiet| *quiet <= IN_USE);
        let least = if in_use.is_some() { IN_USE_AGE } else { IDLE_AGE };
        (alike == SAME_UPTIME_LOSSES && uptime >= least).then_some((uptime, in_use))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::close_code::REASON_LIMIT;

    /// A loss through which nothing had come.
    fn loss(at: u64, up: Option<u64>) -> Loss {
        let code = CloseCode::ABNORMAL;
        Loss {
            number: 0,
            at,
            code,
            reason: String::new(),
            clean: false,
            up,
            quiet: up,
            down: None,
            attempts: 0,
            cause: None,
        }
    }

    fn history(losses: &[(u64, Option<u64>)]) -> History {
        let mut history = History::default();
        losses.iter().for_each(|(at, up)| history.push(loss(*at, *up)));
        history
    }

    #[test]
    fn it_is_bounded_and_still_counts() {
        let many = history(&[(1, None); LIMIT + 7]);
        assert_eq!(many.losses().len(), LIMIT);
        assert_eq!(many.total(), 57);
        assert_eq!(many.last().map(|loss| loss.number), Some(57));
    }

    #[test]
    fn losses_close_to_each_other_are_one_series() {
        let six: Vec<_> = (0..6).map(|n| (n * 20_000, Some(1_000))).collect();
        assert_eq!(history(&six).flapping(), Some((6, 100_000)));
        assert_eq!(history(&six[..2]).flapping(), None);
        assert_eq!(history(&[(0, Some(1)), (200_000, Some(1)), (400_000, Some(1))]).flapping(), None);
    }

    #[test]
    fn the_same_age_again_and_again_is_noticed() {
        let same = history(&[(0, Some(60_100)), (1, Some(59_900)), (2, Some(60_000))]);
        assert_eq!(same.same_uptime(), Some((60_000, None)));
        assert_eq!(history(&[(0, Some(60_000)), (1, Some(10_000)), (2, Some(60_000))]).same_uptime(), None);
        assert_eq!(history(&[(1, Some(60_000)), (2, Some(60_000))]).same_uptime(), None);
        assert_eq!(history(&[(0, Some(4_900)), (1, Some(4_900)), (2, Some(4_900))]).same_uptime(), None);
    }

    #[test]
    fn connections_that_end_in_use_are_told_from_idle_ones() {
        let ended = |quiet: [Option<u64>; 3]| {
            let mut history = History::default();
            for quiet in quiet {
                history.push(Loss { quiet, ..loss(0, Some(3_000)) });
            }
            history.same_uptime()
        };
        assert_eq!(ended([Some(200), Some(150), Some(90)]), Some((3_000, Some(200))));
        assert_eq!(ended([Some(200), Some(2_900), Some(90)]), None);
        assert_eq!(ended([Some(200), None, Some(90)]), None);
    }

    #[test]
    fn losses_of_this_page_stand_behind_those_of_an_earlier_one_and_are_counted_on() {
        let all = history(&[(900, None)]).behind(history(&[(100, None), (200, None)]));
        let seen: Vec<_> = all.losses().iter().map(|loss| (loss.number, loss.at)).collect();
        assert_eq!((seen, all.total()), (vec![(1, 100), (2, 200), (3, 900)], 3));
    }

    #[test]
    fn what_was_stored_is_made_safe() {
        let mut stored = History { losses: vec![loss(0, None); 200], total: 3 };
        stored.losses[199].reason = "ü".repeat(5_000);
        let restored = stored.restored();
        assert_eq!((restored.losses().len(), restored.total()), (LIMIT, 50));
        assert!(restored.losses()[49].reason.len() <= REASON_LIMIT);
    }
}
