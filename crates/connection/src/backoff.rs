//! How long to wait before the next try: exponential backoff with full jitter, as one pure function.
//!
//! Full jitter (any time between nothing and the current ceiling) spreads the portals of a fleet evenly after an
//! endpoint restarts; `cargo xtask storm` shows it against schedules without jitter.

use crate::time::SECOND;

/// The ceiling of the first wait, in milliseconds.
pub const BASE: u64 = 500;
/// The ceiling that no later wait exceeds, in milliseconds.
pub const CAP: u64 = 20 * SECOND;

/// From this many failures on the ceiling is [`CAP`].
pub const AT_CAP: u32 = 6;

/// The wait before try number `failures + 1`, in milliseconds: evenly spread over 0 to `BASE * 2^failures`, at most
/// [`CAP`]. `random` is any 32 random bits.
pub fn full_jitter(failures: u32, random: u32) -> u64 {
    between(0, ceiling(failures), random)
}

/// The longest wait that [`full_jitter`] can give after that many failures, in milliseconds.
pub fn ceiling(failures: u32) -> u64 {
    BASE.checked_shl(failures).map_or(CAP, |wait| if wait >> failures == BASE { wait.min(CAP) } else { CAP })
}

/// A time between `low` and `high`, both included, evenly spread by 32 random bits; all in milliseconds.
pub fn between(low: u64, high: u64, random: u32) -> u64 {
    let span = high.saturating_sub(low).saturating_add(1);
    low + ((span * u64::from(random)) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ceiling_doubles_up_to_the_cap_and_never_wraps() {
        assert_eq!([0, 1, 2, 5].map(ceiling), [500, 1_000, 2_000, 16_000]);
        assert!(ceiling(AT_CAP - 1) < CAP);
        for failures in [AT_CAP, 31, 54, 63, 64, u32::MAX] {
            assert_eq!(ceiling(failures), CAP);
        }
    }

    #[test]
    fn a_wait_covers_the_whole_span_evenly() {
        assert_eq!(full_jitter(3, 0), 0);
        assert_eq!(full_jitter(3, u32::MAX), 4_000);
        assert_eq!(full_jitter(3, 1 << 31), 2_000);
        assert_eq!(between(5_000, 30_000, u32::MAX), 30_000);
    }
}
