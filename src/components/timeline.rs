//! The losses of this tab, as a bar over time and as a list.

use connection::history::Loss;
use connection::machine::Machine;
use connection::time::Moment;
use connection::view::{BAR_WIDTH, Bar, Span, SpanKind};
use connection::words;
use leptos::prelude::*;

use super::close_badge::RowLink;
use super::facts::time;
use super::later::Later;
use super::time::clock;
use crate::driver::losses_unread;
use crate::part::part;

/// How many losses are listed.
const LISTED: usize = 10;

part! {
    dialog, fetch fetch,
    /// Draws the losses, which the dialog has too.
    fn drawn() -> fn(Shown) -> AnyView {
        |Shown { state, now }| Timeline(TimelineProps { state, now }).into_any()
    }
}

/// What losses are drawn from.
#[derive(Clone, Copy)]
struct Shown {
    state: Signal<Machine>,
    now: Signal<Moment>,
}

/// The newest losses, once there is one; before that a sentence.
#[component]
pub fn Losses(state: Signal<Machine>, now: Signal<Moment>) -> impl IntoView {
    let any = Memo::new(move |_| state.with(|machine| !machine.history().losses().is_empty()));
    let unread = Memo::new(move |_| state.with(losses_unread));
    view! {
        {move || {
            if any.get() {
                view! { <Later ask=drawn with=Shown { state, now } /> }.into_any()
            } else {
                no_losses(unread.get())
            }
        }}
    }
}

/// What stands in the place of losses. Each page of the tab leaves its own to the next, which reads them a little later.
fn no_losses(unread: bool) -> AnyView {
    let said = if unread { words::LOSSES_UNREAD } else { words::ZERO_LOSSES };
    view! { <p class="text-muted">{said}</p> }.into_any()
}

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
    let unread = Memo::new(move |_| state.with(losses_unread));
    let bar = Memo::new(move |_| (!none.get()).then(|| state.with(|machine| Bar::of(machine, now.get()))));
    let rows = move || {
        let today = now.get_untracked();
        losses.get().into_iter().map(|(loss, cause)| row(loss, cause, today).into_any()).collect_view()
    };
    view! {
        {move || none.get().then(|| no_losses(unread.get())).into_any()}
        {move || bar.get().map(|bar| draw(bar, now.get_untracked()).into_any()).into_any()}
        <p class="hint mt-3" hidden={move || total() <= LISTED}>
            "The newest " {LISTED} " of " {move || total().into_any()} ":"
        </p>
        <ol class="ruled mt-3" hidden=move || none.get()>
            {move || rows().into_any()}
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

// The drawing says it as a text.
const _: () = assert!(BAR_WIDTH == 1_000);

fn draw(bar: Bar, today: Moment) -> impl IntoView {
    // Height tells what colour tells, and the shortest loss is still to be seen on the narrowest screen.
    let span = |Span { kind, from, to }: Span| {
        let (class, y, height, least) = match kind {
            SpanKind::Up => ("up", 9, 10, 0),
            SpanKind::Lasting => ("lasting", 0, 28, 28),
            SpanKind::Down => ("down", 0, 28, 14),
        };
        let width = to.saturating_sub(from).max(least);
        let x = from.min(BAR_WIDTH.saturating_sub(width));
        view! { <rect class=class x=x y=y width=width height=height></rect> }.into_any()
    };
    let lasts = bar.lasts();
    view! {
        <svg class="timeline" viewBox="0 0 1000 28" preserveAspectRatio="none" aria-hidden="true">
            {bar.spans.into_iter().map(span).collect_view()}
        </svg>
        <p class="hint mt-1.5 flex flex-wrap justify-between gap-x-3" aria-hidden="true">
            <span class="tabular">{clock(bar.start, today)}</span>
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
