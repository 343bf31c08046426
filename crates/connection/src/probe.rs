//! What the portal's server saw when it looked at an endpoint from its own seat: the answer of `GET /api/diagnosis`.
//!
//! The steps stand in the order in which a browser takes them. A step that could not start, because one before it
//! failed or does not apply, is [`Step::Skipped`]. Texts taken from the endpoint are cut to [`TEXT_LIMIT`] characters
//! and hold no control characters; they may still hold markup and must be shown as text.
//!
//! Enums stand in JSON as serde writes them by default, `"skipped"` or `{"passed": {…}}`: a tag inside the object would
//! cost every visitor a buffering parser.

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
    /// The answer to a WebSocket upgrade of `/api/v3/ws` without credentials.
    pub upgrade: Step<HttpAnswer, HttpFailure>,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tls {
    /// `TLSv1.2` or `TLSv1.3`.
    pub protocol: String,
    /// The chain as it was sent, the endpoint's own certificate first.
    pub chain: Vec<Certificate>,
    /// What a browser would hold against the chain; empty when nothing. Sorted as declared in [`TrustProblem`].
    pub problems: Vec<TrustProblem>,
}

/// The facts of one certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// `not_after` has passed.
    Expired,
    /// `not_before` is still to come.
    NotYetValid,
    /// The host asked for is not among the names.
    WrongName,
    /// The certificate is its own issuer and no root of the server's.
    SelfSigned,
    /// The chain ends at an issuer that is no root of the server's.
    UnknownIssuer,
    /// A signature does not verify, or uses an algorithm that is no longer accepted.
    BadSignature,
    /// The certificate is not made for a server.
    WrongPurpose,
    /// Another refusal.
    Other {
        /// The verifier's words.
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
    /// The connection ended during the handshake.
    Closed,
    /// The certificate or the handshake was larger than a browser accepts, or broke the protocol.
    Malformed {
        /// What is wrong with it.
        text: String,
    },
}

/// The head of an HTTP answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpAnswer {
    /// Status code, 100–999.
    pub status: u16,
    /// Whether DRP's own `WWW-Authenticate: dr-provision` came with it.
    pub drp: bool,
    /// The `Server` header.
    pub server: Option<String>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// Where a redirect points; it is never followed.
    pub location: Option<String>,
    /// The `Date` header, milliseconds since 1970 (UTC).
    pub date_ms: Option<u64>,
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
    /// What came is no HTTP.
    Malformed {
        /// What is wrong with it.
        text: String,
    },
}
