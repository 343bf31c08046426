//! Random and nearly right input to everything that the page reads from outside (what people type and paste, what the
//! endpoint and the portal's server say, what lies in storage), through to every screen: no panic, no endless text, and a
//! refusal that says something.
//!
//! A short run belongs to the suite; `MEGAPHONE_FUZZ=1000000 cargo test -p connection --release --test from_outside` runs
//! the long one. Overflows count as panics here, so `--release` needs `CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=true` too.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "a test that panics has failed, as it should"
)]

use connection::client::Client;
use connection::close_code::{CloseCode, REASON_LIMIT};
use connection::console;
use connection::credential::Credential;
use connection::endpoint::Endpoint;
use connection::evidence::{KnownCertificate, Observation, ServerCheck};
use connection::history::History;
use connection::loss::Close;
use connection::machine::{ConnectionId, Effect, Event, Machine};
use connection::probe::Probe;
use connection::report::{self, About};
use connection::secret::scrub;
use connection::service::Config;
use connection::time::Moment;
use connection::view::{self, Counting, Dialog, Overview, OwnLoss, Summary};
use connection::words;
use proptest::prelude::*;
use proptest::test_runner::{Config as Runs, TestCaseError, TestRunner};
use serde_json::{Value, json};

/// Inputs to each reader.
fn cases() -> u32 {
    std::env::var("MEGAPHONE_FUZZ").ok().and_then(|text| text.parse().ok()).unwrap_or(512)
}

fn fuzz<S: Strategy>(inputs: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Runs { cases: cases(), failure_persistence: None, ..Runs::default() };
    TestRunner::new(config).run(inputs, test).unwrap();
}

/// Pieces of the real thing in any order, with noise between them.
fn nearly(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => proptest::sample::select(pieces).prop_map(ToOwned::to_owned),
        1 => any::<String>(),
        1 => "[ -~]{0,12}",
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

#[rustfmt::skip]
const ADDRESS: &[&str] = &[
    "https://", "http://", "wss://", "ws://", "ftp://", "drp", "localhost", "drp.example.com", "127.0.0.1", "0x7f.1",
    "[::1]", "[fe80::1%25eth0]", "[", "]", ":", "8092", "0", "65535", "99999", "/", "/api/v3/ws", "?token=x", "#", "@", "%",
    "%2f", "%00", "\\", " ", "\t", ".", "..", "xn--", "ⓛ", "ß", "\u{202e}", "\r\n", "-", "_",
];

#[rustfmt::skip]
const CONSOLE: &[&str] = &[
    "WebSocket connection to 'wss://", "drp:8092", "/api/v3/ws' failed: ", "Error in connection establishment: ",
    "net::ERR_CERT_AUTHORITY_INVALID", "net::ERR_", "CERT_DATE_INVALID", "SEC_ERROR_UNKNOWN_ISSUER", "SSL_ERROR_", "PR_",
    "MOZILLA_PKIX_ERROR_", "NS_ERROR_", "Unexpected response code: ", "502", "401", "-", "1", "1e9", "99999999999999999999",
    "(index):1 ", "\n", "\r", "'", "‘", "”", "https://", "[::1]", ":", "%", "\u{202e}", "é", "İ", "ẞ",
];

#[rustfmt::skip]
const REASON: &[&str] = &[
    "server is going away", "certificate", "token=abc", "Bearer ", "password:", "<b>", "&amp;", "|", "`", "\n", "\u{202e}",
    "😀", "é", " ", "0123456789012345678901234567890123456789012345", "*", "_", "[x](y)", "\\",
];

/// What a text may hold in JSON from outside.
fn odd_text() -> impl Strategy<Value = String> {
    prop_oneof![
        nearly(REASON),
        nearly(ADDRESS),
        Just(String::new()),
        Just("x".repeat(5_000)),
        Just("AA:".repeat(32)),
        Just("*.".to_owned()),
        any::<String>(),
    ]
}

/// What may stand in place of any value of JSON.
fn odd_value() -> impl Strategy<Value = Value> {
    let integers = [0, 1, -1, 100, 999, 1006, 65_535, 65_536, i64::from(u32::MAX), i64::MAX, i64::MIN];
    prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => proptest::sample::select(integers.to_vec()).prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => Just(Value::from(u64::MAX)),
        1 => Just(json!(1e300)),
        4 => odd_text().prop_map(Value::from),
        1 => Just(json!([])),
        1 => Just(json!({})),
        1 => Just(json!("skipped")),
    ]
}

/// How a sample is changed: at some of its places, each value replaced by another or taken away.
type Changes = Vec<(usize, Option<Value>)>;

fn changes() -> impl Strategy<Value = Changes> {
    proptest::collection::vec((0..400_usize, proptest::option::weighted(0.9, odd_value())), 0..5)
}

fn changed(sample: &Value, changes: Changes) -> Value {
    let mut value = sample.clone();
    for (number, new) in changes {
        let mut places = Vec::new();
        list(&value, String::new(), &mut places);
        let place = &places[number % places.len()];
        let (parent, key) = place.rsplit_once('/').unwrap_or_default();
        match (new, value.pointer_mut(parent)) {
            (Some(new), _) => *value.pointer_mut(place).unwrap() = new,
            (None, Some(Value::Object(fields))) => {
                fields.remove(key);
            }
            (None, _) => {}
        }
    }
    value
}

