//! What the portal's server saw when it looked at an endpoint from its own seat: the answer of `GET /api/diagnosis`.
//!
//! The steps stand in the order in which a browser takes them. A step that could not start, because one before it
//! failed or does not apply, is [`Step::Skipped`]. Texts taken from the endpoint are cut to [`TEXT_LIMIT`] characters
//! and hold no control characters; they may still hold markup and must be shown as text.
//!
//! Enums stand in JSON as serde writes them by default, `"skipped"` or `{"passed": {…}}`: a tag inside the object would
//! cost every visitor a buffering parser.

mod chromium;

use serde::{Deserialize, Serialize};

/// The most characters that any text taken from an endpoint holds.
pub const TEXT_LIMIT: usize = 120;

/// The most names of a certificate that are listed; [`Certificate::names_total`] tells how many there were.
pub const NAMES_LIMIT: usize = 20;

/// One look at one endpoint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// The endpoint as the operator named it at start, `https://host:8092`.
    pub endpoint: String,
    /// When the look began by the server's clock, in milliseconds since 1970 (UTC).
    pub at_ms: u64,
    /// How long the whole look took, in milliseconds; 10,000 at the most.
    pub took_ms: u32,
    /// Name resolution.
    pub name: Step<Vec<String>, NameFailure>,
    /// One dial for each address, IPv4 and IPv6.
    pub tcp: Step<Vec<Dial>, Vec<Dial>>,
    /// The TLS handshake, carried through whatever the certificate is worth. Skipped for an `http:` endpoint.
    pub tls: Step<Tls, TlsFailure>,
    /// The answer to `GET /api/v3/info` without credentials.
    pub http: Step<HttpAnswer, HttpFailure>,
    /// The answer to a WebSocket upgrade of `/api/v3/ws` without credentials, with the `Origin` of the page that asked.
    pub upgrade: Step<HttpAnswer, HttpFailure>,
    /// What further connections told apart.
    #[serde(default)]
    pub compared: Compared,
}

impl Probe {
    /// Whether every address of the endpoint is one of a local network.
    pub fn is_local(&self) -> bool {
        let local = |text: &String| match text.parse::<core::net::IpAddr>() {
            Ok(core::net::IpAddr::V4(it)) => it.is_private() || it.is_link_local() || it.is_loopback(),
            Ok(core::net::IpAddr::V6(it)) => it.is_unique_local() || it.is_unicast_link_local() || it.is_loopback(),
            Err(_) => false,
        };
        self.name.passed().is_some_and(|addresses| !addresses.is_empty() && addresses.iter().all(local))
    }
}

/// What connections beside the first told apart. Each is made only where it can tell something, so most stay empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Compared {
    /// Each address of a host with several addresses, asked by itself; empty where there is only one.
    pub addresses: Vec<AddressCheck>,
    /// The same upgrade without `Origin`, where the one with the page's origin was refused.
    pub without_origin: Option<HttpOutcome>,
    /// The same upgrade with a head of about 6 kB, as cookies of other apps on the same host make it.
    pub large_head: Option<HttpOutcome>,
    /// The same upgrade with `Connection: keep-alive, Upgrade`, as older Firefox sends it.
    pub two_tokens: Option<HttpOutcome>,
    /// A TLS greeting larger than one packet (1,500 bytes), as browsers send it since they share post-quantum keys.
    pub large_hello: Option<HelloOutcome>,
    /// The handshake without the server name where the host is a name.
    pub without_name: Option<NameOutcome>,
    /// The fingerprints that three connections were shown, where they were not all the same.
    pub certificates: Vec<String>,
    /// `Strict-Transport-Security` of the host and of the domains above it, as far as they answer on port 443.
    pub hsts: Vec<Hsts>,
    /// Whether HTTP/2 promises WebSockets (RFC 8441) and then refuses them.
    pub http2_refuses: bool,
}

/// One address of a host that has several, asked by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddressCheck {
    /// Address and port, `10.0.0.7:8092` or `[::1]:8092`.
    pub address: String,
    /// How far it came.
    pub outcome: AddressOutcome,
}

/// How far a connection to one address came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressOutcome {
    /// DRP answered.
    Drp,
    /// Something answered in HTTP that is not DRP.
    Answered(u16),
    /// TCP did not connect.
    Tcp(DialOutcome),
    /// TLS did not come about.
    Tls(TlsFailure),
    /// HTTP did not come about.
    Http(HttpFailure),
}

/// What came of an HTTP request that was made to be compared with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HttpOutcome {
    /// An answer with this status.
    Answered(u16),
    /// The connection was ended.
    Ended,
    /// No answer within the limit.
    Silent,
}

/// What came of a TLS greeting that was made to be compared with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HelloOutcome {
    /// The handshake went on.
    Passed,
    /// The connection was ended.
    Ended,
    /// No answer within the limit.
    Silent,
}

