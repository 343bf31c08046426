//! The checklist: each check's question, how it came out, and its one line of evidence.

use super::duration;
use crate::evidence::{Body, CLOCK_TOLERANCE, Check, Observation, Permission, Reach, ServerCheck};
use crate::machine::{Diagnosis, Progress};
use crate::probe::{DialOutcome, HttpFailure, Probe, Step, TlsFailure, TrustProblem};
use crate::verdict::some_addresses_fail;

/// How a check stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Not begun.
    Idle,
    /// Under way.
    Running,
    /// Asked, and fine.
    Passed,
    /// Asked, and it said no.
    Failed,
    /// Nobody asked: the look ended before, or it does not apply.
    NotReached,
    /// Asked, and the answer does not tell.
    Unknown,
}

impl Outcome {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Idle => "idle",
            Outcome::Running => "running",
            Outcome::Passed => "passed",
            Outcome::Failed => "failed",
            Outcome::NotReached => "not reached",
            Outcome::Unknown => "unknown",
        }
    }
}

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
        Check::PlainHttp => "The port is alive",
        Check::SignedIn => "The endpoint accepts the sign-in",
        Check::Server => "What the portal's server sees",
        Check::Person => "What you saw",
    }
}

/// How a check came out, with one line of evidence.
pub fn outcome(check: Check, diagnosis: &Diagnosis) -> (Outcome, String) {
    match (diagnosis.evidence().of(check), diagnosis.progress()) {
        (Some(observation), _) => of_observation(observation),
        (None, Progress::Running) => (Outcome::Running, String::new()),
        (None, Progress::Idle) => (Outcome::Idle, String::new()),
        (None, Progress::Done) => (Outcome::NotReached, "Not needed any more.".to_owned()),
    }
}

