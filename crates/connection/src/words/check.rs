//! The checklist: each check's question, and its one line of evidence beside how it came out.

use super::duration;
use crate::endpoint::Endpoint;
use crate::evidence::{Body, Check, Evidence, Observation, Permission, Reach, ServerCheck, TokenAnswer};
use crate::machine::{Machine, Progress};
use crate::probe::{DialOutcome, HttpFailure, NameFailure, Probe, StepResult, TlsFailure, TrustProblem};
use crate::verdict::{self, Outcome};

/// What a check finds out, as the checklist shows it.
pub fn question(check: Check) -> &'static str {
    match check {
        Check::Network => "This computer has a network",
        Check::Portal => "The portal's server answers",
        Check::MixedContent => "The browser allows this kind of address",
        Check::Csp => "The portal's policy allows the endpoint",
        Check::Permission => "The browser allows local networks",
        Check::Info => "The endpoint answers this browser",
        Check::Opaque => "Something answers at the address",
        Check::PlainHttp => "Something answers in plain HTTP",
        Check::SignedIn => "The endpoint accepts the sign-in",
        Check::Server => "What the portal's server sees",
        Check::Person => "What you saw",
    }
}

/// How a check came out, with one line of evidence.
pub fn outcome(check: Check, machine: &Machine) -> (Outcome, String) {
    let diagnosis = machine.diagnosis();
    match (diagnosis.evidence().of(check).zip(machine.endpoint()), diagnosis.progress()) {
        (Some((observation, endpoint)), _) => {
            let outcome = verdict::outcome(observation, diagnosis.evidence(), endpoint, machine.client());
            (outcome, saw(observation, diagnosis.evidence(), endpoint, outcome))
        }
        (None, Progress::Running) => (Outcome::Running, String::new()),
        (None, Progress::Idle) => (Outcome::Idle, String::new()),
        (None, Progress::Done) => (Outcome::NotReached, "Not needed any more.".to_owned()),
    }
}

/// What was seen, in one line.
fn saw(observation: &Observation, evidence: &Evidence, endpoint: &Endpoint, outcome: Outcome) -> String {
    match observation {
        Observation::Network(true) => "The browser reports a network.".to_owned(),
        Observation::Network(false) => "The browser reports that there is no network.".to_owned(),
        Observation::Portal(None) => "No answer. The portal goes on from this browser alone.".to_owned(),
        Observation::Portal(Some(portal)) => match portal.clock_off() {
            Some(skew) => clock_off(skew, "was"),
            None => format!("Answered in {} ms.", portal.ms),
        },
        Observation::MixedContent(false) => "No mixed content.".to_owned(),
        Observation::MixedContent(true) => {
            "This page came over HTTPS, and browsers do not let it reach an http:// endpoint.".to_owned()
        }
        Observation::Csp(None) => "No request was blocked by it.".to_owned(),
        Observation::Csp(Some(directive)) => {
            format!("The portal's content security policy blocked the request: {directive}.")
        }
        Observation::Permission(Permission::Unsupported) => "This browser does not ask for that.".to_owned(),
        Observation::Permission(Permission::Granted) => "Permission granted.".to_owned(),
        Observation::Permission(Permission::Prompt) => "Not asked yet. The browser asks if it matters.".to_owned(),
        Observation::Permission(Permission::Denied) => "Permission denied.".to_owned(),
        Observation::Info(reach) => readable(*reach),
        Observation::Opaque(reach) => arrival(*reach),
        Observation::PlainHttp(None) if endpoint.is_secure() => {
            "Not asked: a page that came over HTTPS may not ask in plain HTTP.".to_owned()
        }
        Observation::PlainHttp(None) => "Not asked: the address is plain HTTP itself.".to_owned(),
        Observation::PlainHttp(Some(reach)) if reach.arrived() => {
            "An answer came in plain HTTP, from the port or a proxy before it.".to_owned()
        }
        Observation::PlainHttp(Some(reach)) => arrival(*reach),
        Observation::SignedIn(None) => "Not signed in.".to_owned(),
        Observation::SignedIn(Some(reach)) => signed_in(*reach, evidence.token_answer()),
        Observation::Server(ServerCheck::NotOffered) => {
            "The operator has not named this endpoint, so the server does not look at it.".to_owned()
        }
        Observation::Server(ServerCheck::Absent) => {
            "This portal is served as plain files, so its server cannot look.".to_owned()
        }
        Observation::Server(ServerCheck::Away) => "The portal's server did not answer.".to_owned(),
        Observation::Server(ServerCheck::CouldNotLook) => {
            "The portal's server could not look at the moment, for a want of its own.".to_owned()
        }
        Observation::Person(saw) => super::person(*saw),
        Observation::Server(ServerCheck::Looked { probe, .. }) => seen_from_the_server(probe, outcome),
    }
}

