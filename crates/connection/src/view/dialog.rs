//! What the dialog shows of a state: one heading, one sentence, one picture, what to do now, and what can be unfolded.

use super::Picture;
use crate::cause::{Cause, Need};
use crate::close_code::CloseCode;
use crate::machine::{Machine, Phase, Recheck};
use crate::remedy::{self, Action, Button, Step};
use crate::time::Moment;
use crate::way::{leading, way};
use crate::words::{self, Question};

/// What the dialog shows, but for what counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialog {
    /// The cause's id and how sure it is, for those that read the page.
    pub cause: Option<(&'static str, &'static str)>,
    /// What happened.
    pub heading: String,
    /// How sure that is, where it was not seen.
    pub badge: Option<&'static str>,
    /// The address of the endpoint.
    pub endpoint: Option<String>,
    /// The close code of the loss that has not been made good yet.
    pub code: Option<CloseCode>,
    /// The way, while a connection is away.
    pub picture: Option<Picture>,
    /// The certificate that was in use and the one that is served now, where they differ.
    pub changed: Option<[Fingerprint; 2]>,
    /// What brings this person back.
    pub now: Vec<Step>,
    /// Which of these steps has the one primary button.
    pub primary: Option<usize>,
    /// Whom to ask who cannot do that.
    pub helper: Option<&'static str>,
    /// Whether the person signs in, in the dialog itself: then that has the primary button.
    pub sign_in: bool,
    /// Whether a try is under way.
    pub busy: bool,
    /// Whether a connection stands.
    pub live: bool,
    /// What the person is asked who opened the endpoint.
    pub question: Option<Question>,
    /// What to do where that was not enough.
    pub further: Vec<Step>,
    /// What ends the fault for good.
    pub for_good: Vec<Step>,
    /// The buttons of the foot.
    pub controls: &'static [Control],
}

/// What the dialog shows that counts: read out by nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counting {
    /// Since when it is so.
    pub since: Option<String>,
    /// The one sentence.
    pub lead: Option<String>,
    /// What the portal does next.
    pub status: String,
}

/// A certificate by which a person tells it from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Which it is.
    pub name: &'static str,
    /// Until when it is valid, if that is known.
    pub until: Option<String>,
    /// SHA-256 in two lines of the same length.
    pub lines: [String; 2],
}

/// What can be done at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// Try now.
    Retry,
    /// Ask the endpoint for an answer.
    Check,
    /// Go on.
    Resume,
    /// Give up until the person says otherwise.
    Stop,
    /// Let go of the connection that stands.
    Disconnect,
}

impl Control {
    /// It, and no other.
    pub fn alone(self) -> &'static [Self] {
        match self {
            Control::Retry => &[Control::Retry],
            Control::Check => &[Control::Check],
            Control::Resume => &[Control::Resume],
            Control::Stop => &[Control::Stop],
            Control::Disconnect => &[Control::Disconnect],
        }
    }

    /// What the button says.
    pub fn label(self) -> &'static str {
        match self {
            Control::Retry => "Retry now",
            Control::Check => "Check connection",
            Control::Resume => "Resume",
            Control::Stop => "Stop trying",
            Control::Disconnect => "Disconnect",
        }
    }
}

/// The buttons of a state: what stops and what goes on take each other's place, so that the focus finds the other there.
pub fn controls(machine: &Machine) -> &'static [Control] {
    match machine.phase() {
        Phase::Idle => &[],
        Phase::Connecting { .. } if machine.outage().is_none() => &[Control::Stop],
        // What cannot change while the page stands would fail again: the way leads through the step, or a new page.
        Phase::NeedsYou { recheck: Recheck::Never, .. } => &[],
        // Where nothing is tried, there is nothing to stop.
        Phase::NeedsYou { recheck: Recheck::OnReturn, .. } => &[Control::Retry],
        Phase::Connecting { .. } | Phase::Waiting { .. } | Phase::Offline { .. } | Phase::NeedsYou { .. } => {
            &[Control::Stop, Control::Retry]
        }
        Phase::Connected { .. } => &[Control::Disconnect, Control::Check],
        Phase::Stopped => &[Control::Resume],
    }
}

