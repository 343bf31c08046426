//! What the portal's server saw when it looked at an endpoint from its own vantage: the answer of `GET /api/diagnosis`.
//!
//! The steps stand in the order in which a browser takes them. A step that could not start, because one before it
//! failed or does not apply, is [`StepResult::Skipped`]. Texts taken from the endpoint are cut to [`TEXT_LIMIT`] characters
//! and hold no control characters; they may still hold markup and must be shown as text.
//!
//! Enums stand in JSON as serde writes them by default, `"skipped"` or `{"passed": {…}}`: a tag inside the object would
//! cost every visitor a buffering parser.

mod chromium;
mod compared;
mod https_record;
mod tls;

use serde::{Deserialize, Serialize};

pub use compared::{AddressCheck, AddressOutcome, Compared, HelloOutcome, Hsts, HttpOutcome, NameOutcome};
pub use https_record::{HINTS_LIMIT, HttpsRecord};
pub use tls::{Certificate, Tls, TlsFailure, TrustProblem};

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
    pub name: StepResult<Vec<String>, NameFailure>,
    /// One dial for each address, IPv4 and IPv6.
    pub tcp: StepResult<Vec<Dial>, Vec<Dial>>,
    /// The TLS handshake, carried through whatever the certificate is worth. Skipped for an `http:` endpoint.
    pub tls: StepResult<Tls, TlsFailure>,
    /// The answer to `GET /api/v3/info` without credentials.
    pub http: StepResult<HttpAnswer, HttpFailure>,
    /// The answer to a WebSocket upgrade of `/api/v3/ws` without credentials, with the `Origin` of the page that asked.
    pub upgrade: StepResult<HttpAnswer, HttpFailure>,
    /// What further connections told apart.
    #[serde(default)]
    pub compared: Compared,
    /// The HTTPS record of the name; `None` where there is none or nothing is known of it.
    #[serde(default)]
    pub https_record: Option<HttpsRecord>,
}

impl Probe {
    /// The endpoint's own certificate.
    pub fn leaf(&self) -> Option<&Certificate> {
        self.tls.passed()?.chain.first()
    }

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

/// How far one step came, with what it saw and how long it took in milliseconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepResult<T, F> {
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

impl<T, F> StepResult<T, F> {
    /// What the step saw, if it passed.
    pub fn passed(&self) -> Option<&T> {
        match self {
            StepResult::Passed { saw, .. } => Some(saw),
            StepResult::Skipped | StepResult::Failed { .. } => None,
        }
    }

    /// Why the step failed, if it did.
    pub fn failed(&self) -> Option<&F> {
        match self {
            StepResult::Failed { why, .. } => Some(why),
            StepResult::Skipped | StepResult::Passed { .. } => None,
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

impl HttpAnswer {
    /// Whether DRP asks for credentials: its healthy answer to a request without any.
    pub fn is_healthy(&self) -> bool {
        self.drp && self.status == 401
    }

    /// Whether, as an answer to an upgrade, it lets a socket open, or would with credentials.
    pub fn opens(&self) -> bool {
        self.upgrade_problem.is_none() && (self.status == 101 || self.is_healthy())
    }
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