/// How this computer's clock differs from the server's, by the server's less this one's in milliseconds.
pub(super) fn clock_off(skew: i64, is: &str) -> String {
    let side = if skew > 0 { "behind" } else { "ahead of" };
    format!("This computer's clock {is} {} {side} the server's.", duration(skew.unsigned_abs() / 1_000 * 1_000))
}

fn readable(reach: Reach) -> String {
    match reach {
        Reach::Answered { status: 401, ms, .. } if reach.is_drp() => {
            format!("Answered 401 in {ms} ms, as DRP does without a sign-in: address and certificate are fine.")
        }
        Reach::Answered { status, ms, body } => {
            let whose = if body == Body::Foreign { ", which is not DRP's answer" } else { "" };
            format!("Answered {status} in {ms} ms{whose}.")
        }
        Reach::Arrived { .. } | Reach::Failed { .. } | Reach::TimedOut { .. } => arrival(reach),
    }
}

fn signed_in(reach: Reach, answer: TokenAnswer) -> String {
    match (answer, reach) {
        (TokenAnswer::Accepted, Reach::Answered { ms, .. }) => format!("Accepted in {ms} ms."),
        (TokenAnswer::NotSignedIn, _) => "Answered 401: not signed in.".to_owned(),
        (TokenAnswer::NoRights, _) => "Answered 403: the account lacks a right.".to_owned(),
        (TokenAnswer::Expired, _) => "Answered 403: the sign-in is no longer accepted.".to_owned(),
        (TokenAnswer::ClocksDiffer, _) => "Answered 400, as DRP does when clocks differ.".to_owned(),
        (TokenAnswer::Another(status), _) => format!("Answered {status}."),
        (TokenAnswer::NotDrp(status), _) => format!("Answered {status}, which is not DRP's answer."),
        (TokenAnswer::Accepted | TokenAnswer::None, reach) => arrival(reach),
    }
}

fn arrival(reach: Reach) -> String {
    match reach {
        Reach::Answered { ms, .. } | Reach::Arrived { ms } => format!("An answer arrived in {ms} ms."),
        Reach::Failed { ms } => format!("Failed after {ms} ms; the browser gives no reason."),
        Reach::TimedOut { ms } => format!("No answer within {}.", duration(u64::from(ms))),
    }
}

fn seen_from_the_server(probe: &Probe, outcome: Outcome) -> String {
    match probe.name.failed() {
        Some(NameFailure::NotFound) => return "The name does not resolve.".to_owned(),
        Some(NameFailure::Timeout) => return "The server's resolver did not answer, so it could not look.".to_owned(),
        Some(NameFailure::Other { text }) => return format!("The server could not look the name up: {text}."),
        None => {}
    }
    if let Some(dials) = probe.tcp.failed() {
        let parts: Vec<String> =
            dials.iter().map(|dial| format!("{} {}", dial.address, dialled(&dial.outcome))).collect();
        return format!("{}.", parts.join(", "));
    }
    if verdict::some_addresses_fail(probe) {
        return "Not every address of the name leads to DRP.".to_owned();
    }
    match &probe.tls {
        StepResult::Failed { why, .. } => return tls(why),
        StepResult::Passed { saw, .. } if !saw.problems.is_empty() => {
            let parts: Vec<&str> = saw.problems.iter().map(problem).collect();
            let passes = if outcome == Outcome::Passed { ", which this browser lets pass" } else { "" };
            return format!("Reachable over {}; the certificate {}{passes}.", saw.protocol, parts.join(", "));
        }
        StepResult::Passed { .. } | StepResult::Skipped => {}
    }
    if let Some(failure) = probe.http.failed().or(probe.upgrade.failed()) {
        return http(failure).to_owned();
    }
    match (probe.http.passed(), probe.upgrade.passed()) {
        (Some(info), Some(upgrade)) => {
            format!("Reachable; /api/v3/info answered {}, the upgrade {}.", info.status, upgrade.status)
        }
        (None | Some(_), _) => "The look ended before the endpoint had answered.".to_owned(),
    }
}

