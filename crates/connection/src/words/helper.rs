//! Whom to ask: for each cause, who can end it where the person cannot.

use crate::cause::{Cause, Need};
use crate::close_code::{CloseCode, Wire};
use crate::machine::{Machine, Phase};

/// One line of help for each case in which the report is sent to the same people.
struct Report {
    /// The person can do nothing, or has to find out more first.
    at_once: &'static str,
    /// The portal goes on by itself.
    if_it_goes_on: &'static str,
    /// The person has something to try.
    if_that_fails: &'static str,
    /// The portal has given up, and the person tries once more.
    if_it_fails_again: &'static str,
}

macro_rules! report_to {
    ($who:literal) => {
        Report {
            at_once: concat!("Send the report to whoever runs ", $who, "."),
            if_it_goes_on: concat!("If it goes on, send the report to whoever runs ", $who, "."),
            if_that_fails: concat!("Or send the report to whoever runs ", $who, "."),
            if_it_fails_again: concat!("If it fails again, send the report to whoever runs ", $who, "."),
        }
    };
}

const ENDPOINT: Report = report_to!("the endpoint");
const NETWORK: Report = report_to!("your network");
const PORTAL: Report = report_to!("this portal");

/// Whom to ask in the state that the machine is in, about a cause if one is known; else about a close that somebody sent.
pub fn helper(cause: Option<Cause>, machine: &Machine) -> Option<&'static str> {
    match machine.phase() {
        Phase::NeedsYou { need: Need::Attention, .. } => Some(of_code(machine).if_it_fails_again),
        Phase::NeedsYou { .. }
        | Phase::Idle
        | Phase::Connecting { .. }
        | Phase::Connected { .. }
        | Phase::Waiting { .. }
        | Phase::Offline { .. }
        | Phase::Stopped => match cause {
            Some(cause) => of_cause(cause),
            None => {
                let sent = machine.close_code().filter(|code| code.row().on_the_wire != Wire::Never);
                sent.map(|_| of_code(machine).if_it_goes_on)
            }
        },
    }
}

/// To whom the report goes after a close code.
fn of_code(machine: &Machine) -> Report {
    if machine.close_code() == Some(CloseCode::MESSAGE_TOO_BIG) { PORTAL } else { ENDPOINT }
}

/// To whom the report goes, in one line; nothing where the person can do it all, or where nothing is to be done.
fn of_cause(cause: Cause) -> Option<&'static str> {
    Some(match cause {
        Cause::NotYetValid
        | Cause::BadCertificate
        | Cause::CannotAccept
        | Cause::Down
        | Cause::Crash
        | Cause::NobodyBehind
        | Cause::NoAnswer
        | Cause::OldTls
        | Cause::TlsFailed
        | Cause::BadGateway
        | Cause::UnreachableOrUntrusted
        | Cause::NotDrpOrBadGateway => ENDPOINT.at_once,
        Cause::Expired
        | Cause::WrongName
        | Cause::SelfSigned
        | Cause::UnknownCa
        | Cause::ChainIncomplete
        | Cause::Forgotten
        | Cause::Untrusted
        | Cause::ClientCertificate
        | Cause::SomeAddresses
        | Cause::Mixed
        | Cause::BrowserRefuses
        | Cause::PlainHttp
        | Cause::OtherProtocol
        | Cause::NotDrp
        | Cause::Moved
        | Cause::WrongSite
        | Cause::HeadTooLarge
        | Cause::ClockSkew
        // The portal's server meets it, too: it stands near the endpoint rather than near the person.
        | Cause::LoginWall => ENDPOINT.if_that_fails,
        Cause::Silence | Cause::TooMany | Cause::Closed => ENDPOINT.if_it_goes_on,
        Cause::Proxy | Cause::Intercepted => NETWORK.at_once,
        Cause::NoName | Cause::LargePackets | Cause::BrowserOnly | Cause::SocketOnly => NETWORK.if_that_fails,
        Cause::Cut | Cause::IdleCut | Cause::CutInUse | Cause::Flapping | Cause::Violation => NETWORK.if_it_goes_on,
        Cause::TooLarge => PORTAL.if_it_goes_on,
        // The step says whom to ask.
        Cause::Csp | Cause::NotLoaded | Cause::StaleCa | Cause::Replaced | Cause::Firewall | Cause::OriginRefused | Cause::NoUpgrade => {
            "Send them the report."
        }
        Cause::SignIn | Cause::Credentials => "Without an account, ask whoever runs the endpoint.",
        Cause::NoRights => "Without such an account, ask whoever runs the endpoint.",
        Cause::Offline => "If it stays so, ask whoever runs your network.",
        Cause::LocalNetwork | Cause::Blocked | Cause::TooManySockets | Cause::YourClock => {
            "If you cannot change this, ask whoever manages this computer."
        }
        Cause::TokenExpired | Cause::Restart => return None,
    })
}
