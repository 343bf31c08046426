//! What was asked for, against what came of it.

use connection::machine::{Machine, Phase};
use connection::time::{Moment, SECOND};

use crate::inputs::Inputs;

/// What was asked for and cannot occur, a sentence each.
pub(crate) fn warnings(asked: &Inputs, machine: &Machine, now: Moment) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Some(code) = asked.code.filter(|code| machine.close_code() != Some(*code)) {
        warnings.push(match machine.close_code() {
            Some(last) => format!("The code is that of the last try, {last}, not {code}."),
            None => format!("In this state there is no close code, so {code} is not shown."),
        });
    }
    if let Some(attempt) = asked.attempt.filter(|attempt| machine.attempt() != *attempt) {
        warnings.push(format!("In this state the next try is number {}, not {attempt}.", machine.attempt()));
    }
    if let Some(cause) = asked.cause {
        let best = machine.diagnosis().best().map(|(best, _)| best);
        if best != Some(cause) {
            let named = best.map_or_else(|| "none".to_owned(), |best| best.id().to_owned());
            warnings.push(format!("What could be seen of {} in this state names {named}.", cause.id()));
        }
    }
    if let Some(seconds) = asked.seconds {
        match seconds_left(machine, now) {
            Some(left) if left < u64::from(seconds) => {
                warnings.push(format!("The longest wait here leaves {left} s, not {seconds} s."));
            }
            Some(_) => {}
            None => warnings.push("In this state nothing counts down.".to_owned()),
        }
    }
    warnings
}

/// Whole seconds until the next try, while one is waited for.
pub(crate) fn seconds_left(machine: &Machine, now: Moment) -> Option<u64> {
    match machine.phase() {
        Phase::Waiting { until, .. } => Some(until.saturating_sub(now.mono).div_ceil(SECOND)),
        Phase::Idle
        | Phase::Connecting { .. }
        | Phase::Connected { .. }
        | Phase::Offline { .. }
        | Phase::NeedsYou { .. }
        | Phase::Stopped => None,
    }
}
