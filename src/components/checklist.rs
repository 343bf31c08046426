//! The evidence: every check with how it came out and the one line that it saw.

use connection::machine::{Event, Machine};
use connection::verdict::Outcome;
use connection::view::Checklist;
use leptos::prelude::*;

use crate::icon::{Icon, icon};

/// The checks of the current loss, and the button that has them made again.
#[component]
pub fn Checklist(state: Signal<Machine>, dispatch: Callback<Event>) -> impl IntoView {
    let list = Memo::new(move |_| state.with(Checklist::of));
    let busy = move || list.with(|list| list.busy);
    view! {
        <div class="flex flex-wrap items-center justify-between gap-2">
            <h3>"What was checked"</h3>
            <button
                type="button"
                class="btn"
                // Not `disabled`: that would take the focus from the person who pressed it.
                aria-disabled=move || busy().then_some("true")
                on:click=move |_| {
                    if !untrack(busy) {
                        dispatch.run(Event::Diagnose);
                    }
                }
            >
                {icon(Icon::Diagnose)}
                {move || list.with(|list| list.button)}
            </button>
        </div>
        <ul
            class="checks mt-3"
            hidden=move || list.with(|list| !list.begun)
            aria-busy=move || busy().then_some("true")
        >
            {move || {
                list.with(|list| list.rows.clone())
                    .map(|(question, outcome, saw)| row(question, outcome, saw))
                    .into_iter()
                    .collect_view()
            }}
        </ul>
    }
}

fn row(question: &'static str, outcome: Outcome, saw: String) -> impl IntoView {
    let drawing = match outcome {
        Outcome::Idle => Icon::Circle,
        Outcome::Running => Icon::Spinner,
        Outcome::Passed => Icon::Check,
        Outcome::Failed => Icon::Cross,
        Outcome::NotReached => Icon::Dash,
        Outcome::Unknown => Icon::Circle,
    };
    view! {
        <li data-outcome=outcome.name()>
            {icon(drawing)}
            <div class="min-w-0">
                <p class="flex flex-wrap justify-between gap-x-3">
                    <span>{question} <span class="sr-only">": "</span></span>
                    <span class="hint">{outcome.name()}</span>
                </p>
                <p class="hint break-words">{saw}</p>
            </div>
        </li>
    }
}