fn dialled(outcome: &DialOutcome) -> &str {
    match outcome {
        DialOutcome::Connected => "connected",
        DialOutcome::Refused => "refused the connection",
        DialOutcome::Reset => "accepted the connection and reset it at once",
        DialOutcome::Unreachable => "cannot be reached from the server",
        DialOutcome::Timeout => "did not answer",
        DialOutcome::Other { text } => text,
    }
}

fn tls(failure: &TlsFailure) -> String {
    match failure {
        TlsFailure::Timeout => "The port takes connections and then says nothing.".to_owned(),
        TlsFailure::PlainHttp => "The port speaks plain HTTP, not TLS.".to_owned(),
        TlsFailure::OtherProtocol { starts_with } => {
            format!("The port does not speak TLS; it starts with “{starts_with}”.")
        }
        TlsFailure::OldVersion => "The endpoint speaks only TLS versions that browsers no longer accept.".to_owned(),
        TlsFailure::Alert { name } => format!("The endpoint refused the TLS handshake: {name}."),
        TlsFailure::CertificateRequired => "The endpoint insists on a client certificate.".to_owned(),
        TlsFailure::NoBytes { .. } => "The port takes connections and ends them at once.".to_owned(),
        TlsFailure::Closed => "The connection ended during the TLS handshake.".to_owned(),
        TlsFailure::Malformed { text } => format!("The TLS handshake broke the rules: {text}."),
    }
}

fn http(failure: &HttpFailure) -> &'static str {
    match failure {
        HttpFailure::Timeout => "TLS stands, but no HTTP answer came in time.",
        HttpFailure::Closed => "TLS stands, but the connection ended before an HTTP answer.",
        HttpFailure::TooLarge => "The HTTP answer has an endless head.",
        HttpFailure::CertificateRequired => "The endpoint insists on a client certificate.",
        HttpFailure::Malformed { .. } => "What came back is not HTTP.",
    }
}

pub(super) fn problem(problem: &TrustProblem) -> &str {
    match problem {
        TrustProblem::Malformed { .. } => "is malformed",
        TrustProblem::KeyKind { .. } => "has a key of a kind that browsers do not accept",
        TrustProblem::KeyUsage => "may not sign the connection (key usage)",
        TrustProblem::NoNames => "has no names in subjectAltName",
        TrustProblem::ChainIncomplete => "comes without its intermediate certificate",
        TrustProblem::OtherIssuerKey => "was signed by another key than the one known for its issuer",
        TrustProblem::IssuerExpired { .. } => "has an issuer that has expired",
        TrustProblem::IssuerNotYetValid { .. } => "has an issuer that is not valid yet",
        TrustProblem::NameConstraint => "has an issuer that may not vouch for this name",
        TrustProblem::WeakKey => "has a key that is too short",
        TrustProblem::WeakSignature => "is signed with SHA-1 or MD5",
        TrustProblem::Expired => "has expired",
        TrustProblem::NotYetValid => "is not valid yet",
        TrustProblem::WrongName => "is for other names",
        TrustProblem::SelfSigned => "is self-signed",
        TrustProblem::UnknownIssuer => "comes from an issuer that is not trusted",
        TrustProblem::BadSignature => "has a signature that does not verify",
        TrustProblem::WrongPurpose => "is not made for a server",
        TrustProblem::WrongPurposeForFirefox => "is not made for a server alone, which Firefox refuses",
        TrustProblem::Other { text } => text,
    }
}