/// What a handshake without a server name brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameOutcome {
    /// The certificate that is shown for the name, too.
    Same,
    /// Another certificate.
    Other {
        /// Its subject.
        subject: String,
        /// Its fingerprint.
        fingerprint: String,
    },
    /// The handshake failed.
    Failed,
}

/// A host that has told browsers to accept only trusted certificates (RFC 6797).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hsts {
    /// The host whose answer held the header.
    pub host: String,
    /// For how many seconds it holds; 0 takes it back.
    pub max_age_s: u64,
    /// Whether it holds for the names below that host, too.
    pub subdomains: bool,
}

/// How far one step came, with what it saw and how long it took in milliseconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step<T, F> {
    /// Not tried: an earlier step failed, or the step does not apply.
    Skipped,
    /// Done.
    Passed {
        /// Milliseconds.
        ms: u32,
        /// What was seen.
        saw: T,
    },
    /// Tried, and it did not work.
    Failed {
        /// Milliseconds.
        ms: u32,
        /// What went wrong.
        why: F,
    },
}

impl<T, F> Step<T, F> {
    /// What the step saw, if it passed.
    pub fn passed(&self) -> Option<&T> {
        match self {
            Step::Passed { saw, .. } => Some(saw),
            Step::Skipped | Step::Failed { .. } => None,
        }
    }

    /// Why the step failed, if it did.
    pub fn failed(&self) -> Option<&F> {
        match self {
            Step::Failed { why, .. } => Some(why),
            Step::Skipped | Step::Passed { .. } => None,
        }
    }
}

/// Why a name gave no address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameFailure {
    /// The resolver says that there is no such name, or that it has no address.
    NotFound,
    /// The resolver did not answer within the limit.
    Timeout,
    /// The resolver failed in another way.
    Other {
        /// The operating system's words.
        text: String,
    },
}

/// One TCP connection attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dial {
    /// Address and port, `10.0.0.7:8092` or `[::1]:8092`.
    pub address: String,
    /// Milliseconds until the outcome.
    pub ms: u32,
    /// How it went.
    pub outcome: DialOutcome,
}

/// How a TCP connection attempt ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DialOutcome {
    /// The connection stood.
    Connected,
    /// Something answered that nothing listens there (RST).
    Refused,
    /// The connection stood and was reset before anything else could be done with it.
    Reset,
    /// No route to the host or network.
    Unreachable,
    /// No answer within the limit.
    Timeout,
    /// Another failure.
    Other {
        /// The operating system's words.
        text: String,
    },
}

/// A finished TLS handshake.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tls {
    /// `TLSv1.2` or `TLSv1.3`.
    pub protocol: String,
    /// The chain as it was sent, the endpoint's own certificate first.
    pub chain: Vec<Certificate>,
    /// What some browser would hold against the chain; empty when nothing. Sorted as declared in [`TrustProblem`].
    pub problems: Vec<TrustProblem>,
    /// Whether the endpoint asked for a client certificate, needed or not.
    #[serde(default)]
    pub asks_for_certificate: bool,
}

/// The facts of one certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Subject as RFC 4514 text, such as `O=Acme Co`.
    pub subject: String,
    /// Issuer, likewise.
    pub issuer: String,
    /// Subject alternative names (DNS names and IP addresses), at most [`NAMES_LIMIT`] of them.
    pub names: Vec<String>,
    /// How many names the certificate really holds.
    pub names_total: u32,
    /// Start of validity, seconds since 1970 (UTC).
    pub not_before: i64,
    /// End of validity, seconds since 1970 (UTC).
    pub not_after: i64,
    /// Whether subject and issuer are the same and its own key signed it.
    pub self_signed: bool,
    /// SHA-256 over the DER, 64 hex digits in upper case, pairs joined by colons.
    pub fingerprint: String,
    /// Serial number, hex digits in upper case.
    #[serde(default)]
    pub serial: String,
    /// Kind and size of the public key, such as `RSA 2048`, `P-256` or `Ed25519`.
    #[serde(default)]
    pub key: String,
    /// Whether it is marked as a certificate authority (`basicConstraints`).
    #[serde(default)]
    pub is_ca: bool,
    /// By what it tells its issuer's key (`authorityKeyIdentifier`), hex digits in upper case; may be empty.
    #[serde(default)]
    pub issuer_key: String,
}

