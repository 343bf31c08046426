//! Every fault as a type, and the effect of each. Their descriptions and the ranges of their parameters are in [`table`].

pub(crate) mod effect;
pub mod entry;
pub(crate) mod parse;
pub mod table;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::certificate::CertificateKind;
use crate::connection::Cut;
use effect::{Answer, Effect, Script, Show};

pub use effect::{HeadTooLarge, LargeHello, OddUpgrade, PacketLoss, SecondAddress, UnknownName};

/// One fault. Its JSON form, `{"id":"idle-cut","seconds":30}`, is what the control takes and shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "id", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is described in the table, for readers and for users of the control alike")]
pub enum Fault {
    Down,
    NoAnswer {
        stage: Layer,
    },
    AcceptThenClose {
        how: Cut,
    },
    SomeAddresses {
        says: SecondAddress,
    },
    Expired,
    NotYetValid,
    SelfSigned,
    UnknownCa,
    WrongName,
    Replaced,
    Certificate {
        kind: CertificateKind,
    },
    ClientCertificate {
        required: bool,
    },
    WrongSite {
        known: String,
        others: UnknownName,
    },
    LargeHello {
        limit: u64,
        then: LargeHello,
    },
    LargePackets {
        limit: u64,
        from: PacketLoss,
    },
    ProxyProtocol,
    PlainHttp,
    OtherProtocol {
        banner: String,
    },
    OldTls,
    #[serde(rename = "http2")]
    Http2,
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
    Firewall {
        scope: FirewallScope,
        seconds: u64,
    },
    OriginRefused,
    HeadTooLarge {
        limit: u64,
        answer: HeadTooLarge,
    },
    ExactConnection {
        status: u16,
    },
    NoUpgrade {
        status: u16,
    },
    OddUpgrade {
        how: OddUpgrade,
    },
    Hsts {
        max_age: u64,
    },
    ClockSkew,
    Slow {
        delay_ms: u64,
    },
    Silence {
        new_connections: NewConnections,
    },
    IdleCut {
        seconds: u64,
    },
    CutInUse {
        seconds: u64,
    },
    Flapping {
        up_ms: u64,
    },
    AlteredFrames {
        after_ms: u64,
    },
    TooLarge {
        limit: u64,
    },
    EndlessHeaders,
    SlowDrip {
        every_ms: u64,
    },
    RedirectFlood,
    WrongContentType,
    LyingLength {
        claimed: u64,
    },
    HugeCertificate {
        names: u64,
    },
    BrokenDer,
    MarkupNames,
}

/// What a web firewall refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FirewallScope {
    /// Every request.
    All,
    /// The upgrade only.
    Upgrade,
    /// Nothing at first: it ends each socket after some seconds, although data flows.
    Late,
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

/// What happens to new connections while the existing ones are silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewConnections {
    /// They are accepted and stay silent as well.
    Hang,
    /// They work: only what was open is dead.
    Work,
}

