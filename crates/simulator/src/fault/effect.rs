//! What a fault changes, as plain data: the modules that act on an effect import it from here.

use std::time::Duration;

use crate::certificate::CertificateKind;
use crate::connection::Cut;

/// The one part of the endpoint that a fault changes. Each variant is carried out by one module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// The port is closed.
    Closed,
    /// Connections stand still: those that exist, new ones, or both.
    Paused { existing: bool, new: bool },
    /// New connections meet something else before any HTTP.
    Greeted(Show),
    /// Something else listens on the same port of `[::1]`.
    SecondAddress(SecondAddress),
    /// HTTP requests get another answer.
    Answered(Answer),
    /// Every request gets bytes that no HTTP library would send.
    Scripted(Script),
    /// Sockets are cut at this age; where `busy`, events flow until then.
    ShortLived { life: Duration, busy: bool },
    /// Sockets that open take commands of at most this many bytes.
    Narrow(usize),
    /// Writes of more than `limit` bytes are lost, and so is everything after them, as with a path that drops large
    /// packets: from the first byte, or from the upgrade on.
    LargePacketsLost { limit: usize, from: PacketLoss },
    /// A frame with a reserved bit follows the upgrade after this time.
    AlteredFrames(Duration),
}

/// What a new connection meets first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Show {
    Certificate(CertificateKind),
    HugeCertificate {
        names: u64,
    },
    PlainHttp,
    Banner(String),
    OldTls,
    /// The connection is ended before a byte is read or written.
    Ended(Cut),
    /// A PROXY protocol header is read first; a connection without one is ended.
    ProxyHeader,
    /// A first packet of more than `limit` bytes is answered as told.
    LargeHello {
        limit: usize,
        then: LargeHello,
    },
    /// A client certificate is requested.
    ClientCertificate {
        required: bool,
    },
    /// Only this server name is known.
    OneName {
        name: String,
        others: UnknownName,
    },
    /// HTTP/2 is offered, with extended CONNECT, which is then refused.
    Http2,
}

/// What a device in between does with a TLS greeting that is too large for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LargeHello {
    /// It resets the connection.
    Reset,
    /// It passes on nothing.
    Stall,
}

/// What a server does with a server name that it does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownName {
    /// It sends the alert 112, `unrecognized_name`.
    Alert,
    /// It shows its default certificate, and answers 404.
    DefaultCertificate,
}

/// What accepts connections on the second address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecondAddress {
    /// Something that never answers.
    Silent,
    /// An SSH server.
    Ssh,
    /// Something that resets every connection.
    Reset,
}

/// From when on large packets are lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PacketLoss {
    /// From the first byte on: TLS itself may not get through.
    Start,
    /// From the upgrade on.
    Upgrade,
}

/// What is answered in place of DRP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// No answer to the upgrade.
    Nothing,
    /// A late answer to the upgrade.
    Slow(Duration),
    SignIn,
    TokenExpired,
    NoRights,
    NotDrp {
        cors: bool,
    },
    BadGateway {
        status: u16,
        cors: bool,
    },
    Cloudflare {
        status: u16,
    },
    TooMany {
        status: u16,
        retry_after: u64,
        cors: bool,
    },
    LoginWall {
        location: String,
    },
    Moved {
        status: u16,
        location: String,
    },
    CaptivePortal,
    /// A web firewall refuses everything, or the upgrade only.
    Firewall {
        upgrade_only: bool,
    },
    OriginRefused,
    HeadTooLarge {
        limit: usize,
        answer: HeadTooLarge,
    },
    /// The upgrade is refused unless its Connection header is exactly `Upgrade`.
    ExactConnection {
        status: u16,
    },
    NoUpgrade {
        status: u16,
    },
    OddUpgrade(OddUpgrade),
    /// DRP's answers, with a Strict-Transport-Security header.
    Hsts {
        max_age: u64,
    },
    ClockSkew,
    RedirectFlood,
    WrongContentType,
}

/// What becomes of a request whose head is too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum HeadTooLarge {
    /// 400 Bad Request.
    #[serde(rename = "400")]
    BadRequest,
    /// 413 Content Too Large.
    #[serde(rename = "413")]
    ContentTooLarge,
    /// 414 URI Too Long.
    #[serde(rename = "414")]
    UriTooLong,
    /// 431 Request Header Fields Too Large.
    #[serde(rename = "431")]
    HeadersTooLarge,
    /// The connection is reset.
    #[serde(rename = "reset")]
    Reset,
}

/// A rule of the opening handshake (RFC 6455, 4.1) that the answer to the upgrade breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OddUpgrade {
    /// Sec-WebSocket-Accept is for another key.
    WrongAccept,
    /// A subprotocol is selected that nobody asked for.
    Protocol,
    /// An extension is agreed to that nobody offered.
    Extension,
}

/// A hostile answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Script {
    EndlessHeaders,
    SlowDrip(Duration),
    LyingLength { claimed: u64 },
}
