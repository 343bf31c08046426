//! One test for each fault: the cause that is named from here alone, and with the server.

use super::*;
use crate::evidence::{Body, Observation, Permission, PortalCheck, Reach, ServerCheck};
use crate::machine::{ConnectionId, Event};
use crate::probe::{
    Certificate, Compared, Dial, DialOutcome, HttpAnswer, HttpFailure, NameFailure, Probe, Step, Tls, TlsFailure,
    TrustProblem,
};
use crate::time::Moment;
use crate::words;

const START: Moment = Moment { mono: 0, wall: 1_800_000_000_000 };

fn abnormal(error: bool) -> Close {
    Close { code: CloseCode::ABNORMAL, reason: String::new(), clean: false, error, given_up: None }
}

fn step(machine: &mut Machine, event: Event, at: u64) {
    machine.step(event, START.plus(at), 0);
}

/// A machine whose first try failed.
fn never_opened() -> Machine {
    let mut machine = Machine::default();
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap()), 0);
    step(&mut machine, Event::Closed(ConnectionId(1), abnormal(true)), 1);
    machine
}

/// A machine whose connection stood for a minute, ended with `close`, and could not be made again.
fn was_connected(close: Close) -> Machine {
    let mut machine = Machine::default();
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap()), 0);
    step(&mut machine, Event::Opened(ConnectionId(1)), 1);
    step(&mut machine, Event::Closed(ConnectionId(1), close), 60_001);
    if machine.phase().live().is_none() {
        step(&mut machine, Event::Tick, 61_000);
    }
    if let Some(id) = machine.phase().live() {
        step(&mut machine, Event::Closed(id, abnormal(true)), 61_001);
    }
    machine
}

const FAILED: Reach = Reach::Failed { ms: 5 };
const SILENT: Reach = Reach::TimedOut { ms: 8_000 };

fn answered(status: u16, body: Body) -> Reach {
    Reach::Answered { status, body, ms: 5 }
}

/// What the page sees: the readable request, the opaque one, and the one with the token.
fn verdict(
    mut machine: Machine,
    info: Reach,
    opaque: Reach,
    signed_in: Option<Reach>,
    seat: ServerCheck,
) -> (Cause, Confidence) {
    step(&mut machine, Event::Diagnose, 61_002);
    for observation in [
        Observation::Network(true),
        Observation::Portal(Some(PortalCheck { ms: 1, skew: Some(0) })),
        Observation::MixedContent(false),
        Observation::Permission(Permission::Unsupported),
        Observation::PlainHttp(None),
        Observation::Opaque(opaque),
        Observation::Info(info),
        Observation::Csp(None),
        Observation::SignedIn(signed_in),
        Observation::Server(seat),
    ] {
        step(&mut machine, Event::Seen(observation), 61_003);
    }
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

fn passed<T, F>(saw: T) -> Step<T, F> {
    Step::Passed { ms: 1, saw }
}

fn why<T, F>(why: F) -> Step<T, F> {
    Step::Failed { ms: 1, why }
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
    }
}

fn untrusted(problems: &[TrustProblem]) -> Probe {
    let tls =
        Tls { protocol: "TLSv1.3".into(), chain: vec![certificate()], problems: problems.to_vec(), ..Tls::default() };
    Probe { tls: passed(tls), ..healthy() }
}

fn refused() -> Probe {
    let skip = || Step::Skipped;
    Probe { tcp: why(dial(DialOutcome::Refused)), tls: Step::Skipped, http: skip(), upgrade: skip(), ..healthy() }
}

fn broken_tls(failure: TlsFailure) -> Probe {
    Probe { tls: why(failure), http: Step::Skipped, upgrade: Step::Skipped, ..healthy() }
}

#[test]
fn from_here_alone_the_page_says_only_what_it_can_know() {
    let guess = (Cause::UnreachableOrUntrusted, Confidence::Probable);
    assert_eq!(from_here(never_opened(), FAILED, FAILED, None), guess);
    assert_eq!(from_here(was_connected(abnormal(false)), FAILED, FAILED, None), guess);
    assert_eq!(from_here(never_opened(), SILENT, SILENT, None), (Cause::NoAnswer, Confidence::Probable));
}

#[test]
fn without_tls_there_is_no_certificate_to_blame() {
    let mut machine = Machine::default();
    step(&mut machine, Event::Connect(Endpoint::parse("http://drp.example").unwrap()), 0);
    step(&mut machine, Event::Closed(ConnectionId(1), abnormal(true)), 1);
    assert_eq!(from_here(machine, FAILED, FAILED, None), (Cause::Down, Confidence::Probable));
}

