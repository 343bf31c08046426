//! Which steps belong to which cause and code: what brings this person back now, and what ends the fault for good.

mod dns;
mod trust;

use super::{Action, Button, Plan, Step, command};
use crate::cause::Cause;
use crate::client::{Browser, Client};
use crate::close_code::CloseCode;
use crate::endpoint::Endpoint;
use crate::machine::Machine;

pub(super) use trust::replace_certificate;
use trust::{accept, accept_only_by_its_issuer, cannot_accept, intercepted, replace_now_or_pass, trust_for_good};

fn say(text: impl Into<String>) -> Step {
    Step { text: text.into(), action: None, quiet: false }
}

fn press(text: &str, button: Button) -> Step {
    Step { text: text.to_owned(), action: Some(Action::Press(button)), quiet: false }
}

fn open(text: impl Into<String>, endpoint: &Endpoint) -> Step {
    Step { text: text.into(), action: Some(Action::Open(format!("{endpoint}/"))), quiet: false }
}

fn now(now: Vec<Step>) -> Plan {
    Plan { now, ..Plan::default() }
}

fn further(now: Vec<Step>, further: Vec<Step>) -> Plan {
    Plan { now, further, ..Plan::default() }
}

fn for_good(now: Vec<Step>, for_good: Vec<Step>) -> Plan {
    Plan { now, for_good, ..Plan::default() }
}

/// The steps where the portal has given up: trying on by itself would end the same way.
pub(super) fn given_up(machine: &Machine, endpoint: &Endpoint) -> Plan {
    let cause = machine.diagnosis().best().map(|(cause, _)| cause).filter(|cause| *cause != Cause::Closed);
    let more = match (cause, machine.close_code()) {
        (Some(cause), _) => {
            let plan = for_cause(cause, machine, endpoint);
            [plan.further, plan.for_good].concat()
        }
        (None, Some(code)) => for_code(code, endpoint, machine.client()).now,
        (None, None) => Vec::new(),
    };
    further(vec![say("Press Retry now.")], more)
}