/// One thing that a browser holds against a certificate chain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrustProblem {
    /// The bytes are no certificate, or one that breaks the rules.
    Malformed {
        /// What is wrong with it.
        text: String,
    },
    /// The key is of a kind that Chromium and Safari do not have in TLS (P-521, Ed25519, …): the handshake fails there,
    /// without a page that offers to go on. `firefox` tells whether Firefox has it.
    KeyKind {
        /// Whether Firefox accepts the kind.
        firefox: bool,
    },
    /// The key usage does not allow digital signatures: Chromium refuses the handshake, without a page that offers to go
    /// on; Firefox accepts it.
    KeyUsage,
    /// `not_after` has passed.
    Expired,
    /// `not_before` is still to come.
    NotYetValid,
    /// The host asked for is not among the names.
    WrongName,
    /// There are no names in `subjectAltName`; a common name no longer counts.
    NoNames,
    /// The certificate is its own issuer and no root of the server's.
    SelfSigned,
    /// The chain ends at an issuer that is no root of the server's.
    UnknownIssuer,
    /// The endpoint sends only its own certificate, whose issuer is an intermediate one: the chain is incomplete.
    ChainIncomplete,
    /// The issuer has the name of a root that is known here and another key.
    OtherIssuerKey,
    /// A certificate of the chain other than the endpoint's own has expired.
    IssuerExpired {
        /// Whose.
        subject: String,
        /// When, seconds since 1970 (UTC).
        not_after: i64,
    },
    /// A certificate of the chain other than the endpoint's own is not valid yet.
    IssuerNotYetValid {
        /// Whose.
        subject: String,
        /// From when on, seconds since 1970 (UTC).
        not_before: i64,
    },
    /// An issuer of the chain may not vouch for this host (name constraints).
    NameConstraint,
    /// A signature does not verify, or uses an algorithm that is no longer accepted.
    BadSignature,
    /// The key is shorter than browsers accept (RSA below 2,048 bits).
    WeakKey,
    /// A signature in the chain uses SHA-1 or MD5.
    WeakSignature,
    /// The certificate, or one above it, is not made for a server.
    WrongPurpose,
    /// The certificate is an authority's own, or made for any purpose: Firefox refuses that of a server, Chromium does not.
    WrongPurposeForFirefox,
    /// Another refusal, in words that a person can read.
    Other {
        /// What the verifier refused.
        text: String,
    },
}

/// Why the TLS handshake did not finish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsFailure {
    /// No answer within the limit.
    Timeout,
    /// The port answered in plain HTTP.
    PlainHttp,
    /// The port speaks another protocol.
    OtherProtocol {
        /// The first bytes, made printable.
        starts_with: String,
    },
    /// The endpoint speaks no TLS version that a browser of today accepts (1.2 and 1.3).
    OldVersion,
    /// The endpoint sent a fatal alert.
    Alert {
        /// The alert's registered name, such as `handshake_failure`.
        name: String,
    },
    /// The endpoint insists on a client certificate and ended the handshake without one (TLS 1.2; in TLS 1.3 it is
    /// [`HttpFailure::CertificateRequired`]).
    CertificateRequired,
    /// The connection ended before a single byte came.
    NoBytes {
        /// Whether it was reset (RST) rather than ended (FIN).
        reset: bool,
    },
    /// The connection ended during the handshake, after something had been answered.
    Closed,
    /// The certificate or the handshake was larger than a browser accepts, or broke the protocol.
    Malformed {
        /// What is wrong with it.
        text: String,
    },
}

/// The head of an HTTP answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpAnswer {
    /// Status code, 100–999.
    pub status: u16,
    /// Whether it bears DRP's fingerprint: `WWW-Authenticate: dr-provision`, or its JSON error object.
    pub drp: bool,
    /// The `Server` header.
    pub server: Option<String>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// Where a redirect points; it is never followed.
    pub location: Option<String>,
    /// The `Date` header, milliseconds since 1970 (UTC).
    pub date_ms: Option<u64>,
    /// Whether any `Access-Control-Allow-Origin` came with it: without one a page cannot read the answer.
    #[serde(default)]
    pub cors: bool,
    /// The web application firewall or content delivery network that its headers name, such as `cloudflare`.
    #[serde(default)]
    pub firewall: Option<String>,
    /// `Retry-After` in seconds, a date counted from now.
    #[serde(default)]
    pub retry_after_s: Option<u32>,
    /// What a browser would refuse about an answer of 101.
    #[serde(default)]
    pub upgrade_problem: Option<UpgradeProblem>,
}

/// What a browser refuses about an answer of 101 (RFC 6455 section 4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UpgradeProblem {
    /// `Upgrade` or `Connection` is missing or says something else.
    Headers,
    /// `Sec-WebSocket-Accept` is missing or not the hash of the key.
    Accept,
    /// A subprotocol that nobody asked for.
    Protocol,
    /// An extension that nobody asked for.
    Extension,
}

/// Why there is no HTTP answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HttpFailure {
    /// No complete head within the limit.
    Timeout,
    /// The connection ended first.
    Closed,
    /// The head is larger than 16 KiB.
    TooLarge,
    /// The endpoint insists on a client certificate.
    CertificateRequired,
    /// What came is no HTTP.
    Malformed {
        /// What is wrong with it.
        text: String,
    },
}
