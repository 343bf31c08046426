//! Holds every sentence to the rules of the house.

use super::*;
use crate::cause::{Cause, Confidence, Need};
use crate::client::{Browser, Client, System};
use crate::close_code::{CLOSE_CODES, CloseCodeRow, Range};
use crate::endpoint::{Endpoint, EndpointError};
use crate::machine::{Close, ConnectionId, Credential, Event, Machine};
use crate::remedy::{Way, for_cause};
use crate::time::Moment;
use crate::verdict::Finding;

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

#[test]
fn sentences_say_what_happened_without_begging_or_blaming() {
    let text = |it: &str| format!(" {} ", it.to_lowercase().replace(['.', ',', ':', '!', '?'], " "));
    let errors = [
        EndpointError::Empty,
        EndpointError::Credentials,
        EndpointError::NoHost,
        EndpointError::Port("x".into()),
        EndpointError::Scheme("ftp".into()),
    ];
    for sentence in sentences().into_iter().chain(errors.map(|error| error.to_string())) {
        for word in ["please", "sorry", "oops", "invalid", "something went wrong", "error occurred", "simply", "just"] {
            assert!(!text(&sentence).contains(&format!(" {word} ")), "“{word}” in: {sentence}");
        }
        assert!(!sentence.contains('!') && !sentence.contains("  "), "{sentence}");
    }
}

#[test]
fn a_sentence_is_short_enough_to_be_read_once() {
    const MOST: usize = 30;
    let long: Vec<_> = sentences()
        .iter()
        .flat_map(|text| text.split_inclusive(['.', ':', ';']).map(str::to_owned).collect::<Vec<_>>())
        .filter(|sentence| sentence.split_whitespace().count() > MOST)
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn the_same_thing_has_the_same_word() {
    for (other, ours) in [
        ("connects by itself", "reconnects on its own"),
        ("connects again", "reconnects"),
        ("goes on by itself", "reconnects on its own"),
        ("looks after", "runs"),
        ("operator of the endpoint", "whoever runs the endpoint"),
        ("log in", "sign in"),
        ("login", "sign-in"),
        ("click", "press"),
        ("cert ", "certificate "),
        ("web socket", "WebSocket"),
        ("wifi", "Wi-Fi"),
        ("time out", "does not answer"),
    ] {
        for sentence in sentences() {
            assert!(!sentence.to_lowercase().contains(other), "“{other}” is called “{ours}” here: {sentence}");
        }
    }
}

#[test]
fn a_term_of_the_trade_stands_with_what_it_means() {
    for (term, plain) in [
        ("MTU", "bytes"),
        ("HSTS", "only trusted certificates"),
        ("ECH", "browsers"),
        ("subjectAltName", "name"),
        ("handshake", "TLS"),
        ("CONNECT", "proxies"),
        ("connect-src", "policy"),
        ("type 65", "HTTPS record"),
    ] {
        for sentence in sentences().iter().filter(|it| it.contains(term)) {
            assert!(sentence.to_lowercase().contains(&plain.to_lowercase()), "“{term}” without “{plain}”: {sentence}");
        }
    }
}

#[test]
fn sentences_begin_with_a_capital_and_end_like_one() {
    for sentence in sentences() {
        let first = sentence.chars().next().unwrap();
        assert!(first.is_uppercase() || first.is_ascii_digit(), "{sentence}");
        let command_or_address =
            [".status dr-provision", "dr-provision", "ws"].iter().any(|end| sentence.ends_with(end));
        assert!(sentence.ends_with(['.', '…']) || command_or_address || sentence.contains("https://"), "{sentence}");
    }
}

#[test]
fn every_cause_has_steps_and_every_open_step_leads_to_the_endpoint() {
    let machine = lost();
    for cause in Cause::all() {
        let steps = for_cause(cause, None, &machine).all();
        assert!(!steps.is_empty(), "{cause:?}");
        for step in steps {
            if let Some(Way::Open(address)) = step.way {
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
        .filter_map(|step| match step.way {
            Some(Way::Run { command, .. }) => Some(command),
            Some(Way::Open(_) | Way::Press(_)) | None => None,
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