#[test]
fn down_and_no_name_are_told_apart_by_the_server() {
    assert_eq!(dark(never_opened(), refused()), (Cause::Down, Confidence::Certain));
    let nameless = Probe { name: why(NameFailure::NotFound), tcp: Step::Skipped, ..refused() };
    assert_eq!(dark(never_opened(), nameless), (Cause::NoName, Confidence::Certain));
}

#[test]
fn an_endpoint_that_went_away_in_use_has_crashed() {
    assert_eq!(dark(was_connected(abnormal(false)), refused()), (Cause::Crash, Confidence::Certain));
}

#[test]
fn no_answer_is_seen_at_every_stage() {
    for probe in [
        broken_tls(TlsFailure::Timeout),
        Probe { tcp: why(dial(DialOutcome::Timeout)), tls: Step::Skipped, http: Step::Skipped, ..healthy() },
        Probe { http: why(HttpFailure::Timeout), ..healthy() },
    ] {
        let seen = verdict(never_opened(), SILENT, SILENT, None, looked(probe));
        assert_eq!(seen, (Cause::NoAnswer, Confidence::Certain));
    }
}

#[test]
fn every_fault_of_a_certificate_has_its_name() {
    use TrustProblem::*;
    for (problems, cause) in [
        (vec![Expired, SelfSigned], Cause::Expired),
        (vec![NotYetValid], Cause::NotYetValid),
        (vec![WrongName, SelfSigned], Cause::WrongName),
        (vec![SelfSigned], Cause::SelfSigned),
        (vec![UnknownIssuer], Cause::UnknownCa),
        (vec![Malformed { text: "<b>".into() }], Cause::BadCertificate),
        (vec![BadSignature], Cause::BadCertificate),
    ] {
        assert_eq!(dark(never_opened(), untrusted(&problems)), (cause, Confidence::Certain), "{problems:?}");
    }
}

#[test]
fn a_certificate_other_than_the_one_in_use_before_was_replaced() {
    let probe = Box::new(untrusted(&[TrustProblem::SelfSigned]));
    let seat = |known: &str| ServerCheck::Looked { probe: probe.clone(), known: Some(known.into()) };
    let cause = |known| verdict(was_connected(abnormal(false)), FAILED, FAILED, None, seat(known));
    assert_eq!(cause("CC:DD"), (Cause::Replaced, Confidence::Certain));
    assert_eq!(cause("AA:BB"), (Cause::SelfSigned, Confidence::Certain), "this browser no longer accepts it");
}

#[test]
fn a_wrong_name_is_the_cause_after_a_cut_too() {
    let seat = looked(untrusted(&[TrustProblem::WrongName, TrustProblem::SelfSigned]));
    let seen = verdict(was_connected(abnormal(false)), FAILED, FAILED, None, seat);
    assert_eq!(seen, (Cause::WrongName, Confidence::Certain));
}

#[test]
fn a_certificate_is_no_cause_once_this_browser_is_answered_again() {
    let info = answered(401, Body::Empty);
    let seat = looked(untrusted(&[TrustProblem::SelfSigned]));
    let outage = was_connected(abnormal(false));
    let seen = verdict(outage, info, Reach::Arrived { ms: 1 }, Some(answered(200, Body::Info)), seat);
    assert_eq!(seen, (Cause::Cut, Confidence::Certain));
}

#[test]
fn a_clock_that_is_off_speaks_for_a_certificate_that_only_this_browser_refuses() {
    let grounds = |skew| {
        let mut machine = never_opened();
        step(&mut machine, Event::Diagnose, 61_002);
        for observation in [
            Observation::Portal(Some(PortalCheck { ms: 1, skew: Some(skew) })),
            Observation::Opaque(FAILED),
            Observation::Info(FAILED),
            Observation::Server(looked(healthy())),
        ] {
            step(&mut machine, Event::Seen(observation), 61_003);
        }
        let why = rank(&machine).remove(0).why;
        why.iter().filter_map(words::basis).collect::<String>()
    };
    let day = 86_400_000;
    assert!(grounds(day).contains("clock is 24 h behind the server's"), "{}", grounds(day));
    assert!(grounds(-day).contains("clock is 24 h ahead of the server's"), "{}", grounds(-day));
    assert!(!grounds(90_000).contains("clock"), "{}", grounds(90_000));
}

#[test]
fn what_is_not_tls_is_named() {
    let banner = TlsFailure::OtherProtocol { starts_with: "SSH-2.0".into() };
    for (failure, cause) in [
        (TlsFailure::PlainHttp, Cause::PlainHttp),
        (banner, Cause::OtherProtocol),
        (TlsFailure::OldVersion, Cause::OldTls),
        (TlsFailure::Closed, Cause::TlsFailed),
    ] {
        assert_eq!(dark(never_opened(), broken_tls(failure)), (cause, Confidence::Certain));
    }
}

