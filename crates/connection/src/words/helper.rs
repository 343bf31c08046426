//! Whom to ask: for each cause, who can end it where the person cannot.

use crate::cause::Cause;

/// To whom the report goes, in one line; nothing where the person can do it all, or where nothing is to be done.
pub fn helper(cause: Cause) -> Option<&'static str> {
    match cause {
        Cause::Expired
        | Cause::NotLoaded
        | Cause::NotYetValid
        | Cause::WrongName
        | Cause::SelfSigned
        | Cause::UnknownCa
        | Cause::ChainIncomplete
        | Cause::StaleCa
        | Cause::Replaced
        | Cause::BadCertificate
        | Cause::CannotAccept
        | Cause::Untrusted
        | Cause::ClientCertificate
        | Cause::Down
        | Cause::Crash
        | Cause::NobodyBehind
        | Cause::SomeAddresses
        | Cause::NoAnswer
        | Cause::Silence
        | Cause::PlainHttp
        | Cause::OtherProtocol
        | Cause::OldTls
        | Cause::TlsFailed
        | Cause::UnreachableOrUntrusted
        | Cause::NoRights
        | Cause::NotDrp
        | Cause::Moved
        | Cause::WrongSite
        | Cause::HeadTooLarge
        | Cause::BadGateway
        | Cause::NotDrpOrBadGateway
        | Cause::ClockSkew
        | Cause::BrowserRefuses
        | Cause::OriginRefused
        | Cause::Forgotten
        | Cause::Mixed
        // The portal's server meets it, too: it stands near the endpoint rather than near the person.
        | Cause::LoginWall
        | Cause::Closed => Some("Send the report to whoever runs the endpoint."),
        Cause::NoUpgrade => Some("Send the report to whoever runs the proxy."),
        Cause::Firewall => Some("Send the report to whoever runs the firewall."),
        Cause::LargePackets
        | Cause::BrowserOnly
        | Cause::NoName
        | Cause::Proxy
        | Cause::Intercepted
        | Cause::SocketOnly => Some("Send the report to whoever runs your network."),
        Cause::IdleCut | Cause::CutInUse | Cause::Flapping | Cause::Violation => {
            Some("If it goes on, send the report to whoever runs your network.")
        }
        Cause::TooMany => Some("If it goes on, send the report to whoever runs the endpoint."),
        Cause::TooLarge => Some("If it goes on, send the report to whoever runs this portal."),
        Cause::Csp => Some("Send the report to whoever runs this portal."),
        Cause::SignIn | Cause::Credentials => Some("Without an account, ask whoever runs the endpoint."),
        Cause::Offline => Some("If it stays so, ask whoever runs your network."),
        Cause::LocalNetwork | Cause::Blocked | Cause::YourClock => {
            Some("If you are not allowed to, ask whoever manages this computer.")
        }
        Cause::TokenExpired | Cause::TooManySockets | Cause::Restart | Cause::Cut => None,
    }
}
