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
    /// Try again.
    Retry {
        /// After so many milliseconds.
        wait: u64,
        /// Whether the endpoint asked for the wait, so that nothing but a person may shorten it.
        not_before: bool,
        /// The failures to hand to [`after_failure`] if that try fails too.
        failures: u32,
    },
    /// A person must act first.
    Person(Need),
}

/// What follows the loss of a connection with `code`, after `failures` tries that failed in a row and `in_a_row` losses
/// with this same code.
///
/// All portals of an endpoint that restarts or is overloaded are told so at the same moment. Those that still come too
/// early go on with the backoff at its cap: starting it from its base nearly doubles the endpoint's busiest second
/// (`cargo xtask storm`).
pub fn after(code: CloseCode, failures: u32, in_a_row: u32, random: u32) -> Next {
    let asked_for = |(low, high)| Next::Retry {
        wait: backoff::between(low, high, random),
        not_before: true,
        failures: failures.max(backoff::AT_CAP).saturating_add(1),
    };
    match code.retry() {
        Retry::Backoff => retry(failures, failures, random),
        Retry::Bounded if in_a_row >= BOUNDED_TRIES => Next::Person(Need::Attention),
        Retry::Bounded => retry(failures.max(in_a_row), failures, random),
        Retry::Restart => asked_for(RESTART_WAIT),
        Retry::Overload => asked_for(OVERLOAD_WAIT),
        Retry::SignIn => Next::Person(Need::SignIn),
        Retry::Rights => Next::Person(Need::Rights),
    }
}

/// What follows a try that failed before a connection stood, after `failures` others in a row: the wait, and the
/// failures for the next time.
pub fn after_failure(failures: u32, random: u32) -> (u64, u32) {
    (backoff::full_jitter(failures, random), failures.saturating_add(1))
}

fn retry(ceiling: u32, failures: u32, random: u32) -> Next {
    let (wait, _) = after_failure(ceiling, random);
    Next::Retry { wait, not_before: false, failures: failures.saturating_add(1) }
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
                Next::Retry { wait, .. } => assert!(wait <= OVERLOAD_WAIT.1, "{code}"),
                Next::Person(need) => assert!(matches!(need, Need::SignIn | Need::Rights), "{code}"),
            }
        }
    }

    #[test]
    fn a_restart_is_given_5_to_30_seconds_and_an_overload_a_minute() {
        let asked_for = |wait| Next::Retry { wait, not_before: true, failures: backoff::AT_CAP + 1 };
        assert_eq!(after(CloseCode(1012), 0, 1, 0), asked_for(5_000));
        assert_eq!(next(1012), asked_for(30_000));
        assert_eq!(after(CloseCode(1013), 0, 1, 0), asked_for(60_000));
    }

    #[test]
    fn a_try_after_an_announced_restart_that_fails_goes_on_at_the_cap() {
        let Next::Retry { failures, .. } = next(1012) else { panic!("a restart needs nobody") };
        assert_eq!(after_failure(failures, u32::MAX).0, backoff::CAP);
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
        assert!((1..BOUNDED_TRIES).all(|nth_loss| matches!(nth(nth_loss), Next::Retry { .. })));
        assert_eq!(nth(BOUNDED_TRIES), Next::Person(Need::Attention));
    }

    #[test]
    fn illegal_and_private_codes_are_retried_as_a_cut_is() {
        for code in [0, 999, 1006, 2999, 4000, 4999, 5000, u16::MAX] {
            let retry = Next::Retry { wait: backoff::BASE, not_before: false, failures: 1 };
            assert_eq!(next(code), retry, "{code}");
        }
    }
}