#[test]
fn sign_in_faults_are_certain_from_here() {
    let info = answered(401, Body::Empty);
    let with = |signed_in| from_here(never_opened(), info, Reach::Arrived { ms: 1 }, signed_in);
    assert_eq!(with(None), (Cause::SignIn, Confidence::Certain));
    assert_eq!(with(Some(answered(401, Body::Empty))), (Cause::SignIn, Confidence::Certain));
    assert_eq!(with(Some(answered(403, Body::Empty))), (Cause::TokenExpired, Confidence::Certain));
    assert_eq!(with(Some(answered(403, Body::Error))), (Cause::NoRights, Confidence::Certain));
    assert_eq!(with(Some(answered(400, Body::Error))), (Cause::ClockSkew, Confidence::Probable));
}

#[test]
fn an_answer_to_the_sign_in_without_a_token_has_its_cause() {
    for (status, body, cause) in [
        (401, Body::Empty, Cause::Credentials),
        (403, Body::Error, Cause::Credentials),
        (404, Body::Error, Cause::Credentials),
        (404, Body::Foreign, Cause::NotDrp),
        (400, Body::Error, Cause::ClockSkew),
        (503, Body::Foreign, Cause::BadGateway),
        (200, Body::Foreign, Cause::NotDrp),
    ] {
        assert_eq!(of_refusal(answered(status, body)), cause, "{status}");
    }
}

#[test]
fn another_server_and_a_gateway_are_told_by_what_they_answer() {
    let arrived = Reach::Arrived { ms: 1 };
    assert_eq!(
        from_here(never_opened(), answered(404, Body::Foreign), arrived, None),
        (Cause::NotDrp, Confidence::Certain)
    );
    assert_eq!(
        from_here(never_opened(), answered(502, Body::Foreign), arrived, None),
        (Cause::BadGateway, Confidence::Certain)
    );
    let unread = (Cause::NotDrpOrBadGateway, Confidence::Probable);
    assert_eq!(from_here(never_opened(), FAILED, arrived, None), unread);
    let gateway = Probe { http: passed(answer(502, false)), upgrade: passed(answer(502, false)), ..healthy() };
    assert_eq!(
        verdict(never_opened(), FAILED, arrived, None, looked(gateway)),
        (Cause::BadGateway, Confidence::Certain)
    );
    let other = Probe { http: passed(answer(404, false)), upgrade: passed(answer(404, false)), ..healthy() };
    assert_eq!(verdict(never_opened(), FAILED, arrived, None, looked(other)), (Cause::NotDrp, Confidence::Certain));
}

#[test]
fn a_stripped_upgrade_is_seen_by_the_server_and_guessed_from_here() {
    let (info, good) = (answered(401, Body::Empty), Some(answered(200, Body::Info)));
    let arrived = Reach::Arrived { ms: 1 };
    assert_eq!(from_here(never_opened(), info, arrived, good), (Cause::NoUpgrade, Confidence::Probable));
    for status in [200, 426] {
        let probe = Probe { upgrade: passed(answer(status, false)), ..healthy() };
        let seen = verdict(never_opened(), info, arrived, good, looked(probe));
        assert_eq!(seen, (Cause::NoUpgrade, Confidence::Certain), "{status}");
    }
}

#[test]
fn an_accepted_certificate_does_not_hide_what_the_server_sees_behind_it() {
    let (info, good) = (answered(401, Body::Empty), Some(answered(200, Body::Info)));
    let arrived = Reach::Arrived { ms: 1 };
    let behind = |upgrade| Probe { upgrade, ..untrusted(&[TrustProblem::SelfSigned]) };
    let seen = |probe| verdict(was_connected(abnormal(false)), info, arrived, good, looked(probe));
    assert_eq!(seen(behind(passed(answer(200, false)))), (Cause::NoUpgrade, Confidence::Certain));
    assert_eq!(seen(behind(why(HttpFailure::Timeout))), (Cause::NoAnswer, Confidence::Certain));
    let gateway = Probe { http: passed(answer(503, false)), ..behind(passed(answer(503, false))) };
    let unread = verdict(was_connected(abnormal(false)), FAILED, arrived, None, looked(gateway));
    assert_eq!(unread, (Cause::BadGateway, Confidence::Certain));
}