pub(super) fn for_cause(cause: Cause, machine: &Machine, endpoint: &Endpoint) -> Plan {
    let client = machine.client();
    match cause {
        Cause::Offline => now(vec![say("Reconnect this computer to the network.")]),
        Cause::Mixed => further(
            vec![press("Connect to the endpoint's https:// address, if it has one.", Button::ChangeAddress)],
            vec![say("If the endpoint has no TLS, open the portal itself over http://.")],
        ),
        Cause::Csp => for_good(
            vec![say("Ask whoever runs this portal to allow this endpoint.")],
            vec![say(
                "The connect-src directive of the portal's policy needs both the wss:// and the https:// address.",
            )],
        ),
        Cause::BrowserRefuses => for_good(
            vec![press("Use an address with another port, such as 8092.", Button::ChangeAddress)],
            vec![say("Start dr-provision with another --api-port, or forward another port to it.")],
        ),
        Cause::LocalNetwork => further(
            vec![press("If you trust this portal, press the button and choose Allow.", Button::AskPermission)],
            vec![say(match client.browser {
                Browser::Firefox => {
                    "If no question comes, clear the blocked permission at the icon left of the address, and press again."
                }
                Browser::Chromium | Browser::Safari | Browser::WebKitGtk | Browser::Other => {
                    "If no question comes, open the site settings left of the address bar and allow “Local network access”."
                }
            })],
        ),
        Cause::NoName => further(
            // A VPN that is off is as likely as a wrong name, and the button lets go of the sign-in.
            vec![
                press(
                    "Connect this computer to the endpoint's network or VPN, or check the spelling of the name.",
                    Button::ChangeAddress,
                )
                .quiet(),
            ],
            vec![command::resolve_name(endpoint)],
        ),
        Cause::Down | Cause::Crash => further(
            vec![say(format!(
                "Check whether dr-provision is running on “{}”; if it is, check the firewall.",
                endpoint.host()
            ))],
            vec![command::service_status(), command::service_restart(), command::reach_port(endpoint)],
        ),
        Cause::NobodyBehind => Plan {
            now: vec![say(
                "Check whether DRP runs behind the port: a container, a port mapping or a load balancer may answer for it.",
            )],
            further: vec![command::service_status()],
            for_good: vec![say("In a container DRP must listen on all addresses, not on 127.0.0.1 alone.")],
        },
        Cause::SomeAddresses => Plan {
            now: vec![dns::address_that_works(machine, endpoint)],
            further: vec![command::resolve_name(endpoint)],
            for_good: vec![say("Remove the address that does not work from DNS, or let DRP listen there, too.")],
        },
        // The checks got through, so what fell silent was the one connection.
        Cause::Silence if machine.diagnosis().evidence().info().is_some_and(|reach| reach.is_drp()) => further(
            vec![say("Nothing to do now: DRP answers new requests, and the portal reconnects on its own.")],
            vec![say("If it happens again, look for a VPN, firewall or proxy that drops open connections.")],
        ),
        Cause::NoAnswer | Cause::Silence => further(
            vec![say("Check whether dr-provision is running; if it is, check VPN, firewall and proxy.")],
            vec![
                command::service_status(),
                command::reach_port(endpoint),
                say("If it answers there, a firewall or a VPN in between drops the connection."),
            ],
        ),
        Cause::LargePackets => for_good(
            vec![say("If you use a VPN, set its packet size (MTU) to 1,380 bytes, or disconnect it.")],
            vec![say(
                "Update the firewall or router in between: it cannot take modern TLS greetings or drops large packets.",
            )],
        ),
        Cause::BrowserOnly => dns::browser_only(machine, endpoint),
        Cause::Proxy => for_good(
            vec![say(format!(
                "Have your network's proxy let {} through, or your browser bypass the proxy for it.",
                endpoint.authority()
            ))],
            vec![say(
                "Proxies often allow port 443 alone: serve DRP on 443, or add its port to what CONNECT may reach.",
            )],
        ),
        Cause::Blocked => further(
            vec![say("Allow the endpoint in your extensions, or try a window without them.")],
            vec![say(
                "Ad blockers and shields have lists that keep public pages from local addresses; an administrator's policy may do so, too.",
            )],
        ),
        Cause::Intercepted => {
            further(vec![say(intercepted(machine, endpoint))], vec![command::read_certificate(endpoint)])
        }
        Cause::TooManySockets => now(vec![say("Close tabs that you don't need, portals first.")]),
        Cause::Expired | Cause::WrongName => replace_now_or_pass(cause, machine, endpoint),
        Cause::NotLoaded => for_good(
            vec![say("Don't accept it: have whoever runs the endpoint load a renewed one.")],
            vec![command::read_file(), command::set_certificate(endpoint), command::make_certificate(endpoint)],
        ),
        Cause::NotYetValid => Plan {
            now: vec![say("Don't accept it: check the clocks of the endpoint and of this computer.")],
            further: vec![command::clocks()],
            for_good: replace_certificate(endpoint),
        },
        Cause::YourClock => {
            further(vec![say("Set this computer's clock; the certificate is fine.")], vec![command::clocks()])
        }
        Cause::WrongSite => dns::wrong_site(machine, endpoint),
        Cause::SelfSigned => for_good(
            accept(endpoint, client, "If you know this endpoint, open it in a new tab and accept its certificate."),
            trust_for_good(cause, client, endpoint, machine),
        ),
        Cause::UnknownCa => for_good(
            accept(
                endpoint,
                client,
                "If you know this issuer, open the endpoint in a new tab and accept the certificate.",
            ),
            trust_for_good(cause, client, endpoint, machine),
        ),
        Cause::Untrusted => for_good(
            accept_only_by_its_issuer(machine, endpoint),
            trust_for_good(Cause::UnknownCa, client, endpoint, machine),
        ),
        Cause::Forgotten => for_good(
            accept(endpoint, client, "Open the endpoint in a new tab and accept the certificate once more."),
            trust_for_good(Cause::SelfSigned, client, endpoint, machine),
        ),
        Cause::ChainIncomplete => for_good(
            accept(
                endpoint,
                client,
                "If you know this issuer, open the endpoint in a new tab and go past the warning.",
            ),
            vec![
                say(
                    "Give the endpoint the full chain: its own certificate, then the intermediate one (often fullchain.pem).",
                ),
                command::set_certificate(endpoint),
            ],
        ),
        Cause::StaleCa => Plan {
            now: vec![say(
                "Ask whoever runs the endpoint whether the issuer has a new certificate. If so, install that in your browser; if not, accept nothing.",
            )],
            further: vec![command::read_certificate(endpoint)],
            for_good: vec![say("Give each new authority a name of its own.")],
        },
        Cause::Replaced => further(
            vec![say("Ask whoever runs the endpoint for its fingerprint. If “Now” is another, accept nothing.")],
            [
                vec![command::read_certificate(endpoint)],
                accept(endpoint, client, "If “Now” is that one, open the endpoint and accept the new certificate.")
                    .into_iter()
                    .map(Step::quiet)
                    .collect(),
            ]
            .concat(),
        ),
        Cause::CannotAccept => cannot_accept(machine, endpoint),
        Cause::ClientCertificate => for_good(
            vec![
                open("Open the endpoint; when it asks for a certificate, choose one or cancel.", endpoint),
                say("Come back to this tab."),
            ],
            vec![say("Turn the request off in the proxy in front of DRP (nginx: ssl_verify_client off).")],
        ),
        Cause::BadCertificate => Plan {
            now: vec![say("Don't accept it: have a new certificate put in place.")],
            further: vec![command::read_certificate(endpoint)],
            for_good: replace_certificate(endpoint),
        },
        Cause::TlsFailed => Plan {
            now: vec![open("Open the endpoint in a new tab and read what the browser says.", endpoint)],
            further: vec![command::read_certificate(endpoint)],
            for_good: replace_certificate(endpoint),
        },
        Cause::PlainHttp => for_good(
            vec![press("Check the port: DRP's API speaks TLS, on 8092 unless it was changed.", Button::ChangeAddress)],
            vec![say("If a proxy stands in front of DRP, have it serve TLS on this port.")],
        ),
        Cause::OtherProtocol => now(vec![press(
            "Check the port: something else listens here. DRP's API is on 8092 unless it was changed.",
            Button::ChangeAddress,
        )]),
        Cause::OldTls => for_good(
            vec![say("Have the endpoint, or the proxy in front of it, serve TLS 1.2 or 1.3.")],
            vec![say("DRP 4.6 and later set the lowest version with --tls-min-version."), command::service_restart()],
        ),
        Cause::UnreachableOrUntrusted => further(
            accept(
                endpoint,
                client,
                "Open the endpoint in a new tab; go past a certificate warning only if you know this endpoint.",
            ),
            [
                machine.diagnosis().evidence().clock_off().map(|_| command::clocks()).into_iter().collect(),
                vec![
                    say("If the tab cannot reach the endpoint either, it is down, or its address is wrong."),
                    command::reach_port(endpoint),
                    command::read_certificate(endpoint),
                ],
            ]
            .concat(),
        ),
        Cause::SignIn => now(vec![press("Sign in. Nothing you were typing is lost.", Button::SignIn)]),
        Cause::TokenExpired => now(vec![press("Sign in again. Nothing you were typing is lost.", Button::SignIn)]),
        Cause::Credentials => now(vec![press("Check user and password and sign in again.", Button::SignIn)]),
        Cause::NoRights => further(
            vec![press("Sign in with an account that may read events.", Button::SignIn)],
            vec![say("Or have your account given a role that may.")],
        ),
        Cause::NotDrp => further(
            vec![press("Check host and port: DRP's API is on 8092 unless it was changed.", Button::ChangeAddress)],
            vec![command::reach_port(endpoint)],
        ),
        Cause::LoginWall => for_good(
            vec![
                open("Open the endpoint in a new tab and sign in there, if you know that page.", endpoint),
                say("Come back to this tab."),
            ],
            vec![say("Have the proxy let /api/v3 through without its own sign-in: DRP has one.")],
        ),
        Cause::Moved => further(
            vec![press("Connect to the address that it sends you to, if you know it.", Button::ChangeAddress)],
            vec![command::reach_port(endpoint)],
        ),
        Cause::Firewall => further(
            vec![say("Ask whoever runs the firewall to allow /api/v3, with WebSockets on /api/v3/ws.")],
            vec![say("Or connect to DRP directly, without what stands in front of it.")],
        ),
        Cause::OriginRefused => further(
            vec![say("Ask whoever runs that proxy to allow this portal's address (Origin header).")],
            vec![say(
                "DRP itself takes any Origin. If the proxy compares it with the Host header, pass that on unchanged.",
            )],
        ),
        Cause::HeadTooLarge => for_good(
            vec![say(format!(
                "Clear the cookies of “{}” in this browser; that may sign you out of other apps on it.",
                endpoint.host()
            ))],
            vec![say("Raise the limit for request heads in the proxy in front of DRP to 16 kB.")],
        ),
        Cause::TooMany => now(vec![say("Nothing to do: the portal waits and tries again on its own.")]),
        Cause::BadGateway => further(
            vec![say("The proxy runs; check DRP behind it.")],
            vec![command::service_status(), say("Check the address that the proxy forwards to.")],
        ),
        Cause::NotDrpOrBadGateway => further(
            vec![open("Open the endpoint in a new tab and read what answers.", endpoint)],
            vec![
                say("Check host and port: DRP's API is on 8092 unless it was changed."),
                say("If a proxy stands in front of DRP, check DRP behind it."),
                command::service_status(),
            ],
        ),
        Cause::NoUpgrade => for_good(
            vec![say("Ask whoever runs the proxy to pass WebSockets on, or connect to DRP directly.")],
            vec![say(format!(
                "The Upgrade and Connection headers must reach DRP for {}, over HTTP/1.1.",
                endpoint.socket_url()
            ))],
        ),
        Cause::SocketOnly => further(
            vec![say("Try a window without extensions, or another browser.")],
            vec![
                say("If another browser connects, an extension, a shield or too many open tabs stop it in this one."),
                say("If none does, a proxy in between does not pass WebSockets on."),
                command::reach_port(endpoint),
            ],
        ),
        Cause::ClockSkew => further(
            vec![say(
                "Compare the clocks of the endpoint and this computer and set the wrong one: the portal reconnects on its own.",
            )],
            vec![command::clocks()],
        ),
        Cause::Restart | Cause::Cut => now(vec![say("Nothing to do: the portal reconnects on its own.")]),
        Cause::IdleCut => for_good(
            vec![say("Nothing to do now: the portal reconnects on its own.")],
            vec![say(
                "Raise the idle limit of the proxy, load balancer or firewall above 60 s; DRP sends a keep-alive every 54 s.",
            )],
        ),
        Cause::CutInUse => for_good(
            vec![say("Nothing to do now: the portal reconnects on its own.")],
            vec![say(
                "Look for a maximum age of connections, a reload or a firewall in between. Keep-alives do not help.",
            )],
        ),
        Cause::Flapping => further(
            vec![say("Nothing to do now: the portal reconnects on its own each time.")],
            vec![
                say("If it goes on, check the network: Wi-Fi, VPN, a proxy that restarts."),
                command::service_status(),
            ],
        ),
        Cause::Violation => for_good(
            vec![say("Nothing to do now: the portal reconnects on its own.")],
            vec![say(
                "If it happens again, a proxy in between probably alters the data: have it leave WebSockets as they are.",
            )],
        ),
        Cause::TooLarge => further(
            vec![say("Nothing to do now: the portal reconnects on its own.")],
            vec![say("If it happens again, the portal, or a proxy's limit for messages, is at fault.")],
        ),
        Cause::Closed => machine.close_code().map(|code| for_code(code, endpoint, client)).unwrap_or_default(),
    }
}

/// The steps of the code's row. A code alone blames nobody: what 1006 hides, the checks have to find.
pub(super) fn for_code(code: CloseCode, endpoint: &Endpoint, client: Client) -> Plan {
    let row = code.row();
    let mut steps = row.remedy.iter().map(|text| say(*text)).collect::<Vec<_>>();
    // Without TLS there is no certificate to accept: `accept` has no step, nor is there one to repeat.
    if code == CloseCode::ABNORMAL {
        let about_certificates = if endpoint.is_secure() { 2 } else { 3 };
        let accept =
            accept(endpoint, client, "If you know this endpoint, open it in a new tab and accept its certificate.");
        steps = [accept, steps.into_iter().skip(about_certificates).collect()].concat();
    }
    now(steps)
}
