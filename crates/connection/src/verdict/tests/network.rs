//! Faults before an answer comes, and how standing connections end.

use super::*;
use crate::probe::{AddressCheck, AddressOutcome};
use crate::way::{Mark, Station, Vantage, way};

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
    let nameless = Probe { name: why(NameFailure::NotFound), tcp: StepResult::Skipped, ..refused() };
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
    step(&mut machine, Event::Inspected(ConnectionId(1), Box::new(healthy())), 3_000);
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
    let silent = Probe {
        tcp: why(dial(DialOutcome::Timeout)),
        tls: StepResult::Skipped,
        http: StepResult::Skipped,
        ..healthy()
    };
    let seen = verdict(never_opened(), SILENT, SILENT, None, looked(silent));
    assert_eq!(seen, (Cause::Down, Confidence::Certain), "a port that takes no connection has not accepted one");
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
fn the_ends_of_standing_connections_are_told_apart() {
    let seen = |close| from_here(was_connected(close), SILENT, SILENT, None).0;
    assert_eq!(seen(Close::given_up(GivenUp::Silence)), Cause::Silence);
    let recovery_in = |browser, close| {
        let outage = was_connected(close).outage().cloned().unwrap();
        let named = Some((Cause::UnreachableOrUntrusted, Confidence::Probable));
        let client = Client { browser, ..CHROMIUM };
        of_recovery(&outage, &History::default(), client, named).unwrap()
    };
    let recovery = |close| recovery_in(Browser::Chromium, close);
    let code = |code| Close { code: CloseCode(code), ..abnormal(false) };
    assert_eq!(recovery(abnormal(false)), (Cause::Restart, Confidence::Probable));
    assert_eq!(recovery(abnormal(true)), (Cause::Violation, Confidence::Probable));
    for browser in [Browser::Firefox, Browser::WebKitGtk, Browser::Safari] {
        let reset = recovery_in(browser, abnormal(true));
        assert_eq!(reset, (Cause::Restart, Confidence::Probable), "an error comes with a reset, too: {browser:?}");
    }
    assert_eq!(recovery(code(1009)), (Cause::TooLarge, Confidence::Certain));
    assert_eq!(recovery(code(1011)), (Cause::Closed, Confidence::Certain));
    assert_eq!(recovery(Close::given_up(GivenUp::Silence)), (Cause::Silence, Confidence::Certain));
}

#[test]
fn what_stays_named_of_a_loss_gives_way_to_what_explains_it_at_least_as_well() {
    use Cause::{BadGateway, Closed, Cut, Down, Expired, Firewall, NoRights, SocketOnly, UnreachableOrUntrusted};
    use Confidence::{Certain, Possible, Probable};
    for (named, since, stays) in [
        (None, Some((Cut, Certain)), Some((Cut, Certain))),
        (Some((NoRights, Certain)), None, Some((NoRights, Certain))),
        // The mended endpoint, seen before the socket was tried again.
        (Some((NoRights, Certain)), Some((Cut, Certain)), Some((NoRights, Certain))),
        (Some((NoRights, Certain)), Some((Closed, Certain)), Some((NoRights, Certain))),
        (Some((Expired, Certain)), Some((SocketOnly, Probable)), Some((Expired, Certain))),
        // A restart with what mended it.
        (Some((Expired, Certain)), Some((Down, Certain)), Some((Expired, Certain))),
        // The world has moved.
        (Some((Expired, Certain)), Some((BadGateway, Certain)), Some((BadGateway, Certain))),
        (Some((Down, Certain)), Some((Expired, Probable)), Some((Expired, Probable))),
        (Some((Firewall, Probable)), Some((Down, Certain)), Some((Down, Certain))),
        // A guess explains nothing.
        (
            Some((Firewall, Possible)),
            Some((UnreachableOrUntrusted, Probable)),
            Some((UnreachableOrUntrusted, Probable)),
        ),
        (Some((Expired, Certain)), Some((Firewall, Possible)), Some((Expired, Certain))),
    ] {
        assert_eq!(kept(named, since), stays, "{named:?}, then {since:?}");
    }
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
    assert_eq!(seen(Permission::Prompt, tls_refused()), (Cause::Untrusted, Confidence::Probable));
}

#[test]
fn an_endpoint_on_this_computer_needs_no_network_in_the_picture_either() {
    let page = |host: &str| {
        let mut machine = Machine::default().with_client(CHROMIUM);
        step(&mut machine, Event::Connect(Endpoint::parse(host).unwrap(), Credential::None), 0);
        step(&mut machine, Event::Closed(ConnectionId(1), abnormal(true)), 1);
        all(&mut machine, FAILED, FAILED, None, ServerCheck::Away, Some(Observation::Network(false)));
        way(&machine).unwrap().mark(Vantage::Page, Station::Browser)
    };
    assert_eq!(page("localhost"), Some(Mark::Passed));
    assert_eq!(page("drp.example"), Some(Mark::Failed("no network")));
}

#[test]
fn one_of_several_addresses_is_to_blame_only_where_another_leads_to_drp() {
    let port = |outcomes: Vec<AddressOutcome>| {
        let addresses =
            outcomes.into_iter().map(|outcome| AddressCheck { address: "192.0.2.1".into(), outcome }).collect();
        let compared = Compared { addresses, ..Compared::default() };
        let mut machine = never_opened();
        let probe = Probe { compared, ..broken_tls(TlsFailure::PlainHttp) };
        all(&mut machine, FAILED, FAILED, None, looked(probe), None);
        way(&machine).unwrap().mark(Vantage::Server, Station::Port)
    };
    let plain = || AddressOutcome::Tls(TlsFailure::PlainHttp);
    assert_eq!(port(vec![plain(), plain()]), Some(Mark::Passed));
    assert_eq!(port(vec![plain(), AddressOutcome::Drp]), Some(Mark::Failed("one of them")));
}
