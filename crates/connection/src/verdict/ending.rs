//! What the end of a connection that had stood says by itself.

use super::{Basis, Finding};
use crate::cause::{Cause, Confidence};
use crate::client::Client;
use crate::close_code::CloseCode;
use crate::history::History;
use crate::loss::{Close, GivenUp};

/// The cause that the end itself names, if there is one.
pub(super) fn of_close(close: &Close, history: &History, client: Client) -> Option<Finding> {
    let finding = |cause, confidence, basis: &[Basis]| Some(Finding { cause, confidence, why: basis.to_vec() });
    match close.given_up {
        Some(GivenUp::Silence) => return finding(Cause::Silence, Confidence::Certain, &[Basis::NoAnswer]),
        Some(GivenUp::ConnectTimeout | GivenUp::NotMade | GivenUp::Unanswered) => return None,
        None => {}
    }
    match close.code {
        CloseCode::MESSAGE_TOO_BIG => finding(Cause::TooLarge, Confidence::Certain, &[Basis::CloseCode(close.code.0)]),
        CloseCode::ABNORMAL | CloseCode(1005) => {
            if close.error && client.browser.error_means_violation() {
                return finding(Cause::Violation, Confidence::Probable, &[Basis::ErrorFirst]);
            }
            if let Some((uptime, quiet)) = history.same_uptime() {
                let same = Basis::SameUptime(uptime);
                return match quiet {
                    Some(quiet) => finding(Cause::CutInUse, Confidence::Probable, &[same, Basis::InUse(quiet)]),
                    None => finding(Cause::IdleCut, Confidence::Probable, &[same]),
                };
            }
            if let Some((losses, span)) = history.flapping() {
                let losses = u32::try_from(losses).unwrap_or(u32::MAX);
                return finding(Cause::Flapping, Confidence::Certain, &[Basis::Repeated(losses, span)]);
            }
            finding(Cause::Cut, Confidence::Certain, &[Basis::WasConnected])
        }
        CloseCode(code) => finding(Cause::Closed, Confidence::Certain, &[Basis::CloseCode(code)]),
    }
}
