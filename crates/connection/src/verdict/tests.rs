//! One test for each fault: the cause that is named from here alone, and with the server. Here is what they are made of.

mod answers;
mod certificates;
mod consistency;
mod https_record;
mod mixtures;
mod network;
mod outcomes;

use super::*;
use crate::client::Browser;
use crate::close_code::CloseCode;
use crate::evidence::{Body, KnownCertificate, Observation, Permission, PersonSaw, PortalCheck, Reach, ServerCheck};
use crate::loss::{Close, GivenUp};
use crate::machine::{ConnectionId, Event, Machine, Phase, SignInAnswer};
use crate::probe::{
    Certificate, Compared, Dial, DialOutcome, Hsts, HttpAnswer, HttpFailure, HttpOutcome, NameFailure, Probe,
    StepResult, Tls, TlsFailure, TrustProblem,
};
use crate::time::Moment;

const CHROMIUM: Client = Client { browser: Browser::Chromium, system: crate::client::System::Linux };

const START: Moment = Moment { mono: 0, wall: 1_800_000_000_000 };

fn abnormal(error: bool) -> Close {
    Close { code: CloseCode::ABNORMAL, reason: String::new(), clean: false, error, given_up: None }
}

fn step(machine: &mut Machine, event: Event, at: u64) {
    machine.step(event, START.plus(at), 0);
}

/// A machine whose first try failed.
fn never_opened() -> Machine {
    let mut machine = Machine::default().with_client(CHROMIUM);
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap(), Credential::None), 0);
    step(&mut machine, Event::Closed(ConnectionId(1), abnormal(true)), 1);
    machine
}

/// A machine whose connection stood for a minute, ended with `close`, and could not be made again.
fn was_connected(close: Close) -> Machine {
    was_connected_until(close, abnormal(true))
}

/// The same, whose first try to make it again ended with `tried`.
fn was_connected_until(close: Close, tried: Close) -> Machine {
    let mut machine = Machine::default().with_client(CHROMIUM);
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap(), Credential::None), 0);
    step(&mut machine, Event::Opened(ConnectionId(1)), 1);
    step(&mut machine, Event::Closed(ConnectionId(1), close), 60_001);
    if machine.phase().live().is_none() {
        step(&mut machine, Event::Tick, 61_000);
    }
    if let Some(id) = machine.phase().live() {
        step(&mut machine, Event::Closed(id, tried), 61_001);
    }
    machine
}

const FAILED: Reach = Reach::Failed { ms: 5 };
const SILENT: Reach = Reach::TimedOut { ms: 8_000 };

fn answered(status: u16, body: Body) -> Reach {
    Reach::Answered { status, body, ms: 5 }
}

/// A machine whose first try ended with Firefox's word that it refused the endpoint's TLS.
fn tls_refused() -> Machine {
    let firefox = Client { browser: Browser::Firefox, ..Client::default() };
    let mut machine = Machine::default().with_client(firefox);
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap(), Credential::None), 0);
    let close = Close { code: CloseCode::TLS_HANDSHAKE, ..abnormal(true) };
    step(&mut machine, Event::Closed(ConnectionId(1), close), 1);
    machine
}

/// A whole look: what the page sees by the readable request, the opaque one and the one with the token, what came of the
/// server's, and one more observation in place of the ordinary one.
fn look(
    machine: &mut Machine,
    at: u64,
    info: Reach,
    opaque: Reach,
    signed_in: Option<Reach>,
    server: ServerCheck,
    more: Option<Observation>,
) {
    step(machine, Event::Diagnose, at);
    let ordinary = [
        Observation::Network(true),
        Observation::Portal(Some(PortalCheck { ms: 1, skew: Some(0) })),
        Observation::MixedContent(false),
        Observation::Permission(Permission::Unsupported),
        Observation::PlainHttp(None),
        Observation::Opaque(opaque),
        Observation::Info(info),
        Observation::Csp(None),
        Observation::SignedIn(signed_in),
        Observation::Server(server),
    ];
    let replaced = |it: &Observation| more.as_ref().is_some_and(|more| more.check() == it.check());
    for observation in ordinary.into_iter().filter(|it| !replaced(it)).chain(more.clone()) {
        step(machine, Event::Seen(observation), at + 1);
    }
}

/// The first whole look.
fn all(
    machine: &mut Machine,
    info: Reach,
    opaque: Reach,
    signed_in: Option<Reach>,
    server: ServerCheck,
    more: Option<Observation>,
) {
    look(machine, 61_002, info, opaque, signed_in, server, more);
}

/// What is named after a whole look.
fn verdict(
    mut machine: Machine,
    info: Reach,
    opaque: Reach,
    signed_in: Option<Reach>,
    server: ServerCheck,
) -> (Cause, Confidence) {
    all(&mut machine, info, opaque, signed_in, server, None);
    machine.diagnosis().best().expect("a cause")
}

fn from_here(machine: Machine, info: Reach, opaque: Reach, signed_in: Option<Reach>) -> (Cause, Confidence) {
    verdict(machine, info, opaque, signed_in, ServerCheck::Away)
}

/// The page sees nothing, the server sees `probe`.
fn dark(machine: Machine, probe: Probe) -> (Cause, Confidence) {
    verdict(machine, FAILED, FAILED, None, looked(probe))
}

fn looked(probe: Probe) -> ServerCheck {
    ServerCheck::Looked { probe: Box::new(probe), known: None }
}

fn answer(status: u16, drp: bool) -> HttpAnswer {
    HttpAnswer { status, drp, ..HttpAnswer::default() }
}

fn passed<T, F>(saw: T) -> StepResult<T, F> {
    StepResult::Passed { ms: 1, saw }
}

fn why<T, F>(why: F) -> StepResult<T, F> {
    StepResult::Failed { ms: 1, why }
}

fn certificate() -> Certificate {
    Certificate {
        subject: "O=Acme Co".into(),
        issuer: "O=Acme Co".into(),
        names: vec!["localhost".into()],
        names_total: 1,
        not_before: 1_700_000_000,
        not_after: 1_900_000_000,
        self_signed: true,
        fingerprint: "AA:BB".into(),
        ..Certificate::default()
    }
}

fn dial(outcome: DialOutcome) -> Vec<Dial> {
    vec![Dial { address: "10.0.0.7:8092".into(), ms: 1, outcome }]
}

/// An endpoint that is well: trusted, and asking for a sign-in.
fn healthy() -> Probe {
    Probe {
        endpoint: "https://drp.example:8092".into(),
        at_ms: START.wall,
        took_ms: 9,
        name: passed(vec!["10.0.0.7".into()]),
        tcp: passed(dial(DialOutcome::Connected)),
        tls: passed(Tls { protocol: "TLSv1.3".into(), chain: vec![certificate()], problems: vec![], ..Tls::default() }),
        http: passed(answer(401, true)),
        upgrade: passed(answer(401, true)),
        compared: Compared::default(),
        https_record: None,
    }
}

fn untrusted(problems: &[TrustProblem]) -> Probe {
    let tls =
        Tls { protocol: "TLSv1.3".into(), chain: vec![certificate()], problems: problems.to_vec(), ..Tls::default() };
    Probe { tls: passed(tls), ..healthy() }
}

fn refused() -> Probe {
    let skip = || StepResult::Skipped;
    Probe { tcp: why(dial(DialOutcome::Refused)), tls: StepResult::Skipped, http: skip(), upgrade: skip(), ..healthy() }
}

fn broken_tls(failure: TlsFailure) -> Probe {
    Probe { tls: why(failure), http: StepResult::Skipped, upgrade: StepResult::Skipped, ..healthy() }
}
