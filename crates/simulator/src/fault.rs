//! Everything that can be wrong with the endpoint, as a type, and the one part of it that each fault touches.
//! Their descriptions and the ranges of their parameters stand in [`table`].

pub(crate) mod effect;
pub(crate) mod parse;
pub mod table;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::certificate::Kind;
use effect::{Answer, Effect, Script, Show};

/// One fault. Its JSON form, `{"id":"idle-cut","seconds":30}`, is what the control takes and shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "id", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is described in the table, for readers and for users of the control alike")]
pub enum Fault {
    Down,
    NoAnswer { stage: Layer },
    Expired,
    NotYetValid,
    SelfSigned,
    UnknownCa,
    WrongName,
    Replaced,
    PlainHttp,
    OtherProtocol { banner: String },
    OldTls,
    SignIn,
    TokenExpired,
    NoRights,
    NotDrp { cors: bool },
    BadGateway { status: u16, cors: bool },
    NoUpgrade { status: u16 },
    ClockSkew,
    Slow { delay_ms: u64 },
    Silence { new_connections: NewConnections },
    IdleCut { seconds: u64 },
    Flapping { up_ms: u64 },
    TooLarge { limit: u64 },
    EndlessHeaders,
    SlowDrip { every_ms: u64 },
    RedirectFlood,
    WrongContentType,
    LyingLength { claimed: u64 },
    HugeCertificate { names: u64 },
    BrokenDer,
    MarkupNames,
}

/// How far a connection gets before nothing answers any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// The connection is accepted and that is all.
    Tcp,
    /// TLS and HTTP answer; the WebSocket upgrade does not.
    Upgrade,
}

/// What becomes of new connections while the old ones are silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewConnections {
    /// They are accepted and stay silent as well.
    Hang,
    /// They work: only what was open is dead.
    Work,
}

/// What happens to the connections that stand when a fault is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExistingConnections {
    /// They are cut, so that the fault is met at once.
    Cut,
    /// They stay, and only new ones meet the fault.
    Keep,
}

impl Fault {
    pub(crate) fn effect(&self) -> Effect {
        match self {
            Self::Down => Effect::Closed,
            Self::NoAnswer { stage: Layer::Tcp } => Effect::Paused { existing: false, new: true },
            Self::NoAnswer { stage: Layer::Upgrade } => Effect::Answered(Answer::Nothing),
            Self::Expired => Effect::Shown(Show::Certificate(Kind::Expired)),
            Self::NotYetValid => Effect::Shown(Show::Certificate(Kind::NotYetValid)),
            Self::SelfSigned | Self::Replaced => Effect::Shown(Show::Certificate(Kind::SelfSigned)),
            Self::UnknownCa => Effect::Shown(Show::Certificate(Kind::PrivateCa)),
            Self::WrongName => Effect::Shown(Show::Certificate(Kind::WrongHost)),
            Self::PlainHttp => Effect::Shown(Show::PlainHttp),
            Self::OtherProtocol { banner } => Effect::Shown(Show::Banner(banner.clone())),
            Self::OldTls => Effect::Shown(Show::OldTls),
            Self::SignIn => Effect::Answered(Answer::SignIn),
            Self::TokenExpired => Effect::Answered(Answer::TokenExpired),
            Self::NoRights => Effect::Answered(Answer::NoRights),
            &Self::NotDrp { cors } => Effect::Answered(Answer::NotDrp { cors }),
            &Self::BadGateway { status, cors } => Effect::Answered(Answer::BadGateway { status, cors }),
            &Self::NoUpgrade { status } => Effect::Answered(Answer::NoUpgrade { status }),
            Self::ClockSkew => Effect::Answered(Answer::ClockSkew),
            &Self::Slow { delay_ms } => Effect::Answered(Answer::Slow(Duration::from_millis(delay_ms))),
            &Self::Silence { new_connections } => {
                Effect::Paused { existing: true, new: new_connections == NewConnections::Hang }
            }
            &Self::IdleCut { seconds } => Effect::ShortLived(Duration::from_secs(seconds)),
            &Self::Flapping { up_ms } => Effect::ShortLived(Duration::from_millis(up_ms)),
            &Self::TooLarge { limit } => Effect::Narrow(usize::try_from(limit).unwrap_or(usize::MAX)),
            Self::EndlessHeaders => Effect::Scripted(Script::EndlessHeaders),
            &Self::SlowDrip { every_ms } => Effect::Scripted(Script::SlowDrip(Duration::from_millis(every_ms))),
            Self::RedirectFlood => Effect::Answered(Answer::RedirectFlood),
            Self::WrongContentType => Effect::Answered(Answer::WrongContentType),
            &Self::LyingLength { claimed } => Effect::Scripted(Script::LyingLength { claimed }),
            &Self::HugeCertificate { names } => Effect::Shown(Show::Certificate(Kind::Huge { names })),
            Self::BrokenDer => Effect::Shown(Show::Certificate(Kind::BrokenDer)),
            Self::MarkupNames => Effect::Shown(Show::Certificate(Kind::MarkupNames)),
        }
    }
}
