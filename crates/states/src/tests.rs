//! Holds the list complete and every state true to its name.

use std::collections::BTreeSet;

use super::*;
use connection::cause::{Cause, Confidence, Need};
use connection::close_code::{CLOSE_CODES, CloseCode};
use connection::history::LIMIT;
use connection::machine::{Alarm, Phase};

fn snapshots() -> impl Iterator<Item = (State, Snapshot)> {
    all().into_iter().map(|state| {
        let snapshot = state.snapshot(&Inputs::default());
        (state, snapshot)
    })
}

#[test]
fn every_state_has_a_name_of_its_own_that_fits_an_address() {
    let mut ids = BTreeSet::new();
    for state in all() {
        assert!(state.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
        assert!(find(&state.id).is_some());
        assert!(ids.insert(state.id.clone()), "{} stands twice", state.id);
        let Notes { title, when, person, .. } = &state.notes;
        assert!(!title.is_empty() && !when.is_empty() && !person.is_empty(), "{}", state.id);
    }
}

#[test]
fn states_stand_in_the_order_of_their_groups() {
    let groups: Vec<Group> = all().into_iter().map(|state| state.group).collect();
    assert!(groups.is_sorted());
    assert!(Group::ALL.into_iter().all(|group| groups.contains(&group)));
}

#[test]
fn the_verdict_names_each_cause_from_its_replay() {
    for cause in Cause::all() {
        let snapshot = find(&format!("cause-{}", cause.id())).unwrap().snapshot(&Inputs::default());
        let best = snapshot.machine.diagnosis().best();
        let named = best.or_else(|| snapshot.machine.history().last()?.cause).map(|(cause, _)| cause);
        assert_eq!(named, Some(cause), "{best:?}");
    }
}

#[test]
fn the_portal_waits_for_a_person_where_a_cause_needs_one() {
    for cause in Cause::all() {
        let snapshot = find(&format!("cause-{}", cause.id())).unwrap().snapshot(&Inputs::default());
        let waits = matches!(snapshot.machine.phase(), Phase::NeedsYou { .. });
        assert_eq!(waits, cause.need().is_some(), "{cause:?}: {:?}", snapshot.machine.phase());
    }
}

#[test]
fn from_the_page_alone_no_certificate_is_named() {
    let (asked, _) = Inputs::read([("vantage", "page")]);
    for cause in ["expired", "self-signed", "wrong-name"] {
        let snapshot = find(&format!("cause-{cause}")).unwrap().snapshot(&asked);
        assert_eq!(
            snapshot.machine.diagnosis().best(),
            Some((Cause::UnreachableOrUntrusted, Confidence::Probable)),
            "{cause}"
        );
    }
}

#[test]
fn every_code_is_shown_with_its_own_number() {
    for row in CLOSE_CODES {
        let snapshot = find(&format!("code-{}", row.code)).unwrap().snapshot(&Inputs::default());
        assert_eq!(snapshot.machine.close_code(), Some(CloseCode(row.code)));
    }
}

#[test]
fn every_phase_alarm_and_need_is_shown() {
    let mut phases = BTreeSet::new();
    let mut alarms = BTreeSet::new();
    let mut needs = Vec::new();
    for (_, snapshot) in snapshots() {
        phases.insert(snapshot.machine.phase().name());
        alarms.insert(snapshot.machine.alarm());
        if let Phase::NeedsYou { need, .. } = snapshot.machine.phase() {
            needs.push(need);
        }
    }
    let expected = ["connected", "connecting", "idle", "needs-you", "offline", "stopped", "waiting"];
    assert_eq!(phases, expected.into());
    assert_eq!(alarms, [Alarm::Calm, Alarm::Amber, Alarm::Red].into());
    for need in
        [Need::SignIn, Need::Rights, Need::Certificate, Need::Address, Need::Permission, Need::Portal, Need::Attention]
    {
        assert!(needs.contains(&need), "{need:?} is never shown");
    }
}

#[test]
fn the_megaphones_names_say_what_they_show() {
    let alarm = |id: &str| find(id).unwrap().snapshot(&Inputs::default()).machine.alarm();
    assert_eq!(alarm("megaphone-connecting"), Alarm::Amber);
    assert_eq!(alarm("megaphone-reconnecting"), Alarm::Amber);
    assert_eq!(alarm("megaphone-connected-again"), Alarm::Amber);
    for id in ["megaphone-red", "megaphone-needs-you", "megaphone-offline"] {
        assert_eq!(alarm(id), Alarm::Red, "{id}");
    }
    for id in ["megaphone-idle", "megaphone-connected", "megaphone-paused"] {
        assert_eq!(alarm(id), Alarm::Calm, "{id}");
    }
}

#[test]
fn states_are_the_same_each_time() {
    for state in all() {
        let [first, second] = [(); 2].map(|()| state.snapshot(&Inputs::default()));
        assert_eq!(first.machine, second.machine, "{}", state.id);
        assert_eq!(first.messages, second.messages, "{}", state.id);
    }
}

#[test]
fn no_state_asks_for_what_cannot_occur() {
    for state in all() {
        assert_eq!(state.snapshot(&state.given).warnings, Vec::<String>::new(), "{}", state.id);
    }
}

#[test]
fn what_is_asked_for_is_shown_or_a_warning_says_why_not() {
    let state = find("dialog-waiting").unwrap();
    let (asked, warnings) = Inputs::read([("attempt", "9"), ("seconds", "12"), ("losses", "60")]);
    assert!(warnings.is_empty());
    let snapshot = state.snapshot(&asked);
    assert_eq!(snapshot.warnings, Vec::<String>::new());
    assert_eq!(snapshot.machine.attempt(), 9);
    assert!(connection::words::waiting(&snapshot.machine, snapshot.now).contains("Next try in 12 s"));
    assert_eq!(snapshot.machine.history().losses().len(), LIMIT);

    let (asked, _) = Inputs::read([("seconds", "90"), ("code", "1000")]);
    let warnings = state.snapshot(&asked).warnings;
    assert!(warnings.iter().any(|warning| warning.contains("not 90 s")), "{warnings:?}");
    assert!(warnings.iter().any(|warning| warning.contains("1006, not 1000")), "{warnings:?}");
}

#[test]
fn any_input_in_any_state_is_safe() {
    let extremes = [
        [
            ("attempt", "60"),
            ("seconds", "90"),
            ("losses", "60"),
            ("code", "65535"),
            ("days", "3650"),
            ("events", "500"),
        ],
        [("attempt", "1"), ("seconds", "0"), ("losses", "0"), ("code", "0"), ("days", "-3650"), ("events", "0")],
    ];
    for state in all() {
        for pairs in extremes {
            let (asked, warnings) = Inputs::read(pairs);
            assert!(warnings.is_empty());
            let snapshot = state.snapshot(&asked);
            assert!(snapshot.machine.history().losses().len() <= LIMIT);
            assert!(!sentences(&snapshot.machine, snapshot.now).is_empty());
        }
    }
}

#[test]
fn the_manifest_holds_every_state() {
    let json = serde_json::to_value(manifest()).unwrap();
    assert_eq!(json["states"].as_array().unwrap().len(), all().len());
    assert_eq!(json["inputs"].as_array().unwrap().len(), FIELDS.len());
    assert_eq!(json["states"][0]["address"], "/preview/megaphone-idle");
}

#[test]
fn a_cause_is_called_by_a_few_words_of_its_own() {
    let mut short: Vec<_> = all().iter().filter(|it| it.group == Group::Causes).map(State::short_title).collect();
    assert!(short.iter().all(|title| title.len() <= 26), "{short:?}");
    assert!(["Not DRP", "Old TLS", "Your clock"].iter().all(|title| short.iter().any(|it| it == title)), "{short:?}");
    let count = short.len();
    short.sort();
    short.dedup();
    assert_eq!(short.len(), count);
}
