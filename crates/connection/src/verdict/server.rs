//! What the portal's server saw, and how it compares with what this browser saw.

use super::{Basis, Case, Finding, found, page};
use crate::cause::{Cause, Confidence};
use crate::evidence::{Check, Reach};
use crate::probe::{DialOutcome, HttpAnswer, HttpFailure, Probe, Step, TlsFailure, TrustProblem};

/// The server's finding, as far as this browser's own experience bears it out.
pub(super) fn compared(case: &Case<'_>) -> Option<Finding> {
    let probe = case.evidence.probe()?;
    let reach = case.evidence.opaque().or(case.evidence.info());
    let got_through = reach.is_some_and(Reach::arrived);
    if let Some(cause) = on_the_way(probe, case.evidence.known_fingerprint()).filter(|_| !got_through) {
        return Some(match reach {
            Some(_) => way(case, cause, Confidence::Certain, &[Check::Server, Check::Info]),
            None => way(case, cause, Confidence::Probable, &[Check::Server]),
        });
    }
    let cause = at_the_socket(probe)?;
    if cause == Cause::NoAnswer && reach.is_some() && !got_through {
        return Some(found(cause, Confidence::Certain, &[Check::Server, Check::Info]));
    }
    socket(case, cause, got_through)
}

/// A cause that lies on the way to the endpoint. One that went away while it was in use has crashed.
fn way(case: &Case<'_>, cause: Cause, confidence: Confidence, checks: &[Check]) -> Finding {
    if cause == Cause::Down && case.outage.first_close.is_some() {
        let mut finding = found(Cause::Crash, confidence, checks);
        finding.why.push(Basis::WasConnected);
        return finding;
    }
    found(cause, confidence, checks)
}

/// A cause that lies in how the endpoint answers. A refused sign-in explains a refused socket better; the server, which
/// has none, is always refused.
fn socket(case: &Case<'_>, cause: Cause, got_through: bool) -> Option<Finding> {
    match case.evidence.signed_in().and_then(Reach::status) {
        Some(400 | 401 | 403) => None,
        Some(_) => Some(found(cause, Confidence::Certain, &[Check::Server, Check::SignedIn])),
        None if got_through => Some(found(cause, Confidence::Certain, &[Check::Server, Check::Opaque])),
        None => Some(found(cause, Confidence::Probable, &[Check::Server])),
    }
}

/// Whether the server was let in up to the sign-in.
pub(super) fn is_healthy(probe: &Probe) -> bool {
    on_the_way(probe, None).or_else(|| at_the_socket(probe)).is_none()
}

/// What stops the server before HTTP. `known` is the fingerprint that was in use before.
fn on_the_way(probe: &Probe, known: Option<&str>) -> Option<Cause> {
    if probe.name.failed().is_some() {
        return Some(Cause::NoName);
    }
    if let Some(dials) = probe.tcp.failed() {
        let silent = !dials.is_empty() && dials.iter().all(|dial| dial.outcome == DialOutcome::Timeout);
        return Some(if silent { Cause::NoAnswer } else { Cause::Down });
    }
    match &probe.tls {
        Step::Failed { why, .. } => Some(of_tls(why)),
        Step::Passed { saw, .. } => {
            let replaced = known.zip(saw.chain.first()).is_some_and(|(known, leaf)| known != leaf.fingerprint);
            saw.problems.first().map(|problem| of_trust(problem, replaced))
        }
        Step::Skipped => None,
    }
}

/// What is wrong with how the endpoint answers the server.
fn at_the_socket(probe: &Probe) -> Option<Cause> {
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
        TlsFailure::Alert { .. }
        | TlsFailure::CertificateRequired
        | TlsFailure::NoBytes { .. }
        | TlsFailure::Closed
        | TlsFailure::Malformed { .. } => Cause::TlsFailed,
    }
}

/// The weightiest problem of a chain names the cause; one that was in use before and is only not trusted was replaced.
fn of_trust(problem: &TrustProblem, replaced: bool) -> Cause {
    match problem {
        TrustProblem::Malformed { .. }
        | TrustProblem::BadSignature
        | TrustProblem::WrongPurpose
        | TrustProblem::WrongPurposeForFirefox
        | TrustProblem::KeyKind { .. }
        | TrustProblem::KeyUsage
        | TrustProblem::OtherIssuerKey
        | TrustProblem::NameConstraint
        | TrustProblem::WeakKey
        | TrustProblem::WeakSignature
        | TrustProblem::Other { .. } => Cause::BadCertificate,
        TrustProblem::Expired | TrustProblem::IssuerExpired { .. } => Cause::Expired,
        TrustProblem::NotYetValid | TrustProblem::IssuerNotYetValid { .. } => Cause::NotYetValid,
        TrustProblem::WrongName | TrustProblem::NoNames => Cause::WrongName,
        TrustProblem::SelfSigned | TrustProblem::UnknownIssuer | TrustProblem::ChainIncomplete if replaced => {
            Cause::Replaced
        }
        TrustProblem::SelfSigned => Cause::SelfSigned,
        TrustProblem::UnknownIssuer | TrustProblem::ChainIncomplete => Cause::UnknownCa,
    }
}

fn of_http_failure(failure: &HttpFailure) -> Cause {
    match failure {
        HttpFailure::Timeout => Cause::NoAnswer,
        HttpFailure::Closed
        | HttpFailure::TooLarge
        | HttpFailure::CertificateRequired
        | HttpFailure::Malformed { .. } => Cause::NotDrp,
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
