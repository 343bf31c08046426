//! Several faults at once, faults that follow each other, and vantages that disagree: what is named leads to a cure, and
//! nothing that may be false is certain.

use super::*;
use crate::probe::{AddressCheck, AddressOutcome};

use Cause::*;
use Confidence::{Certain, Probable};

/// What one look saw.
struct Situation {
    machine: Machine,
    info: Reach,
    opaque: Reach,
    signed_in: Option<Reach>,
    server: ServerCheck,
    more: Option<Observation>,
}

/// Nothing comes back to this page, and the server sees this.
fn dark_with(probe: Probe) -> Situation {
    let server = looked(probe);
    Situation { machine: never_opened(), info: FAILED, opaque: FAILED, signed_in: None, server, more: None }
}

/// DRP answers this page and takes its sign-in, and the server sees this.
fn signed_in_with(probe: Probe) -> Situation {
    Situation {
        info: answered(401, Body::Empty),
        opaque: Reach::Arrived { ms: 1 },
        signed_in: Some(answered(200, Body::Info)),
        ..dark_with(probe)
    }
}

/// This page reads an answer that is not DRP's, and the server sees this.
fn reads(status: u16, probe: Probe) -> Situation {
    Situation { info: answered(status, Body::Foreign), opaque: Reach::Arrived { ms: 1 }, ..dark_with(probe) }
}

impl Situation {
    fn after(self, machine: Machine) -> Self {
        Self { machine, ..self }
    }

    fn waited(self) -> Self {
        Self { info: SILENT, opaque: SILENT, ..self }
    }

    fn with(self, more: Observation) -> Self {
        Self { more: Some(more), ..self }
    }

    fn told(self, saw: PersonSaw) -> (Cause, Confidence) {
        let mut machine = self.machine;
        all(&mut machine, self.info, self.opaque, self.signed_in, self.server, self.more);
        step(&mut machine, Event::Told(Some(saw)), 61_100);
        machine.diagnosis().best().expect("a cause")
    }

    fn verdict(self) -> (Cause, Confidence) {
        let mut machine = self.machine;
        all(&mut machine, self.info, self.opaque, self.signed_in, self.server, self.more);
        machine.diagnosis().best().expect("a cause")
    }

    /// Names one of these, and at most this sure.
    #[track_caller]
    fn is(self, right: &[Cause], at_most: Confidence) {
        let (cause, confidence) = self.verdict();
        assert!(right.contains(&cause), "{cause:?} is none of {right:?}");
        assert!(confidence <= at_most, "{cause:?} is {confidence:?}");
    }
}

fn page(status: u16) -> HttpAnswer {
    HttpAnswer { content_type: Some("text/html; charset=utf-8".into()), ..answer(status, false) }
}

fn redirect(to: &str) -> HttpAnswer {
    HttpAnswer { location: Some(to.into()), ..answer(302, false) }
}

fn answers(answer: HttpAnswer, probe: Probe) -> Probe {
    Probe { http: passed(answer.clone()), upgrade: passed(answer), ..probe }
}

fn at(address: &str, outcome: AddressOutcome) -> AddressCheck {
    AddressCheck { address: address.into(), outcome }
}

fn addresses(six: AddressOutcome) -> Probe {
    let addresses = vec![at("[fd00::7]:8092", six), at("10.0.0.7:8092", AddressOutcome::Drp)];
    Probe { compared: Compared { addresses, ..Compared::default() }, ..healthy() }
}

fn skewed(ms: i64) -> Observation {
    Observation::Portal(Some(PortalCheck { ms: 1, skew: Some(ms) }))
}

/// A connection during which the server saw the endpoint well.
fn seen_healthy() -> Machine {
    let mut machine = Machine::default().with_client(CHROMIUM);
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap(), Credential::None), 0);
    step(&mut machine, Event::Opened(ConnectionId(1)), 1);
    step(&mut machine, Event::Inspected(ConnectionId(1), Box::new(healthy())), 5_000);
    step(&mut machine, Event::Closed(ConnectionId(1), abnormal(false)), 60_001);
    step(&mut machine, Event::Tick, 61_000);
    let id = machine.phase().live().unwrap();
    step(&mut machine, Event::Closed(id, abnormal(true)), 61_001);
    machine
}

