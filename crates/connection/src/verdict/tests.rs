//! One test for each fault: the cause that is named from here alone, and with the server.

use super::*;
use crate::client::Browser;
use crate::close_code::CloseCode;
use crate::evidence::{Body, KnownCertificate, Observation, Permission, PersonSaw, PortalCheck, Reach, ServerCheck};
use crate::loss::{Close, GivenUp};
use crate::machine::{ConnectionId, Event, Machine, Phase, SignInAnswer};
use crate::probe::{
    Certificate, Compared, Dial, DialOutcome, Hsts, HttpAnswer, HttpFailure, HttpOutcome, NameFailure, Probe, Step,
    Tls, TlsFailure, TrustProblem,
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
    let mut machine = Machine::default().with_client(CHROMIUM);
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap(), Credential::None), 0);
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
fn all(
    machine: &mut Machine,
    info: Reach,
    opaque: Reach,
    signed_in: Option<Reach>,
    server: ServerCheck,
    more: Option<Observation>,
) {
    step(machine, Event::Diagnose, 61_002);
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
        step(machine, Event::Seen(observation), 61_003);
    }
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
    step(&mut machine, Event::Connect(Endpoint::parse("http://drp.example").unwrap(), Credential::None), 0);
    step(&mut machine, Event::Closed(ConnectionId(1), abnormal(true)), 1);
    assert_eq!(from_here(machine, FAILED, FAILED, None), (Cause::Down, Confidence::Probable));
}

#[test]
fn down_and_no_name_are_told_apart_by_the_server() {
    assert_eq!(dark(never_opened(), refused()), (Cause::Down, Confidence::Probable));
    let nameless = Probe { name: why(NameFailure::NotFound), tcp: Step::Skipped, ..refused() };
    assert_eq!(dark(never_opened(), nameless), (Cause::NoName, Confidence::Probable));
}

#[test]
fn an_endpoint_that_went_away_in_use_has_crashed() {
    assert_eq!(dark(was_connected(abnormal(false)), refused()), (Cause::Crash, Confidence::Probable));
}

#[test]
fn what_the_server_saw_well_while_it_was_in_use_here_and_then_gone_is_certain() {
    let mut machine = Machine::default().with_client(CHROMIUM);
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap(), Credential::None), 0);
    step(&mut machine, Event::Opened(ConnectionId(1)), 1);
    step(&mut machine, Event::Inspected(Box::new(healthy())), 3_000);
    step(&mut machine, Event::Closed(ConnectionId(1), abnormal(false)), 60_001);
    step(&mut machine, Event::Tick, 61_000);
    let id = machine.phase().live().unwrap();
    step(&mut machine, Event::Closed(id, abnormal(true)), 61_001);
    assert_eq!(dark(machine, refused()), (Cause::Crash, Confidence::Certain));
}

#[test]
fn no_answer_is_certain_where_both_waited_for_it() {
    for probe in [broken_tls(TlsFailure::Timeout), Probe { http: why(HttpFailure::Timeout), ..healthy() }] {
        let seen = |reach| verdict(never_opened(), reach, reach, None, looked(probe.clone()));
        assert_eq!(seen(SILENT), (Cause::NoAnswer, Confidence::Certain));
        assert_eq!(seen(FAILED), (Cause::NoAnswer, Confidence::Probable));
    }
    let silent = Probe { tcp: why(dial(DialOutcome::Timeout)), tls: Step::Skipped, http: Step::Skipped, ..healthy() };
    let seen = verdict(never_opened(), SILENT, SILENT, None, looked(silent));
    assert_eq!(seen, (Cause::Down, Confidence::Certain), "a port that takes no connection has not accepted one");
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
        let probe = untrusted(&problems);
        assert_eq!(dark(never_opened(), probe.clone()), (cause, Confidence::Probable), "{problems:?}");
        assert_eq!(dark(tls_refused(), probe), (cause, Confidence::Certain), "{problems:?}");
    }
}

#[test]
fn a_certificate_other_than_the_one_in_use_before_was_replaced() {
    let probe = Box::new(untrusted(&[TrustProblem::SelfSigned]));
    let seat = |known: &str| {
        let known = KnownCertificate { fingerprint: known.into(), ..KnownCertificate::default() };
        ServerCheck::Looked { probe: probe.clone(), known: Some(known) }
    };
    let cause = |known| verdict(was_connected(abnormal(false)), FAILED, FAILED, None, seat(known));
    assert_eq!(cause("CC:DD"), (Cause::Replaced, Confidence::Probable));
    assert_eq!(cause("AA:BB"), (Cause::Forgotten, Confidence::Probable), "this browser no longer accepts it");
}

