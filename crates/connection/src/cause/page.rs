//! What the page itself is to a cause.

use super::Cause;

/// What the page knows of a cause by itself.
enum Page {
    /// It sees it with its own eyes, and nothing that another check sees can speak against it.
    Sees,
    /// It sees it so, and brought it along: nothing changes while the page stands.
    SeesForGood,
    /// Somebody else said so, of what was typed into it: nothing changes while the page stands.
    HoldsForGood,
    /// No more than the checks say.
    Learns,
}

impl Cause {
    /// Whether the page sees it with its own eyes and nothing that another check sees can speak against it.
    pub(crate) fn is_seen_alone(self) -> bool {
        matches!(self.page(), Page::Sees | Page::SeesForGood)
    }

    /// Whether nothing can change while the page stands: what it was loaded with, or what was typed into it.
    pub(crate) fn lasts_as_long_as_the_page(self) -> bool {
        matches!(self.page(), Page::SeesForGood | Page::HoldsForGood)
    }

    /// Every cause is named, so that a new one asks for a decision.
    fn page(self) -> Page {
        match self {
            Self::Offline
            | Self::SignIn
            | Self::TokenExpired
            | Self::NoRights
            | Self::Silence
            | Self::TooLarge
            | Self::Closed => Page::Sees,
            Self::Mixed | Self::Csp | Self::BrowserRefuses => Page::SeesForGood,
            Self::Credentials => Page::HoldsForGood,
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
            | Self::Violation => Page::Learns,
        }
    }
}
