//! The notes beside a state.

use connection::scenario::{Scenario, Stage, spoken, tokens};
use leptos::prelude::*;

/// When it occurs, what the person should understand, and what it is made of.
#[component]
pub(super) fn StateNotes(scenario: Scenario, stage: Memo<Stage>) -> impl IntoView {
    let view = scenario.view;
    let notes = scenario.notes;
    let faults = if notes.faults.is_empty() { "None: nothing is wrong.".to_owned() } else { notes.faults.join(", ") };
    let words = move || {
        let words = stage.with(|stage| spoken(&stage.machine, stage.now));
        words
            .into_iter()
            .map(|(name, text)| view! { <div><dt class="code">{name}</dt><dd>{text}</dd></div> })
            .collect_view()
    };
    let tokens = move || {
        let tokens = stage.with(|stage| tokens(view, &stage.machine));
        tokens.into_iter().map(|token| view! { <li class="code">{token}</li> }).collect_view()
    };
    view! {
        <dl class="gallery-notes">
            <div><dt>"When it occurs"</dt><dd>{notes.when}</dd></div>
            <div><dt>"What the person should understand and do"</dt><dd>{notes.person}</dd></div>
            <div><dt>"Faults that lead to it"</dt><dd>{faults}</dd></div>
        </dl>
        <details class="mt-4">
            <summary>"Words and tokens"</summary>
            <dl class="gallery-notes mt-3">{words}</dl>
            <ul class="mt-4 flex flex-wrap gap-2">{tokens}</ul>
        </details>
    }
}
