//! The losses of a tab as a bar over time.

use crate::history::Loss;
use crate::machine::{Machine, Phase};
use crate::time::{MINUTE, Moment};

/// The width of the bar in its own units.
pub const BAR_WIDTH: u64 = 1_000;
/// The shortest time that the bar spans, in milliseconds, so that a first loss does not fill it.
const SHORTEST: u64 = MINUTE;

/// The bar in its own units, so that it is drawn again only when something on it moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// When it begins, in milliseconds since 1970. It ends now.
    pub start: u64,
    /// Connections, then losses, which are drawn over them, for the bar is about them.
    pub spans: Vec<Span>,
}

/// A stretch of the bar, from 0 to [`BAR_WIDTH`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// What it stands for.
    pub kind: SpanKind,
    /// Where it begins.
    pub from: u64,
    /// Where it ends.
    pub to: u64,
}

/// What a stretch stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanKind {
    /// A connection.
    Up,
    /// A loss that is over.
    Down,
    /// The loss that lasts.
    Lasting,
}

impl Bar {
    /// The losses of a state, and the connection that stands.
    pub fn of(machine: &Machine, now: Moment) -> Self {
        let since = match machine.phase() {
            Phase::Connected { since, .. } => Some(since.wall),
            Phase::Idle
            | Phase::Connecting { .. }
            | Phase::Waiting { .. }
            | Phase::Offline { .. }
            | Phase::NeedsYou { .. }
            | Phase::Stopped => None,
        };
        Self::new(machine.history().losses(), since, now.wall)
    }

    /// Whether a loss lasts.
    pub fn lasts(&self) -> bool {
        self.spans.iter().any(|span| span.kind == SpanKind::Lasting)
    }

    /// `since` is when the standing connection began, if one stands. All times are milliseconds since 1970.
    fn new(losses: &[Loss], since: Option<u64>, now: u64) -> Self {
        let start = losses.first().map_or(now, began).min(now.saturating_sub(SHORTEST));
        let length = now.saturating_sub(start).max(1);
        let at = |ms: u64| ms.saturating_sub(start).saturating_mul(BAR_WIDTH) / length;
        let up = |from, to| Span { kind: SpanKind::Up, from, to };
        let ups = losses.iter().filter(|loss| loss.up.is_some()).map(|loss| up(at(began(loss)), at(loss.at)));
        let standing = since.map(|since| up(at(since), BAR_WIDTH));
        // A connection that a person made again ends a loss as well, though nobody noted how long that had been.
        let after = losses.iter().skip(1).map(|next| Some(began(next))).chain([since]);
        let downs = losses.iter().zip(after).map(|(loss, after)| {
            let back = loss.down.map(|down| loss.at.saturating_add(down)).or(after).unwrap_or(now);
            let kind = if back == now && since.is_none() { SpanKind::Lasting } else { SpanKind::Down };
            Span { kind, from: at(loss.at), to: at(back) }
        });
        Self { start, spans: ups.chain(standing).chain(downs).collect() }
    }
}

/// When the connection began that a loss ended; when it was lost, if it had never opened.
fn began(loss: &Loss) -> u64 {
    loss.at.saturating_sub(loss.up.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::close_code::CloseCode;

    fn loss(at: u64, up: Option<u64>, down: Option<u64>) -> Loss {
        let (code, reason) = (CloseCode::ABNORMAL, String::new());
        Loss { number: 1, at, code, reason, clean: false, up, quiet: None, down, attempts: 1, cause: None }
    }

    fn span((kind, from, to): (SpanKind, u64, u64)) -> Span {
        Span { kind, from, to }
    }

    #[test]
    fn a_loss_lies_between_the_connections_around_it() {
        let bar = Bar::new(&[loss(150_000, Some(50_000), Some(20_000))], Some(170_000), 200_000);
        assert_eq!(bar.start, 100_000);
        assert_eq!(
            bar.spans,
            [(SpanKind::Up, 0, 500), (SpanKind::Up, 700, 1_000), (SpanKind::Down, 500, 700)].map(span)
        );
    }

    #[test]
    fn a_loss_that_was_not_made_good_lasts_until_now() {
        let bar = Bar::new(&[loss(150_000, Some(50_000), None)], None, 200_000);
        assert_eq!(bar.spans.last(), Some(&span((SpanKind::Lasting, 500, 1_000))));
    }

    #[test]
    fn a_new_sign_in_ends_a_loss() {
        let bar = Bar::new(&[loss(100_000, None, None)], Some(190_000), 200_000);
        assert_eq!(bar.spans.last(), Some(&span((SpanKind::Down, 0, 900))));
    }

    #[test]
    fn the_bar_of_a_state_knows_whether_a_loss_lasts() {
        use crate::endpoint::Endpoint;
        use crate::machine::{Close, ConnectionId, Credential, Event};
        let start = Moment { mono: 0, wall: 1_800_000_000_000 };
        let mut machine = Machine::default();
        let at_rest = Bar::of(&machine, start);
        assert!(at_rest.spans.is_empty() && !at_rest.lasts());
        machine.step(Event::Connect(Endpoint::parse("drp.example.com").unwrap(), Credential::None), start, 0);
        machine.step(Event::Opened(ConnectionId(1)), start, 0);
        let standing = Bar::of(&machine, start.plus(30_000));
        assert_eq!(standing.spans, [span((SpanKind::Up, 500, 1_000))], "the bar spans a minute at the least");
        let (code, reason) = (CloseCode::ABNORMAL, String::new());
        let close = Close { code, reason, clean: false, error: false, given_up: None };
        machine.step(Event::Closed(ConnectionId(1), close), start.plus(120_000), 0);
        let lost = Bar::of(&machine, start.plus(160_000));
        assert!(lost.lasts());
        assert_eq!(lost.spans, [(SpanKind::Up, 0, 750), (SpanKind::Lasting, 750, 1_000)].map(span));
        machine.step(Event::Retry, start.plus(160_000), 0);
        let id = machine.phase().live().unwrap();
        machine.step(Event::Opened(id), start.plus(160_000), 0);
        let back = Bar::of(&machine, start.plus(240_000));
        assert!(!back.lasts());
        let spans = [(SpanKind::Up, 0, 500), (SpanKind::Up, 666, 1_000), (SpanKind::Down, 500, 666)];
        assert_eq!(back.spans, spans.map(span));
    }

    #[test]
    fn a_first_loss_does_not_fill_the_bar() {
        let bar = Bar::new(&[loss(199_000, None, None)], None, 200_000);
        assert_eq!(bar.start, 140_000);
    }
}
