//! What the page itself is to a cause. Every cause is named in both answers, so that a new one asks for two decisions.

use super::Cause;

impl Cause {
    /// Whether the page sees it with its own eyes and nothing that another check sees can speak against it.
    pub(crate) fn is_seen_alone(self) -> bool {
        match self {
            Self::Offline
            | Self::Mixed
            | Self::Csp
            | Self::BrowserRefuses
            | Self::SignIn
            | Self::TokenExpired
            | Self::NoRights
            | Self::Silence
            | Self::TooLarge
            | Self::Closed => true,
            Self::LocalNetwork
            | Self::NoName
            | Self::Down
            | Self::NobodyBehind
            | Self::SomeAddresses
            | Self::NoAnswer
            | Self::LargePackets
            | Self::BrowserOnly
            | Self::Proxy
            | Self::Blocked
            | Self::Intercepted
            | Self::TooManySockets
            | Self::Expired
            | Self::NotLoaded
            | Self::NotYetValid
            | Self::YourClock
            | Self::WrongName
            | Self::WrongSite
            | Self::SelfSigned
            | Self::UnknownCa
            | Self::ChainIncomplete
            | Self::StaleCa
            | Self::Replaced
            | Self::Forgotten
            | Self::BadCertificate
            | Self::CannotAccept
            | Self::Untrusted
            | Self::ClientCertificate
            | Self::PlainHttp
            | Self::OtherProtocol
            | Self::OldTls
            | Self::TlsFailed
            | Self::UnreachableOrUntrusted
            | Self::Credentials
            | Self::NotDrp
            | Self::LoginWall
            | Self::Moved
            | Self::Firewall
            | Self::OriginRefused
            | Self::HeadTooLarge
            | Self::TooMany
            | Self::BadGateway
            | Self::NotDrpOrBadGateway
            | Self::NoUpgrade
            | Self::SocketOnly
            | Self::ClockSkew
            | Self::Restart
            | Self::Crash
            | Self::Cut
            | Self::IdleCut
            | Self::CutInUse
            | Self::Flapping
            | Self::Violation => false,
        }
    }

    /// Whether nothing can change while the page stands: what it was loaded with, or what was typed into it.
    pub(crate) fn lasts_as_long_as_the_page(self) -> bool {
        match self {
            Self::Mixed | Self::Csp | Self::BrowserRefuses | Self::Credentials => true,
            Self::Offline
            | Self::LocalNetwork
            | Self::NoName
            | Self::Down
            | Self::NobodyBehind
            | Self::SomeAddresses
            | Self::NoAnswer
            | Self::LargePackets
            | Self::BrowserOnly
            | Self::Proxy
            | Self::Blocked
            | Self::Intercepted
            | Self::TooManySockets
            | Self::Expired
            | Self::NotLoaded
            | Self::NotYetValid
            | Self::YourClock
            | Self::WrongName
            | Self::WrongSite
            | Self::SelfSigned
            | Self::UnknownCa
            | Self::ChainIncomplete
            | Self::StaleCa
            | Self::Replaced
            | Self::Forgotten
            | Self::BadCertificate
            | Self::CannotAccept
            | Self::Untrusted
            | Self::ClientCertificate
            | Self::PlainHttp
            | Self::OtherProtocol
            | Self::OldTls
            | Self::TlsFailed
            | Self::UnreachableOrUntrusted
            | Self::SignIn
            | Self::TokenExpired
            | Self::NoRights
            | Self::NotDrp
            | Self::LoginWall
            | Self::Moved
            | Self::Firewall
            | Self::OriginRefused
            | Self::HeadTooLarge
            | Self::TooMany
            | Self::BadGateway
            | Self::NotDrpOrBadGateway
            | Self::NoUpgrade
            | Self::SocketOnly
            | Self::ClockSkew
            | Self::Restart
            | Self::Crash
            | Self::Cut
            | Self::Silence
            | Self::IdleCut
            | Self::CutInUse
            | Self::Flapping
            | Self::TooLarge
            | Self::Violation
            | Self::Closed => false,
        }
    }
}