#[test]
fn a_wrong_name_is_the_cause_after_a_cut_too() {
    let seat = looked(untrusted(&[TrustProblem::WrongName, TrustProblem::SelfSigned]));
    let seen = verdict(was_connected(abnormal(false)), FAILED, FAILED, None, seat);
    assert_eq!(seen, (Cause::WrongName, Confidence::Probable));
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
fn a_clock_by_which_a_good_certificate_is_out_of_date_is_the_cause() {
    let seen = |skew| {
        let mut machine = never_opened();
        let clock = Observation::Portal(Some(PortalCheck { ms: 1, skew: Some(skew) }));
        all(&mut machine, FAILED, FAILED, None, looked(healthy()), Some(clock));
        machine.diagnosis().best().unwrap()
    };
    let year = 365 * 86_400_000;
    assert_eq!(seen(-10 * year), (Cause::YourClock, Confidence::Certain));
    assert_eq!(seen(10 * year), (Cause::YourClock, Confidence::Certain));
    assert_eq!(seen(year / 365), (Cause::BrowserOnly, Confidence::Probable), "it is valid on that day, too");
}

#[test]
fn what_is_not_tls_is_named() {
    let banner = TlsFailure::OtherProtocol { starts_with: "SSH-2.0".into() };
    for (failure, cause) in [
        (TlsFailure::PlainHttp, Cause::PlainHttp),
        (banner, Cause::OtherProtocol),
        (TlsFailure::OldVersion, Cause::OldTls),
        (TlsFailure::Closed, Cause::TlsFailed),
        (TlsFailure::NoBytes { reset: true }, Cause::NobodyBehind),
        (TlsFailure::Alert { name: "unrecognized_name".into() }, Cause::WrongSite),
    ] {
        assert_eq!(dark(never_opened(), broken_tls(failure)), (cause, Confidence::Probable));
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
        (Cause::BadGateway, Confidence::Probable)
    );
    let other = Probe { http: passed(answer(404, false)), upgrade: passed(answer(404, false)), ..healthy() };
    assert_eq!(verdict(never_opened(), FAILED, arrived, None, looked(other)), (Cause::NotDrp, Confidence::Probable));
    let seen = verdict(never_opened(), SILENT, SILENT, None, looked(untrusted(&[TrustProblem::SelfSigned])));
    assert_eq!(seen, (Cause::BrowserOnly, Confidence::Probable), "a certificate is refused at once");
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
    assert_eq!(unread, (Cause::BadGateway, Confidence::Probable));
}

#[test]
fn a_close_that_asks_for_a_sign_in_is_the_endpoints_own_word() {
    let mut machine = Machine::default().with_client(CHROMIUM);
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap(), Credential::None), 0);
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
    assert_eq!(dark(never_opened(), healthy()), (Cause::BrowserOnly, Confidence::Probable));
    assert_eq!(dark(tls_refused(), healthy()), (Cause::Untrusted, Confidence::Certain));
}