/// What happens to existing connections when a fault is set.
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
            &Self::AcceptThenClose { how } => Effect::Greeted(Show::Ended(how)),
            &Self::SomeAddresses { says } => Effect::SecondAddress(says),
            Self::Expired => certificate(CertificateKind::Expired),
            Self::NotYetValid => certificate(CertificateKind::NotYetValid),
            Self::SelfSigned | Self::Replaced => certificate(CertificateKind::SelfSigned),
            Self::UnknownCa => certificate(CertificateKind::PrivateCa),
            Self::WrongName => certificate(CertificateKind::WrongHost),
            &Self::Certificate { kind } => certificate(kind),
            &Self::ClientCertificate { required } => Effect::Greeted(Show::ClientCertificate { required }),
            Self::WrongSite { known, others } => {
                Effect::Greeted(Show::OneName { name: known.clone(), others: *others })
            }
            &Self::LargeHello { limit, then } => Effect::Greeted(Show::LargeHello { limit: size(limit), then }),
            &Self::LargePackets { limit, from } => Effect::LargePacketsLost { limit: size(limit), from },
            Self::ProxyProtocol => Effect::Greeted(Show::ProxyHeader),
            Self::PlainHttp => Effect::Greeted(Show::PlainHttp),
            Self::OtherProtocol { banner } => Effect::Greeted(Show::Banner(banner.clone())),
            Self::OldTls => Effect::Greeted(Show::OldTls),
            Self::Http2 => Effect::Greeted(Show::Http2),
            Self::SignIn => Effect::Answered(Answer::SignIn),
            Self::TokenExpired => Effect::Answered(Answer::TokenExpired),
            Self::NoRights => Effect::Answered(Answer::NoRights),
            &Self::NotDrp { cors } => Effect::Answered(Answer::NotDrp { cors }),
            &Self::BadGateway { status, cors } => Effect::Answered(Answer::BadGateway { status, cors }),
            &Self::Cloudflare { status } => Effect::Answered(Answer::Cloudflare { status }),
            &Self::TooMany { status, retry_after, cors } => {
                Effect::Answered(Answer::TooMany { status, retry_after, cors })
            }
            Self::LoginWall { location } => Effect::Answered(Answer::LoginWall { location: location.clone() }),
            Self::Moved { status, location } => {
                Effect::Answered(Answer::Moved { status: *status, location: location.clone() })
            }
            Self::CaptivePortal => Effect::Answered(Answer::CaptivePortal),
            &Self::Firewall { scope: FirewallScope::Late, seconds } => {
                Effect::ShortLived { life: Duration::from_secs(seconds), busy: true }
            }
            &Self::Firewall { scope, .. } => {
                Effect::Answered(Answer::Firewall { upgrade_only: scope == FirewallScope::Upgrade })
            }
            Self::OriginRefused => Effect::Answered(Answer::OriginRefused),
            &Self::HeadTooLarge { limit, answer } => {
                Effect::Answered(Answer::HeadTooLarge { limit: size(limit), answer })
            }
            &Self::ExactConnection { status } => Effect::Answered(Answer::ExactConnection { status }),
            &Self::NoUpgrade { status } => Effect::Answered(Answer::NoUpgrade { status }),
            &Self::OddUpgrade { how } => Effect::Answered(Answer::OddUpgrade(how)),
            &Self::Hsts { max_age } => Effect::Answered(Answer::Hsts { max_age }),
            Self::ClockSkew => Effect::Answered(Answer::ClockSkew),
            &Self::Slow { delay_ms } => Effect::Answered(Answer::Slow(Duration::from_millis(delay_ms))),
            &Self::Silence { new_connections } => {
                Effect::Paused { existing: true, new: new_connections == NewConnections::Hang }
            }
            &Self::IdleCut { seconds } => Effect::ShortLived { life: Duration::from_secs(seconds), busy: false },
            &Self::CutInUse { seconds } => Effect::ShortLived { life: Duration::from_secs(seconds), busy: true },
            &Self::Flapping { up_ms } => Effect::ShortLived { life: Duration::from_millis(up_ms), busy: false },
            &Self::AlteredFrames { after_ms } => Effect::AlteredFrames(Duration::from_millis(after_ms)),
            &Self::TooLarge { limit } => Effect::Narrow(size(limit)),
            Self::EndlessHeaders => Effect::Scripted(Script::EndlessHeaders),
            &Self::SlowDrip { every_ms } => Effect::Scripted(Script::SlowDrip(Duration::from_millis(every_ms))),
            Self::RedirectFlood => Effect::Answered(Answer::RedirectFlood),
            Self::WrongContentType => Effect::Answered(Answer::WrongContentType),
            &Self::LyingLength { claimed } => Effect::Scripted(Script::LyingLength { claimed }),
            &Self::HugeCertificate { names } => Effect::Greeted(Show::HugeCertificate { names }),
            Self::BrokenDer => certificate(CertificateKind::BrokenDer),
            Self::MarkupNames => certificate(CertificateKind::MarkupNames),
        }
    }
}

fn certificate(kind: CertificateKind) -> Effect {
    Effect::Greeted(Show::Certificate(kind))
}

/// A number of bytes from the table; none of its limits is beyond a `usize`.
fn size(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}
