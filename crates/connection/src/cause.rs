//! Everything that can be wrong between a page and a DRP endpoint, as one enum and one table that answer the portal's
//! questions: [`Cause::id`], [`Cause::need`], [`Cause::title`].

mod page;
mod table;

use serde::{Deserialize, Serialize};

pub use table::{CAUSES, Row};

/// What went wrong. Facts such as dates and names stand in the evidence; the sentences with facts in [`crate::words`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// This computer has no network.
    Offline,
    /// The portal came over HTTPS and the endpoint is plain HTTP, which browsers refuse.
    Mixed,
    /// The portal's own content security policy does not allow the endpoint.
    Csp,
    /// Browsers refuse the endpoint's port (WHATWG "bad ports").
    BrowserRefuses,
    /// The browser's permission for local networks is missing or denied.
    LocalNetwork,
    /// The endpoint's name has no address.
    NoName,
    /// Nothing listens on the endpoint's port, or there is no way to its host.
    Down,
    /// Something accepts connections and ends them before a byte comes: a port mapping without its service.
    NobodyBehind,
    /// Of several addresses of the endpoint, one does not work.
    SomeAddresses,
    /// The endpoint accepts connections and then says nothing.
    NoAnswer,
    /// Large packets do not get through.
    LargePackets,
    /// The portal's server reaches the endpoint and this browser does not.
    BrowserOnly,
    /// A proxy of this computer's network does not let the connection through.
    Proxy,
    /// An extension, a shield or a rule of this browser blocks the connection.
    Blocked,
    /// Something between this browser and the endpoint shows a certificate of its own.
    Intercepted,
    /// The browser has as many open sockets as it allows.
    TooManySockets,
    /// The certificate's validity has ended.
    Expired,
    /// The certificate has ended and was probably renewed, but the endpoint still serves the old one.
    NotLoaded,
    /// The certificate's validity has not begun.
    NotYetValid,
    /// This computer's clock is wrong, so its browser refuses a certificate that is good.
    YourClock,
    /// The certificate was made for other names.
    WrongName,
    /// A proxy in front of DRP does not know the endpoint's name.
    WrongSite,
    /// The certificate is its own issuer, as DRP's default is.
    SelfSigned,
    /// The certificate's issuer is not trusted.
    UnknownCa,
    /// The endpoint does not send the intermediate certificate.
    ChainIncomplete,
    /// The issuer was recreated under its old name.
    StaleCa,
    /// The certificate is not the one that was accepted before.
    Replaced,
    /// The certificate is the one that was accepted before, and the browser no longer accepts it.
    Forgotten,
    /// The certificate breaks the rules in another way.
    BadCertificate,
    /// The browser refuses the certificate and offers no way to go on.
    CannotAccept,
    /// The browser refuses the certificate; why is not known.
    Untrusted,
    /// The endpoint asks browsers for a client certificate.
    #[serde(rename = "client-cert")]
    ClientCertificate,
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
    /// A sign-in page of somebody else stands before the endpoint.
    LoginWall,
    /// The address redirects elsewhere.
    Moved,
    /// A web application firewall refuses.
    Firewall,
    /// Connections from the portal's address are refused.
    OriginRefused,
    /// The head of the request is too large, mostly for cookies of other apps.
    HeadTooLarge,
    /// The endpoint, or what stands before it, has had too many requests (429).
    TooMany,
    /// A proxy answers and cannot reach DRP (502, 503, 504).
    BadGateway,
    /// The page cannot tell: an answer that it may not read came from another server, or from a proxy that cannot reach
    /// DRP.
    NotDrpOrBadGateway,
    /// Something in between does not pass WebSockets on.
    NoUpgrade,
    /// The page cannot tell: everything but the socket works.
    SocketOnly,
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
    /// Something ends idle connections after the same time.
    IdleCut,
    /// Something ends connections after the same time although they are in use.
    CutInUse,
    /// The connection is lost and comes back again and again.
    Flapping,
    /// The portal sent a message that is larger than the endpoint takes (1009).
    TooLarge,
    /// The endpoint broke the WebSocket protocol, or something in between altered the data.
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
    /// Fits the evidence best; shown as “most likely”.
    Probable,
    /// Seen: by this page, or by the server together with something from this browser that fits no other cause.
    Certain,
}

