//! What the server sees of every fault that the simulator knows.

use crate::support::look_at;
use connection::probe::{DialOutcome, HttpAnswer, HttpFailure, Probe, Step};
use simulator::{ExistingConnections, Fault, Layer, NewConnections, Options, Simulator};
use tokio::task::JoinSet;

/// The first step that failed, or the problems of the certificate, the answer and the answer to the upgrade.
fn summary(probe: &Probe) -> String {
    if let Some(dials) = probe.tcp.failed() {
        let refused = dials.iter().all(|dial| dial.outcome == DialOutcome::Refused);
        return if refused { "refused".to_owned() } else { format!("{dials:?}") };
    }
    if let Some(why) = probe.tls.failed() {
        return format!("tls {}", kind(why));
    }
    let problems: Vec<String> = probe.tls.passed().unwrap().problems.iter().map(kind).collect();
    format!("{} / {} / {}", problems.join("+"), answer(&probe.http), answer(&probe.upgrade))
}

fn answer(step: &Step<HttpAnswer, HttpFailure>) -> String {
    match step {
        Step::Passed { saw, .. } => format!("{}{}", saw.status, if saw.drp { " drp" } else { "" }),
        Step::Failed { why, .. } => kind(why),
        Step::Skipped => "skipped".to_owned(),
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
        Fault::NoAnswer { stage: Layer::Upgrade } => "self-signed / 401 drp / timeout",
        Fault::Expired => "expired+self-signed / 401 drp / 401 drp",
        Fault::NotYetValid => "not-yet-valid+self-signed / 401 drp / 401 drp",
        Fault::UnknownCa => "unknown-issuer / 401 drp / 401 drp",
        Fault::WrongName => "wrong-name+self-signed / 401 drp / 401 drp",
        Fault::PlainHttp => "tls plain-http",
        Fault::OtherProtocol { .. } => "tls other-protocol",
        Fault::OldTls => "tls old-version",
        Fault::TokenExpired => "self-signed / 401 drp / 403 drp",
        Fault::NoRights => "self-signed / 401 drp / 403",
        Fault::NotDrp { .. } => "self-signed / 404 / 404",
        Fault::BadGateway { .. } => "self-signed / 502 / 502",
        Fault::NoUpgrade { .. } => "self-signed / 401 drp / 200",
        Fault::ClockSkew => "self-signed / 401 drp / 400",
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
        | Fault::SignIn
        | Fault::Slow { .. }
        | Fault::Silence { new_connections: NewConnections::Work }
        | Fault::IdleCut { .. }
        | Fault::Flapping { .. }
        | Fault::TooLarge { .. } => "self-signed / 401 drp / 401 drp",
    }
}

#[tokio::test]
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
    ];
    let mut looks = JoinSet::new();
    for fault in faults {
        looks.spawn(async move {
            let simulator = Simulator::start(Options::default()).await.unwrap();
            simulator.set_fault(fault.clone(), ExistingConnections::Keep).await.unwrap();
            let probe = look_at(&simulator.url()).await;
            simulator.shutdown().await;
            (fault, probe)
        });
    }
    let wrong: Vec<String> = looks
        .join_all()
        .await
        .into_iter()
        .filter(|(fault, probe)| summary(probe) != expected(fault))
        .map(|(fault, probe)| format!("{fault:?}: {} in {} ms", summary(&probe), probe.took_ms))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