#[test]
fn a_close_that_asks_for_a_sign_in_is_the_endpoints_own_word() {
    let mut machine = Machine::default();
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap()), 0);
    step(&mut machine, Event::Opened(ConnectionId(1)), 1);
    let close = Close { code: CloseCode(1008), ..abnormal(false) };
    step(&mut machine, Event::Closed(ConnectionId(1), close), 60_001);
    let (info, good) = (answered(401, Body::Empty), Some(answered(200, Body::Info)));
    let seen = verdict(machine, info, Reach::Arrived { ms: 1 }, good, looked(healthy()));
    assert_eq!(seen, (Cause::Closed, Confidence::Certain));
}

#[test]
fn a_refused_sign_in_outweighs_the_refusal_that_the_server_always_gets() {
    let probe = Probe { upgrade: passed(answer(403, true)), ..healthy() };
    let info = answered(401, Body::Empty);
    let signed_in = Some(answered(403, Body::Empty));
    let seen = verdict(never_opened(), info, Reach::Arrived { ms: 1 }, signed_in, looked(probe));
    assert_eq!(seen, (Cause::TokenExpired, Confidence::Certain));
}

#[test]
fn a_certificate_that_this_browser_accepted_is_no_cause() {
    let probe = untrusted(&[TrustProblem::SelfSigned]);
    let info = answered(401, Body::Empty);
    let seen = verdict(never_opened(), info, Reach::Arrived { ms: 1 }, None, looked(probe));
    assert_eq!(seen, (Cause::SignIn, Confidence::Certain));
}

#[test]
fn a_good_certificate_from_the_servers_seat_does_not_overrule_this_browser() {
    assert_eq!(dark(never_opened(), healthy()), (Cause::UnreachableOrUntrusted, Confidence::Probable));
}

#[test]
fn the_ends_of_standing_connections_are_told_apart() {
    let seen = |close| from_here(was_connected(close), SILENT, SILENT, None).0;
    assert_eq!(seen(Close::given_up(GivenUp::Silence)), Cause::Silence);
    let recovery = |close| {
        let outage = was_connected(close).outage().cloned().unwrap();
        of_recovery(&outage, &History::default(), Some((Cause::UnreachableOrUntrusted, Confidence::Probable))).unwrap()
    };
    let code = |code| Close { code: CloseCode(code), ..abnormal(false) };
    assert_eq!(recovery(abnormal(false)), (Cause::Restart, Confidence::Probable));
    assert_eq!(recovery(abnormal(true)), (Cause::Violation, Confidence::Probable));
    assert_eq!(recovery(code(1009)), (Cause::TooLarge, Confidence::Certain));
    assert_eq!(recovery(code(1011)), (Cause::Closed, Confidence::Certain));
    assert_eq!(recovery(Close::given_up(GivenUp::Silence)), (Cause::Silence, Confidence::Certain));
}

#[test]
fn what_the_browser_itself_blocks_is_certain() {
    let with = |observations: Vec<Observation>| {
        let mut machine = never_opened();
        for observation in observations {
            step(&mut machine, Event::Seen(observation), 2);
        }
        machine.diagnosis().best()
    };
    assert_eq!(with(vec![Observation::Network(false)]), Some((Cause::Offline, Confidence::Certain)));
    assert_eq!(with(vec![Observation::MixedContent(true)]), Some((Cause::Mixed, Confidence::Certain)));
    assert_eq!(with(vec![Observation::Csp(Some("connect-src".into()))]), Some((Cause::Csp, Confidence::Certain)));
}

#[test]
fn a_denied_permission_is_certain_once_the_server_sees_a_healthy_endpoint() {
    let mut machine = never_opened();
    for observation in [
        Observation::Permission(Permission::Denied),
        Observation::Server(looked(healthy())),
        Observation::Opaque(FAILED),
        Observation::Info(FAILED),
    ] {
        step(&mut machine, Event::Seen(observation), 2);
    }
    assert_eq!(machine.diagnosis().best(), Some((Cause::LocalNetwork, Confidence::Certain)));
}

#[test]
fn a_permission_that_was_never_asked_for_is_not_blamed_for_a_cut() {
    let seen = |mut machine: Machine| {
        for observation in [
            Observation::Permission(Permission::Prompt),
            Observation::Server(looked(Probe { endpoint: "https://10.0.0.7:8092".into(), ..healthy() })),
            Observation::Opaque(FAILED),
            Observation::Info(FAILED),
        ] {
            step(&mut machine, Event::Seen(observation), 61_002);
        }
        rank(&machine).first().map(|finding| finding.cause)
    };
    assert_eq!(seen(was_connected(abnormal(false))), Some(Cause::UnreachableOrUntrusted));
}
