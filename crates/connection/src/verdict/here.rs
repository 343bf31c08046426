//! What this page saw, alone and compared with what the server saw.

use super::server::{Reading, beyond, beyond_requests, read_answers};
use super::{Basis, Case, Finding, clock, found, person};
use crate::cause::{Cause, Confidence};
use crate::client::Browser;
use crate::credential::Credential;
use crate::evidence::{Body, Check, Observation, Permission, PersonSaw, Reach, is_gateway, is_tls_refusal};
use crate::loss::GivenUp;
use crate::probe::{Dial, DialOutcome, Probe};

use Confidence::{Certain, Possible, Probable};

/// Causes that the page sees with its own eyes, before it asks anybody.
pub(super) fn certain(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let evidence = case.evidence;
    if let Some(Observation::Network(false)) = evidence.of(Check::Network)
        && !case.endpoint.is_loopback()
        && !evidence.opaque().is_some_and(Reach::arrived)
    {
        findings.push(found(Cause::Offline, Certain, &[Check::Network]));
    }
    if let Some(Observation::MixedContent(true)) = evidence.of(Check::MixedContent) {
        findings.push(found(Cause::Mixed, Certain, &[Check::MixedContent]));
    }
    if let Some(Observation::Csp(Some(_))) = evidence.of(Check::Csp) {
        findings.push(found(Cause::Csp, Certain, &[Check::Csp]));
    }
    if case.endpoint.has_bad_port() {
        findings.push(found(Cause::BrowserRefuses, Certain, &[Check::Opaque]));
    }
    findings
}

/// What follows from how far this browser's own requests came, and how far the server's did.
pub(super) fn compared(case: &Case<'_>, reading: Option<Reading>) -> Vec<Finding> {
    let evidence = case.evidence;
    let (Some(info), Some(opaque)) = (evidence.info(), evidence.opaque()) else { return Vec::new() };
    // Where this browser is answered, what the server holds against the certificate is no cause.
    let answers = evidence.probe().map(|probe| read_answers(probe, case.endpoint));
    if info.is_drp() {
        return alive(case, reading, answers);
    }
    if let Reach::Answered { status, .. } = info {
        return vec![foreign(case, status, answers)];
    }
    if opaque.arrived() {
        return vec![unreadable(answers)];
    }
    dark(case, opaque, reading)
}

/// DRP answers this browser: the way to it and its certificate are fine.
fn alive(case: &Case<'_>, reading: Option<Reading>, answers: Option<Reading>) -> Vec<Finding> {
    let Some(Observation::SignedIn(reach)) = case.evidence.of(Check::SignedIn) else { return Vec::new() };
    let checks = [Check::SignedIn, Check::Info];
    let (cause, confidence) = match *reach {
        // With a password in hand the next try signs in by itself.
        None if case.credential == Credential::Password => return Vec::new(),
        None | Some(Reach::Answered { status: 401, body: Body::Empty | Body::Error, .. }) => (Cause::SignIn, Certain),
        Some(Reach::Answered { status: 403, body: Body::Error, .. }) => (Cause::NoRights, Certain),
        Some(Reach::Answered { status: 403, body: Body::Empty, .. }) => (Cause::TokenExpired, Certain),
        Some(Reach::Answered { status: 400, body: Body::Empty | Body::Error, .. }) => (Cause::ClockSkew, Probable),
        Some(Reach::Answered { status: 429, .. }) => (Cause::TooMany, Certain),
        Some(Reach::Answered { status: 413 | 414 | 431, .. }) => (Cause::HeadTooLarge, Certain),
        Some(Reach::Answered { status, .. }) if is_gateway(status) => (Cause::BadGateway, Certain),
        Some(Reach::Answered { status: 200, .. }) => return socket_only(case, reading, answers),
        Some(Reach::Answered { .. } | Reach::Arrived { .. } | Reach::Failed { .. } | Reach::TimedOut { .. }) => {
            return Vec::new();
        }
    };
    vec![found(cause, confidence, &checks)]
}

