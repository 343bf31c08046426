//! What the page can know by itself.

use super::{Basis, Case, Finding, found};
use crate::cause::{Cause, Confidence};
use crate::evidence::{Body, Check, Observation, Permission, Reach};
use crate::machine::GivenUp;

/// Causes that the page sees with its own eyes.
pub(super) fn certain(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let evidence = case.evidence;
    if let Some(Observation::Network(false)) = evidence.of(Check::Network)
        && !case.endpoint.is_loopback()
    {
        findings.push(found(Cause::Offline, Confidence::Certain, &[Check::Network]));
    }
    if let Some(Observation::MixedContent(true)) = evidence.of(Check::MixedContent) {
        findings.push(found(Cause::Mixed, Confidence::Certain, &[Check::MixedContent]));
    }
    if let Some(Observation::Csp(Some(_))) = evidence.of(Check::Csp) {
        findings.push(found(Cause::Csp, Confidence::Certain, &[Check::Csp]));
    }
    findings.extend(answered(case));
    findings
}

/// What follows from an answer that the page could read: the way to the endpoint and its certificate are fine.
fn answered(case: &Case<'_>) -> Option<Finding> {
    let Reach::Answered { status, .. } = case.evidence.info()? else { return None };
    let info = case.evidence.info()?;
    if !info.is_drp() {
        let cause = if is_gateway(status) { Cause::BadGateway } else { Cause::NotDrp };
        return Some(found(cause, Confidence::Certain, &[Check::Info]));
    }
    let Observation::SignedIn(reach) = case.evidence.of(Check::SignedIn)? else { return None };
    let (cause, confidence) = match *reach {
        None => (Cause::SignIn, Confidence::Certain),
        Some(Reach::Answered { status: 401, .. }) => (Cause::SignIn, Confidence::Certain),
        Some(Reach::Answered { status: 403, body: Body::Error, .. }) => (Cause::NoRights, Confidence::Certain),
        Some(Reach::Answered { status: 403, .. }) => (Cause::TokenExpired, Confidence::Certain),
        Some(Reach::Answered { status: 400, .. }) => (Cause::ClockSkew, Confidence::Probable),
        Some(Reach::Answered { status, .. }) if is_gateway(status) => (Cause::BadGateway, Confidence::Certain),
        Some(Reach::Answered { .. } | Reach::Arrived { .. } | Reach::Failed { .. } | Reach::TimedOut { .. }) => {
            return None;
        }
    };
    Some(found(cause, confidence, &[Check::SignedIn, Check::Info]))
}

/// What fits best where the browser does not tell.
pub(super) fn probable(case: &Case<'_>) -> Vec<Finding> {
    let (Some(info), Some(opaque)) = (case.evidence.info(), case.evidence.opaque()) else { return Vec::new() };
    if info.is_drp() {
        return refused_though_alive(case).into_iter().collect();
    }
    let basis = if case.outage.first_close.is_some() { Basis::WasConnected } else { Basis::NeverOpened };
    let checks = [Check::Info, Check::Opaque];
    match (info, opaque) {
        (Reach::Answered { .. }, _) => Vec::new(),
        (
            Reach::Arrived { .. } | Reach::Failed { .. } | Reach::TimedOut { .. },
            Reach::Answered { .. } | Reach::Arrived { .. },
        ) => {
            vec![found(Cause::NotDrpOrBadGateway, Confidence::Probable, &checks)]
        }
        (_, Reach::TimedOut { .. }) => vec![Finding {
            cause: Cause::NoAnswer,
            confidence: Confidence::Probable,
            why: vec![Basis::ConnectTimeout, Basis::Check(Check::Opaque)],
        }],
        (_, Reach::Failed { .. }) => {
            let mut findings: Vec<Finding> = permission(case).into_iter().collect();
            if !case.endpoint.is_secure() {
                // Without TLS there is no certificate to be refused.
                findings.push(Finding {
                    why: vec![basis, Basis::Check(Check::Opaque)],
                    ..found(Cause::Down, Confidence::Probable, &[])
                });
                return findings;
            }
            let mut either = found(Cause::UnreachableOrUntrusted, Confidence::Probable, &checks);
            either.why.insert(0, basis);
            // A browser that takes today for another day refuses a certificate that is good today.
            either.why.extend(case.evidence.clock_off().map(Basis::ClockOff));
            findings.push(either);
            findings
        }
    }
}

/// The browser's gate to local networks, as far as it can be what stopped the request.
fn permission(case: &Case<'_>) -> Option<Finding> {
    let Some(Observation::Permission(state)) = case.evidence.of(Check::Permission) else { return None };
    let healthy_from_the_server = case.evidence.probe().is_some_and(super::server::is_healthy);
    let confidence = match state {
        Permission::Unsupported | Permission::Granted => return None,
        Permission::Denied if healthy_from_the_server => Confidence::Certain,
        Permission::Denied if case.endpoint.is_local() => Confidence::Probable,
        // A page that was connected has been let through before; its endpoint may just be coming back.
        Permission::Prompt
            if healthy_from_the_server && case.endpoint.is_local() && case.outage.first_close.is_none() =>
        {
            Confidence::Probable
        }
        Permission::Denied | Permission::Prompt => return None,
    };
    Some(found(Cause::LocalNetwork, confidence, &[Check::Permission, Check::Opaque]))
}

/// The endpoint is DRP, answers this browser and accepts the sign-in, and still there is no socket.
fn refused_though_alive(case: &Case<'_>) -> Option<Finding> {
    let signed_in = case.evidence.signed_in()?;
    if signed_in.status() != Some(200) {
        return None;
    }
    if case.outage.attempts == 0 {
        return None;
    }
    let checks = [Check::Info, Check::SignedIn];
    let timed_out =
        case.outage.last_close.as_ref().is_some_and(|close| close.given_up == Some(GivenUp::ConnectTimeout));
    // After a cut the endpoint may have come back between the try and the checks.
    let confidence = if case.outage.first_close.is_some() && case.outage.attempts == 1 {
        Confidence::Possible
    } else {
        Confidence::Probable
    };
    let cause = if timed_out { Cause::NoAnswer } else { Cause::NoUpgrade };
    Some(found(cause, confidence, &checks))
}

pub(super) fn is_gateway(status: u16) -> bool {
    matches!(status, 502..=504)
}
