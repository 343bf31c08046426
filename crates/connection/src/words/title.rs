//! What stands at the top of the dialog and of the overview: what happened in a few words, and since when.

use super::said::said;
use super::{certainty, duration, facts, heading};
use crate::cause::{Cause, Confidence};
use crate::close_code::CloseCode;
use crate::loss::Outage;
use crate::machine::{GivenUp, Machine, Phase, Progress};
use crate::time::{Moment, SECOND};
use crate::way::leading;

/// What happened, as a heading of at most twelve words: the cause as soon as one is known.
pub fn title(machine: &Machine) -> String {
    if let (Some((cause, _)), true) = (leading(machine), is_away(machine)) {
        return heading(cause, machine).to_owned();
    }
    match machine.phase() {
        Phase::Idle => "No endpoint chosen".to_owned(),
        Phase::Connected { .. } if machine.recovered().is_some() => "Connected again".to_owned(),
        Phase::Connected { .. } => "Connected".to_owned(),
        Phase::Stopped => "Stopped by you".to_owned(),
        Phase::Connecting { .. } | Phase::Waiting { .. } | Phase::Offline { .. } | Phase::NeedsYou { .. } => {
            machine.outage().map_or_else(|| "Connecting to DRP".to_owned(), |outage| lost(outage, machine))
        }
    }
}

fn lost(outage: &Outage, machine: &Machine) -> String {
    match (outage.uptime, outage.last_close.as_ref().and_then(|close| close.given_up)) {
        (Some(_), _) => "The connection to DRP was lost".to_owned(),
        (None, Some(GivenUp::ConnectTimeout)) => {
            format!("DRP did not answer within {}", duration(machine.gave_up_after()))
        }
        (None, Some(GivenUp::NotMade)) => "The browser refused to open a connection to DRP".to_owned(),
        (None, Some(GivenUp::Silence | GivenUp::Unanswered) | None) => {
            "The connection to DRP could not be made".to_owned()
        }
    }
}

/// Whether there is a connection to be had that is not there.
pub fn is_away(machine: &Machine) -> bool {
    match machine.phase() {
        Phase::Connecting { .. } | Phase::Waiting { .. } | Phase::Offline { .. } => machine.outage().is_some(),
        Phase::NeedsYou { .. } => true,
        Phase::Idle | Phase::Connected { .. } | Phase::Stopped => false,
    }
}

/// Since when it is so. It counts, so it is never read out.
pub fn since(machine: &Machine, now: Moment) -> Option<String> {
    let whole = |ms: u64| duration(ms / SECOND * SECOND);
    match (machine.phase(), machine.outage()) {
        (Phase::Connected { since, .. }, _) => Some(format!("for {}", whole(now.since_wall(since)))),
        (Phase::Idle | Phase::Stopped, _) | (_, None) => None,
        (_, Some(outage)) if outage.first_close.is_some() => {
            Some(format!("lost {} ago", whole(now.since_wall(outage.since).max(SECOND))))
        }
        (_, Some(outage)) if now.since_wall(outage.since) < SECOND => Some("no connection yet".to_owned()),
        (_, Some(outage)) => Some(format!("no connection for {}", whole(now.since_wall(outage.since)))),
    }
}

/// The one sentence below the heading: the facts of the cause; while there is none, how far the portal is.
pub fn lead(machine: &Machine, now: Moment) -> Option<String> {
    if let (Some((cause, _)), true) = (leading(machine), is_away(machine)) {
        return facts(cause, machine, now);
    }
    match (machine.phase(), machine.outage()) {
        (Phase::Connected { .. }, _) => {
            let down = machine.recovered().map(|recovered| duration(recovered.down))?;
            Some(match leading(machine) {
                Some((cause, confidence)) => format!("You were cut off for {down}{}", was_behind(cause, confidence)),
                None => format!("You were cut off for {down}."),
            })
        }
        (Phase::Idle, _) => Some("Choose an endpoint and sign in.".to_owned()),
        (Phase::Stopped, _) => {
            Some("The portal shows what it last knew and does not reconnect until you press Resume.".to_owned())
        }
        (_, None) => None,
        (_, Some(outage)) if said(outage).is_some() => said(outage),
        (_, Some(_)) if machine.diagnosis().progress() != Progress::Done => {
            Some("Finding out why… Nothing to do yet.".to_owned())
        }
        (_, Some(outage)) if outage.attempts > 1 => Some(format!("{} tries since have failed.", outage.attempts)),
        (_, Some(_)) => None,
    }
}

/// What was behind a loss that is over, at the end of a sentence; a guess goes on in it, as one.
fn was_behind(cause: Cause, confidence: Confidence) -> String {
    let title = cause.past_title();
    match certainty(confidence) {
        None => format!(". {title}."),
        Some(hedge) => format!("; {} {}.", hedge.to_lowercase(), in_a_sentence(title)),
    }
}

/// A title within a sentence: a name in capitals stays as it is.
fn in_a_sentence(title: &str) -> String {
    let is_name = title.chars().nth(1).is_some_and(char::is_uppercase);
    let mut rest = title.chars();
    match rest.next().filter(|_| !is_name) {
        Some(first) => first.to_lowercase().chain(rest).collect(),
        None => title.to_owned(),
    }
}

/// A close code with its registered name.
pub fn close_code(code: CloseCode) -> String {
    format!("{code} {}", code.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_behind_a_loss_is_as_sure_as_it_was() {
        assert_eq!(was_behind(Cause::Cut, Confidence::Certain), ". The connection was cut.");
        assert_eq!(was_behind(Cause::Restart, Confidence::Probable), "; most likely the endpoint restarted.");
        let down = was_behind(Cause::Down, Confidence::Possible);
        assert_eq!(down, "; possibly DRP wasn't running, or a firewall blocked its port.");
    }
}
