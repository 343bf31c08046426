//! What this page saw, alone and compared with what the server saw.

mod dark;

use super::server::{Reading, beyond_requests, read_answers};
use super::status::of_foreign;
use super::{Case, Finding, found};
use crate::cause::{Cause, Confidence};
use crate::client::Browser;
use crate::credential::Credential;
use crate::endpoint::Endpoint;
use crate::evidence::{Check, Evidence, Observation, Reach, ServerCheck, TokenAnswer, is_gateway, is_head_too_large};
use crate::loss::GivenUp;
use crate::probe::{HttpAnswer, Probe};

use Confidence::{Certain, Possible, Probable};

/// Causes that the page sees with its own eyes, before it asks anybody.
pub(super) fn certain(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let evidence = case.evidence;
    if is_offline(evidence, case.endpoint) {
        findings.push(found(Cause::Offline, Certain, &[Check::Network]));
    }
    if evidence.is_mixed_content() {
        findings.push(found(Cause::Mixed, Certain, &[Check::MixedContent]));
    }
    if evidence.violates_the_policy() {
        findings.push(found(Cause::Csp, Certain, &[Check::Csp]));
    }
    if case.endpoint.has_bad_port() {
        findings.push(found(Cause::BrowserRefuses, Certain, &[Check::Opaque]));
    }
    findings
}

/// Whether the browser has no network, as far as this endpoint goes: one on this computer needs none, and what was reached
/// was reached.
pub fn is_offline(evidence: &Evidence, endpoint: &Endpoint) -> bool {
    evidence.of(Check::Network) == Some(&Observation::Network(false)) && !endpoint.is_loopback() && !evidence.arrived()
}

/// What follows from how far this browser's own requests came, and how far the server's did.
pub(super) fn compared(case: &Case<'_>, reading: Option<Reading>) -> Vec<Finding> {
    let evidence = case.evidence;
    let (Some(_), Some(opaque)) = (evidence.info(), evidence.opaque()) else { return Vec::new() };
    // Where this browser is answered, what the server holds against the certificate is no cause.
    let answers = evidence.probe().map(|probe| read_answers(probe, case.endpoint));
    if evidence.is_drp() {
        return alive(case, reading, answers);
    }
    // That the server was not answered is no cause where this page was.
    let answered = answers.filter(|_| evidence.server().is_some_and(ServerCheck::got_an_answer));
    if let Some(status) = evidence.answer().and_then(Reach::status) {
        return vec![foreign(case, status, answered)];
    }
    if evidence.arrived() {
        return vec![unreadable(case, answered)];
    }
    dark::judge(case, opaque, reading)
}

/// DRP answers this browser: the way to it and its certificate are fine.
fn alive(case: &Case<'_>, reading: Option<Reading>, answers: Option<Reading>) -> Vec<Finding> {
    let Some(Observation::SignedIn(reach)) = case.evidence.of(Check::SignedIn) else { return Vec::new() };
    let checks = [Check::SignedIn, Check::Info];
    let (cause, confidence) = match reach.map(|_| case.evidence.token_answer()) {
        // With a password in hand the next try signs in by itself.
        None if case.credential == Credential::Password => return Vec::new(),
        None | Some(TokenAnswer::NotSignedIn) => (Cause::SignIn, Certain),
        Some(TokenAnswer::NoRights) => (Cause::NoRights, Certain),
        Some(TokenAnswer::Expired) => (Cause::TokenExpired, Certain),
        Some(TokenAnswer::ClocksDiffer) => (Cause::ClockSkew, Probable),
        Some(TokenAnswer::Another(429)) => (Cause::TooMany, Certain),
        Some(TokenAnswer::Another(status)) if is_head_too_large(status) => (Cause::HeadTooLarge, Certain),
        Some(TokenAnswer::Another(status)) if is_gateway(status) => (Cause::BadGateway, Certain),
        Some(TokenAnswer::Accepted) => return socket_only(case, reading, answers),
        Some(TokenAnswer::Another(_) | TokenAnswer::NotDrp(_) | TokenAnswer::None) => return Vec::new(),
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
        // What DRP's answer to this page rules out.
        Some(Reading::AtTheSocket(Cause::NotDrp | Cause::NotDrpOrBadGateway)) => {}
        Some(Reading::AtTheSocket(cause)) => {
            let same = case.evidence.probe().is_some_and(met_drp);
            return vec![found(cause, if same { Certain } else { here_alone }, &both)];
        }
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
            // The server is answered by DRP and this browser by something else: they do not talk to the same.
            _ if case.evidence.probe().is_some_and(met_drp) => found(Cause::BrowserOnly, Probable, &checks),
            // The same answer for both is one cause, and another one may have another. Only what is no refusal and no error
            // shows that it is not DRP: those may come from what stands in front of it.
            Some(Reading::AtTheSocket(cause)) => {
                let same = case.evidence.probe().and_then(|it| it.http.passed()).is_some_and(|it| it.status == status);
                let shown = same && named == Some(Cause::NotDrp);
                found(cause, if shown { Certain } else { Probable }, &checks)
            }
            Some(Reading::Healthy | Reading::OnTheWay(_) | Reading::Unknown) | None => match named {
                Some(Cause::NotDrp) => found(Cause::NotDrp, Certain, &[Check::Info]),
                Some(guess) => found(guess, Probable, &[Check::Info]),
                None => found(Cause::NotDrpOrBadGateway, Probable, &[Check::Info]),
            },
        },
    }
}

/// Whether DRP answered the server's request for its facts as it should, whatever came of the upgrade.
fn met_drp(probe: &Probe) -> bool {
    probe.http.passed().is_some_and(HttpAnswer::is_healthy)
}

/// Something trusted answers, and the browser does not let the page read it.
fn unreadable(case: &Case<'_>, reading: Option<Reading>) -> Finding {
    let checks = [Check::Opaque, Check::Info, Check::Server];
    match reading {
        // The server is answered by DRP and this browser by something else: they do not talk to the same.
        _ if case.evidence.probe().is_some_and(met_drp) => found(Cause::BrowserOnly, Probable, &checks),
        // This browser was given an answer that is not DRP's to a page, as the server was: which one it does not say.
        Some(Reading::AtTheSocket(cause)) => found(cause, Probable, &checks),
        Some(Reading::Healthy | Reading::OnTheWay(_) | Reading::Unknown) | None => {
            found(Cause::NotDrpOrBadGateway, Probable, &[Check::Info, Check::Opaque])
        }
    }
}
