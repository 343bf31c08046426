//! The losses of this tab, as a bar over time and as a list.

use connection::history::{History, Loss};
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
        state.with(|machine| machine.history().losses().iter().rev().take(LISTED).cloned().collect::<Vec<_>>())
    });
    let bar = Memo::new(move |_| state.with(|machine| Bar::of(machine, now.get())));
    move || {
        let losses = losses.get();
        if losses.is_empty() {
            return view! { <p class="text-muted">{words::ZERO_LOSSES}</p> }.into_any();
        }
        view! {
            {move || bar.get().view()}
            <ol class="mt-3 divide-y divide-line">{losses.into_iter().map(row).collect_view()}</ol>
        }
        .into_any()
    }
}

fn row(loss: Loss) -> impl IntoView {
    let line = words::loss_line(&loss);
    let cause = loss.cause.map(|(cause, _)| view! { <p class="first-letter:uppercase">{words::title(cause)}</p> });
    view! {
        <li class="py-2.5" data-loss=loss.number>
            <p class="flex flex-wrap items-baseline gap-x-3">
                <span class="font-mono text-sm">{time(loss.at)}</span>
                <span>
                    <RowLink code=loss.code>{loss.code.0}</RowLink>
                    " "
                    {loss.code.name()}
                </span>
            </p>
            {cause}
            <p class="hint">{line}</p>
        </li>
    }
}

/// The bar in its own units, so that it is drawn again only when something on it moved.
#[derive(Clone, PartialEq, Eq)]
struct Bar {
    start: u64,
    spans: Vec<(&'static str, u64, u64)>,
}

impl Bar {
    fn of(machine: &Machine, now: Moment) -> Self {
        let start = first(machine.history()).unwrap_or(now.wall).min(now.wall.saturating_sub(SHORTEST));
        let length = now.wall.saturating_sub(start).max(1);
        let at = |ms: u64| ms.saturating_sub(start).saturating_mul(WIDTH) / length;
        let (mut spans, mut downs) = (Vec::new(), Vec::new());
        for loss in machine.history().losses() {
            let back = loss.down.map_or(now.wall, |down| loss.at.saturating_add(down));
            if let Some(up) = loss.up {
                spans.push(("up", at(loss.at.saturating_sub(up)), at(loss.at)));
            }
            downs.push(("down", at(loss.at), at(back)));
        }
        if let Phase::Connected { since, .. } = machine.phase() {
            spans.push(("up", at(since.wall), WIDTH));
        }
        // Drawn last, and never too narrow to be seen: they are what the bar is for.
        spans.extend(downs);
        Self { start, spans }
    }

    fn view(self) -> impl IntoView {
        let span = |(class, from, to): (&'static str, u64, u64)| {
            let width = to.saturating_sub(from).max(if class == "down" { 4 } else { 0 });
            view! { <rect class=class x=from y="0" width=width height="10"></rect> }
        };
        view! {
            <svg class="timeline" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
                {self.spans.into_iter().map(span).collect_view()}
            </svg>
            <p class="hint mt-1.5 flex flex-wrap justify-between gap-x-3" aria-hidden="true">
                <span class="tabular">{clock(self.start)}</span>
                <span class="flex items-center gap-1.5">
                    <span class="swatch bg-good"></span>
                    "connected"
                    <span class="swatch bg-bad ms-2"></span>
                    "lost"
                </span>
                <span>"now"</span>
            </p>
        }
    }
}

/// When the first connection that is still known began, or was lost if it had never opened.
fn first(history: &History) -> Option<u64> {
    history.losses().first().map(|loss| loss.at.saturating_sub(loss.up.unwrap_or_default()))
}
