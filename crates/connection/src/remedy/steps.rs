//! Which steps belong to which cause and code.

use super::{Browser, Button, Step, Way, command};
use crate::cause::Cause;
use crate::close_code::CloseCode;
use crate::endpoint::Endpoint;
use crate::machine::Machine;

fn say(text: impl Into<String>) -> Step {
    Step { text: text.into(), way: None }
}

fn press(text: &str, button: Button) -> Step {
    Step { text: text.to_owned(), way: Some(Way::Press(button)) }
}

fn open(text: impl Into<String>, endpoint: &Endpoint) -> Step {
    Step { text: text.into(), way: Some(Way::Open(format!("{endpoint}/"))) }
}

pub(super) fn for_cause(cause: Cause, machine: &Machine, endpoint: &Endpoint, browser: Browser) -> Vec<Step> {
    match cause {
        Cause::Offline => vec![say("Connect this computer to the network. The portal goes on by itself.")],
        Cause::Mixed => vec![
            say(format!("Use the endpoint's https:// address: https://{}", endpoint.authority())),
            say("If the endpoint has no TLS, open the portal itself over http://."),
        ],
        Cause::Csp => vec![
            say("Ask the portal's operator to allow this endpoint in the connect-src directive of the portal's policy, wss:// and https:// both."),
            say("Load the page again once that is done: a page keeps the policy that it was loaded with."),
        ],
        Cause::LocalNetwork => vec![
            press("Have the browser ask, and allow it.", Button::AskPermission),
            say("If it does not ask, open the site settings left of the address bar and set “Local network access” to “Allow”."),
        ],
        Cause::NoName => vec![
            say("Check the spelling of the endpoint's name."),
            command::resolve_name(endpoint),
            say("If it resolves only inside your network, connect to that network or its VPN first."),
        ],
        Cause::Down | Cause::Crash => {
            vec![command::service_status(), command::service_restart(), command::reach_port(endpoint)]
        }
        Cause::NoAnswer | Cause::Silence => vec![
            command::service_status(),
            command::reach_port(endpoint),
            say("If it answers there, look at what stands between: a firewall or a VPN may have dropped the connection."),
        ],
        Cause::Expired => [
            vec![command::read_certificate(endpoint)],
            replace_certificate(endpoint),
            accept(endpoint, browser, "Until then, open the endpoint in a new tab and go past the warning."),
        ]
        .concat(),
        Cause::NotYetValid => vec![
            command::clocks(),
            command::read_certificate(endpoint),
            say("Set the clock that is wrong. If the certificate itself is wrong, make a new one."),
        ],
        Cause::SelfSigned => [
            accept(endpoint, browser, "Open the endpoint in a new tab and accept its certificate there."),
            vec![say("To be rid of the question for good, have your CA issue a certificate for the endpoint.")],
            vec![command::set_certificate(endpoint)],
        ]
        .concat(),
        Cause::UnknownCa => [
            vec![say("Import the certificate of the CA into the browser's or the system's list of trusted roots.")],
            accept(endpoint, browser, "Or open the endpoint in a new tab and accept its certificate there."),
            vec![command::read_certificate(endpoint)],
        ]
        .concat(),
        Cause::WrongName => [
            vec![say("Use a name that stands in the certificate, if it leads to the same endpoint.")],
            replace_certificate(endpoint),
            accept(endpoint, browser, "Until then, open the endpoint in a new tab and go past the warning."),
        ]
        .concat(),
        Cause::Replaced => [
            vec![say("Ask whoever looks after the endpoint whether the certificate was replaced on purpose, and compare the fingerprint.")],
            vec![command::read_certificate(endpoint)],
            accept(endpoint, browser, "If it was, open the endpoint in a new tab and accept the new certificate."),
        ]
        .concat(),
        Cause::BadCertificate | Cause::TlsFailed => {
            [vec![command::read_certificate(endpoint)], replace_certificate(endpoint)].concat()
        }
        Cause::PlainHttp => vec![
            say("Check the port: DRP's API speaks TLS, on 8092 unless it was changed."),
            say("If a proxy stands in front of DRP, have it serve TLS on this port."),
        ],
        Cause::OtherProtocol => vec![say("Check the port: DRP's API is on 8092 unless it was changed. Something else listens here.")],
        Cause::OldTls => vec![
            say("Have the endpoint, or the proxy in front of it, serve TLS 1.2 or 1.3. DRP 4.6 and later set the lowest version with --tls-min-version."),
            command::service_restart(),
        ],
        Cause::UnreachableOrUntrusted => [
            machine.diagnosis().evidence().clock_off().map(|_| command::clocks()).into_iter().collect(),
            accept(endpoint, browser, "Open the endpoint in a new tab. If the browser warns of its certificate, accept it there."),
            vec![say("If the tab cannot reach the endpoint either, it is down, or its address is wrong.")],
            vec![command::reach_port(endpoint), command::read_certificate(endpoint)],
        ]
        .concat(),
        Cause::SignIn | Cause::TokenExpired => vec![press("Sign in again. What you had typed elsewhere stays.", Button::SignIn)],
        Cause::Credentials => vec![press("Check user and password and sign in again.", Button::SignIn)],
        Cause::NoRights => vec![
            say("Ask whoever looks after the endpoint for a role that may read events."),
            press("Sign in with an account that has it.", Button::SignIn),
        ],
        Cause::NotDrp => vec![
            say("Check host and port of the address. DRP's API is on 8092 unless it was changed."),
            command::reach_port(endpoint),
        ],
        Cause::BadGateway => vec![
            say("The proxy runs; look at DRP behind it."),
            command::service_status(),
            say("Check the address that the proxy forwards to."),
        ],
        Cause::NotDrpOrBadGateway => vec![
            open("Open the endpoint in a new tab and read what answers: the browser does not show it to the portal.", endpoint),
            say("Check host and port of the address. DRP's API is on 8092 unless it was changed."),
            say("If a proxy stands in front of DRP, look at DRP behind it."),
            command::service_status(),
        ],
        Cause::NoUpgrade => vec![
            say("Have the proxy pass the Upgrade and Connection headers on for /api/v3/ws, over HTTP/1.1."),
            say(format!("Or connect directly to DRP, without the proxy. The portal asked {}.", endpoint.socket_url())),
        ],
        Cause::ClockSkew => vec![command::clocks(), press("Then sign in again.", Button::SignIn)],
        Cause::Restart | Cause::Cut => vec![say("Nothing to do: the portal connects again by itself.")],
        Cause::IdleCut => vec![
            say("Look for a time limit of that length in the proxy, load balancer or firewall in front of the endpoint, and raise it above 60 s."),
            say("DRP itself sends a sign of life every 54 s."),
        ],
        Cause::Flapping => vec![
            command::service_status(),
            say("If the service stands, look at the network between this computer and the endpoint: Wi-Fi, VPN, a proxy that restarts."),
        ],
        Cause::TooLarge | Cause::Violation | Cause::Closed => {
            machine.close_code().map(|code| for_code(code, endpoint, browser)).unwrap_or_default()
        }
    }
}