/// DRP answers this browser and accepts the sign-in, and still there is no socket.
fn socket_only(case: &Case<'_>, reading: Option<Reading>, answers: Option<Reading>) -> Vec<Finding> {
    if case.outage.attempts == 0 {
        return Vec::new();
    }
    // After a cut the endpoint may have come back between the try and the checks.
    let early = case.outage.first_close.is_some() && case.outage.attempts == 1;
    let here_alone = if early { Possible } else { Probable };
    let both = [Check::Info, Check::SignedIn, Check::Server];
    let here = [Check::Info, Check::SignedIn];
    // An accepted certificate serves Safari's requests and not its sockets.
    if let (Some(Reading::OnTheWay(cause)), Browser::Safari) = (reading, case.client.browser)
        && cause.is_about_trust()
    {
        return vec![found(cause, Probable, &both)];
    }
    if reading == Some(Reading::OnTheWay(Cause::SomeAddresses)) {
        return vec![found(Cause::SomeAddresses, Probable, &both)];
    }
    match answers {
        // A sign-in that was just accepted speaks against missing rights.
        Some(Reading::AtTheSocket(Cause::NoRights)) => return vec![found(Cause::NoRights, here_alone, &both)],
        Some(Reading::AtTheSocket(cause)) => return vec![found(cause, Certain, &both)],
        Some(Reading::Healthy | Reading::OnTheWay(_) | Reading::Unknown) | None => {}
    }
    if let Some(cause) = case.evidence.probe().and_then(beyond_requests) {
        return vec![found(cause, here_alone, &both)];
    }
    let last = case.outage.last_close.as_ref();
    let timed_out = last.is_some_and(|close| close.given_up == Some(GivenUp::ConnectTimeout));
    // Whether the endpoint's side or this one's stops it, nobody has seen.
    let cause = if timed_out { Cause::NoAnswer } else { Cause::SocketOnly };
    vec![found(cause, here_alone, &here)]
}

/// Another server than DRP answered, and the page could read it.
fn foreign(case: &Case<'_>, status: u16, answers: Option<Reading>) -> Finding {
    let checks = [Check::Info, Check::Server];
    match of_foreign(status) {
        Some(seen @ (Cause::TooMany | Cause::HeadTooLarge | Cause::BadGateway)) => found(seen, Certain, &checks),
        named => match answers {
            // The same answer for both is one cause; another one may have another.
            Some(Reading::AtTheSocket(cause)) => {
                let same = case.evidence.probe().and_then(|it| it.http.passed()).is_some_and(|it| it.status == status);
                found(cause, if same { Certain } else { Probable }, &checks)
            }
            // The server is answered by DRP and this browser by something else: they do not talk to the same.
            Some(Reading::Healthy) => found(Cause::BrowserOnly, Probable, &checks),
            Some(Reading::OnTheWay(_) | Reading::Unknown) | None => match named {
                Some(Cause::NotDrp) => found(Cause::NotDrp, Certain, &[Check::Info]),
                Some(guess) => found(guess, Probable, &[Check::Info]),
                None => found(Cause::NotDrpOrBadGateway, Probable, &[Check::Info]),
            },
        },
    }
}

/// What a status without DRP's marks means by itself. A refusal or an error may come from what stands in front of DRP; a
/// server that has the page, or has no such page, is another one.
pub(super) fn of_foreign(status: u16) -> Option<Cause> {
    match status {
        429 => Some(Cause::TooMany),
        413 | 414 | 431 => Some(Cause::HeadTooLarge),
        status if is_gateway(status) => Some(Cause::BadGateway),
        401 => Some(Cause::LoginWall),
        403 | 406 => Some(Cause::Firewall),
        200..=299 | 404 | 405 | 410 => Some(Cause::NotDrp),
        _ => None,
    }
}

/// Something trusted answers, and the browser does not let the page read it.
fn unreadable(reading: Option<Reading>) -> Finding {
    let checks = [Check::Opaque, Check::Info, Check::Server];
    match reading {
        // This browser was given an answer that is not DRP's to a page, as the server was: which one it does not say.
        Some(Reading::AtTheSocket(cause)) => found(cause, Probable, &checks),
        // The server is answered by DRP and this browser by something else: they do not talk to the same.
        Some(Reading::Healthy) => found(Cause::BrowserOnly, Probable, &checks),
        Some(Reading::OnTheWay(_) | Reading::Unknown) | None => {
            found(Cause::NotDrpOrBadGateway, Probable, &[Check::Info, Check::Opaque])
        }
    }
}

