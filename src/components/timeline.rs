//! The losses of this tab, as a bar over time and as a list.

use connection::history::Loss;
use connection::machine::{Machine, Phase};
use connection::time::{MINUTE, Moment};
use connection::words;
use leptos::prelude::*;

use super::close_badge::RowLink;
use super::facts::time;
use super::time::clock;

/// How many losses are listed.
const LISTED: usize = 10;
/// The width of the bar in its own units.
const WIDTH: u64 = 1_000;
/// The shortest time that the bar spans, in milliseconds, so that a first loss does not fill it.
const SHORTEST: u64 = MINUTE;

/// The newest losses; nothing but a sentence while there are none.
#[component]
pub fn Timeline(state: Signal<Machine>, now: Signal<Moment>) -> impl IntoView {
    let losses = Memo::new(move |_| {
        state.with(|machine| {
            let newest = machine.history().losses().iter().rev().take(LISTED);
            newest.map(|loss| (loss.clone(), words::loss_cause(loss, machine))).collect::<Vec<_>>()
        })
    });
    let total = move || state.with(|machine| machine.history().total() as usize);
    let none = Memo::new(move |_| losses.with(Vec::is_empty));
    let bar = Memo::new(move |_| (!none.get()).then(|| state.with(|machine| Bar::of(machine, now.get()))));
    let rows = move || {
        let today = now.get_untracked();
        losses.get().into_iter().map(|(loss, cause)| row(loss, cause, today)).collect_view()
    };
    view! {
        {move || none.get().then(|| view! { <p class="text-muted">{words::ZERO_LOSSES}</p> })}
        {move || bar.get().map(|bar| bar.view(now.get_untracked()))}
        <p class="hint mt-3" hidden={move || total() <= LISTED}>
            "The newest " {LISTED} " of " {total} ":"
        </p>
        <ol class="mt-3 divide-y divide-line" hidden=none>
            {rows}
        </ol>
    }
}

fn row(loss: Loss, cause: String, today: Moment) -> impl IntoView {
    let line = words::loss_line(&loss);
    view! {
        <li class="py-2.5" data-loss=loss.number>
            <p class="flex flex-wrap items-baseline gap-x-3">
                <span class="font-mono text-sm">{time(loss.at, today)}</span>
                <span>
                    <RowLink code=loss.code>{loss.code.0}</RowLink>
                    " "
                    {loss.code.name()}
                </span>
            </p>
            // It is there from the start, so that nothing moves when the cause becomes known.
            <p class="first-letter:uppercase">{cause}</p>
            <p class="hint">{line}</p>
        </li>
    }
}

/// The bar in its own units, so that it is drawn again only when something on it moved.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bar {
    start: u64,
    spans: Vec<Span>,
}

/// A class, and from where to where.
type Span = (&'static str, u64, u64);

impl Bar {
    fn of(machine: &Machine, now: Moment) -> Self {
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

    /// `since` is when the standing connection began, if one stands. All times are milliseconds since 1970.
    fn new(losses: &[Loss], since: Option<u64>, now: u64) -> Self {
        let start = losses.first().map_or(now, began).min(now.saturating_sub(SHORTEST));
        let length = now.saturating_sub(start).max(1);
        let at = |ms: u64| ms.saturating_sub(start).saturating_mul(WIDTH) / length;
        let ups = losses.iter().filter(|loss| loss.up.is_some()).map(|loss| ("up", at(began(loss)), at(loss.at)));
        let standing = since.map(|since| ("up", at(since), WIDTH));
        // A connection that a person made anew ends a loss as well, though nobody noted how long that had been.
        let after = losses.iter().skip(1).map(|next| Some(began(next))).chain([since]);
        let downs = losses.iter().zip(after).map(|(loss, after)| {
            let back = loss.down.map(|down| loss.at.saturating_add(down)).or(after).unwrap_or(now);
            (if back == now && since.is_none() { "lasting" } else { "down" }, at(loss.at), at(back))
        });
        // Losses are drawn last, for the bar is about them.
        Self { start, spans: ups.chain(standing).chain(downs).collect() }
    }

    fn view(self, today: Moment) -> impl IntoView {
        // Height tells what colour tells, and the shortest loss is still to be seen on the narrowest screen.
        let span = |(class, from, to): Span| {
            let (y, height, least) = match class {
                "up" => (9, 10, 0),
                "lasting" => (0, 28, 28),
                _ => (0, 28, 14),
            };
            let width = to.saturating_sub(from).max(least);
            let x = from.min(WIDTH.saturating_sub(width));
            view! { <rect class=class x=x y=y width=width height=height></rect> }
        };
        let lasts = self.spans.iter().any(|(class, ..)| *class == "lasting");
        view! {
            <svg class="timeline" viewBox="0 0 1000 28" preserveAspectRatio="none" aria-hidden="true">
                {self.spans.into_iter().map(span).collect_view()}
            </svg>
            <p class="hint mt-1.5 flex flex-wrap justify-between gap-x-3" aria-hidden="true">
                <span class="tabular">{clock(self.start, today)}</span>
                // Two, of which one is shown: a text that changes in one place would move its beginning.
                <span class="timeline-now" hidden=lasts>"now"</span>
                <span class="timeline-now" hidden=!lasts>"now: not connected"</span>
                <span class="flex basis-full items-center gap-1.5">
                    <span class="swatch bg-good"></span>
                    "connected"
                    <span class="swatch swatch-lost bg-bad ms-2"></span>
                    "lost"
                </span>
            </p>
        }
    }
}

/// When the connection began that a loss ended; when it was lost, if it had never opened.
fn began(loss: &Loss) -> u64 {
    loss.at.saturating_sub(loss.up.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use connection::close_code::CloseCode;

    fn loss(at: u64, up: Option<u64>, down: Option<u64>) -> Loss {
        let (code, reason) = (CloseCode::ABNORMAL, String::new());
        Loss { number: 1, at, code, reason, clean: false, up, quiet: None, down, attempts: 1, cause: None }
    }

    #[test]
    fn a_loss_lies_between_the_connections_around_it() {
        let bar = Bar::new(&[loss(150_000, Some(50_000), Some(20_000))], Some(170_000), 200_000);
        assert_eq!(bar.start, 100_000);
        assert_eq!(bar.spans, [("up", 0, 500), ("up", 700, 1_000), ("down", 500, 700)]);
    }

    #[test]
    fn a_loss_that_was_not_made_good_lasts_until_now() {
        let bar = Bar::new(&[loss(150_000, Some(50_000), None)], None, 200_000);
        assert_eq!(bar.spans.last(), Some(&("lasting", 500, 1_000)));
    }

    #[test]
    fn a_new_sign_in_ends_a_loss() {
        let bar = Bar::new(&[loss(100_000, None, None)], Some(190_000), 200_000);
        assert_eq!(bar.spans.last(), Some(&("down", 0, 900)));
    }

    #[test]
    fn a_first_loss_does_not_fill_the_bar() {
        let bar = Bar::new(&[loss(199_000, None, None)], None, 200_000);
        assert_eq!(bar.start, 140_000);
    }
}
