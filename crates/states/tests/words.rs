//! Holds what is said of every named state to the rules of the house: there the sentences have their facts.

use std::collections::BTreeSet;

use connection::evidence::Check;
use connection::view::{Counting, Dialog};
use connection::words;
use states::{Inputs, Snapshot};

#[path = "../../connection/src/words/tests/rules.rs"]
mod rules;

use rules::{Rule, broken};

fn snapshots() -> impl Iterator<Item = Snapshot> {
    states::all().into_iter().map(|state| state.snapshot(&Inputs::default()))
}

/// What is said in whole sentences, each once.
fn sentences() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for Snapshot { machine, now, .. } in snapshots() {
        let (diagnosis, dialog) = (machine.diagnosis(), Dialog::of(&machine));
        for finding in diagnosis.findings() {
            all.extend(words::facts(finding.cause, &machine, now));
            all.insert(words::finding(finding, &machine, now));
            all.extend(words::helper(Some(finding.cause), &machine).map(str::to_owned));
            all.extend(finding.why.iter().filter_map(words::basis));
        }
        all.extend(Check::ALL.map(|check| words::outcome(check, &machine).1));
        all.extend(dialog.helper.map(str::to_owned));
        all.extend(words::lead(&machine, now));
        all.extend(dialog.now.into_iter().chain(dialog.further).chain(dialog.for_good).map(|step| step.text));
    }
    // What nobody has asked yet has no line.
    all.remove("");
    all
}

/// What is said in passing, without an end.
fn labels() -> BTreeSet<String> {
    let of = |Snapshot { machine, now, .. }: Snapshot| {
        [words::waiting(&machine, now), words::title(&machine), Counting::of(&machine, now).since.unwrap_or_default()]
    };
    snapshots().flat_map(of).collect()
}

/// What breaks a rule and stands all the same, each by a part of its text.
const EXCEPTED: [&str; 4] = [
    // Of time: the rule means “just press it”.
    "Last message just now",
    "data had just come through",
    // The endpoint's own address.
    "https://sso.example.com/login",
    // Technical names for the operator, after their meaning in plain words.
    "refuses to set up encryption (handshake_failure)",
];

#[track_caller]
fn hold(rule: Rule, texts: BTreeSet<String>) {
    let mut broken = broken(rule, texts);
    broken.retain(|text| !EXCEPTED.iter().any(|part| text.contains(part)));
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn nothing_is_excepted_that_keeps_to_the_rules() {
    let rules: [Rule; 4] = [rules::begs_or_blames, rules::is_long, rules::has_another_word, rules::has_a_bare_term];
    let broken: Vec<String> = rules.into_iter().flat_map(|rule| broken(rule, &sentences() | &labels())).collect();
    for part in EXCEPTED {
        assert!(broken.iter().any(|text| text.contains(part)), "{part}");
    }
}

#[test]
fn the_sentences_of_the_states_have_facts() {
    let sentences = sentences();
    assert!(sentences.iter().any(|it| it.contains("ms")) && sentences.len() > 200, "{}", sentences.len());
}

#[test]
fn no_state_begs_or_blames() {
    hold(rules::begs_or_blames, &sentences() | &labels());
}

#[test]
fn what_a_state_says_is_short_enough_to_be_read_once() {
    hold(rules::is_long, &sentences() | &labels());
}

#[test]
fn the_same_thing_has_the_same_word_in_every_state() {
    hold(rules::has_another_word, &sentences() | &labels());
}

#[test]
fn a_term_of_the_trade_stands_with_what_it_means_in_every_state() {
    hold(rules::has_a_bare_term, &sentences() | &labels());
}

#[test]
fn what_a_state_says_begins_with_a_capital_and_ends_like_a_sentence() {
    hold(rules::is_no_sentence, sentences());
}
