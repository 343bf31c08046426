//! DNS that answers for a name inside and lets the HTTPS record of the public zone through: a reason where only this browser
//! fails, and no fault by itself.

use super::*;
use crate::client::System;
use crate::probe::HttpsRecord;
use crate::remedy::{self, Action};
use crate::words;

const NOW: Moment = Moment { mono: 62_000, wall: START.wall + 62_000 };

const STEP: &str = "Answer or block the HTTPS record (type 65) for “_8092._https.drp.example” in your DNS.";

fn with_key() -> HttpsRecord {
    HttpsRecord { ech: true, ..HttpsRecord::default() }
}

fn with_hint() -> HttpsRecord {
    HttpsRecord { hints: vec!["104.16.1.1".into()], ..HttpsRecord::default() }
}

fn recorded(record: HttpsRecord, probe: Probe) -> Probe {
    Probe { https_record: Some(record), ..probe }
}

/// A machine after a look in which nothing came back to this page, and the server saw `probe`.
fn looked_dark(machine: Machine, probe: Probe) -> Machine {
    let mut machine = machine;
    all(&mut machine, FAILED, FAILED, None, looked(probe), None);
    machine
}

/// Whether it stands before all other reasons.
fn is_first(machine: &Machine) -> bool {
    let first = remedy::plan(machine).further.into_iter().next().expect("a step");
    let command = "nslookup -type=HTTPS _8092._https.drp.example";
    let shows = matches!(&first.action, Some(Action::Run { command: it, .. }) if it == command);
    first.text == STEP && shows
}

#[test]
fn it_is_the_first_reason_where_only_this_browser_fails() {
    for (record, lead) in [
        (with_key(), "The name has an HTTPS record with ECH, which only browsers follow."),
        (with_hint(), "The name has an HTTPS record that leads browsers to 104.16.1.1."),
        (
            HttpsRecord { ech: true, ..with_hint() },
            "The name has an HTTPS record with ECH, which only browsers follow.",
        ),
    ] {
        let machine = looked_dark(never_opened(), recorded(record, healthy()));
        assert_eq!(machine.diagnosis().best(), Some((Cause::BrowserOnly, Confidence::Probable)));
        assert_eq!(words::lead(&machine, NOW).as_deref(), Some(lead));
        assert!(is_first(&machine));
        assert!(remedy::plan(&machine).now[0].text.starts_with("Open the endpoint"), "what the tab shows tells more");
    }
}

#[test]
fn on_macos_it_comes_before_the_permission_for_local_networks() {
    let mac = Client { browser: Browser::Chromium, system: System::MacOs };
    let machine = looked_dark(never_opened().with_client(mac), recorded(with_key(), healthy()));
    assert!(is_first(&machine));
    let texts: Vec<String> = remedy::plan(&machine).all().into_iter().map(|step| step.text).collect();
    assert!(texts.iter().any(|text| text.contains("Local Network")), "{texts:?}");
}

#[test]
fn it_is_told_in_the_past_tense_once_another_try_has_failed() {
    for (record, lead) in [
        (with_key(), "The name had an HTTPS record with ECH, which only browsers follow. Seen "),
        (with_hint(), "The name had an HTTPS record that led browsers to 104.16.1.1. Seen "),
    ] {
        let mut machine = looked_dark(was_connected(abnormal(false)), recorded(record, healthy()));
        step(&mut machine, Event::Retry, 63_000);
        let id = machine.phase().live().unwrap();
        step(&mut machine, Event::Closed(id, abnormal(true)), 63_001);
        let said = words::lead(&machine, START.plus(64_000)).unwrap();
        assert!(said.starts_with(lead), "{said}");
    }
}

#[test]
fn it_is_the_first_reason_for_a_name_that_the_person_saw_refused() {
    let told = |probe| {
        let mut machine = looked_dark(never_opened(), probe);
        step(&mut machine, Event::Told(Some(PersonSaw::Code(Cause::WrongSite))), 61_100);
        assert_eq!(machine.diagnosis().best(), Some((Cause::WrongSite, Confidence::Certain)));
        remedy::plan(&machine).now[0].text == STEP
    };
    assert!(told(recorded(with_key(), healthy())));
    assert!(!told(healthy()));
    // The server is refused by that name as well: DNS has no part in it.
    let refused = broken_tls(TlsFailure::Alert { name: "unrecognized_name".into() });
    assert!(!told(recorded(with_key(), refused)));
}

#[test]
fn something_else_that_answers_this_browser_may_be_where_it_leads() {
    let mut machine = never_opened();
    let probe = recorded(with_hint(), healthy());
    all(&mut machine, answered(418, Body::Foreign), Reach::Arrived { ms: 1 }, None, looked(probe), None);
    assert_eq!(machine.diagnosis().best(), Some((Cause::BrowserOnly, Confidence::Probable)));
    assert!(is_first(&machine));
}

#[test]
fn a_record_that_leads_nowhere_else_is_no_reason() {
    let only_target = HttpsRecord { target: Some("edge.example.net".into()), ..HttpsRecord::default() };
    for record in [HttpsRecord::default(), only_target] {
        assert!(!is_first(&looked_dark(never_opened(), recorded(record, healthy()))));
    }
    // WebKitGTK asks for none.
    let epiphany = Client { browser: Browser::WebKitGtk, system: System::Linux };
    assert!(!is_first(&looked_dark(never_opened().with_client(epiphany), recorded(with_key(), healthy()))));
}

#[test]
fn it_changes_no_verdict() {
    let bad = [untrusted(&[TrustProblem::SelfSigned]), refused(), broken_tls(TlsFailure::Timeout), healthy()];
    for probe in bad {
        let seen = recorded(HttpsRecord { ech: true, ..with_hint() }, probe.clone());
        for machine in [never_opened, tls_refused] {
            let findings = |probe| looked_dark(machine(), probe).diagnosis().findings().to_vec();
            assert_eq!(findings(seen.clone()), findings(probe.clone()));
        }
    }
    // DRP answers this browser: nothing is wrong with the way.
    let socket = |probe| {
        let mut machine = never_opened();
        let drp = answered(401, Body::Empty);
        let token = Some(answered(200, Body::Info));
        all(&mut machine, drp, Reach::Arrived { ms: 1 }, token, looked(probe), None);
        machine.diagnosis().findings().to_vec()
    };
    assert_eq!(socket(recorded(with_key(), healthy())), socket(healthy()));
}

#[test]
fn the_answer_fits_the_first_screen() {
    let six = HttpsRecord { hints: vec!["2606:4700:4400:1111:2222:3333:ac40:98f1".into()], ..HttpsRecord::default() };
    for record in [with_key(), with_hint(), six] {
        for told in [None, Some(PersonSaw::Code(Cause::WrongSite))] {
            let mut machine = looked_dark(never_opened(), recorded(record.clone(), healthy()));
            step(&mut machine, Event::Told(told), 61_100);
            let dialog = crate::view::Dialog::of(&machine);
            let lead = words::lead(&machine, NOW).unwrap();
            let said = [dialog.badge.unwrap_or_default(), &dialog.heading, &lead].join(" ");
            assert!(said.split_whitespace().count() <= 25, "{said}");
        }
    }
}