/// The steps of the code's row; those of 1006 are the article's way, with the exact link.
pub(super) fn for_code(code: CloseCode, endpoint: &Endpoint, browser: Browser) -> Vec<Step> {
    let row = code.row();
    let mut steps: Vec<Step> = row.remedy.iter().map(|text| say(*text)).collect();
    if code == CloseCode::ABNORMAL && endpoint.is_secure() {
        steps = [
            accept(endpoint, browser, "Open the endpoint's address in a new tab and accept its certificate there."),
            steps.into_iter().skip(2).collect(),
        ]
        .concat();
    }
    steps
}

/// The way there and back: the portal notices by itself when the person returns.
fn accept(endpoint: &Endpoint, browser: Browser, there: &str) -> Vec<Step> {
    if !endpoint.is_secure() {
        return Vec::new();
    }
    let there = match browser {
        Browser::Chromium | Browser::Other => there.to_owned(),
        Browser::Firefox => {
            format!("{there} Firefox remembers this for port {} alone, so use exactly this link.", endpoint.port())
        }
        Browser::Safari => {
            let text = "Safari does not carry an accepted certificate over to WebSockets. Add the certificate to the system keychain and trust it there, or use another browser.";
            return vec![open(text, endpoint)];
        }
    };
    vec![open(there, endpoint), say("Come back to this tab. The portal notices by itself and connects.")]
}

/// A new certificate, made and put in place.
pub(super) fn replace_certificate(endpoint: &Endpoint) -> Vec<Step> {
    vec![command::make_certificate(endpoint), command::set_certificate(endpoint)]
}
