//! Everything that can be wrong between a page and a DRP endpoint, as one enum that answers the portal's questions.

use serde::{Deserialize, Serialize};

/// What went wrong. Facts such as dates and names stand in the evidence; the sentences in [`crate::words`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// This computer has no network.
    Offline,
    /// The portal came over HTTPS and the endpoint is plain HTTP, which browsers refuse.
    Mixed,
    /// The portal's own content security policy does not allow the endpoint.
    Csp,
    /// The browser's permission for local networks is missing or denied.
    LocalNetwork,
    /// The endpoint's name has no address.
    NoName,
    /// Nothing listens on the endpoint's port, or there is no way to its host.
    Down,
    /// The endpoint accepts connections and then says nothing.
    NoAnswer,
    /// The certificate's validity has ended.
    Expired,
    /// The certificate's validity has not begun.
    NotYetValid,
    /// The certificate was made for other names.
    WrongName,
    /// The certificate is its own issuer, as DRP's default is.
    SelfSigned,
    /// The certificate's issuer is not trusted.
    UnknownCa,
    /// The certificate is not the one that was accepted before.
    Replaced,
    /// The certificate breaks the rules in another way.
    BadCertificate,
    /// The port speaks HTTP without TLS.
    PlainHttp,
    /// The port speaks something that is not TLS.
    OtherProtocol,
    /// The endpoint has only TLS versions that browsers no longer accept.
    OldTls,
    /// The TLS handshake fails in another way.
    TlsFailed,
    /// The page cannot tell: not reachable, or reachable with a certificate that the browser refuses.
    UnreachableOrUntrusted,
    /// The endpoint wants a sign-in (401).
    SignIn,
    /// The endpoint does not accept this user and password.
    Credentials,
    /// The sign-in ran out (403 on a token that worked before).
    TokenExpired,
    /// The account may not use the live connection (403 on a fresh token).
    NoRights,
    /// Another web server answers at the address.
    NotDrp,
    /// A proxy answers and cannot reach DRP (502, 503, 504).
    BadGateway,
    /// The page cannot tell: an answer that it may not read came from another server, or from a proxy that cannot reach
    /// DRP.
    NotDrpOrBadGateway,
    /// Something in between does not pass WebSockets on.
    NoUpgrade,
    /// The clocks of the endpoint and its partners differ.
    ClockSkew,
    /// The link was cut and the endpoint answered again soon.
    Restart,
    /// The link was cut and the endpoint stayed away.
    Crash,
    /// The link was cut; why is not known.
    Cut,
    /// The connection stood, and nothing came through any more.
    Silence,
    /// Something ends every connection after the same time.
    IdleCut,
    /// The connection is lost and comes back again and again.
    Flapping,
    /// The portal sent a message that is larger than the endpoint takes (1009).
    TooLarge,
    /// The endpoint broke the WebSocket protocol.
    Violation,
    /// The endpoint closed the connection and gave a code.
    Closed,
}

/// How sure a cause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// One of several that fit the evidence.
    Possible,
    /// Fits the evidence best; shown with the word “probably”.
    Probable,
    /// Seen.
    Certain,
}