/// Whether a form that signs in again begins with whoever signed in last: not where the rights of that account do not do.
pub fn offers_last_user(machine: &Machine) -> bool {
    !matches!(machine.phase(), Phase::NeedsYou { need: Need::Rights, .. })
}

impl Dialog {
    /// What a state shows.
    pub fn of(machine: &Machine) -> Self {
        let away = words::is_away(machine);
        let cause = leading(machine).filter(|_| away);
        let mut plan = if away { remedy::plan(machine) } else { remedy::Plan::default() };
        // The form stands in the dialog itself, and its button is the way.
        let is_sign_in = |step: &Step| step.action == Some(Action::Press(Button::SignIn));
        let sign_in = plan.now.iter().any(is_sign_in);
        plan.now.iter_mut().filter(|step| is_sign_in(step)).for_each(|step| step.action = None);
        let primary = remedy::primary(&plan.now);
        Self {
            cause: cause.map(|(cause, confidence)| (cause.id(), confidence.name())),
            heading: words::title(machine),
            badge: cause.and_then(|(_, confidence)| words::certainty(confidence)),
            endpoint: machine.endpoint().map(ToString::to_string),
            code: machine.close_code(),
            picture: way(machine).map(|way| Picture::of(&way)),
            changed: changed(machine).filter(|_| matches!(cause, Some((Cause::Replaced, _)))),
            primary,
            now: plan.now,
            helper: away.then(|| words::helper(cause.map(|(cause, _)| cause), machine)).flatten(),
            sign_in,
            busy: matches!(machine.phase(), Phase::Connecting { .. }),
            live: matches!(machine.phase(), Phase::Connected { .. }),
            question: words::person_question(machine),
            further: plan.further,
            for_good: plan.for_good,
            controls: controls(machine),
        }
    }
}

impl Counting {
    /// What a state shows at a moment.
    pub fn of(machine: &Machine, now: Moment) -> Self {
        // While connected the facts say both, and at rest nothing is waited for.
        let live = matches!(machine.phase(), Phase::Connected { .. });
        let status = match machine.phase() {
            Phase::Idle | Phase::Stopped | Phase::Connected { .. } => String::new(),
            Phase::Connecting { .. } | Phase::Waiting { .. } | Phase::Offline { .. } | Phase::NeedsYou { .. } => {
                words::waiting(machine, now)
            }
        };
        Self { since: words::since(machine, now).filter(|_| !live), lead: words::lead(machine, now), status }
    }
}

/// The old and the new certificate.
fn changed(machine: &Machine) -> Option<[Fingerprint; 2]> {
    let evidence = machine.diagnosis().evidence();
    let (known, leaf) = (evidence.known_certificate()?, evidence.leaf()?);
    let one = |name, fingerprint: &str, not_after: i64| Fingerprint {
        name,
        until: (not_after > 0).then(|| words::date(not_after)),
        lines: in_two_lines(fingerprint),
    };
    let pair = [one("Before", &known.fingerprint, known.not_after), one("Now", &leaf.fingerprint, leaf.not_after)];
    (known.fingerprint != leaf.fingerprint).then_some(pair)
}

/// A fingerprint in two lines: what stands below each other can be compared.
pub fn in_two_lines(fingerprint: &str) -> [String; 2] {
    let pairs: Vec<&str> = fingerprint.split(':').collect();
    let (one, other) = pairs.split_at(pairs.len().div_ceil(2));
    [one.join(":") + ":", other.join(":")]
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Control; 5] = [Control::Retry, Control::Check, Control::Resume, Control::Stop, Control::Disconnect];

    #[test]
    fn a_control_alone_is_itself_and_nothing_else() {
        for control in ALL {
            assert_eq!(control.alone(), [control]);
        }
    }

    #[test]
    fn every_control_says_what_it_does_and_no_two_say_the_same() {
        let labels = ALL.map(Control::label);
        assert_eq!(labels, ["Retry now", "Check connection", "Resume", "Stop trying", "Disconnect"]);
    }
}