#[test]
fn a_certificate_with_two_faults_has_one_of_their_cures() {
    let both = untrusted(&[TrustProblem::Expired, TrustProblem::WrongName]);
    dark_with(both).is(&[Expired, WrongName], Probable);
    let expired = untrusted(&[TrustProblem::Expired, TrustProblem::SelfSigned]);
    let hsts = vec![Hsts { host: "drp.example".into(), max_age_s: 60, subdomains: false }];
    let held = Probe { compared: Compared { hsts, ..Compared::default() }, ..expired };
    dark_with(held).is(&[CannotAccept], Probable);
}

#[test]
fn nobody_is_led_to_accept_the_certificate_of_what_is_not_drp() {
    let own = || untrusted(&[TrustProblem::SelfSigned]);
    dark_with(answers(page(200), own())).is(&[NotDrp], Probable);
    dark_with(answers(page(404), own())).is(&[NotDrp], Probable);
    let captive = untrusted(&[TrustProblem::WrongName]);
    dark_with(answers(redirect("https://hotspot.example/login"), captive)).is(&[LoginWall], Probable);
    // Behind a gateway without DRP the certificate is the gateway's, and to be accepted all the same.
    dark_with(answers(answer(502, false), own())).is(&[SelfSigned], Probable);
}

#[test]
fn a_load_balancer_that_answers_the_upgrade_with_a_page_passes_no_websockets_on() {
    signed_in_with(Probe { upgrade: passed(page(200)), ..healthy() }).is(&[NoUpgrade], Certain);
    signed_in_with(Probe { upgrade: passed(answer(400, true)), ..healthy() }).is(&[NoUpgrade], Certain);
}

#[test]
fn an_address_that_is_closed_is_no_fault_and_one_that_speaks_otherwise_is() {
    dark_with(addresses(AddressOutcome::Tcp(DialOutcome::Refused))).is(&[BrowserOnly], Probable);
    dark_with(addresses(AddressOutcome::Tcp(DialOutcome::Timeout))).is(&[BrowserOnly], Probable);
    let ssh = TlsFailure::OtherProtocol { starts_with: "SSH-2.0".into() };
    dark_with(addresses(AddressOutcome::Tls(ssh))).is(&[SomeAddresses], Probable);
}

#[test]
fn a_refusal_that_this_page_can_read_is_not_yet_another_server() {
    for (status, right) in [(401, LoginWall), (403, Firewall), (500, NotDrpOrBadGateway), (400, NotDrpOrBadGateway)] {
        let alone = Situation { server: ServerCheck::Away, ..reads(status, healthy()) };
        alone.is(&[right], Probable);
    }
    // The server is answered by DRP: another server stands before this browser, not at the address.
    for status in [200, 401, 403, 404] {
        reads(status, healthy()).is(&[BrowserOnly], Probable);
    }
    // The server was told something else than this page.
    reads(403, answers(redirect("https://sso.example/"), healthy())).is(&[LoginWall], Probable);
    reads(404, answers(page(404), healthy())).is(&[NotDrp], Certain);
}

#[test]
fn an_answer_to_the_sign_in_that_something_in_front_may_have_given_is_a_guess() {
    for (status, right) in [(401, LoginWall), (403, Firewall), (500, NotDrpOrBadGateway)] {
        let mut machine = Machine::default().with_client(CHROMIUM);
        step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap(), Credential::Password), 0);
        let refused = SignInAnswer::Refused(answered(status, Body::Foreign));
        step(&mut machine, Event::SignInAnswered(ConnectionId(1), refused), 1);
        assert_eq!(machine.diagnosis().best(), Some((right, Probable)), "{status}");
    }
}

#[test]
fn what_ends_the_servers_connections_is_not_certain_to_end_this_browsers() {
    for failure in [TlsFailure::NoBytes { reset: true }, TlsFailure::Closed] {
        dark_with(broken_tls(failure)).after(seen_healthy()).is(&[NobodyBehind, TlsFailed], Probable);
    }
    let half = Probe { http: why(HttpFailure::Closed), upgrade: StepResult::Skipped, ..healthy() };
    dark_with(half).after(seen_healthy()).is(&[BadGateway], Probable);
    // The portal's server has lost its own way to the endpoint.
    let lost = Probe { tcp: why(dial(DialOutcome::Unreachable)), ..refused() };
    dark_with(lost).after(seen_healthy()).is(&[Down, Crash], Probable);
    // Its port is closed, and the connection here was cut: that is the endpoint.
    dark_with(refused()).after(seen_healthy()).is(&[Crash], Certain);
}