fn of_observation(observation: &Observation) -> (Outcome, String) {
    use Outcome::{Failed, NotReached, Passed, Unknown};
    match observation {
        Observation::Network(true) => (Passed, "The browser reports a network.".to_owned()),
        Observation::Network(false) => (Failed, "The browser reports that there is no network.".to_owned()),
        Observation::Portal(None) => (Failed, "No answer. The portal goes on from this browser alone.".to_owned()),
        Observation::Portal(Some(portal)) => match portal.skew {
            Some(skew) if skew.unsigned_abs() > CLOCK_TOLERANCE => (Failed, clock_off(skew, "was")),
            Some(_) | None => (Passed, format!("Answered in {} ms.", portal.ms)),
        },
        Observation::MixedContent(false) => (Passed, "No mixed content.".to_owned()),
        Observation::MixedContent(true) => {
            (Failed, "This page came over HTTPS, and browsers do not let it reach an http:// endpoint.".to_owned())
        }
        Observation::Csp(None) => (Passed, "No request was blocked by it.".to_owned()),
        Observation::Csp(Some(directive)) => {
            (Failed, format!("The portal's content security policy blocked the request: {directive}."))
        }
        Observation::Permission(Permission::Unsupported) => (Passed, "This browser does not ask for that.".to_owned()),
        Observation::Permission(Permission::Granted) => (Passed, "Permission granted.".to_owned()),
        Observation::Permission(Permission::Prompt) => {
            (Unknown, "Not asked yet. The browser asks if it matters.".to_owned())
        }
        Observation::Permission(Permission::Denied) => (Failed, "Permission denied.".to_owned()),
        Observation::Info(reach) => {
            let outcome = match reach {
                Reach::Answered { .. } if reach.is_drp() => Passed,
                Reach::Answered { .. } => Failed,
                Reach::Arrived { .. } | Reach::Failed { .. } | Reach::TimedOut { .. } => Unknown,
            };
            (outcome, readable(*reach))
        }
        Observation::Opaque(reach) => (if reach.arrived() { Passed } else { Unknown }, arrival(*reach)),
        Observation::PlainHttp(None) => {
            (NotReached, "Not asked. This page may not, or the address is plain HTTP itself.".to_owned())
        }
        Observation::PlainHttp(Some(reach)) if reach.arrived() => {
            (Passed, "The port answers in plain HTTP, so host and port are reachable.".to_owned())
        }
        Observation::PlainHttp(Some(reach)) => (Unknown, arrival(*reach)),
        Observation::SignedIn(None) => (NotReached, "Not signed in.".to_owned()),
        Observation::SignedIn(Some(reach)) => {
            let outcome = match reach.status() {
                Some(200) => Passed,
                Some(_) => Failed,
                None => NotReached,
            };
            (outcome, signed_in(*reach))
        }
        Observation::Server(ServerCheck::NotOffered) => {
            (NotReached, "The operator has not named this endpoint, so the server does not look at it.".to_owned())
        }
        Observation::Server(ServerCheck::Away) => (Unknown, "The portal's server did not answer.".to_owned()),
        Observation::Server(ServerCheck::CouldNotLook) => {
            (Unknown, "The portal's server could not look at the moment, for a want of its own.".to_owned())
        }
        Observation::Person(saw) => (Passed, super::person(*saw)),
        Observation::Server(ServerCheck::Looked { probe, .. }) => seen_from_the_server(probe),
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

fn signed_in(reach: Reach) -> String {
    match reach {
        Reach::Answered { status: 200, ms, .. } => format!("Accepted in {ms} ms."),
        Reach::Answered { status: 401, .. } => "Answered 401: not signed in.".to_owned(),
        Reach::Answered { status: 403, body: Body::Error, .. } => "Answered 403: the account lacks a right.".to_owned(),
        Reach::Answered { status: 403, .. } => "Answered 403: the sign-in is no longer accepted.".to_owned(),
        Reach::Answered { status: 400, .. } => "Answered 400, as DRP does when clocks differ.".to_owned(),
        Reach::Answered { status, .. } => format!("Answered {status}."),
        Reach::Arrived { .. } | Reach::Failed { .. } | Reach::TimedOut { .. } => arrival(reach),
    }
}

fn arrival(reach: Reach) -> String {
    match reach {
        Reach::Answered { ms, .. } | Reach::Arrived { ms } => format!("An answer arrived in {ms} ms."),
        Reach::Failed { ms } => format!("Failed after {ms} ms; the browser gives no reason."),
        Reach::TimedOut { ms } => format!("No answer within {}.", duration(u64::from(ms))),
    }
}

fn seen_from_the_server(probe: &Probe) -> (Outcome, String) {
    use Outcome::{Failed, Passed};
    if let Step::Failed { .. } = probe.name {
        return (Failed, "The name does not resolve.".to_owned());
    }
    if let Some(dials) = probe.tcp.failed() {
        let parts: Vec<String> =
            dials.iter().map(|dial| format!("{} {}", dial.address, dialled(&dial.outcome))).collect();
        return (Failed, format!("{}.", parts.join(", ")));
    }
    if some_addresses_fail(probe) {
        return (Failed, "Not every address of the name leads to DRP.".to_owned());
    }
    match &probe.tls {
        Step::Failed { why, .. } => return (Failed, tls(why)),
        Step::Passed { saw, .. } if !saw.problems.is_empty() => {
            let parts: Vec<&str> = saw.problems.iter().map(problem).collect();
            return (Failed, format!("Reachable over {}; the certificate {}.", saw.protocol, parts.join(", ")));
        }
        Step::Passed { .. } | Step::Skipped => {}
    }
    if let Some(failure) = probe.http.failed().or(probe.upgrade.failed()) {
        return (Failed, http(failure).to_owned());
    }
    match (probe.http.passed(), probe.upgrade.passed()) {
        (Some(info), Some(upgrade)) => {
            let fine = info.is_healthy() && upgrade.opens();
            let text = format!("Reachable; /api/v3/info answered {}, the upgrade {}.", info.status, upgrade.status);
            (if fine { Passed } else { Failed }, text)
        }
        (None | Some(_), _) => (Failed, "The look ended before the endpoint had answered.".to_owned()),
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
