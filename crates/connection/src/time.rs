//! Two clocks, read by the caller: one that never jumps and one that people read.

use serde::{Deserialize, Serialize};

/// One point in time on both clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Milliseconds since some start (`performance.now()`). Never jumps; may stand still while the computer sleeps.
    pub mono: u64,
    /// Milliseconds since 1970, UTC (`Date.now()`). Goes on during sleep; jumps when the clock is set.
    pub wall: u64,
}

impl Moment {
    /// Milliseconds from `earlier` to this moment, by the clock that never jumps; 0 if it lies in the future.
    pub fn since(self, earlier: Moment) -> u64 {
        self.mono.saturating_sub(earlier.mono)
    }

    /// Milliseconds from `earlier` to this moment as a person would count them, sleep included.
    pub fn since_wall(self, earlier: Moment) -> u64 {
        self.wall.saturating_sub(earlier.wall).max(self.since(earlier))
    }

    /// This moment, `ms` milliseconds later on both clocks.
    #[must_use]
    pub fn plus(self, ms: u64) -> Moment {
        Moment { mono: self.mono.saturating_add(ms), wall: self.wall.saturating_add(ms) }
    }
}

/// One second in the unit of this crate.
pub const SECOND: u64 = 1_000;
/// One minute in the unit of this crate.
pub const MINUTE: u64 = 60 * SECOND;
