//! What connections beside the first told apart.

use serde::{Deserialize, Serialize};

use super::{DialOutcome, HttpFailure, TlsFailure};

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

impl HttpOutcome {
    /// Whether, as an answer to an upgrade, it lets a socket open, or would with credentials.
    pub fn opens(self) -> bool {
        match self {
            HttpOutcome::Answered(status) => matches!(status, 101 | 401),
            HttpOutcome::Ended | HttpOutcome::Silent => false,
        }
    }
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
