//! What the server sees of every fault that the simulator knows.

use connection::probe::{DialOutcome, HttpAnswer, HttpFailure, Probe, StepResult};
use simulator::fault::{FirewallScope, HeadTooLarge, LargeHello, OddUpgrade, PacketLoss, UnknownName};
use simulator::{CertificateKind, Cut, ExistingConnections, Fault, Layer, NewConnections, Options, Simulator};
use tokio::task::JoinSet;

use crate::support::look_at;

/// The first step that failed, or the problems of the certificate, the answer and the answer to the upgrade.
fn summary(probe: &Probe) -> String {
    if let Some(dials) = probe.tcp.failed() {
        let refused = dials.iter().all(|dial| dial.outcome == DialOutcome::Refused);
        // A reset may come before or after the connection is handed over.
        let reset = dials.iter().all(|dial| dial.outcome == DialOutcome::Reset);
        return if refused {
            "refused".to_owned()
        } else if reset {
            "tls no-bytes".to_owned()
        } else {
            format!("{dials:?}")
        };
    }
    if let Some(why) = probe.tls.failed() {
        return format!("tls {}", kind(why));
    }
    let problems: Vec<String> = probe.tls.passed().unwrap().problems.iter().map(kind).collect();
    format!("{} / {} / {}", problems.join("+"), answer(&probe.http), answer(&probe.upgrade))
}

fn answer(step: &StepResult<HttpAnswer, HttpFailure>) -> String {
    match step {
        StepResult::Passed { saw, .. } => format!("{}{}", saw.status, if saw.drp { " drp" } else { "" }),
        StepResult::Failed { why, .. } => kind(why),
        StepResult::Skipped => "skipped".to_owned(),
    }
}

fn kind(of: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(of).unwrap();
    let name = json.as_str().or_else(|| json.as_object()?.keys().next().map(String::as_str));
    name.unwrap().to_owned()
}

