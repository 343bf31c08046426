//! The steps about trust: what this browser can accept, what it can be made to trust, and a certificate that needs neither.

use super::{open, press, say};
use crate::cause::Cause;
use crate::client::{Browser, Client, System};
use crate::endpoint::Endpoint;
use crate::machine::Machine;
use crate::probe::TrustProblem;
use crate::remedy::{Button, Plan, Step, command};
use crate::verdict::{Refusal, why_refused};

/// The steps where accepting is impossible.
pub(super) fn cannot_accept(machine: &Machine, endpoint: &Endpoint) -> Plan {
    let evidence = machine.diagnosis().evidence();
    let why = why_refused(evidence, endpoint, machine.client());
    let hsts = matches!(why, Some(Refusal::Preloaded | Refusal::Hsts));
    let mut steps = Vec::new();
    if hsts {
        steps.push(press(
            "It cannot be accepted here: connect to the endpoint's IP address, if the certificate lists it.",
            Button::ChangeAddress,
        ));
    } else if why == Some(Refusal::Reused) {
        steps.push(say("Use a private window for now; the certificate must be made anew with another serial number."));
    } else {
        steps.push(say("Have a new certificate put in place: this one cannot be accepted here."));
    }
    let mut for_good = replace_certificate(endpoint);
    if hsts {
        for_good.insert(0, say("Or rename the endpoint, for example to a name under .internal or a domain of your own, or have a trusted authority issue its certificate."));
    }
    let kinds =
        evidence.probe().and_then(|probe| probe.tls.passed()).map(|tls| tls.problems.as_slice()).unwrap_or_default();
    if kinds.iter().any(|problem| matches!(problem, TrustProblem::KeyKind { .. })) {
        for_good.insert(0, say("If DRP made the certificate itself, start it with --cert-type P384 or RSA."));
    }
    Plan { now: steps, for_good, ..Plan::default() }
}

/// Until the certificate is replaced a person can go past the warning, where the browser offers that.
pub(super) fn replace_now_or_pass(cause: Cause, machine: &Machine, endpoint: &Endpoint) -> Plan {
    let evidence = machine.diagnosis().evidence();
    let blocked = why_refused(evidence, endpoint, machine.client()).is_some();
    let names_others = cause == Cause::WrongName && evidence.leaf().is_some_and(|leaf| leaf.names_total > 0);
    let there = if names_others {
        "If one of them, other than localhost, is your endpoint's, go past the warning in a new tab."
    } else {
        "If you know this endpoint, open it in a new tab and go past the warning."
    };
    let pass = accept(endpoint, machine.client(), there);
    let mut for_good = replace_certificate(endpoint);
    if names_others {
        for_good.insert(0, say("Use one of the names in the certificate, if it leads to the same endpoint."));
    }
    if blocked {
        return Plan { now: for_good, ..Plan::default() };
    }
    Plan { now: pass, for_good, ..Plan::default() }
}

/// The way there and back: the portal notices by itself when the person returns.
pub(super) fn accept(endpoint: &Endpoint, client: Client, there: &str) -> Vec<Step> {
    accept_if("Only if you know this endpoint", endpoint, client, there)
}

/// The way there where this browser refuses what the portal's server accepts. Interception looks the same, and nobody knows a
/// certificate by heart: the issuer tells the two apart.
pub(super) fn accept_only_by_its_issuer(machine: &Machine, endpoint: &Endpoint) -> Vec<Step> {
    let (condition, there) = match issuer(machine, endpoint) {
        Some(issuer) => (
            format!("Only if “{issuer}” issued the certificate"),
            format!("Open the endpoint in a new tab. Accept only a certificate by “{issuer}”."),
        ),
        None => (
            "Only if you know the certificate's issuer".to_owned(),
            "Open the endpoint in a new tab. Accept its certificate only if you know the issuer.".to_owned(),
        ),
    };
    accept_if(&condition, endpoint, machine.client(), &there).into_iter().map(Step::quiet).collect()
}

/// What to do about a certificate by another issuer than the endpoint's own.
pub(super) fn intercepted(machine: &Machine, endpoint: &Endpoint) -> String {
    let own = issuer(machine, endpoint).map(|issuer| format!(" The portal's server sees “{issuer}”."));
    format!(
        "If you don't know the issuer in your tab, press Stop trying. If it is your company's proxy or antivirus, have it exempt {}.{}",
        endpoint.authority(),
        own.unwrap_or_default()
    )
}

/// Who issued the endpoint's certificate, as the portal's server sees it. What was seen is of the endpoint that the portal is
/// set on.
fn issuer<'a>(machine: &'a Machine, endpoint: &Endpoint) -> Option<&'a str> {
    machine.endpoint().filter(|it| *it == endpoint)?;
    machine.diagnosis().evidence().leaf().map(|leaf| leaf.issuer.as_str())
}

fn accept_if(condition: &str, endpoint: &Endpoint, client: Client, there: &str) -> Vec<Step> {
    if !endpoint.is_secure() {
        return Vec::new();
    }
    let there = match client.browser {
        Browser::Chromium | Browser::WebKitGtk | Browser::Other => there.to_owned(),
        Browser::Firefox => format!("{there} Firefox remembers it for port {} alone: use this link.", endpoint.port()),
        Browser::Safari if client.system == System::Ios => {
            return vec![say(format!(
                "{condition}: install its authority and trust it in Settings, General, About, Certificate Trust Settings. Going past Safari's warning is not enough.",
            ))];
        }
        Browser::Safari => {
            let text = format!(
                "{condition}: trust its certificate in the system keychain, or use another browser. Going past Safari's warning is not enough."
            );
            return vec![open(text, endpoint)];
        }
    };
    vec![open(there, endpoint), say("Come back to this tab. The portal reconnects on its own.")]
}

/// How this browser is made to trust the certificate for good.
pub(super) fn trust_for_good(cause: Cause, client: Client, endpoint: &Endpoint, machine: &Machine) -> Vec<Step> {
    let where_to = match (client.browser, client.system) {
        (Browser::Firefox, _) => {
            "Import the authority in Firefox: Settings, Privacy & Security, View Certificates, Authorities. Firefox does not use the system's list."
        }
        (_, System::MacOs) => "Add the authority to the system keychain and set it to Always Trust.",
        (_, System::Windows) => "Install the authority under Trusted Root Certification Authorities.",
        (_, System::Ios) => {
            "Install the authority as a profile, then switch it on in Settings, General, About, Certificate Trust Settings."
        }
        (Browser::WebKitGtk, _) => "Add the authority to the system's list: this browser uses that.",
        (_, System::Linux | System::Android | System::Other) => {
            "Import the authority in the browser's certificate settings, under Authorities."
        }
    };
    let leaf_is_ca = machine.diagnosis().evidence().leaf().is_some_and(|leaf| leaf.is_ca);
    let mut steps = Vec::new();
    if cause == Cause::UnknownCa {
        steps.push(say(where_to));
    } else if leaf_is_ca {
        steps.push(say(
            "Accept it, do not import it: it is marked as an authority, and Firefox takes none as a server.",
        ));
    }
    steps.push(say("To stop seeing this, install a certificate that your browsers trust."));
    steps.extend([command::make_certificate(endpoint), command::set_certificate(endpoint)]);
    steps
}

/// A new certificate, made and put in place.
pub(in crate::remedy) fn replace_certificate(endpoint: &Endpoint) -> Vec<Step> {
    vec![command::make_certificate(endpoint), command::set_certificate(endpoint)]
}
