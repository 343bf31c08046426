//! What the portal does after a connection ended: wait and try again, or wait for a person. One pure function over the
//! close code; the table of close codes says which rule applies.

use crate::backoff;
use crate::cause::Need;
use crate::close_code::{CloseCode, Retry};
use crate::time::{MINUTE, SECOND};

/// How many losses in a row with the same code of [`Retry::Bounded`] are retried before a person is asked.
pub const BOUNDED_TRIES: u32 = 5;

/// The wait after 1012, in milliseconds: the range that the registry's own text asks clients to spread over.
pub const RESTART_WAIT: (u64, u64) = (5 * SECOND, 30 * SECOND);
/// The wait after 1013, in milliseconds: at least a minute, spread over another half.
pub const OVERLOAD_WAIT: (u64, u64) = (MINUTE, 90 * SECOND);

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Try again after so many milliseconds.
    Retry(u64),
    /// The same, and not before: the endpoint asked for it. All its portals were told so at the same moment, so whoever
    /// still comes too early goes on with the backoff at its cap; starting it anew nearly doubles the endpoint's busiest
    /// second (`cargo xtask storm`).
    RetryNotBefore(u64),
    /// A person must act first.
    Person(Need),
}

/// The rule for `code`, after `failures` tries that failed in a row and `in_a_row` losses with this same code.
pub fn after(code: CloseCode, failures: u32, in_a_row: u32, random: u32) -> Next {
    match code.row().retry {
        Retry::Backoff => Next::Retry(backoff::full_jitter(failures, random)),
        Retry::Bounded if in_a_row >= BOUNDED_TRIES => Next::Person(Need::Attention),
        Retry::Bounded => Next::Retry(backoff::full_jitter(failures.max(in_a_row), random)),
        Retry::Restart => Next::RetryNotBefore(backoff::between(RESTART_WAIT.0, RESTART_WAIT.1, random)),
        Retry::Overload => Next::RetryNotBefore(backoff::between(OVERLOAD_WAIT.0, OVERLOAD_WAIT.1, random)),
        Retry::SignIn => Next::Person(Need::SignIn),
        Retry::Rights => Next::Person(Need::Rights),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(code: u16) -> Next {
        after(CloseCode(code), 0, 1, u32::MAX)
    }

    #[test]
    fn every_code_has_a_next_step() {
        for code in 0..=u16::MAX {
            match next(code) {
                Next::Retry(wait) | Next::RetryNotBefore(wait) => assert!(wait <= OVERLOAD_WAIT.1, "{code}"),
                Next::Person(need) => assert!(matches!(need, Need::SignIn | Need::Rights), "{code}"),
            }
        }
    }

    #[test]
    fn a_restart_is_given_5_to_30_seconds_and_an_overload_a_minute() {
        assert_eq!(after(CloseCode(1012), 0, 1, 0), Next::RetryNotBefore(5_000));
        assert_eq!(next(1012), Next::RetryNotBefore(30_000));
        assert_eq!(after(CloseCode(1013), 0, 1, 0), Next::RetryNotBefore(60_000));
    }

    #[test]
    fn refused_sign_ins_wait_for_a_person() {
        assert_eq!(next(1008), Next::Person(Need::SignIn));
        assert_eq!(next(3000), Next::Person(Need::SignIn));
        assert_eq!(next(3003), Next::Person(Need::Rights));
    }

    #[test]
    fn a_message_too_big_is_retried_but_not_for_ever() {
        let nth = |in_a_row| after(CloseCode::MESSAGE_TOO_BIG, 0, in_a_row, 7);
        assert!((1..BOUNDED_TRIES).all(|nth_loss| matches!(nth(nth_loss), Next::Retry(_))));
        assert_eq!(nth(BOUNDED_TRIES), Next::Person(Need::Attention));
    }

    #[test]
    fn illegal_and_private_codes_are_retried_as_a_cut_is() {
        for code in [0, 999, 1006, 2999, 4000, 4999, 5000, u16::MAX] {
            assert_eq!(next(code), Next::Retry(backoff::BASE), "{code}");
        }
    }
}