/// A new fault forces a decision here.
fn expected(fault: &Fault) -> &'static str {
    match fault {
        Fault::Down => "refused",
        Fault::NoAnswer { stage: Layer::Tcp } => "tls timeout",
        Fault::AcceptThenClose { how: Cut::Fin } => "tls no-bytes",
        Fault::AcceptThenClose { how: Cut::Reset } => "tls no-bytes",
        Fault::ProxyProtocol => "tls no-bytes",
        Fault::Certificate { kind: CertificateKind::P521 | CertificateKind::Ed25519 } => {
            "key-kind+self-signed / 401 drp / 401 drp"
        }
        Fault::Certificate { kind: CertificateKind::CommonNameOnly } => "no-names+self-signed / 401 drp / 401 drp",
        Fault::Certificate { kind: CertificateKind::IncompleteChain } => "unknown-issuer / 401 drp / 401 drp",
        Fault::Certificate { .. } => "self-signed / 401 drp / 401 drp",
        Fault::WrongSite { others: UnknownName::Alert, .. } => "tls alert",
        Fault::WrongSite { others: UnknownName::DefaultCertificate, .. } => "wrong-name+self-signed / 404 / 404",
        Fault::Cloudflare { .. } => "self-signed / 525 / 525",
        Fault::TooMany { .. } => "self-signed / 429 / 429",
        Fault::LoginWall { .. } => "self-signed / 302 / 302",
        Fault::Moved { .. } => "self-signed / 301 / 301",
        Fault::CaptivePortal => "self-signed / 200 / 200",
        Fault::Firewall { scope: FirewallScope::All, .. } => "self-signed / 403 / 403",
        Fault::Firewall { scope: FirewallScope::Upgrade, .. } => "self-signed / 401 drp / 403",
        Fault::NoAnswer { stage: Layer::Upgrade } => "self-signed / 401 drp / timeout",
        Fault::Expired => "expired+self-signed / 401 drp / 401 drp",
        Fault::NotYetValid => "not-yet-valid+self-signed / 401 drp / 401 drp",
        Fault::UnknownCa => "unknown-issuer / 401 drp / 401 drp",
        Fault::WrongName => "wrong-name+self-signed / 401 drp / 401 drp",
        Fault::PlainHttp => "tls plain-http",
        Fault::OtherProtocol { .. } => "tls other-protocol",
        Fault::OldTls => "tls old-version",
        Fault::TokenExpired => "self-signed / 401 drp / 403 drp",
        Fault::NoRights => "self-signed / 401 drp / 403 drp",
        Fault::NotDrp { .. } => "self-signed / 404 / 404",
        Fault::BadGateway { .. } => "self-signed / 502 / 502",
        Fault::NoUpgrade { .. } => "self-signed / 401 drp / 200",
        Fault::ClockSkew => "self-signed / 401 drp / 400 drp",
        Fault::Silence { new_connections: NewConnections::Hang } => "tls timeout",
        Fault::EndlessHeaders => "self-signed / too-large / too-large",
        Fault::SlowDrip { .. } => "self-signed / timeout / timeout",
        Fault::RedirectFlood => "self-signed / 302 / 302",
        Fault::WrongContentType | Fault::LyingLength { .. } => "self-signed / 200 / 200",
        Fault::HugeCertificate { .. } => "wrong-name+self-signed / 401 drp / 401 drp",
        Fault::BrokenDer => "malformed / 401 drp / 401 drp",
        Fault::MarkupNames => "wrong-name+self-signed / 401 drp / 401 drp",
        // Nothing of these is to be seen without signing in, or once the connection stands.
        Fault::SelfSigned
        | Fault::Replaced
        | Fault::SomeAddresses { .. }
        | Fault::ClientCertificate { .. }
        | Fault::OriginRefused
        | Fault::LargeHello { .. }
        | Fault::HeadTooLarge { .. }
        | Fault::LargePackets { .. }
        | Fault::Http2
        | Fault::ExactConnection { .. }
        | Fault::OddUpgrade { .. }
        | Fault::Hsts { .. }
        | Fault::Firewall { scope: FirewallScope::Late, .. }
        | Fault::CutInUse { .. }
        | Fault::AlteredFrames { .. }
        | Fault::SignIn
        | Fault::Slow { .. }
        | Fault::Silence { new_connections: NewConnections::Work }
        | Fault::IdleCut { .. }
        | Fault::Flapping { .. }
        | Fault::TooLarge { .. } => "self-signed / 401 drp / 401 drp",
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_seen_for_what_it_is() {
    let faults = [
        Fault::Down,
        Fault::NoAnswer { stage: Layer::Tcp },
        Fault::NoAnswer { stage: Layer::Upgrade },
        Fault::Expired,
        Fault::NotYetValid,
        Fault::SelfSigned,
        Fault::UnknownCa,
        Fault::WrongName,
        Fault::Replaced,
        Fault::PlainHttp,
        Fault::OtherProtocol { banner: "SSH-2.0-OpenSSH_9.2p1".to_owned() },
        Fault::OldTls,
        Fault::SignIn,
        Fault::TokenExpired,
        Fault::NoRights,
        Fault::NotDrp { cors: false },
        Fault::BadGateway { status: 502, cors: false },
        Fault::NoUpgrade { status: 200 },
        Fault::ClockSkew,
        Fault::Slow { delay_ms: 200 },
        Fault::Silence { new_connections: NewConnections::Hang },
        Fault::Silence { new_connections: NewConnections::Work },
        Fault::IdleCut { seconds: 5 },
        Fault::Flapping { up_ms: 1_000 },
        Fault::TooLarge { limit: 8 },
        Fault::EndlessHeaders,
        Fault::SlowDrip { every_ms: 100 },
        Fault::RedirectFlood,
        Fault::WrongContentType,
        Fault::LyingLength { claimed: 1 << 40 },
        Fault::HugeCertificate { names: 1_000 },
        Fault::BrokenDer,
        Fault::MarkupNames,
        Fault::AcceptThenClose { how: Cut::Fin },
        Fault::AcceptThenClose { how: Cut::Reset },
        Fault::ProxyProtocol,
        Fault::Certificate { kind: CertificateKind::P521 },
        Fault::Certificate { kind: CertificateKind::Ed25519 },
        Fault::Certificate { kind: CertificateKind::CommonNameOnly },
        Fault::Certificate { kind: CertificateKind::IncompleteChain },
        Fault::Certificate { kind: CertificateKind::CaAsLeaf },
        Fault::ClientCertificate { required: false },
        Fault::WrongSite { known: "drp.known.example".to_owned(), others: UnknownName::Alert },
        Fault::WrongSite { known: "drp.known.example".to_owned(), others: UnknownName::DefaultCertificate },
        Fault::LargeHello { limit: 1_400, then: LargeHello::Reset },
        Fault::LargePackets { limit: 1_300, from: PacketLoss::Upgrade },
        Fault::Http2,
        Fault::Cloudflare { status: 525 },
        Fault::TooMany { status: 429, retry_after: 30, cors: false },
        Fault::LoginWall { location: "https://login.example".to_owned() },
        Fault::Moved { status: 301, location: "https://drp.moved.example".to_owned() },
        Fault::CaptivePortal,
        Fault::Firewall { scope: FirewallScope::All, seconds: 3 },
        Fault::Firewall { scope: FirewallScope::Upgrade, seconds: 3 },
        Fault::HeadTooLarge { limit: 2_600, answer: HeadTooLarge::HeadersTooLarge },
        Fault::ExactConnection { status: 426 },
        Fault::OddUpgrade { how: OddUpgrade::WrongAccept },
        Fault::Hsts { max_age: 60 },
        Fault::CutInUse { seconds: 6 },
        Fault::AlteredFrames { after_ms: 500 },
    ];
    let mut wrong: Vec<String> = Vec::new();
    // A few at a time: a look has limits of its own, and all share this machine.
    for some in faults.chunks(8) {
        let mut looks = JoinSet::new();
        for fault in some.iter().cloned() {
            looks.spawn(async move {
                let simulator = Simulator::start(Options::default()).await.unwrap();
                simulator.set_fault(fault.clone(), ExistingConnections::Keep).await.unwrap();
                let probe = look_at(&simulator.url()).await;
                simulator.shutdown().await;
                (fault, probe)
            });
        }
        let seen = looks.join_all().await.into_iter().filter(|(fault, probe)| summary(probe) != expected(fault));
        wrong.extend(seen.map(|(fault, probe)| format!("{fault:?}: {} in {} ms", summary(&probe), probe.took_ms)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
