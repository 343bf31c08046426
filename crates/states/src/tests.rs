//! Holds the list complete and every state true to its name.

use std::collections::BTreeSet;

use super::*;
use crate::cause::{Cause, Confidence, Need};
use crate::close_code::{CLOSE_CODES, CloseCode};
use crate::history::LIMIT;
use crate::machine::{Alarm, Phase};

fn stages() -> impl Iterator<Item = (Scenario, Stage)> {
    all().into_iter().map(|scenario| {
        let stage = scenario.stage(&Inputs::default());
        (scenario, stage)
    })
}

#[test]
fn every_state_has_a_name_of_its_own_that_fits_an_address() {
    let mut ids = BTreeSet::new();
    for scenario in all() {
        assert!(scenario.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
        assert!(find(&scenario.id).is_some());
        assert!(ids.insert(scenario.id.clone()), "{} stands twice", scenario.id);
        let Notes { title, when, person, .. } = &scenario.notes;
        assert!(!title.is_empty() && !when.is_empty() && !person.is_empty(), "{}", scenario.id);
    }
}

#[test]
fn states_stand_in_the_order_of_their_groups() {
    let groups: Vec<Group> = all().into_iter().map(|scenario| scenario.group).collect();
    assert!(groups.is_sorted());
    assert!(Group::ALL.into_iter().all(|group| groups.contains(&group)));
}

#[test]
fn every_cause_is_what_the_verdict_makes_of_its_story() {
    for cause in Cause::ALL {
        let stage = find(&format!("cause-{}", cause.id())).unwrap().stage(&Inputs::default());
        let best = stage.machine.diagnosis().best();
        let named = best.or_else(|| stage.machine.history().last()?.cause).map(|(cause, _)| cause);
        assert_eq!(named, Some(cause), "{best:?}");
    }
}

#[test]
fn a_cause_that_needs_a_person_has_the_portal_wait_for_one() {
    for cause in Cause::ALL {
        let stage = find(&format!("cause-{}", cause.id())).unwrap().stage(&Inputs::default());
        let waits = matches!(stage.machine.phase(), Phase::NeedsYou { .. });
        assert_eq!(waits, cause.need().is_some(), "{cause:?}: {:?}", stage.machine.phase());
    }
}

#[test]
fn from_the_page_alone_no_certificate_is_named() {
    let (asked, _) = Inputs::read([("seat", "page")]);
    for cause in ["expired", "self-signed", "wrong-name"] {
        let stage = find(&format!("cause-{cause}")).unwrap().stage(&asked);
        assert_eq!(
            stage.machine.diagnosis().best(),
            Some((Cause::UnreachableOrUntrusted, Confidence::Probable)),
            "{cause}"
        );
    }
}

#[test]
fn every_code_is_shown_with_its_own_number() {
    for row in CLOSE_CODES {
        let stage = find(&format!("code-{}", row.code)).unwrap().stage(&Inputs::default());
        assert_eq!(stage.machine.close_code(), Some(CloseCode(row.code)));
    }
}

#[test]
fn every_phase_alarm_and_need_is_shown() {
    let mut phases = BTreeSet::new();
    let mut alarms = BTreeSet::new();
    let mut needs = Vec::new();
    for (_, stage) in stages() {
        phases.insert(stage.machine.phase().name());
        alarms.insert(stage.machine.alarm());
        if let Phase::NeedsYou { need, .. } = stage.machine.phase() {
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
    let alarm = |id: &str| find(id).unwrap().stage(&Inputs::default()).machine.alarm();
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
    for scenario in all() {
        let [first, second] = [(); 2].map(|()| scenario.stage(&Inputs::default()));
        assert_eq!(first.machine, second.machine, "{}", scenario.id);
        assert_eq!(first.messages, second.messages, "{}", scenario.id);
    }
}

#[test]
fn no_state_asks_of_itself_what_cannot_be() {
    for scenario in all() {
        assert_eq!(scenario.stage(&scenario.given).remarks, Vec::<String>::new(), "{}", scenario.id);
    }
}

#[test]
fn what_is_asked_for_is_shown_or_told() {
    let state = find("dialog-waiting").unwrap();
    let (asked, remarks) = Inputs::read([("attempt", "9"), ("seconds", "12"), ("losses", "60")]);
    assert!(remarks.is_empty());
    let stage = state.stage(&asked);
    assert_eq!(stage.remarks, Vec::<String>::new());
    assert_eq!(stage.machine.attempt(), 9);
    assert!(crate::words::waiting(&stage.machine, stage.now).contains("Try 9 in 12 s"));
    assert_eq!(stage.machine.history().losses().len(), LIMIT);

    let (asked, _) = Inputs::read([("seconds", "90"), ("code", "1000")]);
    let remarks = state.stage(&asked).remarks;
    assert!(remarks.iter().any(|remark| remark.contains("not 90 s")), "{remarks:?}");
    assert!(remarks.iter().any(|remark| remark.contains("1006, not 1000")), "{remarks:?}");
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
    for scenario in all() {
        for pairs in extremes {
            let (asked, remarks) = Inputs::read(pairs);
            assert!(remarks.is_empty());
            let stage = scenario.stage(&asked);
            assert!(stage.machine.history().losses().len() <= LIMIT);
            assert!(!notes::spoken(&stage.machine, stage.now, stage.browser).is_empty());
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
