//! Nothing came back to this browser: what follows from that, and from how far the server came.

use crate::cause::{Cause, Confidence};
use crate::evidence::{Check, Permission, PersonSaw, Reach, is_tls_refusal};
use crate::probe::{Dial, DialOutcome, Probe};
use crate::verdict::server::{Reading, beyond, read_answers};
use crate::verdict::{Basis, Case, Finding, clock, found, person};

use Confidence::{Certain, Possible, Probable};

/// Whether this browser refused what the server met as well, did not get as far, or stopped itself.
pub(super) fn judge(case: &Case<'_>, opaque: Reach, reading: Option<Reading>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = clock::wrong(case, opaque, reading).into_iter().collect();
    let refused = tls_refused(case, opaque);
    let unreached = person::unreached(case);
    match reading {
        Some(Reading::OnTheWay(cause)) if clock::excuses(case, reading) => {
            findings.extend(alone(case, opaque, refused, unreached));
            findings.push(found(cause, Possible, &[Check::Server]));
        }
        Some(Reading::OnTheWay(cause)) if cause.is_about_trust() => {
            findings.extend(untrusted(case, cause, opaque, refused, unreached));
        }
        // What this browser refuses it has reached, and it gets no further.
        Some(
            Reading::OnTheWay(cause @ (Cause::NoName | Cause::Down | Cause::NobodyBehind | Cause::NoAnswer))
            | Reading::AtTheSocket(cause),
        ) if refused.is_some() => {
            findings.extend(alone(case, opaque, refused, unreached));
            findings.push(found(cause, Possible, &[Check::Server]));
        }
        Some(Reading::OnTheWay(cause)) => {
            let mut finding = away(case, cause, opaque, unreached);
            finding.why.extend(refused.map(|refused| refused.basis));
            findings.push(finding);
        }
        Some(Reading::AtTheSocket(cause)) => {
            findings.push(away(case, cause, opaque, unreached));
            // An answer, whichever, would have arrived here as well.
            findings.push(found(Cause::BrowserOnly, Possible, &[Check::Server, Check::Opaque]));
        }
        Some(Reading::Healthy) => findings.extend(only_here(case, opaque, refused, unreached)),
        Some(Reading::Unknown) | None => findings.extend(alone(case, opaque, refused, unreached)),
    }
    if refused.is_none()
        && let Some(gate) = permission(case, reading)
    {
        // A gate that is shut stops what is behind it as well, as far as anybody has looked there.
        let unseen = matches!(reading, Some(Reading::Healthy | Reading::Unknown) | None);
        let first = unseen && gate.confidence >= Probable;
        findings.insert(if first { 0 } else { findings.len() }, gate);
    }
    findings
}

/// A sign that this browser reached the endpoint and refused its TLS, and how much it is worth.
#[derive(Clone, Copy)]
struct Refused {
    basis: Basis,
    confidence: Confidence,
}

impl Refused {
    /// How sure it is then that the certificate is to blame, where nobody has seen what is wrong with it. The close code
    /// says that TLS failed, and so it does where the port speaks something else; the warning names the certificate.
    fn for_the_certificate(self) -> Confidence {
        if self.basis == Basis::TlsRefused { Probable } else { self.confidence }
    }
}

/// Its close code says so, or the person's own eyes. Later tries may spare the socket, so that a close code of an earlier
/// look may be out of date; and what waits in vain now has not been refused.
fn tls_refused(case: &Case<'_>, opaque: Reach) -> Option<Refused> {
    if case.evidence.person() == Some(PersonSaw::Warning) {
        return Some(Refused { basis: Basis::Check(Check::Person), confidence: Certain });
    }
    let outage = case.outage;
    outage.last_close.as_ref().filter(|close| is_tls_refusal(close.code))?;
    let fresh = outage.closed_at.mono >= case.began.mono;
    match opaque {
        Reach::TimedOut { .. } if !fresh => None,
        Reach::TimedOut { .. } | Reach::Failed { .. } | Reach::Arrived { .. } | Reach::Answered { .. } => {
            Some(Refused { basis: Basis::TlsRefused, confidence: if fresh { Certain } else { Probable } })
        }
    }
}

