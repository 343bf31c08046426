//! Holds what the screens show, as plain data, to the budgets of the first screen, in every state that the gallery has.

use std::collections::BTreeSet;

use connection::cause::Cause;
use connection::history::Loss;
use connection::remedy::Action;
use connection::view::{self, Control, Counting, Dialog, Overview, Tone};
use connection::words;
use states::{Inputs, Snapshot};

struct Shown {
    id: String,
    snapshot: Snapshot,
    dialog: Dialog,
    counting: Counting,
}

fn shown() -> impl Iterator<Item = Shown> {
    states::all().into_iter().map(|state| {
        let snapshot = state.snapshot(&Inputs::default());
        let dialog = Dialog::of(&snapshot.machine);
        let counting = Counting::of(&snapshot.machine, snapshot.now);
        Shown { id: state.id, snapshot, dialog, counting }
    })
}

fn causes() -> impl Iterator<Item = Shown> {
    shown().filter(|it| it.id.starts_with("cause-"))
}

#[expect(clippy::expect_used, reason = "a test that panics has failed, as it should")]
fn state(id: &str) -> Shown {
    shown().find(|it| it.id == id).expect("there is such a state")
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

#[test]
fn a_heading_has_at_most_twelve_words_and_the_answer_at_most_twenty_five() {
    let mut over = Vec::new();
    for Shown { id, dialog, counting, .. } in causes() {
        let said = [dialog.badge.unwrap_or_default(), &dialog.heading, &counting.lead.unwrap_or_default()].join(" ");
        if !(1..=12).contains(&count_words(&dialog.heading)) || count_words(&said) > 25 {
            over.push(format!("{id}: {} words: {said}", count_words(&said)));
        }
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
}

#[test]
fn the_cause_is_the_heading_and_its_badge_says_only_what_was_not_seen() {
    for Shown { id, dialog, .. } in causes().filter(|it| it.id != "cause-restart") {
        let (cause, confidence) = dialog.cause.expect("a cause");
        assert_eq!(format!("cause-{cause}"), id);
        assert_eq!(dialog.badge.is_none(), confidence == "certain", "{id}");
    }
}

#[test]
fn endpoint_and_close_code_are_always_in_sight() {
    for Shown { id, snapshot, dialog, .. } in causes() {
        assert!(dialog.endpoint.is_some(), "{id}");
        assert_eq!(dialog.code, snapshot.machine.close_code(), "{id}");
    }
}

#[test]
fn there_is_one_primary_button_where_there_is_a_way_that_needs_no_weighing() {
    for Shown { id, dialog, .. } in shown() {
        let way = dialog.now.iter().find(|step| matches!(step.action, Some(Action::Open(_) | Action::Press(_))));
        let buttons = usize::from(dialog.primary.is_some()) + usize::from(dialog.sign_in);
        assert_eq!(buttons, usize::from(way.is_some_and(|step| !step.quiet) || dialog.sign_in), "{id}");
    }
    let untrusted = state("cause-untrusted").dialog;
    assert_eq!(untrusted.primary, None, "interception looks the same");
    assert!(untrusted.now[0].text.contains("“CN=Example Lab CA, O=Example”"), "{}", untrusted.now[0].text);
    assert!(state("cause-intercepted").dialog.now[0].text.contains("“O=Acme Co”"));
    let replaced = state("cause-replaced").dialog;
    assert_eq!((replaced.primary, replaced.sign_in), (None, false));
    let [before, now] = replaced.changed.expect("two fingerprints");
    assert_ne!(before.lines, now.lines);
    assert_eq!(before.lines[0].trim_end_matches(':').len(), before.lines[1].len());
}

#[test]
fn nothing_is_said_twice() {
    for Shown { id, dialog, counting, .. } in shown() {
        let steps = dialog.now.iter().map(|step| step.text.clone());
        let caption = dialog.picture.map(|picture| picture.caption);
        let question = dialog.question.as_ref().map(words::ask);
        let helper = dialog.helper.map(str::to_owned);
        let texts = [Some(dialog.heading), counting.lead, caption, Some(counting.status), helper, question];
        let all = texts.into_iter().flatten().chain(steps).collect::<Vec<_>>().join(". ");
        let sentences = all.split(['.', '…', ':']).map(str::trim).filter(|it| count_words(it) > 1);
        let mut seen = BTreeSet::new();
        for sentence in sentences {
            assert!(seen.insert(sentence.to_lowercase()), "{id} says twice: {sentence}");
        }
        for once in
            ["end the report", "whoever runs the endpoint", "whoever runs this portal", "whoever runs your network"]
        {
            assert!(all.matches(once).count() <= 1, "{id} says twice: {once}");
        }
    }
}

#[test]
fn until_something_is_known_there_are_no_steps_and_nobody_is_blamed() {
    for id in ["dialog-interrupted", "dialog-finding-out", "dialog-connecting", "dialog-idle"] {
        let Shown { dialog, .. } = state(id);
        assert!(
            dialog.now.is_empty() && dialog.further.is_empty() && dialog.for_good.is_empty() && dialog.cause.is_none(),
            "{id}"
        );
    }
    assert_eq!(state("dialog-interrupted").counting.lead.as_deref(), Some("Finding out why… Nothing to do yet."));
}

#[test]
fn nobody_is_told_to_accept_a_certificate_over_plain_http() {
    let (http, _) = Inputs::read([("endpoint", "http://drp.example.com:8092")]);
    for id in ["dialog-interrupted", "dialog-offline", "code-1006", "dialog-waiting", "cause-down"] {
        let state = states::find(id).expect("there is such a state");
        let dialog = Dialog::of(&state.snapshot(&http).machine);
        for step in dialog.now.iter().chain(&dialog.further).chain(&dialog.for_good) {
            assert!(!step.text.contains("certificate"), "{id}: {}", step.text);
        }
    }
}

#[test]
fn signing_in_happens_in_the_dialog() {
    for cause in [Cause::SignIn, Cause::TokenExpired, Cause::Credentials, Cause::NoRights] {
        assert!(state(&format!("cause-{}", cause.id())).dialog.sign_in, "{cause:?}");
    }
    assert!(!state("cause-down").dialog.sign_in);
}

#[test]
fn an_account_without_the_rights_is_not_offered_again() {
    let offers = |id: &str| view::offers_last_user(&state(id).snapshot.machine);
    assert!(!offers("cause-no-rights"));
    assert!(offers("cause-token-expired") && offers("cause-sign-in") && offers("dialog-idle"));
}

#[test]
fn fingerprints_stand_in_no_sentence() {
    for Shown { id, dialog, counting, .. } in shown() {
        let steps = dialog.now.into_iter().chain(dialog.further).chain(dialog.for_good).map(|step| step.text);
        for text in [Some(dialog.heading), counting.lead].into_iter().flatten().chain(steps) {
            let pairs = text.split(':').filter(|it| it.len() == 2 && it.chars().all(|c| c.is_ascii_hexdigit())).count();
            assert!(pairs < 4, "{id}: {text}");
        }
    }
}

#[test]
fn every_phase_has_its_buttons() {
    use Control::{Check, Disconnect, Resume, Retry, Stop};
    for (id, buttons) in [
        ("dialog-idle", &[][..]),
        ("dialog-connecting", &[Stop]),
        ("dialog-connected", &[Disconnect, Check]),
        ("dialog-waiting", &[Stop, Retry]),
        ("dialog-trying", &[Stop, Retry]),
        ("dialog-offline", &[Stop, Retry]),
        ("cause-self-signed", &[Stop, Retry]),
        ("dialog-paused", &[Resume]),
        ("dialog-needs-attention", &[Retry]),
        ("cause-too-many", &[Stop, Retry]),
        ("cause-credentials", &[]),
        ("cause-mixed", &[]),
        ("cause-browser-refuses", &[]),
        ("cause-csp", &[]),
    ] {
        assert_eq!(state(id).dialog.controls, buttons, "{id}");
    }
}

#[test]
fn whoever_cannot_try_again_has_another_way_on() {
    for Shown { id, dialog, counting, .. } in shown().filter(|it| it.dialog.cause.is_some()) {
        let tries = dialog.controls.contains(&Control::Retry) || dialog.controls.contains(&Control::Check);
        let other = dialog.sign_in || dialog.now.iter().any(|step| matches!(step.action, Some(Action::Press(_))));
        assert!(tries || other || counting.status.starts_with("Reload this page"), "{id}");
    }
}

#[test]
fn the_row_of_status_is_as_loud_as_the_alarm() {
    let overview = |id: &str| Overview::of(&state(id).snapshot.machine, false);
    for (id, tone) in [
        ("dialog-connected", Tone::Good),
        ("dialog-interrupted", Tone::Trying),
        ("dialog-waiting", Tone::Bad),
        ("dialog-paused", Tone::Quiet),
    ] {
        assert_eq!(overview(id).tone, tone, "{id}");
    }
    let waiting = overview("dialog-waiting");
    assert!(waiting.session && !waiting.form && waiting.needs_help && !waiting.live);
    let signed_out = overview("dialog-idle");
    assert!(signed_out.form && !signed_out.session && !signed_out.again);
    let expired = overview("cause-token-expired");
    assert!(expired.form && expired.again && expired.session);
}

/// What a person does alone, or need not do.
const NEEDS_NOBODY: [Cause; 2] = [Cause::Restart, Cause::TokenExpired];

#[test]
fn every_cause_says_whom_it_is_for_unless_it_needs_nobody() {
    for Shown { id, dialog, .. } in causes() {
        let nobody = NEEDS_NOBODY.iter().any(|cause| id == format!("cause-{}", cause.id()));
        assert_eq!(dialog.helper.is_none(), nobody, "{id}: {:?}", dialog.helper);
    }
}

#[test]
fn nobody_is_sent_to_a_certificate_without_being_told_when_to_leave_it() {
    let mut untold = Vec::new();
    let conditions = ["if you", "if one of", "that you don't know", "once more", "or cancel", "accept only"];
    for Shown { id, snapshot, dialog, .. } in causes() {
        let trust = snapshot.machine.diagnosis().best().is_some_and(|(cause, _)| cause.is_about_trust());
        let unsafe_here =
            |text: &str| ["accept", "past the warning", "sign in there"].iter().any(|it| text.contains(it));
        for step in dialog.now.iter().filter(|step| matches!(step.action, Some(Action::Open(_)))) {
            let told = conditions.iter().any(|it| step.text.to_lowercase().contains(it));
            if !told && (trust || unsafe_here(&step.text)) {
                untold.push(format!("{id}: {}", step.text));
            }
        }
    }
    assert!(untold.is_empty(), "{}", untold.join("\n"));
}

#[test]
fn where_nothing_is_tried_there_is_nothing_to_stop() {
    for Shown { id, dialog, counting, .. } in shown() {
        let rests = counting.status.starts_with("Not trying");
        assert!(!rests || !dialog.controls.contains(&Control::Stop), "{id}: {}", counting.status);
    }
}

#[test]
fn the_overview_has_one_blue_button_beside_its_form() {
    for Shown { id, snapshot, dialog, .. } in shown() {
        let overview = Overview::of(&snapshot.machine, false);
        assert!(!(overview.form && overview.needs_help), "{id}");
        let away = overview.session && matches!(overview.tone, Tone::Bad);
        let retries = dialog.controls.contains(&Control::Retry).then_some(Control::Retry);
        assert!(!away || overview.control == retries, "{id}: {:?}", overview.control);
    }
}

#[test]
fn the_list_of_losses_says_of_what_lasts_what_the_heading_says() {
    for Shown { id, snapshot, dialog, .. } in shown().filter(|it| it.dialog.cause.is_some()) {
        // A refused sign-in may be no loss.
        let (Some(newest), Some(_)) = (snapshot.machine.history().last(), snapshot.machine.outage()) else { continue };
        let line = words::loss_cause(newest, &snapshot.machine);
        let badge = dialog.badge.map(|badge| format!("{badge}: ")).unwrap_or_default();
        assert_eq!(line, format!("{badge}{}", dialog.heading), "{id}");
    }
}

#[test]
fn the_list_of_losses_tells_what_is_over_as_past() {
    let Shown { snapshot, .. } = state("cause-expired");
    let lasting = snapshot.machine.history().last().expect("a loss");
    let over = Loss { number: lasting.number + 1, down: Some(1_000), ..lasting.clone() };
    let line = words::loss_cause(&over, &snapshot.machine);
    assert!(line.ends_with("Your browser refused the endpoint's expired certificate"), "{line}");
}

#[test]
fn events_are_there_only_where_a_connection_brought_them() {
    for Shown { id, snapshot, .. } in shown().filter(|it| !it.snapshot.messages.is_empty()) {
        // Stopped by the person, there is no place for the last message.
        let has_place = view::standing(&snapshot.machine).is_some();
        assert!(!has_place || view::last_message(&snapshot.machine).is_some(), "{id}");
    }
}
