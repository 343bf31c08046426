//! Holds every sentence to the rules of the house.

mod rules;

use super::*;
use crate::cause::{Cause, Confidence, Need};
use crate::client::{Browser, Client, System};
use crate::close_code::{CLOSE_CODES, CloseCodeRow, Range};
use crate::endpoint::{Endpoint, EndpointError};
use crate::evidence::{Check, Observation};
use crate::machine::{Close, ConnectionId, Credential, Event, Machine};
use crate::remedy::{Action, for_cause};
use crate::time::Moment;
use crate::verdict::Finding;
use rules::{Rule, broken};

const NOW: Moment = Moment { mono: 120_000, wall: 1_800_000_120_000 };

/// A machine that has lost a connection.
fn lost() -> Machine {
    let mut machine = Machine::default();
    let start = Moment { mono: 0, wall: 1_800_000_000_000 };
    machine.step(Event::Connect(Endpoint::parse("drp.example.com").unwrap(), Credential::None), start, 0);
    machine.step(Event::Opened(ConnectionId(1)), start, 0);
    let reason = String::new();
    let close = Close { code: crate::close_code::CloseCode(1011), reason, clean: true, error: false, given_up: None };
    machine.step(Event::Closed(ConnectionId(1), close), start.plus(60_000), 0);
    machine
}

fn rows() -> impl Iterator<Item = &'static CloseCodeRow> {
    CLOSE_CODES.iter().chain(Range::ALL.into_iter().map(Range::row))
}

/// Every sentence that the portal can say of a failure, without the facts of a certain one.
fn sentences() -> Vec<String> {
    let machine = lost();
    let mut all: Vec<String> = Vec::new();
    for cause in Cause::all() {
        all.push(plain(cause));
        all.push(super::cause(cause, &machine, NOW));
        for browser in [Browser::Chromium, Browser::Firefox, Browser::Safari, Browser::Other] {
            let machine = machine.clone().with_client(Client { browser, system: System::MacOs });
            all.extend(for_cause(cause, None, &machine).all().into_iter().map(|step| step.text));
        }
    }
    for row in rows() {
        all.extend([row.meaning, row.for_drp].map(str::to_owned));
        all.extend(row.remedy.iter().map(|step| (*step).to_owned()));
    }
    all.push(headline(&machine, NOW));
    all.extend(crate::console::hints().map(str::to_owned));
    all
}

/// What is wrong with an address, of every kind.
fn mistakes() -> Vec<String> {
    let it = || "x".to_owned();
    let all = [
        EndpointError::Empty,
        EndpointError::Scheme(it()),
        EndpointError::Credentials,
        EndpointError::Path(it()),
        EndpointError::NoHost,
        EndpointError::Name(it()),
        EndpointError::Address(it()),
        EndpointError::Brackets(it()),
        EndpointError::Port(it()),
    ];
    // A new kind does not compile until it has its place, which is above, too.
    let place = |error: &EndpointError| match error {
        EndpointError::Empty => 0,
        EndpointError::Scheme(_) => 1,
        EndpointError::Credentials => 2,
        EndpointError::Path(_) => 3,
        EndpointError::NoHost => 4,
        EndpointError::Name(_) => 5,
        EndpointError::Address(_) => 6,
        EndpointError::Brackets(_) => 7,
        EndpointError::Port(_) => 8,
    };
    assert!(all.iter().map(place).eq(0..all.len()));
    all.map(|error| error.to_string()).into()
}

