//! What the facts of a connection say of a state: since when it stands or is away, and when something last came.

use crate::endpoint::Endpoint;
use crate::machine::{Machine, Phase};
use crate::probe::Certificate;
use crate::time::Moment;

/// Since when the connection stands or is away, with the words for it; nothing while there is neither. During the first try
/// there is no time yet, and the words keep its place.
pub fn standing(machine: &Machine) -> Option<(&'static str, Option<Moment>)> {
    match machine.phase() {
        Phase::Connected { since, .. } => return Some(("Connected since", Some(since))),
        Phase::Connecting { .. } if machine.outage().is_none() => return Some(("Connected since", None)),
        Phase::Idle => return None,
        Phase::Connecting { .. }
        | Phase::Waiting { .. }
        | Phase::Offline { .. }
        | Phase::NeedsYou { .. }
        | Phase::Stopped => {}
    }
    machine.outage().map(|outage| ("Not connected since", Some(outage.since)))
}

/// Until when the endpoint's certificate is valid, in seconds since 1970, where there can be one: it is known only once the
/// portal's server has looked, and keeps its place until then.
pub fn certificate_end(machine: &Machine) -> Option<Option<i64>> {
    let encrypted = machine.endpoint().is_some_and(Endpoint::is_secure);
    encrypted.then(|| seen_certificate(machine).map(|certificate| certificate.not_after))
}

/// The endpoint's certificate as it was seen last.
pub(super) fn seen_certificate(machine: &Machine) -> Option<&Certificate> {
    machine.certificate()
}

/// When something last came through, in milliseconds since 1970: through the connection that stands, else the last one.
pub fn last_message(machine: &Machine) -> Option<u64> {
    match machine.phase() {
        Phase::Connected { liveness, .. } => Some(liveness.last_message_at.wall),
        Phase::Idle
        | Phase::Connecting { .. }
        | Phase::Waiting { .. }
        | Phase::Offline { .. }
        | Phase::NeedsYou { .. }
        | Phase::Stopped => {
            let last = machine.history().last()?;
            last.up.and(last.quiet).map(|quiet| last.at.saturating_sub(quiet))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Close, ConnectionId, Credential, Event};

    #[test]
    fn a_certificate_keeps_its_place_only_where_there_can_be_one() {
        let end = |address: &str| {
            let mut machine = Machine::default();
            let now = Moment { mono: 0, wall: 1_800_000_000_000 };
            machine.step(Event::Connect(Endpoint::parse(address).unwrap(), Credential::None), now, 0);
            certificate_end(&machine)
        };
        assert_eq!((end("https://drp.example.com"), end("http://drp.example.com")), (Some(None), None));
        assert_eq!(certificate_end(&Machine::default()), None);
    }

    #[test]
    fn a_loss_changes_since_when_and_keeps_the_last_message() {
        let start = Moment { mono: 0, wall: 1_800_000_000_000 };
        let mut machine = Machine::default();
        assert_eq!((standing(&machine), last_message(&machine)), (None, None));
        machine.step(Event::Connect(Endpoint::parse("drp.example.com").unwrap(), Credential::None), start, 0);
        assert_eq!(standing(&machine), Some(("Connected since", None)), "the place is kept");
        machine.step(Event::Opened(ConnectionId(1)), start, 0);
        assert_eq!(standing(&machine), Some(("Connected since", Some(start))));
        assert_eq!(last_message(&machine), Some(start.wall));
        let lost = start.plus(60_000);
        let close = Close {
            code: crate::close_code::CloseCode(1011),
            reason: String::new(),
            clean: true,
            error: false,
            given_up: None,
        };
        machine.step(Event::Closed(ConnectionId(1), close), lost, 0);
        assert_eq!(standing(&machine), Some(("Not connected since", Some(lost))));
        assert_eq!(last_message(&machine), Some(start.wall));
    }
}
