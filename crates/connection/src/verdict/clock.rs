//! Two clocks that differ: a browser judges a certificate by its own, the server by its own, and the endpoint's answer to
//! the server bears the date of a third.

use super::server::Reading;
use super::{Basis, Case, Finding};
use crate::cause::{Cause, Confidence};
use crate::evidence::{CLOCK_TOLERANCE, Check, Reach};
use crate::time::SECOND;

/// This computer's clock says that a certificate is out of date which the server, with another clock, finds good.
pub(super) fn wrong(case: &Case<'_>, opaque: Reach, reading: Option<Reading>) -> Option<Finding> {
    let skew = case.evidence.clock_off()?;
    if is_about_dates(reading) || is_valid_here(case)? {
        return None;
    }
    let confidence = match opaque {
        // A certificate is refused at once.
        Reach::TimedOut { .. } => Confidence::Possible,
        Reach::Failed { .. } | Reach::Arrived { .. } | Reach::Answered { .. }
            if reading == Some(Reading::Healthy) && is_borne_out(case) =>
        {
            Confidence::Certain
        }
        Reach::Failed { .. } | Reach::Arrived { .. } | Reach::Answered { .. } => Confidence::Probable,
    };
    let why = vec![Basis::ClockOff(skew), Basis::Check(Check::Server)];
    Some(Finding { cause: Cause::YourClock, confidence, why })
}

/// Whether the server finds the certificate out of date and this browser, by its own clock, does not: its date then is
/// not what this browser holds against it, whichever clock is wrong.
pub(super) fn excuses(case: &Case<'_>, reading: Option<Reading>) -> bool {
    is_about_dates(reading) && case.evidence.clock_off().is_some() && is_valid_here(case) == Some(true)
}

fn is_about_dates(reading: Option<Reading>) -> bool {
    matches!(reading, Some(Reading::OnTheWay(Cause::Expired | Cause::NotYetValid | Cause::NotLoaded)))
}

/// Whether the endpoint's own certificate is valid by this computer's clock.
fn is_valid_here(case: &Case<'_>) -> Option<bool> {
    let leaf = case.evidence.leaf()?;
    let here = i128::from(case.evidence.probe()?.at_ms) - i128::from(case.evidence.clock_off().unwrap_or(0));
    let seconds = here / i128::from(SECOND);
    Some(seconds >= i128::from(leaf.not_before) && seconds <= i128::from(leaf.not_after))
}

/// Whether the endpoint's clock agrees with the server's: of three clocks, this computer's is the odd one out.
fn is_borne_out(case: &Case<'_>) -> bool {
    let Some(probe) = case.evidence.probe() else { return false };
    let date = probe.http.passed().and_then(|answer| answer.date_ms);
    date.is_some_and(|date| date.abs_diff(probe.at_ms) <= CLOCK_TOLERANCE)
}
