//! The one table of causes, in the order of [`Cause`]: the way from this computer to the data.

use super::{Cause, Need};

/// What is fixed about a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The cause.
    pub cause: Cause,
    /// Its stable name in addresses, reports and metrics.
    pub id: &'static str,
    /// What only a person can do about it; `None` where the portal goes on by itself.
    pub need: Option<Need>,
    /// The cause as a heading, as it is now.
    pub title: &'static str,
    /// The same of a time that is over.
    pub past: &'static str,
}

/// Stands in where an index has no row, which a test rules out.
pub(super) const FIRST: Row =
    going_on(Cause::Offline, "offline", "This computer is offline", "This computer was offline");

const fn going_on(cause: Cause, id: &'static str, title: &'static str, past: &'static str) -> Row {
    Row { cause, id, need: None, title, past }
}

const fn waiting(need: Need, cause: Cause, id: &'static str, title: &'static str, past: &'static str) -> Row {
    Row { cause, id, need: Some(need), title, past }
}

/// Every cause.
#[rustfmt::skip]
pub const CAUSES: [Row; 63] = [
    FIRST,
    waiting(Need::Address, Cause::Mixed, "mixed", "Browsers block http:// endpoints on an https:// page", "Browsers block http:// endpoints on an https:// page"),
    waiting(Need::Portal, Cause::Csp, "csp", "The portal's own policy blocks this endpoint", "The portal's own policy blocked this endpoint"),
    waiting(Need::Address, Cause::BrowserRefuses, "browser-refuses", "Browsers refuse to connect to this port", "Browsers refuse to connect to this port"),
    waiting(Need::Permission, Cause::LocalNetwork, "local-network", "The browser keeps this page from local networks", "The browser kept this page from local networks"),
    going_on(Cause::NoName, "no-name", "The endpoint's name has no address", "The endpoint's name had no address"),
    going_on(Cause::Down, "down", "DRP isn't running, or a firewall blocks its port", "DRP wasn't running, or a firewall blocked its port"),
    going_on(Cause::NobodyBehind, "nobody-behind", "Nothing runs behind the endpoint's port", "Nothing ran behind the endpoint's port"),
    going_on(Cause::SomeAddresses, "some-addresses", "One of the endpoint's addresses does not work", "One of the endpoint's addresses did not work"),
    going_on(Cause::NoAnswer, "no-answer", "The endpoint does not answer", "The endpoint did not answer"),
    going_on(Cause::LargePackets, "large-packets", "Large packets do not get through to the endpoint", "Large packets did not get through to the endpoint"),
    going_on(Cause::BrowserOnly, "browser-only", "Something keeps this browser from the endpoint", "Something kept this browser from the endpoint"),
    going_on(Cause::Proxy, "proxy", "Your network's proxy does not let this connection through", "Your network's proxy did not let this connection through"),
    going_on(Cause::Blocked, "blocked", "Something in this browser blocks the connection", "Something in this browser blocked the connection"),
    going_on(Cause::Intercepted, "intercepted", "Something on your side replaces the endpoint's certificate", "Something on your side replaced the endpoint's certificate"),
    going_on(Cause::TooManySockets, "too-many-sockets", "This browser has too many live connections open", "This browser had too many live connections open"),
    waiting(Need::Certificate, Cause::Expired, "expired", "Your browser refuses the endpoint's expired certificate", "Your browser refused the endpoint's expired certificate"),
    waiting(Need::Certificate, Cause::NotLoaded, "not-loaded", "Your browser refuses an expired certificate, perhaps already renewed", "Your browser refused an expired certificate, perhaps already renewed"),
    waiting(Need::Certificate, Cause::NotYetValid, "not-yet-valid", "Your browser refuses a certificate that isn't valid yet", "Your browser refused a certificate that wasn't valid yet"),
    going_on(Cause::YourClock, "your-clock", "This computer's clock is wrong", "This computer's clock was wrong"),
    waiting(Need::Certificate, Cause::WrongName, "wrong-name", "Your browser refuses a certificate made for other names", "Your browser refused a certificate made for other names"),
    waiting(Need::Address, Cause::WrongSite, "wrong-site", "A proxy answers, but does not know this name", "A proxy answered, but did not know this name"),
    waiting(Need::Certificate, Cause::SelfSigned, "self-signed", "Your browser doesn't trust this endpoint's certificate", "Your browser didn't trust this endpoint's certificate"),
    waiting(Need::Certificate, Cause::UnknownCa, "unknown-ca", "Your browser doesn't trust the issuer of the certificate", "Your browser didn't trust the issuer of the certificate"),
    waiting(Need::Certificate, Cause::ChainIncomplete, "chain-incomplete", "Your browser refuses the endpoint's incomplete certificate chain", "Your browser refused the endpoint's incomplete certificate chain"),
    waiting(Need::Certificate, Cause::StaleCa, "stale-ca", "The certificate's issuer has a new key under its old name", "The certificate's issuer had a new key under its old name"),
    waiting(Need::Certificate, Cause::Replaced, "replaced", "The endpoint's certificate has changed", "The endpoint's certificate had changed"),
    waiting(Need::Certificate, Cause::Forgotten, "forgotten", "This browser has forgotten that you accepted the certificate", "This browser had forgotten that you accepted the certificate"),
    waiting(Need::Certificate, Cause::BadCertificate, "bad-certificate", "Browsers refuse the endpoint's certificate", "Browsers refused the endpoint's certificate"),
    waiting(Need::Certificate, Cause::CannotAccept, "cannot-accept", "Your browser refuses this certificate and offers no way around", "Your browser refused this certificate and offered no way around"),
    waiting(Need::Certificate, Cause::Untrusted, "untrusted", "Your browser refuses the endpoint's certificate", "Your browser refused the endpoint's certificate"),
    waiting(Need::Certificate, Cause::ClientCertificate, "client-cert", "The endpoint asks your browser for a personal certificate", "The endpoint asked your browser for a personal certificate"),
    going_on(Cause::PlainHttp, "plain-http", "The port answers without encryption (HTTP, not HTTPS)", "The port answered without encryption (HTTP, not HTTPS)"),
    going_on(Cause::OtherProtocol, "other-protocol", "The port speaks another protocol instead of TLS", "The port spoke another protocol instead of TLS"),
    going_on(Cause::OldTls, "old-tls", "The endpoint's encryption is too old for browsers", "The endpoint's encryption was too old for browsers"),
    going_on(Cause::TlsFailed, "tls-failed", "The encryption (TLS) with the endpoint fails", "The encryption (TLS) with the endpoint failed"),
    going_on(Cause::UnreachableOrUntrusted, "unreachable-or-untrusted", "The endpoint is unreachable, or your browser refuses its certificate", "The endpoint was unreachable, or your browser refused its certificate"),
    waiting(Need::SignIn, Cause::SignIn, "sign-in", "The endpoint asks you to sign in", "The endpoint asked you to sign in"),
    waiting(Need::SignIn, Cause::Credentials, "credentials", "The endpoint does not accept this user and password", "The endpoint did not accept this user and password"),
    waiting(Need::SignIn, Cause::TokenExpired, "token-expired", "Your sign-in has run out", "Your sign-in had run out"),
    waiting(Need::Rights, Cause::NoRights, "no-rights", "Your account isn't allowed to read events", "Your account wasn't allowed to read events"),
    waiting(Need::Address, Cause::NotDrp, "not-drp", "Another server answers at this address, not DRP", "Another server answered at this address, not DRP"),
    going_on(Cause::LoginWall, "login-wall", "A sign-in page stands in front of the endpoint", "A sign-in page stood in front of the endpoint"),
    waiting(Need::Address, Cause::Moved, "moved", "The endpoint's address redirects elsewhere", "The endpoint's address redirected elsewhere"),
    going_on(Cause::Firewall, "firewall", "A web firewall refuses the connection", "A web firewall refused the connection"),
    going_on(Cause::OriginRefused, "origin-refused", "A proxy in front of DRP refuses this portal's address", "A proxy in front of DRP refused this portal's address"),
    going_on(Cause::HeadTooLarge, "head-too-large", "This browser's requests to this host are too large", "This browser's requests to this host were too large"),
    going_on(Cause::TooMany, "too-many", "The endpoint has had too many requests", "The endpoint had had too many requests"),
    going_on(Cause::BadGateway, "bad-gateway", "A proxy answers, but it cannot reach DRP", "A proxy answered, but it could not reach DRP"),
    going_on(Cause::NotDrpOrBadGateway, "not-drp-or-bad-gateway", "Something else answers: another server, or a proxy without DRP", "Something else answered: another server, or a proxy without DRP"),
    going_on(Cause::NoUpgrade, "no-upgrade", "A proxy between you and DRP blocks WebSockets", "A proxy between you and DRP blocked WebSockets"),
    going_on(Cause::SocketOnly, "socket-only", "Something stops WebSockets between this browser and DRP", "Something stopped WebSockets between this browser and DRP"),
    going_on(Cause::ClockSkew, "clock-skew", "The clocks don't agree", "The clocks didn't agree"),
    going_on(Cause::Restart, "restart", "The endpoint restarted", "The endpoint restarted"),
    going_on(Cause::Crash, "crash", "The endpoint went down", "The endpoint went down"),
    going_on(Cause::Cut, "cut", "The connection was cut", "The connection was cut"),
    going_on(Cause::Silence, "silence", "The endpoint stopped answering on the open connection", "The endpoint stopped answering on the open connection"),
    going_on(Cause::IdleCut, "idle-cut", "Something ends idle connections after a fixed time", "Something ended idle connections after a fixed time"),
    going_on(Cause::CutInUse, "cut-in-use", "Something keeps ending connections that are in use", "Something kept ending connections that were in use"),
    going_on(Cause::Flapping, "flapping", "The connection keeps dropping", "The connection kept dropping"),
    going_on(Cause::TooLarge, "too-large", "A message was too large", "A message was too large"),
    going_on(Cause::Violation, "violation", "The data on the connection broke the WebSocket protocol", "The data on the connection broke the WebSocket protocol"),
    going_on(Cause::Closed, "closed", "The endpoint, or a proxy, closed the connection", "The endpoint, or a proxy, closed the connection"),
];
