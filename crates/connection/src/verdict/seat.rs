//! What the portal's server saw, and how it compares with what this browser saw.

use super::{Case, Finding, Ground, found, page};
use crate::cause::{Cause, Sure};
use crate::evidence::{Check, Reach};
use crate::probe::{DialOutcome, HttpAnswer, HttpFailure, Probe, Step, TlsFailure, TrustProblem};

/// The server's finding, as far as this browser's own experience bears it out.
pub(super) fn compared(case: &Case<'_>) -> Vec<Finding> {
    let Some(probe) = case.evidence.probe() else { return Vec::new() };
    let Some(cause) = cause(probe, case.evidence.known_fingerprint()) else { return Vec::new() };
    let server = &[Check::Server];
    let both = &[Check::Server, Check::Info];
    match layer(cause) {
        Layer::Way => match case.evidence.opaque().or(case.evidence.info()) {
            Some(reach) if reach.arrived() => Vec::new(),
            Some(Reach::Failed { .. } | Reach::TimedOut { .. }) => vec![way(case, cause, Sure::Certain, both)],
            Some(_) | None => vec![way(case, cause, Sure::Probable, server)],
        },
        Layer::Socket => match case.evidence.signed_in().and_then(Reach::status) {
            // A refused sign-in explains the refused socket; the server, which has none, is always refused.
            Some(400 | 401 | 403) => Vec::new(),
            Some(_) => vec![found(cause, Sure::Certain, both)],
            None if case.evidence.info().is_some_and(|info| !info.is_drp()) => vec![found(cause, Sure::Certain, both)],
            None => vec![found(cause, Sure::Probable, server)],
        },
    }
}

/// A cause that lies on the way to the endpoint. One that went away while it was in use has crashed.
fn way(case: &Case<'_>, cause: Cause, sure: Sure, checks: &[Check]) -> Finding {
    if cause == Cause::Down && case.outage.cut.is_some() {
        let mut finding = found(Cause::Crash, sure, checks);
        finding.why.push(Ground::WasConnected);
        return finding;
    }
    found(cause, sure, checks)
}

/// Where a cause that the server can find lies.
#[derive(PartialEq)]
enum Layer {
    /// Before HTTP: a browser that was given an answer has got past it.
    Way,
    /// At the upgrade.
    Socket,
}

fn layer(cause: Cause) -> Layer {
    let at_the_upgrade = matches!(cause, Cause::NotDrp | Cause::BadGateway | Cause::NoUpgrade | Cause::NoRights);
    if at_the_upgrade { Layer::Socket } else { Layer::Way }
}

/// What the probe alone says is wrong; `None` if the server would be let in up to the sign-in. `known` is the
/// fingerprint that was in use before.
pub(super) fn cause(probe: &Probe, known: Option<&str>) -> Option<Cause> {
    if probe.name.failed().is_some() {
        return Some(Cause::NoName);
    }
    if let Some(dials) = probe.tcp.failed() {
        let silent = !dials.is_empty() && dials.iter().all(|dial| dial.outcome == DialOutcome::Timeout);
        return Some(if silent { Cause::NoAnswer } else { Cause::Down });
    }
    match &probe.tls {
        Step::Failed { why, .. } => return Some(of_tls(why)),
        Step::Passed { saw, .. } => {
            let replaced = match (known, saw.chain.first()) {
                (Some(known), Some(leaf)) => known != leaf.fingerprint,
                (None | Some(_), _) => false,
            };
            if let Some(problem) = saw.problems.first() {
                return Some(of_trust(problem, replaced));
            }
        }
        Step::Skipped => {}
    }
    if let Some(failure) = probe.http.failed().or(probe.upgrade.failed()) {
        return Some(of_http_failure(failure));
    }
    of_answers(probe.http.passed()?, probe.upgrade.passed()?)
}

fn of_tls(failure: &TlsFailure) -> Cause {
    match failure {
        TlsFailure::Timeout => Cause::NoAnswer,
        TlsFailure::PlainHttp => Cause::PlainHttp,
        TlsFailure::OtherProtocol { .. } => Cause::OtherProtocol,
        TlsFailure::OldVersion => Cause::OldTls,
        TlsFailure::Alert { .. } | TlsFailure::Closed | TlsFailure::Malformed { .. } => Cause::TlsFailed,
    }
}

/// The weightiest problem of a chain names the cause; one that was in use before and is only not trusted was replaced.
fn of_trust(problem: &TrustProblem, replaced: bool) -> Cause {
    match problem {
        TrustProblem::Malformed { .. }
        | TrustProblem::BadSignature
        | TrustProblem::WrongPurpose
        | TrustProblem::Other { .. } => Cause::BadCertificate,
        TrustProblem::Expired => Cause::Expired,
        TrustProblem::NotYetValid => Cause::NotYetValid,
        TrustProblem::WrongName => Cause::WrongName,
        TrustProblem::SelfSigned | TrustProblem::UnknownIssuer if replaced => Cause::Replaced,
        TrustProblem::SelfSigned => Cause::SelfSigned,
        TrustProblem::UnknownIssuer => Cause::UnknownCa,
    }
}

fn of_http_failure(failure: &HttpFailure) -> Cause {
    match failure {
        HttpFailure::Timeout => Cause::NoAnswer,
        HttpFailure::Closed | HttpFailure::TooLarge | HttpFailure::Malformed { .. } => Cause::NotDrp,
    }
}

fn of_answers(info: &HttpAnswer, upgrade: &HttpAnswer) -> Option<Cause> {
    match (info.status, upgrade.status) {
        (401, 101 | 401) if info.drp => None,
        (info, upgrade) if page::is_gateway(info) || page::is_gateway(upgrade) => Some(Cause::BadGateway),
        (401, 403) if info.drp => Some(Cause::NoRights),
        (401 | 403, 403) => Some(Cause::NoRights),
        (401 | 403, _) if info.drp => Some(Cause::NoUpgrade),
        (_, 200 | 426) if info.status == 401 => Some(Cause::NoUpgrade),
        _ => Some(Cause::NotDrp),
    }
}
