//! What the troubleshooting page says of the person's own loss: the cause, and what brings them back.

use super::Picture;
use crate::cause::Cause;
use crate::close_code::CloseCode;
use crate::machine::{Machine, Phase};
use crate::remedy::{self, Step};
use crate::time::{Moment, SECOND};
use crate::way::{leading, way};
use crate::words;

/// The person's own loss, while the connection is away.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnLoss {
    /// How sure the cause is, where it was not seen.
    pub badge: Option<&'static str>,
    /// The cause; while none is known, what the portal does.
    pub heading: String,
    /// What is known beyond that.
    pub facts: Option<String>,
    /// The way with the place where it breaks.
    pub picture: Option<Picture>,
    /// The first step, if there is anything to do.
    pub step: Option<Step>,
    /// Whether it may be the certificate: then accepting it can help, and else nobody is led to do so.
    pub may_be_trust: bool,
    /// What the portal does next.
    pub next: String,
    /// Whom to ask.
    pub helper: Option<&'static str>,
    /// The endpoint's address.
    pub endpoint: String,
    /// The code of the loss.
    pub code: Option<CloseCode>,
    /// How long ago it was, to the second.
    pub since: String,
}

impl OwnLoss {
    /// The loss of a state, if there is one.
    pub fn of(machine: &Machine, now: Moment) -> Option<Self> {
        let (endpoint, outage) = (machine.endpoint()?, machine.outage()?);
        match machine.phase() {
            Phase::Idle | Phase::Connected { .. } => return None,
            Phase::Connecting { .. }
            | Phase::Waiting { .. }
            | Phase::Offline { .. }
            | Phase::NeedsYou { .. }
            | Phase::Stopped => {}
        }
        let best = leading(machine);
        let cause = best.map(|(cause, _)| cause);
        Some(Self {
            badge: best.and_then(|(_, confidence)| words::certainty(confidence)),
            heading: cause.map_or_else(|| words::headline(machine, now), |it| words::heading(it, machine).to_owned()),
            facts: cause.and_then(|cause| words::facts(cause, machine, now)),
            picture: way(machine).map(|way| Picture::of(&way)),
            step: remedy::plan(machine).all().into_iter().next(),
            may_be_trust: cause.is_none_or(|it| it.is_about_trust() || it == Cause::UnreachableOrUntrusted),
            next: words::waiting(machine, now),
            helper: words::helper(cause, machine),
            endpoint: endpoint.to_string(),
            code: machine.close_code(),
            since: words::ago(now.since(outage.since) / SECOND * SECOND),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::Endpoint;
    use crate::machine::{Close, ConnectionId, Credential, Event};

    const START: Moment = Moment { mono: 0, wall: 1_800_000_000_000 };

    fn connected() -> Machine {
        let mut machine = Machine::default();
        machine.step(Event::Connect(Endpoint::parse("drp.example.com").unwrap(), Credential::None), START, 0);
        machine.step(Event::Opened(ConnectionId(1)), START, 0);
        machine
    }

    #[test]
    fn a_standing_connection_has_no_loss_and_a_closed_one_has_its_code_and_step() {
        let mut machine = connected();
        assert_eq!(OwnLoss::of(&machine, START), None);
        let close = Close { code: CloseCode(1011), reason: String::new(), clean: true, error: false, given_up: None };
        machine.step(Event::Closed(ConnectionId(1), close), START.plus(60_000), 0);
        let loss = OwnLoss::of(&machine, START.plus(72_300)).unwrap();
        assert_eq!((loss.code, loss.endpoint.as_str()), (Some(CloseCode(1011)), "https://drp.example.com:8092"));
        assert!(loss.step.is_some());
        assert_eq!(loss.since, words::ago(12_000));
        assert!(!loss.heading.is_empty());
    }

    #[test]
    fn nothing_is_to_be_done_while_nothing_is_known() {
        let mut machine = connected();
        let close =
            Close { code: CloseCode::ABNORMAL, reason: String::new(), clean: false, error: false, given_up: None };
        machine.step(Event::Closed(ConnectionId(1), close), START.plus(60_000), 0);
        let loss = OwnLoss::of(&machine, START.plus(60_000)).unwrap();
        assert_eq!((loss.step, loss.badge, loss.facts), (None, None, None));
    }
}
