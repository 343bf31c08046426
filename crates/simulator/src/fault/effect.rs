//! What a fault changes, as plain data: the modules that act on an effect import it from here.

use std::time::Duration;

use crate::certificate::Kind;

/// The one part of the endpoint that a fault changes. Each variant is carried out by one module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// The port is closed.
    Closed,
    /// Connections stand still: those that are open, those to come, or both.
    Paused { existing: bool, new: bool },
    /// The port shows something else before any HTTP.
    Shown(Show),
    /// HTTP requests are answered otherwise.
    Answered(Answer),
    /// Bytes that no HTTP library would send answer every request.
    Scripted(Script),
    /// Sockets are cut when they have lived this long.
    ShortLived(Duration),
    /// Sockets that open take commands of at most this many bytes.
    Narrow(usize),
}

/// What a new connection meets first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Show {
    Certificate(Kind),
    PlainHttp,
    Banner(String),
    OldTls,
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
    NoUpgrade {
        status: u16,
    },
    ClockSkew,
    RedirectFlood,
    WrongContentType,
}

/// A hostile answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Script {
    EndlessHeaders,
    SlowDrip(Duration),
    LyingLength { claimed: u64 },
}