/// The server holds this against the certificate; whether this browser failed for the same reason, its own signs tell.
fn untrusted(
    case: &Case<'_>,
    cause: Cause,
    opaque: Reach,
    refused: Option<Refused>,
    unreached: Option<Cause>,
) -> Vec<Finding> {
    if unreached.is_some() {
        return vec![found(Cause::BrowserOnly, Certain, &[Check::Person, Check::Server])];
    }
    // The close code says only that TLS failed, as it does where a certificate of this browser's is demanded.
    let fits = |behind: &Cause| match refused {
        None => true,
        Some(Refused { basis, .. }) => basis == Basis::TlsRefused && *behind == Cause::ClientCertificate,
    };
    if let Some(behind) = behind_the_certificate(case, opaque).filter(fits) {
        let mut finding = away(case, behind, opaque, None);
        finding.why.insert(0, Basis::WasConnected);
        finding.why.dedup();
        finding.why.extend(refused.map(|refused| refused.basis));
        return vec![finding, found(cause, Possible, &[Check::Server])];
    }
    // A certificate is refused at once. What waits in vain where the server is answered does not get that far.
    if refused.is_none() && matches!(opaque, Reach::TimedOut { .. }) {
        let large = case.evidence.probe().and_then(beyond).filter(|cause| *cause == Cause::LargePackets);
        let cause = large.unwrap_or(Cause::BrowserOnly);
        return vec![found(cause, Probable, &[Check::Server, Check::Opaque])];
    }
    let confidence = refused.map_or(Probable, |refused| refused.confidence);
    let mut finding = found(cause, confidence, &[Check::Server, Check::Opaque]);
    finding.why.extend(refused.map(|refused| refused.basis));
    // A certificate that was in use a moment ago and is no longer accepted: the person looks, or somebody listens in.
    let mut findings = vec![finding];
    if case.evidence.plain_http_arrived() || confidence == Certain {
        return findings;
    }
    findings.push(found(Cause::BrowserOnly, Possible, &[Check::Server, Check::Opaque]));
    findings
}

/// What else than the certificate, which this browser took a moment ago, keeps the server as well from an answer.
fn behind_the_certificate(case: &Case<'_>, opaque: Reach) -> Option<Cause> {
    let probe = case.evidence.probe()?;
    case.outage.first_close.as_ref()?;
    let changed = case.evidence.known_certificate().zip(case.evidence.leaf());
    if changed.is_some_and(|(known, leaf)| known.fingerprint != leaf.fingerprint) {
        return None;
    }
    let waited = matches!(opaque, Reach::TimedOut { .. });
    match read_answers(probe, case.endpoint) {
        Reading::AtTheSocket(Cause::NoAnswer) if waited => Some(Cause::NoAnswer),
        Reading::AtTheSocket(Cause::ClientCertificate) => Some(Cause::ClientCertificate),
        Reading::AtTheSocket(Cause::BadGateway) if probe.http.failed().is_some() => Some(Cause::BadGateway),
        Reading::AtTheSocket(_) | Reading::Healthy | Reading::OnTheWay(_) | Reading::Unknown => {
            beyond(probe).filter(|cause| *cause == Cause::LargePackets)
        }
    }
}

/// The server does not get through either.
fn away(case: &Case<'_>, cause: Cause, opaque: Reach, unreached: Option<Cause>) -> Finding {
    let waited = matches!(opaque, Reach::TimedOut { .. });
    let probe = case.evidence.probe();
    let silent = cause == Cause::Down && probe.is_some_and(is_port_silent);
    // Both waited in vain: for an answer, or for the port.
    let both_waited = waited && (cause == Cause::NoAnswer || silent);
    // It was well while it was in use here, was cut here, and its port is closed; or the person saw it gone. Not so where
    // the server found no way to it, or something in between may have ended the connection.
    let gone = cause == Cause::Down && probe.is_some_and(is_port_closed);
    let seen_so = unreached.is_some_and(|seen| seen == cause || (seen == Cause::Down && is_nobody(cause)));
    let same_here = both_waited || seen_so || (gone && case.outage.seen_healthy);
    let crashed = cause == Cause::Down && !silent && case.outage.first_close.is_some();
    let cause = if crashed { Cause::Crash } else { cause };
    let mut finding = found(cause, if same_here { Certain } else { Probable }, &[Check::Server, Check::Opaque]);
    if case.outage.seen_healthy {
        finding.why.push(Basis::SeenHealthy);
    } else if case.outage.first_close.is_some() {
        finding.why.push(Basis::WasConnected);
    }
    finding
}

