//! What the overview shows of a state: which parts, and the row of status that never changes its place.

use super::{Control, controls};
use crate::machine::{Alarm, Machine, Phase};
use crate::words;

/// What the overview shows, but for what counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Whether the form to connect or sign in is there.
    pub form: bool,
    /// Whether the form signs in again, at an endpoint that is already chosen.
    pub again: bool,
    /// Why the last sign-in was refused.
    pub refused: Option<&'static str>,
    /// Whether a try is under way.
    pub busy: bool,
    /// Whether a connection stands.
    pub live: bool,
    /// Whether the connection with everything about it is there.
    pub session: bool,
    /// The heading.
    pub title: String,
    /// How the row of status looks.
    pub tone: Tone,
    /// What it says.
    pub status: String,
    /// Whether the dialog knows more to do than the form, if there is one.
    pub needs_help: bool,
    /// The button beside the dialog's, where it can lead anywhere.
    pub control: Option<Control>,
    /// How many losses there were, once there was one.
    pub losses: Option<String>,
}

/// How loud the row of status is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Connected.
    Good,
    /// At rest.
    Quiet,
    /// Trying.
    Trying,
    /// Not connected.
    Bad,
}

impl Tone {
    /// Its stable name.
    pub fn name(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Quiet => "quiet",
            Tone::Trying => "trying",
            Tone::Bad => "bad",
        }
    }
}

impl Overview {
    /// What a state shows. `submitted` is whether the form was sent in on this visit: then it stays until it is known how that
    /// came out.
    pub fn of(machine: &Machine, submitted: bool) -> Self {
        let first_try = machine.outage().is_none();
        let (form, busy, live) = match machine.phase() {
            Phase::Idle => (true, false, false),
            Phase::Connecting { .. } => (submitted && first_try, true, false),
            Phase::NeedsYou { need, .. } => (need.is_sign_in(), false, false),
            Phase::Connected { .. } => (false, false, true),
            Phase::Waiting { .. } | Phase::Offline { .. } | Phase::Stopped => (false, false, false),
        };
        let session = !form || !first_try;
        let best = machine.diagnosis().best().map(|(cause, _)| cause);
        let title = match machine.endpoint().filter(|_| session) {
            Some(endpoint) => endpoint.authority(),
            None => "Connect to a DRP endpoint".to_owned(),
        };
        let tone = match (machine.phase(), machine.alarm()) {
            (Phase::Connected { .. }, _) => Tone::Good,
            (Phase::Idle | Phase::Stopped, _) => Tone::Quiet,
            (_, Alarm::Red) => Tone::Bad,
            (_, Alarm::Amber | Alarm::Calm) => Tone::Trying,
        };
        let needs_you = matches!(machine.phase(), Phase::NeedsYou { .. } | Phase::Offline { .. });
        let away = words::is_away(machine);
        let hedge =
            crate::way::leading(machine).filter(|_| away).and_then(|(_, confidence)| words::certainty(confidence));
        let status = words::title(machine);
        Self {
            form,
            again: form && !first_try,
            refused: (best == Some(crate::cause::Cause::Credentials)).then_some(words::SIGN_IN_REFUSED),
            busy,
            live,
            session,
            title,
            tone,
            status: hedge.map_or_else(|| status.clone(), |hedge| format!("{hedge}: {status}")),
            needs_help: away && !form && (best.is_some() || needs_you),
            control: match tone {
                Tone::Quiet => Some(Control::Resume),
                Tone::Good => Some(Control::Check),
                Tone::Trying | Tone::Bad if away => Some(Control::Retry).filter(|it| controls(machine).contains(it)),
                Tone::Trying | Tone::Bad => Some(Control::Stop),
            },
            losses: (machine.history().total() > 0).then(|| words::count_losses(machine.history())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::Endpoint;
    use crate::machine::{Close, ConnectionId, Credential, Event, GRACE};
    use crate::time::Moment;

    #[test]
    fn the_tone_of_a_state_has_a_stable_name() {
        let now = Moment { mono: 0, wall: 1_800_000_000_000 };
        let tone = |machine: &Machine| Overview::of(machine, false).tone.name();
        let mut machine = Machine::default();
        assert_eq!(tone(&machine), "quiet");
        machine.step(Event::Connect(Endpoint::parse("drp.example.com").unwrap(), Credential::None), now, 0);
        assert_eq!(tone(&machine), "trying");
        machine.step(Event::Opened(ConnectionId(1)), now, 0);
        assert_eq!(tone(&machine), "good");
        let code = crate::close_code::CloseCode::ABNORMAL;
        let close = Close { code, reason: String::new(), clean: false, error: true, given_up: None };
        machine.step(Event::Closed(ConnectionId(1), close), now.plus(60_000), 0);
        assert_eq!(tone(&machine), "trying");
        machine.step(Event::Tick, now.plus(60_000 + GRACE), 0);
        assert_eq!(tone(&machine), "bad");
        machine.step(Event::Pause, now.plus(70_000), 0);
        assert_eq!(tone(&machine), "quiet");
    }
}
