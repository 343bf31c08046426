//! What this page saw and what the person saw, alone and compared with what the server saw.

use super::server::{Reading, beyond, beyond_requests, read, read_answers};
use super::{Basis, Case, Finding, found};
use crate::cause::{Cause, Confidence};
use crate::client::Browser;
use crate::credential::Credential;
use crate::evidence::{Body, Check, Observation, Permission, PersonSaw, Reach, is_gateway, is_tls_refusal};
use crate::loss::GivenUp;
use crate::probe::{DialOutcome, Probe};
use crate::time::SECOND;

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

/// What the person saw, where it names the cause by itself.
pub(super) fn of_person(case: &Case<'_>) -> Option<Finding> {
    let cause = match case.evidence.person()? {
        PersonSaw::DeadEnd => Cause::CannotAccept,
        PersonSaw::LoginPage => Cause::LoginWall,
        PersonSaw::OtherCertificate => Cause::Intercepted,
        PersonSaw::Code(cause) => cause,
        PersonSaw::Warning | PersonSaw::Unreachable | PersonSaw::Endpoint => return None,
    };
    Some(found(cause, Certain, &[Check::Person]))
}

/// What follows from how far this browser's own requests came, and how far the server's did.
pub(super) fn compared(case: &Case<'_>) -> Vec<Finding> {
    let evidence = case.evidence;
    let (Some(info), Some(opaque)) = (evidence.info(), evidence.opaque()) else { return Vec::new() };
    let known = evidence.known_certificate();
    let reading = evidence.probe().map(|probe| read(probe, case.endpoint, case.client, known));
    // Where this browser is answered, what the server holds against the certificate is no cause.
    let answers = evidence.probe().map(|probe| read_answers(probe, case.endpoint));
    if info.is_drp() {
        return alive(case, reading, answers);
    }
    if let Reach::Answered { status, .. } = info {
        return vec![foreign(status, answers)];
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
    let cause = match answers {
        _ if timed_out => Cause::NoAnswer,
        // The upgrade gets through for the server, so it is not the endpoint's side that does not pass WebSockets on.
        Some(Reading::Healthy) => Cause::SocketOnly,
        Some(Reading::OnTheWay(_) | Reading::AtTheSocket(_) | Reading::Unknown) | None => Cause::NoUpgrade,
    };
    vec![found(cause, here_alone, &here)]
}

/// Another server than DRP answered, and the page could read it.
fn foreign(status: u16, reading: Option<Reading>) -> Finding {
    let seen = match (status, reading) {
        (429, _) => Cause::TooMany,
        (413 | 414 | 431, _) => Cause::HeadTooLarge,
        (status, _) if is_gateway(status) => Cause::BadGateway,
        (_, Some(Reading::AtTheSocket(cause))) => cause,
        (_, Some(Reading::Healthy | Reading::OnTheWay(_) | Reading::Unknown) | None) => Cause::NotDrp,
    };
    found(seen, Certain, &[Check::Info, Check::Server])
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
    let mut findings: Vec<Finding> = clock(case, reading).into_iter().collect();
    let refused = tls_refused(case);
    let unreachable = case.evidence.person() == Some(PersonSaw::Unreachable);
    match reading {
        Some(Reading::OnTheWay(cause)) if cause.is_about_trust() => {
            findings.extend(untrusted(case, cause, opaque, refused, unreachable));
        }
        Some(Reading::OnTheWay(cause)) => findings.push(away(case, cause, opaque, unreachable)),
        Some(Reading::AtTheSocket(cause)) => findings.push(away(case, cause, opaque, unreachable)),
        Some(Reading::Healthy) => findings.extend(only_here(case, opaque, refused, unreachable)),
        Some(Reading::Unknown) | None => findings.extend(alone(case, opaque, refused, unreachable)),
    }
    if refused.is_none() {
        findings.extend(permission(case, reading));
    }
    findings
}

/// What says that this browser reached the endpoint and refused its TLS: its close code, or the person's own eyes.
fn tls_refused(case: &Case<'_>) -> Option<Basis> {
    let close = case.outage.last_close.as_ref();
    if close.is_some_and(|close| is_tls_refusal(close.code)) {
        return Some(Basis::TlsRefused);
    }
    (case.evidence.person() == Some(PersonSaw::Warning)).then_some(Basis::Check(Check::Person))
}

/// The server holds this against the certificate; whether this browser failed for the same reason, its own signs tell.
fn untrusted(case: &Case<'_>, cause: Cause, opaque: Reach, refused: Option<Basis>, unreachable: bool) -> Vec<Finding> {
    if unreachable {
        return vec![found(Cause::BrowserOnly, Certain, &[Check::Person, Check::Server])];
    }
    // A certificate is refused at once. What waits in vain where the server is answered does not get that far.
    if refused.is_none() && matches!(opaque, Reach::TimedOut { .. }) {
        let large = case.evidence.probe().and_then(beyond).filter(|cause| *cause == Cause::LargePackets);
        let cause = large.unwrap_or(Cause::BrowserOnly);
        return vec![found(cause, Probable, &[Check::Server, Check::Opaque])];
    }
    let confidence = if refused.is_some() { Certain } else { Probable };
    let mut finding = found(cause, confidence, &[Check::Server, Check::Opaque]);
    finding.why.extend(refused);
    // A certificate that was in use a moment ago and is no longer accepted: the person looks, or somebody listens in.
    let mut findings = vec![finding];
    if case.evidence.plain_http_arrived() || refused.is_some() {
        return findings;
    }
    findings.push(found(Cause::BrowserOnly, Possible, &[Check::Server, Check::Opaque]));
    findings
}

/// The server does not get through either.
fn away(case: &Case<'_>, cause: Cause, opaque: Reach, unreachable: bool) -> Finding {
    let waited = matches!(opaque, Reach::TimedOut { .. });
    // Both waited in vain: for an answer, or for the port.
    let both_waited = waited
        && (cause == Cause::NoAnswer || (cause == Cause::Down && case.evidence.probe().is_some_and(is_port_silent)));
    // It was well while it was in use here, was cut here, and is gone for both; or the person saw it gone.
    let gone = matches!(cause, Cause::Down | Cause::NobodyBehind | Cause::BadGateway);
    let same_here = both_waited || (gone && (case.outage.seen_healthy || unreachable));
    let crashed = cause == Cause::Down && case.outage.first_close.is_some();
    let cause = if crashed { Cause::Crash } else { cause };
    let mut finding = found(cause, if same_here { Certain } else { Probable }, &[Check::Server, Check::Opaque]);
    if case.outage.seen_healthy {
        finding.why.push(Basis::SeenHealthy);
    } else if case.outage.first_close.is_some() {
        finding.why.push(Basis::WasConnected);
    }
    finding
}

/// Whether no address of the endpoint answered the server's connections at all.
fn is_port_silent(probe: &Probe) -> bool {
    probe.tcp.failed().is_some_and(|dials| dials.iter().all(|dial| dial.outcome == DialOutcome::Timeout))
}

/// The server reaches a healthy endpoint, this browser does not.
fn only_here(case: &Case<'_>, opaque: Reach, refused: Option<Basis>, unreachable: bool) -> Vec<Finding> {
    let checks = [Check::Server, Check::Opaque];
    if unreachable {
        return vec![found(Cause::BrowserOnly, Certain, &[Check::Person, Check::Server])];
    }
    if let Some(refused) = refused {
        let mut finding = found(Cause::Untrusted, Certain, &[Check::Server]);
        finding.why.insert(0, refused);
        return vec![finding];
    }
    if let Some(cause) = case.evidence.probe().and_then(beyond) {
        return vec![found(cause, Probable, &checks)];
    }
    // Host and port answer in plain HTTP, so it is TLS that this browser refuses, or a proxy that answered in its place.
    if case.evidence.plain_http_arrived() && matches!(opaque, Reach::Failed { .. }) {
        let untrusted = found(Cause::Untrusted, Probable, &[Check::PlainHttp, Check::Opaque, Check::Server]);
        return vec![untrusted, found(Cause::BrowserOnly, Possible, &checks)];
    }
    vec![found(Cause::BrowserOnly, Probable, &checks)]
}

/// Nobody else has looked.
fn alone(case: &Case<'_>, opaque: Reach, refused: Option<Basis>, unreachable: bool) -> Vec<Finding> {
    let before = if case.outage.first_close.is_some() { Basis::WasConnected } else { Basis::NeverOpened };
    if let Some(refused) = refused {
        return vec![Finding { cause: Cause::Untrusted, confidence: Certain, why: vec![refused] }];
    }
    if unreachable {
        return vec![found(Cause::Down, Probable, &[Check::Person, Check::Opaque])];
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

/// This computer's clock says that a certificate is out of date which the server, with another clock, finds good.
fn clock(case: &Case<'_>, reading: Option<Reading>) -> Option<Finding> {
    let skew = case.evidence.clock_off()?;
    let leaf = case.evidence.leaf()?;
    if matches!(reading, Some(Reading::OnTheWay(Cause::Expired | Cause::NotYetValid | Cause::NotLoaded))) {
        return None;
    }
    let server_now = case.evidence.probe()?.at_ms;
    let here = i128::from(server_now) - i128::from(skew);
    let seconds = here / i128::from(SECOND);
    let outside = seconds < i128::from(leaf.not_before) || seconds > i128::from(leaf.not_after);
    let why = vec![Basis::ClockOff(skew), Basis::Check(Check::Server)];
    let confidence = if reading == Some(Reading::Healthy) { Certain } else { Probable };
    outside.then_some(Finding { cause: Cause::YourClock, confidence, why })
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
