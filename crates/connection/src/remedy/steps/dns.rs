//! The steps where this browser and the portal's server may not talk to the same: DNS may lead them to different places.

use super::{command, further, open, press, say};
use crate::client::{Browser, System};
use crate::endpoint::Endpoint;
use crate::machine::Machine;
use crate::probe::{AddressOutcome, HttpsRecord};
use crate::remedy::{Button, Plan, Step};
use crate::verdict::leading_astray;

/// The server gets through and this browser does not: what is likeliest on this system first, each with how to tell.
pub(super) fn browser_only(machine: &Machine, endpoint: &Endpoint) -> Plan {
    let client = machine.client();
    let name = endpoint.is_name().then(|| {
        let address = machine.diagnosis().evidence().probe().and_then(|probe| probe.name.passed()?.first());
        let there = address.map(|address| format!(": the server finds {address}")).unwrap_or_default();
        Step { text: format!("Compare what the name means here{there}."), ..command::resolve_name(endpoint) }
    });
    let local = say(match client.system {
        System::MacOs | System::Ios => {
            "In System Settings, Privacy & Security, Local Network, switch this browser on, or off and on again, and restart it."
        }
        System::Linux | System::Windows | System::Android | System::Other => {
            "Check that this computer is in the endpoint's network or its VPN."
        }
    });
    let others = vec![
        say(
            "If it warns of the certificate, the authority that the portal's server trusts is missing here: import it.",
        ),
        say("If a window without extensions connects, an extension or shield blocks local addresses for this page."),
        say(format!("If your network has a proxy, have it let {} through or leave it out.", endpoint.authority())),
        say("If a security program inspects connections, exempt the endpoint there."),
    ];
    let mac = matches!(client.system, System::MacOs | System::Ios) && client.browser != Browser::Safari;
    let ranked: Vec<Step> = if mac {
        [Some(local), name].into_iter().flatten().collect()
    } else {
        name.into_iter().chain([local]).collect()
    };
    further(
        vec![open(
            "Open the endpoint in a new tab: it shows what is in the way. Accept nothing there that you don't know.",
            endpoint,
        )],
        [https_record(machine, endpoint).into_iter().collect(), ranked, others].concat(),
    )
}

/// Of several addresses the one that leads to DRP. What was seen is of the endpoint that the portal is set on.
pub(super) fn address_that_works(machine: &Machine, endpoint: &Endpoint) -> Step {
    let probe = machine.diagnosis().evidence().probe().filter(|_| machine.endpoint() == Some(endpoint));
    let good = probe.and_then(|probe| probe.compared.addresses.iter().find(|it| it.outcome == AddressOutcome::Drp));
    let address = good.and_then(|it| it.address.rsplit_once(':')).map(|(address, _)| address);
    let address = address.unwrap_or("the address that works");
    press(&format!("Connect to {address} instead of the name, if the certificate lists it."), Button::ChangeAddress)
}

/// A proxy does not know the name that it was greeted with. Where it knows the server's greeting, that name is not what is
/// wrong.
pub(super) fn wrong_site(machine: &Machine, endpoint: &Endpoint) -> Plan {
    let known = press(
        &format!("Use the name that the proxy is configured for, or add “{}” there.", endpoint.host()),
        Button::ChangeAddress,
    );
    let look = command::read_certificate(endpoint);
    match https_record(machine, endpoint) {
        Some(record) => further(vec![record], vec![known, look]),
        None => further(vec![known], vec![look]),
    }
}

/// What to do about an HTTPS record that can lead this browser astray. What was seen is of the endpoint that the portal is
/// set on.
fn https_record(machine: &Machine, endpoint: &Endpoint) -> Option<Step> {
    machine.endpoint().filter(|it| *it == endpoint)?;
    leading_astray(machine.diagnosis().evidence(), endpoint, machine.client())?;
    HttpsRecord::name(endpoint).map(|name| command::https_record(&name))
}