#[test]
fn an_answer_to_the_server_does_not_explain_silence_here() {
    let gateway = answers(answer(502, false), healthy());
    dark_with(gateway.clone()).after(seen_healthy()).is(&[BadGateway, BrowserOnly], Probable);
    dark_with(gateway).waited().is(&[BadGateway, BrowserOnly, NoAnswer], Probable);
}

#[test]
fn a_slow_endpoint_that_keeps_both_waiting_gives_no_answer() {
    let slow = || Probe { http: why(HttpFailure::Timeout), upgrade: StepResult::Skipped, ..healthy() };
    dark_with(slow()).waited().is(&[NoAnswer], Certain);
    dark_with(slow()).is(&[NoAnswer], Probable);
    // A port that drops packets: that it is the endpoint which went down is more than anybody saw.
    let dropped = Probe { tcp: why(dial(DialOutcome::Timeout)), ..refused() };
    dark_with(dropped).waited().after(seen_healthy()).is(&[Down], Certain);
}

#[test]
fn what_the_server_dates_by_a_wrong_clock_is_not_held_against_this_browser() {
    let years = 10 * 365 * 86_400_000;
    let problem = |problem| untrusted(&[problem]);
    // The server's clock is ten years ahead, and it finds the certificate to have ended.
    let ahead = || Probe { at_ms: START.wall + 315_360_000_000, ..problem(TrustProblem::Expired) };
    dark_with(ahead()).with(skewed(years)).is(&[UnreachableOrUntrusted], Probable);
    dark_with(ahead()).with(skewed(years)).after(tls_refused()).is(&[Untrusted], Probable);
    let behind = Probe { at_ms: START.wall - 315_360_000_000, ..problem(TrustProblem::NotYetValid) };
    dark_with(behind).with(skewed(-years)).is(&[UnreachableOrUntrusted], Probable);
    // It is out of date by both clocks, however far they are apart.
    dark_with(ahead()).with(skewed(3_600_000)).is(&[Expired], Probable);
}

#[test]
fn a_server_that_could_not_look_leaves_the_page_with_what_it_can_know() {
    for server in [ServerCheck::CouldNotLook, ServerCheck::NotOffered, ServerCheck::Away] {
        Situation { server, ..dark_with(healthy()) }.is(&[UnreachableOrUntrusted], Probable);
    }
    let resolver = Probe { name: why(NameFailure::Timeout), tcp: StepResult::Skipped, ..refused() };
    dark_with(resolver).is(&[UnreachableOrUntrusted], Probable);
}

#[test]
fn the_servers_want_of_a_name_is_no_cause_where_this_browser_is_answered() {
    let nameless = || Probe {
        name: why(NameFailure::NotFound),
        tcp: StepResult::Skipped,
        tls: StepResult::Skipped,
        http: StepResult::Skipped,
        upgrade: StepResult::Skipped,
        ..healthy()
    };
    let wants = Situation { signed_in: Some(answered(401, Body::Empty)), ..signed_in_with(nameless()) };
    wants.is(&[SignIn], Certain);
    // Firefox says that it was answered, and refused.
    dark_with(nameless()).after(tls_refused()).is(&[Untrusted], Probable);
    dark_with(refused()).after(tls_refused()).is(&[Untrusted], Probable);
}

#[test]
fn drp_behind_a_path_is_another_server_at_the_address() {
    dark_with(answers(page(404), healthy())).is(&[NotDrp], Probable);
    let unread = Situation { opaque: Reach::Arrived { ms: 1 }, ..dark_with(answers(page(404), healthy())) };
    unread.is(&[NotDrp], Probable);
}

#[test]
fn a_pause_that_is_asked_for_on_a_page_is_a_gateways() {
    let busy = |answer: HttpAnswer| HttpAnswer { retry_after_s: Some(120), ..answer };
    let unread = |answer| Situation { opaque: Reach::Arrived { ms: 1 }, ..dark_with(answers(answer, healthy())) };
    unread(busy(page(503))).is(&[BadGateway], Probable);
    unread(busy(answer(503, false))).is(&[TooMany], Probable);
}