/// Whether nobody answers at the endpoint for a cause, as a browser's own page says it.
fn is_nobody(cause: Cause) -> bool {
    matches!(cause, Cause::Down | Cause::NobodyBehind)
}

/// Whether an address of the endpoint answered the server that nothing listens.
fn is_port_closed(probe: &Probe) -> bool {
    probe.tcp.failed().is_some_and(|dials| dials.iter().any(|dial| dial.outcome == DialOutcome::Refused))
}

/// Whether no address of the endpoint answered the server's connections at all. Where this server has no IPv6, it finds no
/// way to those addresses, and that says nothing.
fn is_port_silent(probe: &Probe) -> bool {
    let silent = |dial: &Dial| dial.outcome == DialOutcome::Timeout;
    let answered = |dial: &Dial| matches!(dial.outcome, DialOutcome::Refused | DialOutcome::Reset);
    probe.tcp.failed().is_some_and(|dials| dials.iter().any(silent) && !dials.iter().any(answered))
}

/// The server reaches a healthy endpoint, this browser does not.
fn only_here(case: &Case<'_>, opaque: Reach, refused: Option<Refused>, unreached: Option<Cause>) -> Vec<Finding> {
    let checks = [Check::Server, Check::Opaque];
    if unreached.is_some() {
        return vec![found(Cause::BrowserOnly, Certain, &[Check::Person, Check::Server])];
    }
    if let Some(refused) = refused {
        let mut finding = found(Cause::Untrusted, refused.for_the_certificate(), &[Check::Server]);
        finding.why.insert(0, refused.basis);
        return vec![finding];
    }
    if let Some(cause) = case.evidence.probe().and_then(beyond) {
        return vec![found(cause, Probable, &checks)];
    }
    let only = found(Cause::BrowserOnly, Probable, &checks);
    // Host and port answer in plain HTTP: it is TLS that this browser refuses, or a proxy that answered in its place.
    if case.evidence.plain_http_arrived() && matches!(opaque, Reach::Failed { .. }) {
        return vec![only, found(Cause::Untrusted, Possible, &[Check::PlainHttp, Check::Opaque, Check::Server])];
    }
    vec![only]
}

/// Nobody else has looked, or what they saw does not hold here.
fn alone(case: &Case<'_>, opaque: Reach, refused: Option<Refused>, unreached: Option<Cause>) -> Vec<Finding> {
    let before = if case.outage.first_close.is_some() { Basis::WasConnected } else { Basis::NeverOpened };
    if let Some(refused) = refused {
        let of = |cause, confidence| Finding { cause, confidence, why: vec![refused.basis] };
        let mut findings = vec![of(Cause::Untrusted, refused.for_the_certificate())];
        if refused.basis == Basis::TlsRefused {
            findings.push(of(Cause::TlsFailed, Possible));
        }
        return findings;
    }
    if let Some(cause) = unreached {
        return vec![found(cause, Probable, &[Check::Person, Check::Opaque])];
    }
    if matches!(opaque, Reach::TimedOut { .. }) {
        let why = vec![Basis::ConnectTimeout, Basis::Check(Check::Opaque)];
        return vec![Finding { cause: Cause::NoAnswer, confidence: Probable, why }];
    }
    // Without TLS there is no certificate to be refused.
    let cause = if case.endpoint.is_secure() { Cause::UnreachableOrUntrusted } else { Cause::Down };
    let mut finding = found(cause, Probable, &[Check::Info, Check::Opaque]);
    finding.why.insert(0, before);
    // A browser that takes today for another day refuses a certificate that is good today.
    finding.why.extend(case.evidence.clock_off().map(Basis::ClockOff).filter(|_| case.endpoint.is_secure()));
    vec![finding]
}

/// The browser's gate to local networks, as far as it can be what stopped the request.
fn permission(case: &Case<'_>, reading: Option<Reading>) -> Option<Finding> {
    let healthy = reading == Some(Reading::Healthy);
    let confidence = match case.evidence.gate(case.endpoint)? {
        Permission::Unsupported | Permission::Granted => return None,
        Permission::Denied if healthy => Certain,
        Permission::Denied => Probable,
        // A page that was connected has been let through before; its endpoint may just be coming back.
        Permission::Prompt if healthy && case.outage.first_close.is_none() => Possible,
        Permission::Prompt => return None,
    };
    Some(found(Cause::LocalNetwork, confidence, &[Check::Permission, Check::Opaque]))
}
