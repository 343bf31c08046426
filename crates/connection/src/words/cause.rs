//! What each cause says of the endpoint at hand: its heading stands in the table of causes, its facts in [`facts`].

use super::facts;
use crate::cause::{Cause, Confidence, Need};
use crate::machine::{Machine, Phase};
use crate::time::Moment;
use crate::verdict::Finding;

/// The cause as a sentence by itself, without facts.
pub fn plain(cause: Cause) -> String {
    format!("{}.", cause.title())
}

/// What only a person can do, as a status.
pub fn need(need: Need) -> &'static str {
    match need {
        Need::SignIn => "Sign in to connect",
        Need::Rights => "You need an account with more rights",
        Need::Certificate => "The certificate needs your attention",
        Need::Address => "Check the endpoint's address",
        Need::Permission => "Allow local networks in the browser",
        Need::Portal => "Whoever runs this portal needs to change how it is served",
        Need::Attention => "You need to look into this",
    }
}

/// How sure a finding is, in a word or two; nothing where it was seen.
pub fn certainty(confidence: Confidence) -> Option<&'static str> {
    match confidence {
        Confidence::Certain => None,
        Confidence::Probable => Some("Most likely"),
        Confidence::Possible => Some("Possibly"),
    }
}

/// The heading of a cause: in the present tense only while nothing has happened since it was seen. That there is no network
/// is seen in the phase itself.
pub fn heading(cause: Cause, machine: &Machine) -> &'static str {
    let is_offline = cause == Cause::Offline && matches!(machine.phase(), Phase::Offline { .. });
    let is_current = is_offline || machine.diagnosis().is_current(machine.outage());
    if cause == Cause::NoAnswer && machine.diagnosis().evidence().is_drp() {
        // Requests it does answer.
        let (now, then) = ("DRP does not answer the live connection", "DRP did not answer the live connection");
        return if is_current { now } else { then };
    }
    if is_current { cause.title() } else { cause.past_title() }
}

/// A finding as one text, with its facts; a guess says that it is one.
pub fn finding(finding: &Finding, machine: &Machine, now: Moment) -> String {
    let text = cause(finding.cause, machine, now);
    match certainty(finding.confidence) {
        None => text,
        Some(hedge) => format!("{hedge}: {text}"),
    }
}

/// A cause with the facts that the evidence holds.
pub fn cause(cause: Cause, machine: &Machine, now: Moment) -> String {
    let heading = heading(cause, machine);
    match facts(cause, machine, now) {
        Some(facts) => format!("{heading}. {facts}"),
        None => format!("{heading}."),
    }
}