/// The JSON pointers (RFC 6901) to a value and to every value in it.
fn list(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| list(item, format!("{place}/{index}"), places));
        }
        Value::Object(fields) => fields.iter().for_each(|(key, item)| list(item, format!("{place}/{key}"), places)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    places.push(place);
}

/// A look at an endpoint in which as much as possible was seen.
fn look() -> Value {
    let fingerprint = ["AB"; 32].join(":");
    let answer = json!({
        "status": 401, "drp": true, "server": "drp", "content_type": "application/json", "location": "https://elsewhere/x",
        "date_ms": 1_700_000_000_000_u64, "cors": true, "firewall": "cloudflare", "retry_after_s": 30, "upgrade_problem": "accept"
    });
    json!({
        "endpoint": "https://drp.example.com:8092", "at_ms": 1_700_000_000_000_u64, "took_ms": 120,
        "name": {"passed": {"ms": 1, "saw": ["10.0.0.7", "fd00::7"]}},
        "tcp": {"passed": {"ms": 2, "saw": [
            {"address": "10.0.0.7:8092", "ms": 2, "outcome": "connected"},
            {"address": "[fd00::7]:8092", "ms": 2, "outcome": {"other": {"text": "host is down"}}}
        ]}},
        "tls": {"passed": {"ms": 3, "saw": {
            "protocol": "TLS 1.3", "asks_for_certificate": true,
            "chain": [{
                "subject": "drp.example.com", "issuer": "Digital Rebar", "names": ["drp.example.com", "10.0.0.7"], "names_total": 2,
                "not_before": 1_690_000_000, "not_after": 1_695_000_000, "self_signed": true, "fingerprint": fingerprint,
                "serial": "01", "key": "RSA 2048", "is_ca": false, "issuer_key": "aa"
            }],
            "problems": ["expired", {"issuer-expired": {"subject": "CA", "not_after": 1_695_000_000}}, {"other": {"text": "x"}}]
        }}},
        "http": {"passed": {"ms": 4, "saw": answer}},
        "upgrade": {"passed": {"ms": 5, "saw": answer}},
        "compared": {
            "addresses": [{"address": "10.0.0.7:8092", "outcome": {"answered": 502}}, {"address": "[::1]:8092", "outcome": "drp"}],
            "without_origin": {"answered": 101}, "large_head": "ended", "two_tokens": "silent", "large_hello": "passed",
            "without_name": {"other": {"subject": "x", "fingerprint": "y"}}, "certificates": ["a", "b"],
            "hsts": [{"host": "example.com", "max_age_s": 31_536_000, "subdomains": true}], "http2_refuses": true
        },
        "https_record": {"ech": true, "hints": ["10.0.0.8"], "target": "cdn.example.net"}
    })
}

const AT: Moment = Moment { mono: 1_000_000, wall: 1_700_000_000_000 };

/// A page that has lost its connection with this close.
fn lost(history: History, code: u16, reason: &str) -> Machine {
    let mut machine = Machine::new(history).with_client(Client::default());
    let endpoint = Endpoint::parse("drp.example.com").unwrap();
    let effects = machine.step(Event::Connect(endpoint, Credential::None), AT, 0);
    let id = effects.iter().find_map(|effect| match effect {
        Effect::Open(id) | Effect::Knock(id) | Effect::SignIn(id) => Some(*id),
        _ => None,
    });
    let id = id.unwrap_or(ConnectionId(1));
    machine.step(Event::Opened(id), AT.plus(20), 0);
    let close = Close { code: CloseCode(code), reason: reason.to_owned(), clean: false, error: false, given_up: None };
    machine.step(Event::Closed(id, close), AT.plus(60_000), 0);
    machine
}

/// Everything that is ever drawn or written of a state, as one text.
fn shown(machine: &Machine, now: Moment) -> String {
    let about = About {
        written: "2026-01-01".to_owned(),
        portal: "0.1.0".to_owned(),
        server: None,
        browser: "a browser".to_owned(),
        messages: 7,
        losses_unread: false,
    };
    let mut all = report::markdown(machine, &about, now);
    all += &serde_json::to_string(&report::report(machine, about, now)).unwrap();
    all += &format!("{:?}{:?}", Dialog::of(machine), Overview::of(machine, false));
    let counting = Counting::of(machine, now);
    let lines = [counting.since, counting.lead, Some(counting.status), Some(words::headline(machine, now))];
    all += &lines.into_iter().flatten().collect::<String>();
    all += &format!("{:?}{:?}", Summary::of(machine), view::standing(machine));
    if let Some(own) = OwnLoss::of(machine, now) {
        all += &own.heading;
        all += own.facts.as_deref().unwrap_or_default();
    }
    all
}