/// Nothing came back to this browser.
fn dark(case: &Case<'_>, opaque: Reach, reading: Option<Reading>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = clock::wrong(case, opaque, reading).into_iter().collect();
    let refused = tls_refused(case, opaque);
    let unreached = person::unreached(case);
    match reading {
        Some(Reading::OnTheWay(cause)) if clock::excuses(case, reading) => {
            findings.push(alone(case, opaque, refused, unreached));
            findings.push(found(cause, Possible, &[Check::Server]));
        }
        Some(Reading::OnTheWay(cause)) if cause.is_about_trust() => {
            findings.extend(untrusted(case, cause, opaque, refused, unreached));
        }
        // What this browser refuses it has reached.
        Some(Reading::OnTheWay(cause @ (Cause::NoName | Cause::Down | Cause::NobodyBehind | Cause::NoAnswer)))
            if refused.is_some() =>
        {
            findings.push(alone(case, opaque, refused, unreached));
            findings.push(found(cause, Possible, &[Check::Server]));
        }
        Some(Reading::OnTheWay(cause)) => findings.push(away(case, cause, opaque, unreached)),
        Some(Reading::AtTheSocket(cause)) => {
            findings.push(away(case, cause, opaque, unreached));
            // An answer, whichever, would have arrived here as well.
            findings.push(found(Cause::BrowserOnly, Possible, &[Check::Server, Check::Opaque]));
        }
        Some(Reading::Healthy) => findings.extend(only_here(case, opaque, refused, unreached)),
        Some(Reading::Unknown) | None => findings.push(alone(case, opaque, refused, unreached)),
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
    if let Some(Refused { basis, confidence }) = refused {
        let mut finding = found(Cause::Untrusted, confidence, &[Check::Server]);
        finding.why.insert(0, basis);
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
fn alone(case: &Case<'_>, opaque: Reach, refused: Option<Refused>, unreached: Option<Cause>) -> Finding {
    let before = if case.outage.first_close.is_some() { Basis::WasConnected } else { Basis::NeverOpened };
    if let Some(Refused { basis, confidence }) = refused {
        return Finding { cause: Cause::Untrusted, confidence, why: vec![basis] };
    }
    if let Some(cause) = unreached {
        return found(cause, Probable, &[Check::Person, Check::Opaque]);
    }
    if matches!(opaque, Reach::TimedOut { .. }) {
        let why = vec![Basis::ConnectTimeout, Basis::Check(Check::Opaque)];
        return Finding { cause: Cause::NoAnswer, confidence: Probable, why };
    }
    // Without TLS there is no certificate to be refused.
    let cause = if case.endpoint.is_secure() { Cause::UnreachableOrUntrusted } else { Cause::Down };
    let mut finding = found(cause, Probable, &[Check::Info, Check::Opaque]);
    finding.why.insert(0, before);
    // A browser that takes today for another day refuses a certificate that is good today.
    finding.why.extend(case.evidence.clock_off().map(Basis::ClockOff).filter(|_| case.endpoint.is_secure()));
    finding
}

/// The browser's gate to local networks, as far as it can be what stopped the request.
fn permission(case: &Case<'_>, reading: Option<Reading>) -> Option<Finding> {
    let Some(Observation::Permission(state)) = case.evidence.of(Check::Permission) else { return None };
    // The gate would have stopped the request in plain HTTP, too; the page's own policy stopped it before the gate.
    let elsewhere = case.evidence.plain_http_arrived() || case.endpoint.has_bad_port();
    let blocked = matches!(case.evidence.of(Check::Csp), Some(Observation::Csp(Some(_))));
    let local = case.endpoint.is_local() || case.evidence.probe().is_some_and(Probe::is_local);
    let healthy = reading == Some(Reading::Healthy);
    let confidence = match state {
        _ if elsewhere || blocked || !local => return None,
        Permission::Unsupported | Permission::Granted => return None,
        Permission::Denied if healthy => Certain,
        Permission::Denied => Probable,
        // A page that was connected has been let through before; its endpoint may just be coming back.
        Permission::Prompt if healthy && case.outage.first_close.is_none() => Possible,
        Permission::Prompt => return None,
    };
    Some(found(Cause::LocalNetwork, confidence, &[Check::Permission, Check::Opaque]))
}