#[test]
fn an_endpoint_that_comes_back_with_another_authority_is_about_the_certificate_and_not_the_sign_in() {
    let known = KnownCertificate { fingerprint: "CC:DD".into(), ..KnownCertificate::default() };
    let probe = Box::new(untrusted(&[TrustProblem::UnknownIssuer]));
    let server = ServerCheck::Looked { probe, known: Some(known) };
    Situation { server, ..dark_with(healthy()) }.after(seen_healthy()).is(&[Replaced], Probable);
}

#[test]
fn the_word_offline_is_not_believed_where_something_answers() {
    let info = answered(401, Body::Empty);
    let lan = Situation { info, opaque: Reach::Arrived { ms: 1 }, ..dark_with(healthy()) };
    lan.with(Observation::Network(false)).is(&[SignIn], Certain);
}

#[test]
fn a_socket_that_waits_in_vain_behind_good_requests_is_not_refused_by_drp() {
    let mut machine = Machine::default().with_client(CHROMIUM);
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap(), Credential::None), 0);
    step(&mut machine, Event::Closed(ConnectionId(1), Close::given_up(GivenUp::ConnectTimeout)), 10_001);
    signed_in_with(healthy()).after(machine).is(&[NoAnswer, SocketOnly], Probable);
    signed_in_with(Probe { upgrade: passed(answer(101, false)), ..healthy() }).is(&[SocketOnly], Probable);
}

#[test]
fn no_way_past_an_error_is_about_the_certificate_only_where_there_is_one() {
    let seen = |probe| dark_with(probe).told(PersonSaw::DeadEnd);
    assert_eq!(seen(broken_tls(TlsFailure::PlainHttp)), (PlainHttp, Certain));
    assert_eq!(seen(broken_tls(TlsFailure::OldVersion)), (OldTls, Certain));
    assert_eq!(seen(untrusted(&[TrustProblem::SelfSigned])), (CannotAccept, Certain));
    assert_eq!(seen(refused()), (CannotAccept, Probable), "the server met something else");
    assert_eq!(seen(healthy()), (CannotAccept, Probable));
}

#[test]
fn a_code_of_this_browser_is_not_the_endpoints_fault_where_the_server_is_answered() {
    for cause in [Down, NoName, NobodyBehind, NoAnswer] {
        assert_eq!(dark_with(healthy()).told(PersonSaw::Code(cause)), (BrowserOnly, Certain), "{cause:?}");
    }
    assert_eq!(dark_with(refused()).told(PersonSaw::Code(Down)), (Down, Certain));
    assert_eq!(dark_with(refused()).told(PersonSaw::Code(NoName)).1, Probable, "they met different things");
    let alone = Situation { server: ServerCheck::Away, ..dark_with(healthy()) };
    assert_eq!(alone.told(PersonSaw::Code(NoName)), (NoName, Probable));
}

#[test]
fn another_certificate_is_not_certain_to_be_somebody_in_between() {
    let certificates = vec!["AA:BB".into(), "CC:DD".into()];
    let several =
        Probe { compared: Compared { certificates, ..Compared::default() }, ..untrusted(&[TrustProblem::SelfSigned]) };
    assert_eq!(dark_with(several).told(PersonSaw::OtherCertificate), (SelfSigned, Probable));
    let one = untrusted(&[TrustProblem::SelfSigned]);
    assert_eq!(dark_with(one).told(PersonSaw::OtherCertificate), (Intercepted, Probable));
}

#[test]
fn what_the_person_saw_is_over_once_drp_answers_or_the_world_has_moved() {
    for saw in [PersonSaw::DeadEnd, PersonSaw::OtherCertificate, PersonSaw::Unreachable, PersonSaw::Code(Untrusted)] {
        let mut machine = never_opened();
        all(&mut machine, FAILED, FAILED, None, looked(untrusted(&[TrustProblem::SelfSigned])), None);
        step(&mut machine, Event::Told(Some(saw)), 61_100);
        let mut moved = machine.clone();
        look(&mut moved, 90_000, FAILED, FAILED, None, looked(refused()), None);
        assert_eq!(moved.diagnosis().best(), Some((Down, Probable)), "{saw:?}");
        let mut same = machine.clone();
        look(&mut same, 90_000, FAILED, FAILED, None, looked(untrusted(&[TrustProblem::SelfSigned])), None);
        assert_eq!(same.diagnosis().best(), machine.diagnosis().best(), "{saw:?}");
        look(&mut machine, 90_000, answered(401, Body::Empty), Reach::Arrived { ms: 1 }, None, looked(healthy()), None);
        assert_eq!(machine.diagnosis().best(), Some((SignIn, Certain)), "{saw:?}");
    }
}

