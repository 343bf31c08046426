//! The evidence: every check with how it came out and the one line that it saw.

use connection::evidence::Check;
use connection::machine::{Event, Machine, Progress};
use connection::words::{self, Outcome};
use leptos::prelude::*;

use crate::icon::{Icon, icon};

/// The checks of the current loss, and the button that has them made again.
#[component]
pub fn Checklist(state: Signal<Machine>, dispatch: Callback<Event>) -> impl IntoView {
    let progress = Memo::new(move |_| state.with(|machine| machine.diagnosis().progress()));
    let rows = Memo::new(move |_| {
        state.with(|machine| Check::ALL.map(|check| (check, words::outcome(check, machine.diagnosis()))))
    });
    let label = move || words::run_checks(progress.get());
    view! {
        <div class="flex flex-wrap items-center justify-between gap-2">
            <h3>"What was checked"</h3>
            <button
                type="button"
                class="btn"
                // Not `disabled`: that would take the focus from whoever pressed it.
                aria-disabled=move || (progress.get() == Progress::Running).then_some("true")
                on:click=move |_| {
                    if progress.get_untracked() != Progress::Running {
                        dispatch.run(Event::Diagnose);
                    }
                }
            >
                {icon(Icon::Diagnose)}
                {label}
            </button>
        </div>
        <ul
            class="checks mt-3"
            hidden=move || progress.get() == Progress::Idle
            aria-busy=move || (progress.get() == Progress::Running).then_some("true")
        >
            {move || rows.get().map(|(check, (outcome, saw))| row(check, outcome, saw)).into_iter().collect_view()}
        </ul>
    }
}

fn row(check: Check, outcome: Outcome, saw: String) -> impl IntoView {
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
                    <span>{words::question(check)} <span class="sr-only">": "</span></span>
                    <span class="hint">{outcome.name()}</span>
                </p>
                <p class="hint break-words">{saw}</p>
            </div>
        </li>
    }
}