/// What only a person can do about a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// Sign in again.
    SignIn,
    /// Be given rights, or sign in as somebody else.
    Rights,
    /// Accept, replace or import a certificate.
    Certificate,
    /// Correct the endpoint's address.
    Address,
    /// Grant the browser's permission for local networks.
    Permission,
    /// Change how the portal is served.
    Portal,
    /// Look into a connection that ends for the same reason again and again.
    Attention,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 37] = [
        Self::Offline,
        Self::Mixed,
        Self::Csp,
        Self::LocalNetwork,
        Self::NoName,
        Self::Down,
        Self::NoAnswer,
        Self::Expired,
        Self::NotYetValid,
        Self::WrongName,
        Self::SelfSigned,
        Self::UnknownCa,
        Self::Replaced,
        Self::BadCertificate,
        Self::PlainHttp,
        Self::OtherProtocol,
        Self::OldTls,
        Self::TlsFailed,
        Self::UnreachableOrUntrusted,
        Self::SignIn,
        Self::Credentials,
        Self::TokenExpired,
        Self::NoRights,
        Self::NotDrp,
        Self::BadGateway,
        Self::NotDrpOrBadGateway,
        Self::NoUpgrade,
        Self::ClockSkew,
        Self::Restart,
        Self::Crash,
        Self::Cut,
        Self::Silence,
        Self::IdleCut,
        Self::Flapping,
        Self::TooLarge,
        Self::Violation,
        Self::Closed,
    ];

    /// The cause's stable name in addresses, reports and metrics, such as `not-yet-valid`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Mixed => "mixed",
            Self::Csp => "csp",
            Self::LocalNetwork => "local-network",
            Self::NoName => "no-name",
            Self::Down => "down",
            Self::NoAnswer => "no-answer",
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::WrongName => "wrong-name",
            Self::SelfSigned => "self-signed",
            Self::UnknownCa => "unknown-ca",
            Self::Replaced => "replaced",
            Self::BadCertificate => "bad-certificate",
            Self::PlainHttp => "plain-http",
            Self::OtherProtocol => "other-protocol",
            Self::OldTls => "old-tls",
            Self::TlsFailed => "tls-failed",
            Self::UnreachableOrUntrusted => "unreachable-or-untrusted",
            Self::SignIn => "sign-in",
            Self::Credentials => "credentials",
            Self::TokenExpired => "token-expired",
            Self::NoRights => "no-rights",
            Self::NotDrp => "not-drp",
            Self::BadGateway => "bad-gateway",
            Self::NotDrpOrBadGateway => "not-drp-or-bad-gateway",
            Self::NoUpgrade => "no-upgrade",
            Self::ClockSkew => "clock-skew",
            Self::Restart => "restart",
            Self::Crash => "crash",
            Self::Cut => "cut",
            Self::Silence => "silence",
            Self::IdleCut => "idle-cut",
            Self::Flapping => "flapping",
            Self::TooLarge => "too-large",
            Self::Violation => "violation",
            Self::Closed => "closed",
        }
    }

    /// The cause with an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.id() == id)
    }

    /// What only a person can do about it; `None` where the portal goes on by itself.
    pub fn need(self) -> Option<Need> {
        match self {
            Self::SignIn | Self::Credentials | Self::TokenExpired => Some(Need::SignIn),
            Self::NoRights => Some(Need::Rights),
            Self::Expired
            | Self::NotYetValid
            | Self::WrongName
            | Self::SelfSigned
            | Self::UnknownCa
            | Self::Replaced
            | Self::BadCertificate => Some(Need::Certificate),
            Self::NotDrp => Some(Need::Address),
            Self::LocalNetwork => Some(Need::Permission),
            Self::Mixed | Self::Csp => Some(Need::Portal),
            Self::Offline
            | Self::NoName
            | Self::Down
            | Self::NoAnswer
            | Self::PlainHttp
            | Self::OtherProtocol
            | Self::OldTls
            | Self::TlsFailed
            | Self::UnreachableOrUntrusted
            | Self::BadGateway
            | Self::NotDrpOrBadGateway
            | Self::NoUpgrade
            | Self::ClockSkew
            | Self::Restart
            | Self::Crash
            | Self::Cut
            | Self::Silence
            | Self::IdleCut
            | Self::Flapping
            | Self::TooLarge
            | Self::Violation
            | Self::Closed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_an_id_of_its_own_that_leads_back() {
        for cause in Cause::ALL {
            assert_eq!(Cause::from_id(cause.id()), Some(cause));
            assert_eq!(serde_json::to_value(cause).unwrap(), cause.id());
        }
        assert_eq!(Cause::from_id("no such cause"), None);
    }
}