#[test]
fn a_refusal_of_tls_that_nobody_looked_into_may_be_about_something_else_than_the_certificate() {
    let mut machine = tls_refused();
    all(&mut machine, FAILED, FAILED, None, ServerCheck::Away, None);
    assert_eq!(machine.diagnosis().best(), Some((Untrusted, Probable)), "plain HTTP on the port ends so, too");
    let causes: Vec<_> = machine.diagnosis().findings().iter().map(|it| it.cause).collect();
    assert_eq!(causes, [Untrusted, TlsFailed]);
    step(&mut machine, Event::Tick, 70_000);
    if let Some(id) = machine.phase().live() {
        step(&mut machine, Event::Knocked(id, FAILED), 70_001);
    }
    look(&mut machine, 90_000, FAILED, FAILED, None, ServerCheck::Away, None);
    assert_eq!(machine.diagnosis().best(), Some((Untrusted, Probable)));
    look(&mut machine, 120_000, SILENT, SILENT, None, ServerCheck::Away, None);
    assert_eq!(machine.diagnosis().best(), Some((NoAnswer, Probable)), "what waits in vain has not been refused");
    look(&mut machine, 150_000, FAILED, FAILED, None, looked(refused()), None);
    let (cause, confidence) = machine.diagnosis().best().unwrap();
    assert!(confidence < Certain, "{cause:?}");
}

#[test]
fn what_fails_behind_a_certificate_that_was_in_use_a_moment_ago_is_the_cause() {
    let own = || untrusted(&[TrustProblem::SelfSigned]);
    let failing = |failure| Probe { http: why(failure), upgrade: StepResult::Skipped, ..own() };
    let before = || was_connected(abnormal(false));
    dark_with(failing(HttpFailure::CertificateRequired)).after(before()).is(&[ClientCertificate], Probable);
    // Firefox has one word for every end of TLS.
    let refused = Close { code: CloseCode::TLS_HANDSHAKE, ..abnormal(true) };
    let told = || was_connected_until(abnormal(false), refused.clone());
    dark_with(failing(HttpFailure::CertificateRequired)).after(told()).is(&[ClientCertificate], Probable);
    dark_with(own()).after(told()).is(&[SelfSigned], Certain);
    dark_with(failing(HttpFailure::Closed)).after(before()).is(&[BadGateway], Probable);
    dark_with(failing(HttpFailure::Timeout)).waited().after(before()).is(&[NoAnswer], Certain);
    let large_hello = Some(crate::probe::HelloOutcome::Ended);
    let large = || Probe { compared: Compared { large_hello, ..Compared::default() }, ..own() };
    dark_with(large()).after(before()).is(&[LargePackets], Probable);
    // Nobody has accepted it yet.
    dark_with(large()).is(&[SelfSigned], Probable);
    dark_with(failing(HttpFailure::Closed)).is(&[SelfSigned], Probable);
}

#[test]
fn a_server_without_ipv6_has_still_seen_a_port_that_is_silent() {
    let unreachable = Dial { address: "[fd00::7]:8092".into(), ms: 1, outcome: DialOutcome::Unreachable };
    let dials = [vec![unreachable], dial(DialOutcome::Timeout)].concat();
    dark_with(Probe { tcp: why(dials), ..refused() }).waited().is(&[Down], Certain);
}

#[test]
fn a_gate_that_is_shut_is_named_before_a_guess_at_what_is_behind_it() {
    let endpoint = Endpoint::parse("http://localhost:8092").unwrap();
    let seen = |permission, server| {
        let mut machine = Machine::default().with_client(CHROMIUM);
        step(&mut machine, Event::Connect(endpoint.clone(), Credential::None), 0);
        step(&mut machine, Event::Closed(ConnectionId(1), abnormal(true)), 1);
        let situation = Situation { server, ..dark_with(healthy()) };
        situation.after(machine).with(Observation::Permission(permission)).verdict()
    };
    assert_eq!(seen(Permission::Denied, ServerCheck::Away), (LocalNetwork, Probable));
    assert_eq!(seen(Permission::Prompt, ServerCheck::Away), (Down, Probable));
    assert_eq!(seen(Permission::Denied, looked(refused())), (Down, Probable), "the server looked behind it");
}