#[test]
fn an_address_is_taken_in_one_form_or_refused_with_a_word() {
    fuzz(&prop_oneof![nearly(ADDRESS), any::<String>()], |text| {
        match Endpoint::parse(&text) {
            Ok(endpoint) => {
                let form = endpoint.to_string();
                prop_assert_eq!(Endpoint::parse(&form), Ok(endpoint.clone()), "{:?} became {}", text, form);
                prop_assert!(!form.contains(['@', '?', '#', ' ', '\r', '\n', '\\', '%']), "{text:?} became {form}");
                prop_assert!(endpoint.socket_url().starts_with("ws"));
            }
            Err(error) => {
                prop_assert!((8..=300).contains(&error.to_string().chars().count()), "{error}")
            }
        }
        Ok(())
    });
}

#[test]
fn a_paste_is_read_whatever_it_is() {
    let endpoint = Endpoint::parse("drp").unwrap();
    fuzz(&prop_oneof![nearly(CONSOLE), nearly(ADDRESS), any::<String>()], |text| {
        console::decode(&text);
        console::evidence(&text, &endpoint);
        Ok(())
    });
}

#[test]
fn a_close_of_any_code_and_reason_is_shown_and_no_credential_of_it() {
    fuzz(&(any::<u16>(), nearly(REASON)), |(code, mut reason)| {
        // As the driver hands it on.
        reason.truncate(reason.floor_char_boundary(REASON_LIMIT));
        let machine = lost(History::default(), code, &reason);
        let all = shown(&machine, AT.plus(70_000));
        prop_assert!(
            !all.contains("0123456789012345678901234567890123456789012345"),
            "{code} {reason:?} shows a token"
        );
        prop_assert!(!scrub(&reason).contains("=abc") && machine.close_code() == Some(CloseCode(code)));
        Ok(())
    });
}

#[test]
fn a_look_of_the_portals_server_is_thought_over_and_shown_or_counts_as_none() {
    let sample = look();
    assert!(serde_json::from_value::<Probe>(sample.clone()).is_ok(), "the sample itself is read");
    fuzz(&(changes(), changes(), any::<u16>()), |(first, second, code)| {
        let read = |changes| serde_json::from_value::<Probe>(changed(&sample, changes)).ok();
        let mut machine = lost(History::default(), code, "");
        for (step, look) in [read(first), read(second)].into_iter().enumerate() {
            let at = AT.plus(61_000 + 5_000 * step as u64);
            let known = look.as_ref().map(|look| KnownCertificate {
                fingerprint: look.endpoint.clone(),
                not_after: i64::try_from(look.at_ms).unwrap_or(i64::MAX),
                ..KnownCertificate::default()
            });
            let server = look.map_or(ServerCheck::Away, |probe| ServerCheck::Looked { probe: Box::new(probe), known });
            machine.step(Event::Seen(Observation::Server(server)), at, 0);
            prop_assert!(shown(&machine, at).len() < 400_000);
            machine.step(Event::Diagnose, at.plus(1_000), 0);
        }
        Ok(())
    });
}

#[test]
fn what_is_seen_of_a_standing_connection_is_shown() {
    let sample = look();
    fuzz(&changes(), |changes| {
        let Ok(probe) = serde_json::from_value::<Probe>(changed(&sample, changes)) else { return Ok(()) };
        let mut machine = Machine::new(History::default());
        let effects = machine.step(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None), AT, 0);
        for effect in effects {
            if let Effect::Open(id) = effect {
                machine.step(Event::Opened(id), AT.plus(20), 0);
                machine.step(Event::Inspected(id, Box::new(probe.clone())), AT.plus(1_000), 0);
            }
        }
        shown(&machine, AT.plus(2_000));
        if let Some(certificate) = machine.certificate() {
            words::certificate_notice(certificate, AT.plus(2_000));
        }
        Ok(())
    });
}

#[test]
fn what_lies_in_storage_is_taken_as_it_is_or_counts_as_not_there() {
    let loss = json!({
        "number": 3, "at": 1_700_000_000_000_u64, "code": 1006, "reason": "x", "clean": false, "up": 60_000, "quiet": 5,
        "down": 2_000, "attempts": 2, "cause": ["expired", "certain"]
    });
    let sample = json!({"losses": [loss, loss], "total": 3});
    let read_sample: Result<History, _> = serde_json::from_value(sample.clone());
    assert!(read_sample.is_ok(), "the sample itself is read: {read_sample:?}");
    fuzz(&(changes(), any::<u16>()), |(changes, code)| {
        let Ok(history) = serde_json::from_value::<History>(changed(&sample, changes)) else { return Ok(()) };
        for code in [code, 1006, 1006] {
            let machine = lost(history.clone(), code, "again");
            shown(&machine, AT.plus(70_000));
        }
        Ok(())
    });
}

#[test]
fn the_servers_configuration_is_read_or_refused() {
    let sample = json!({"endpoints": ["https://drp:8092", "https://lab:8092"], "version": "0.1.0", "diagnosis": true, "losses": true});
    fuzz(&changes(), |changes| {
        if let Ok(config) = serde_json::from_value::<Config>(changed(&sample, changes)) {
            for endpoint in &config.endpoints {
                let _ = Endpoint::parse(endpoint);
            }
        }
        Ok(())
    });
}
