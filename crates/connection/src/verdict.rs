//! Evidence → causes, the likeliest first, each with how sure it is and what speaks for it. Pure.
//!
//! What the page saw and what the server saw are compared; neither overrules the other. A certificate that the server
//! finds wanting is no cause if this browser was just given an answer, and a certificate that the server finds good is
//! no proof that this browser takes it.

mod page;
mod server;

use serde::{Deserialize, Serialize};

use crate::cause::{Cause, Confidence};
use crate::close_code::CloseCode;
use crate::endpoint::Endpoint;
use crate::evidence::{Body, Check, Evidence, Reach};
use crate::history::History;
use crate::machine::{Close, GivenUp, Machine, Outage};

/// One cause that fits, with what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What is wrong.
    pub cause: Cause,
    /// How sure that is.
    #[serde(rename = "sure")]
    pub confidence: Confidence,
    /// What speaks for it, the weightiest first.
    pub why: Vec<Basis>,
}

/// Something that speaks for a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// What this check saw.
    Check(Check),
    /// The socket never opened.
    NeverOpened,
    /// The connection had stood before.
    WasConnected,
    /// The socket did not open within the time limit.
    ConnectTimeout,
    /// The browser reported an error on the standing connection before it ended.
    ErrorFirst,
    /// The endpoint gave this close code.
    CloseCode(u16),
    /// The endpoint did not answer the liveness check.
    NoAnswer,
    /// The newest connections all ended at this age, in milliseconds.
    SameUptime(u64),
    /// So many losses within so many milliseconds.
    Repeated(u32, u64),
    /// The portal server's clock less this computer's, in milliseconds.
    ClockOff(i64),
}

/// All that a verdict rests on.
struct Case<'a> {
    endpoint: &'a Endpoint,
    outage: &'a Outage,
    history: &'a History,
    evidence: &'a Evidence,
}

/// The causes that fit what is known of the machine's current loss, the likeliest first.
pub fn rank(machine: &Machine) -> Vec<Finding> {
    let (Some(endpoint), Some(outage)) = (machine.endpoint(), machine.outage()) else { return Vec::new() };
    let case = Case { endpoint, outage, history: machine.history(), evidence: machine.diagnosis().evidence() };
    let mut findings = page::certain(&case);
    findings.extend(server::compared(&case));
    findings.extend(page::probable(&case));
    findings.extend(case.outage.first_close.as_ref().and_then(|cut| of_cut(cut, case.history)));
    tidy(findings)
}

/// What an answer to the sign-in that gave no token means.
pub fn of_refusal(reach: Reach) -> Cause {
    match reach {
        Reach::Answered { status: 401 | 403, .. } | Reach::Answered { status: 404, body: Body::Error, .. } => {
            Cause::Credentials
        }
        Reach::Answered { status: 400, .. } => Cause::ClockSkew,
        Reach::Answered { status, .. } if page::is_gateway(status) => Cause::BadGateway,
        Reach::Answered { .. } => Cause::NotDrp,
        Reach::Arrived { .. } => Cause::NotDrpOrBadGateway,
        Reach::Failed { .. } | Reach::TimedOut { .. } => Cause::UnreachableOrUntrusted,
    }
}

/// What was behind a loss that has been made good, given what the checks had named by then.
///
/// An endpoint that was only away has restarted: that it could not be reached meanwhile is no longer the news.
pub fn of_recovery(
    outage: &Outage,
    history: &History,
    named: Option<(Cause, Confidence)>,
) -> Option<(Cause, Confidence)> {
    let Some(cut) = outage.first_close.as_ref() else { return named };
    let only_away = named.is_none_or(|(cause, confidence)| confidence == Confidence::Possible || is_being_away(cause));
    if !only_away {
        return named;
    }
    let finding = of_cut(cut, history).filter(|finding| finding.cause != Cause::Cut || outage.attempts == 0);
    Some(finding.map_or((Cause::Restart, Confidence::Probable), |finding| (finding.cause, finding.confidence)))
}

/// Whether a cause says no more than that nothing came through.
fn is_being_away(cause: Cause) -> bool {
    matches!(cause, Cause::Crash | Cause::Down | Cause::Cut | Cause::UnreachableOrUntrusted)
}

/// What the end of a connection that had stood says by itself.
fn of_cut(cut: &Close, history: &History) -> Option<Finding> {
    let finding = |cause, confidence, basis| Some(Finding { cause, confidence, why: vec![basis] });
    match cut.given_up {
        Some(GivenUp::Silence) => return finding(Cause::Silence, Confidence::Certain, Basis::NoAnswer),
        Some(GivenUp::ConnectTimeout | GivenUp::NotMade) => return None,
        None => {}
    }
    match cut.code {
        CloseCode::MESSAGE_TOO_BIG => finding(Cause::TooLarge, Confidence::Certain, Basis::CloseCode(cut.code.0)),
        CloseCode::ABNORMAL | CloseCode(1005) => {
            if cut.error {
                return finding(Cause::Violation, Confidence::Probable, Basis::ErrorFirst);
            }
            if let Some(up) = history.same_uptime() {
                return finding(Cause::IdleCut, Confidence::Probable, Basis::SameUptime(up));
            }
            if let Some((losses, span)) = history.flapping() {
                let losses = u32::try_from(losses).unwrap_or(u32::MAX);
                return finding(Cause::Flapping, Confidence::Certain, Basis::Repeated(losses, span));
            }
            finding(Cause::Cut, Confidence::Certain, Basis::WasConnected)
        }
        CloseCode(code) => finding(Cause::Closed, Confidence::Certain, Basis::CloseCode(code)),
    }
}

/// Puts the surest first, keeps the order of the rules otherwise, and lets each cause stand once.
///
/// How a connection was cut explains less than why it does not come back, so that is listed after what the checks
/// found, except that a silent endpoint which still does not answer is one cause, not two.
fn tidy(mut findings: Vec<Finding>) -> Vec<Finding> {
    let silent = findings.iter().any(|it| it.cause == Cause::Silence);
    findings.retain(|it| !(silent && it.cause == Cause::NoAnswer));
    let why_away = findings.iter().any(|it| it.confidence >= Confidence::Probable && !tells_only_the_end(it.cause));
    if why_away {
        findings.retain(|it| it.cause != Cause::Cut);
    }
    // What the page guessed in the dark adds nothing once the reason is seen.
    if findings.iter().any(|it| it.confidence == Confidence::Certain && !tells_only_the_end(it.cause)) {
        let guess = |it: &Finding| {
            it.confidence < Confidence::Certain
                && matches!(it.cause, Cause::UnreachableOrUntrusted | Cause::NotDrpOrBadGateway | Cause::Down)
        };
        findings.retain(|it| !guess(it));
    }
    findings.sort_by_key(|it| (why_away && tells_only_the_end(it.cause), core::cmp::Reverse(it.confidence)));
    let mut seen = Vec::new();
    findings.retain(|it| {
        !seen.contains(&it.cause) && {
            seen.push(it.cause);
            true
        }
    });
    findings
}

/// Whether a cause says how a connection ended rather than why there is none now.
fn tells_only_the_end(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::Cut
            | Cause::Closed
            | Cause::TooLarge
            | Cause::Violation
            | Cause::Silence
            | Cause::IdleCut
            | Cause::Flapping
    )
}

/// Shorthand for a finding that rests on checks.
fn found(cause: Cause, confidence: Confidence, why: &[Check]) -> Finding {
    Finding { cause, confidence, why: why.iter().copied().map(Basis::Check).collect() }
}

#[cfg(test)]
mod tests;