impl Confidence {
    /// Its stable name.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Possible => "possible",
            Confidence::Probable => "probable",
            Confidence::Certain => "certain",
        }
    }
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

impl Need {
    /// Whether signing in is what a person must do.
    pub fn is_sign_in(self) -> bool {
        matches!(self, Self::SignIn | Self::Rights)
    }
}

impl Cause {
    /// The cause's row of [`CAUSES`].
    pub fn row(self) -> &'static Row {
        CAUSES.get(self as usize).unwrap_or(&table::FIRST)
    }

    /// Every cause, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        CAUSES.iter().map(|row| row.cause)
    }

    /// The cause's stable name in addresses, reports and metrics, such as `not-yet-valid`.
    pub fn id(self) -> &'static str {
        IDS.get(self as usize).copied().unwrap_or(table::FIRST.id)
    }

    /// The cause with an id.
    pub fn from_id(id: &str) -> Option<Self> {
        CAUSES.iter().find(|row| row.id == id).map(|row| row.cause)
    }

    /// What only a person can do about it; `None` where the portal goes on by itself.
    pub fn need(self) -> Option<Need> {
        NEEDS.get(self as usize).copied().flatten()
    }

    /// Whether it is about the endpoint's certificate and what a browser makes of it.
    pub fn is_about_trust(self) -> bool {
        self.need() == Some(Need::Certificate)
    }

    /// Whether it lasts until somebody does something about it, however often the portal tries.
    pub fn lasts(self) -> bool {
        self.need().is_some()
            || matches!(
                self,
                Self::SomeAddresses
                    | Self::LargePackets
                    | Self::Proxy
                    | Self::Blocked
                    | Self::Intercepted
                    | Self::TooManySockets
                    | Self::YourClock
                    | Self::PlainHttp
                    | Self::OtherProtocol
                    | Self::OldTls
                    | Self::LoginWall
                    | Self::Firewall
                    | Self::OriginRefused
                    | Self::HeadTooLarge
                    | Self::NoUpgrade
            )
    }

    /// The cause as a heading, at most twelve words, without a full stop: as it is now.
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// The same of a time that is over.
    pub fn past_title(self) -> &'static str {
        self.row().past
    }
}

/// What the table says of each cause, without its sentences: the alarm needs it before those are there.
static NEEDS: [Option<Need>; CAUSES.len()] = {
    let mut needs = [None; CAUSES.len()];
    let mut index = 0;
    while index < needs.len() {
        #[allow(clippy::indexing_slicing, reason = "an index that is too high does not compile")]
        {
            needs[index] = CAUSES[index].need;
        }
        index += 1;
    }
    needs
};

/// The same of the names.
static IDS: [&str; CAUSES.len()] = {
    let mut ids = [""; CAUSES.len()];
    let mut index = 0;
    while index < ids.len() {
        #[allow(clippy::indexing_slicing, reason = "an index that is too high does not compile")]
        {
            ids[index] = CAUSES[index].id;
        }
        index += 1;
    }
    ids
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_each_cause_at_its_place_with_an_id_that_leads_back() {
        for (index, row) in CAUSES.iter().enumerate() {
            assert_eq!(row.cause as usize, index, "{:?} stands at the wrong place", row.cause);
            assert_eq!(Cause::from_id(row.id), Some(row.cause));
            assert_eq!(serde_json::to_value(row.cause).unwrap(), row.id);
            assert_eq!(row.cause.row(), row);
        }
        assert_eq!(CAUSES.last().map(|row| row.cause), Some(Cause::Closed), "a cause is missing in the table");
        assert_eq!(Cause::from_id("no such cause"), None);
    }

    #[test]
    fn a_title_is_a_heading() {
        for row in &CAUSES {
            for title in [row.title, row.past] {
                assert!(title.split_whitespace().count() <= 12, "{title}");
                assert!(title.starts_with(char::is_uppercase) && !title.ends_with('.'), "{title}");
            }
        }
    }
}