#[test]
fn the_ends_of_standing_connections_are_told_apart() {
    let seen = |close| from_here(was_connected(close), SILENT, SILENT, None).0;
    assert_eq!(seen(Close::given_up(GivenUp::Silence)), Cause::Silence);
    let recovery = |close| {
        let outage = was_connected(close).outage().cloned().unwrap();
        let named = Some((Cause::UnreachableOrUntrusted, Confidence::Probable));
        of_recovery(&outage, &History::default(), CHROMIUM, named).unwrap()
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
    let seen = |permission, outage| {
        let mut machine = outage;
        let permission = Observation::Permission(permission);
        all(&mut machine, FAILED, FAILED, None, looked(healthy()), Some(permission));
        machine.diagnosis().best().unwrap()
    };
    assert_eq!(seen(Permission::Denied, never_opened()), (Cause::LocalNetwork, Confidence::Certain));
    // A permission that was never asked for is not blamed where something else fits as well.
    assert_eq!(seen(Permission::Prompt, never_opened()), (Cause::BrowserOnly, Confidence::Probable));
    assert_eq!(seen(Permission::Prompt, was_connected(abnormal(false))), (Cause::BrowserOnly, Confidence::Probable));
    assert_eq!(seen(Permission::Prompt, tls_refused()), (Cause::Untrusted, Confidence::Certain));
}

#[test]
fn a_status_without_drps_marks_is_not_drps() {
    let good = (answered(401, Body::Empty), Reach::Arrived { ms: 1 }, Some(answered(200, Body::Info)));
    let html = |status| HttpAnswer { content_type: Some("text/html".into()), ..answer(status, false) };
    let redirect = |status, to: &str| HttpAnswer { location: Some(to.into()), ..answer(status, false) };
    let busy = HttpAnswer { retry_after_s: Some(30), ..answer(503, false) };
    for (upgrade, cause) in [
        (html(403), Cause::Firewall),
        (HttpAnswer { firewall: Some("cloudflare".into()), ..answer(403, false) }, Cause::Firewall),
        (redirect(302, "https://sso.example/login"), Cause::LoginWall),
        (redirect(301, "https://other.example/"), Cause::Moved),
        (answer(429, false), Cause::TooMany),
        (busy, Cause::TooMany),
        (answer(431, false), Cause::HeadTooLarge),
        (answer(525, false), Cause::BadGateway),
        (answer(200, false), Cause::NoUpgrade),
    ] {
        let probe = Probe { upgrade: passed(upgrade.clone()), ..healthy() };
        let seen = verdict(never_opened(), good.0, good.1, good.2, looked(probe));
        assert_eq!(seen, (cause, Confidence::Certain), "{upgrade:?}");
    }
}

#[test]
fn the_servers_own_401_is_evidence_for_nothing() {
    let (info, good) = (answered(401, Body::Empty), Some(answered(200, Body::Info)));
    let seen = |probe| verdict(never_opened(), info, Reach::Arrived { ms: 1 }, good, looked(probe));
    assert_eq!(seen(healthy()), (Cause::SocketOnly, Confidence::Probable));
    let compared = Compared { without_origin: Some(HttpOutcome::Answered(401)), ..Compared::default() };
    let refused = Probe { upgrade: passed(answer(403, false)), compared, ..healthy() };
    assert_eq!(seen(refused), (Cause::OriginRefused, Confidence::Certain));
    let compared = Compared { large_head: Some(HttpOutcome::Answered(431)), ..Compared::default() };
    assert_eq!(seen(Probe { compared, ..healthy() }), (Cause::HeadTooLarge, Confidence::Probable));
}

#[test]
fn accepting_is_not_offered_where_the_browser_does_not_offer_it() {
    let under = |host: &str| {
        let mut machine = Machine::default().with_client(CHROMIUM);
        step(&mut machine, Event::Connect(Endpoint::parse(host).unwrap(), Credential::None), 0);
        step(&mut machine, Event::Closed(ConnectionId(1), abnormal(true)), 1);
        dark(machine, untrusted(&[TrustProblem::SelfSigned])).0
    };
    assert_eq!(under("drp.dev"), Cause::CannotAccept);
    assert_eq!(under("drp.example"), Cause::SelfSigned);
    let hsts = |subdomains| {
        let told = Hsts { host: "example".into(), max_age_s: 60, subdomains };
        let compared = Compared { hsts: vec![told], ..Compared::default() };
        dark(never_opened(), Probe { compared, ..untrusted(&[TrustProblem::SelfSigned]) }).0
    };
    assert_eq!([hsts(true), hsts(false)], [Cause::CannotAccept, Cause::SelfSigned]);
    let key_usage = untrusted(&[TrustProblem::KeyUsage, TrustProblem::SelfSigned]);
    assert_eq!(dark(never_opened(), key_usage.clone()).0, Cause::CannotAccept);
    assert_eq!(dark(tls_refused(), key_usage).0, Cause::SelfSigned, "Firefox takes it");
}

#[test]
fn what_the_person_saw_counts_at_once_and_can_be_taken_back() {
    let mut machine = never_opened();
    all(&mut machine, FAILED, FAILED, None, looked(untrusted(&[TrustProblem::SelfSigned])), None);
    let mut told = |saw| {
        step(&mut machine, Event::Told(saw), 61_100);
        machine.diagnosis().best().unwrap()
    };
    assert_eq!(told(Some(PersonSaw::Unreachable)), (Cause::BrowserOnly, Confidence::Certain));
    assert_eq!(told(Some(PersonSaw::Warning)), (Cause::SelfSigned, Confidence::Certain));
    assert_eq!(told(Some(PersonSaw::OtherCertificate)), (Cause::Intercepted, Confidence::Certain));
    assert_eq!(told(Some(PersonSaw::DeadEnd)), (Cause::CannotAccept, Confidence::Certain));
    assert_eq!(told(None), (Cause::SelfSigned, Confidence::Probable));
}

#[test]
fn a_password_in_hand_is_no_missing_sign_in() {
    let mut machine = Machine::default().with_client(CHROMIUM);
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap(), Credential::Password), 0);
    step(&mut machine, Event::SignInAnswered(ConnectionId(1), SignInAnswer::Unanswered), 1);
    step(&mut machine, Event::Closed(ConnectionId(1), abnormal(true)), 2);
    all(&mut machine, answered(401, Body::Empty), Reach::Arrived { ms: 1 }, None, looked(healthy()), None);
    assert_eq!(machine.diagnosis().best(), None);
    assert!(matches!(machine.phase(), Phase::Waiting { .. } | Phase::Connecting { .. } | Phase::NeedsYou { .. }));
}

#[test]
fn a_pause_that_an_answer_asks_for_is_kept() {
    let mut machine = never_opened();
    let busy = || passed(HttpAnswer { retry_after_s: Some(30), ..answer(429, false) });
    let probe = Probe { http: busy(), upgrade: busy(), ..healthy() };
    all(&mut machine, answered(429, Body::Foreign), Reach::Arrived { ms: 1 }, None, looked(probe), None);
    assert_eq!(machine.diagnosis().best(), Some((Cause::TooMany, Confidence::Certain)));
    let Phase::Waiting { until, not_before: true, .. } = machine.phase() else { panic!("{:?}", machine.phase()) };
    assert_eq!(until, 61_003 + 30_000);
}