#[track_caller]
fn hold(rule: Rule, texts: impl IntoIterator<Item = String>) {
    let broken = broken(rule, texts);
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_tab_says_what_the_red_alarm_says() {
    assert_eq!(tab(crate::machine::Alarm::Red).strip_prefix(RED), Some(" – "));
}

#[test]
fn sentences_say_what_happened_without_begging_or_blaming() {
    hold(rules::begs_or_blames, sentences().into_iter().chain(mistakes()));
}

#[test]
fn a_sentence_is_short_enough_to_be_read_once() {
    hold(rules::is_long, sentences().into_iter().chain(mistakes()));
}

#[test]
fn the_same_thing_has_the_same_word() {
    let needs = Cause::all().filter_map(Cause::need).map(|it| need(it).to_owned());
    hold(rules::has_another_word, sentences().into_iter().chain(mistakes()).chain(needs));
}

#[test]
fn a_term_of_the_trade_stands_with_what_it_means() {
    hold(rules::has_a_bare_term, sentences().into_iter().chain(mistakes()));
}

#[test]
fn sentences_begin_with_a_capital_and_end_like_one() {
    hold(rules::is_no_sentence, sentences());
}

#[test]
fn every_cause_has_steps_and_every_open_step_leads_to_the_endpoint() {
    let machine = lost();
    for cause in Cause::all() {
        let steps = for_cause(cause, None, &machine).all();
        assert!(!steps.is_empty(), "{cause:?}");
        for step in steps {
            if let Some(Action::Open(address)) = step.action {
                assert_eq!(address, "https://drp.example.com:8092/", "{cause:?}");
            }
        }
    }
}

#[test]
fn commands_hold_the_persons_own_endpoint() {
    let machine = lost();
    let commands: Vec<String> = Cause::all()
        .flat_map(|cause| for_cause(cause, None, &machine).all())
        .filter_map(|step| match step.action {
            Some(Action::Run { command, .. }) => Some(command),
            Some(Action::Open(_) | Action::Press(_)) | None => None,
        })
        .collect();
    let holds = |text: &str| commands.iter().any(|command| command.contains(text));
    assert!(holds("drpcli -E https://drp.example.com:8092 system certs set server.crt server.key"));
    assert!(holds("openssl s_client -connect drp.example.com:8092"));
    assert!(holds("subjectAltName=DNS:drp.example.com"));
}

#[test]
fn a_guess_says_that_it_is_one() {
    let machine = lost();
    for cause in Cause::all() {
        let with = |confidence| super::finding(&Finding { cause, confidence, why: vec![] }, &machine, NOW);
        assert!(with(Confidence::Probable).starts_with("Most likely: "), "{cause:?}");
        assert!(with(Confidence::Possible).starts_with("Possibly: "), "{cause:?}");
        assert!(!with(Confidence::Certain).to_lowercase().contains("likely"), "{cause:?}");
    }
}

#[test]
fn every_need_has_its_own_words() {
    let needs =
        [Need::SignIn, Need::Rights, Need::Certificate, Need::Address, Need::Permission, Need::Portal, Need::Attention];
    let said: std::collections::BTreeSet<_> = needs.into_iter().map(super::need).collect();
    assert_eq!(said.len(), needs.len());
}

#[test]
fn safari_is_not_told_to_accept_what_does_not_carry_over() {
    let first = |browser, system| {
        let machine = lost().with_client(Client { browser, system });
        for_cause(Cause::SelfSigned, None, &machine).now[0].text.clone()
    };
    assert!(first(Browser::Safari, System::MacOs).contains("keychain"));
    assert!(first(Browser::Safari, System::Ios).contains("Certificate Trust Settings"));
    assert!(first(Browser::Firefox, System::Linux).contains("port 8092"));
    assert!(!first(Browser::WebKitGtk, System::Linux).contains("keychain"));
}

#[test]
fn each_browser_is_spoken_of_in_its_own_words() {
    let client = |browser| Client { browser, system: System::Linux };
    let for_good = |browser| {
        let plan = for_cause(Cause::UnknownCa, None, &lost().with_client(client(browser)));
        plan.for_good[0].text.clone()
    };
    assert!(for_good(Browser::Firefox).contains("Firefox does not use the system's list"));
    assert!(for_good(Browser::WebKitGtk).contains("the system's list: this browser uses that"));
    assert!(for_good(Browser::Chromium).contains("the browser's certificate settings"));
    let permission = |browser| {
        let plan = for_cause(Cause::LocalNetwork, None, &lost().with_client(client(browser)));
        plan.further[0].text.clone()
    };
    assert!(permission(Browser::Chromium).contains("“Local network access”"));
    assert!(!permission(Browser::Firefox).contains("“Local network access”"));
    // Nobody knows which browser stands around WebKitGTK, so none of another's words are quoted.
    for saw in super::answers(Browser::WebKitGtk) {
        assert!(!saw.label.contains('“'), "{}", saw.label);
    }
}

#[test]
fn why_the_port_was_not_asked_in_plain_http_is_said() {
    let line = |endpoint: &str| {
        let mut machine = Machine::default();
        let now = Moment { mono: 1, wall: 1_700_000_000_000 };
        let endpoint = Endpoint::parse(endpoint).unwrap();
        machine.step(Event::Connect(endpoint, Credential::None), now, 0);
        machine.step(Event::Diagnose, now, 0);
        machine.step(Event::Seen(Observation::PlainHttp(None)), now, 0);
        super::outcome(Check::PlainHttp, &machine).1
    };
    assert_eq!(line("http://drp:8092"), "Not asked: the address is plain HTTP itself.");
    assert_eq!(line("drp"), "Not asked: a page that came over HTTPS may not ask in plain HTTP.");
}
