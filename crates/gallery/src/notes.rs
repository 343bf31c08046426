//! The notes beside a state.

use connection::scenario::{Scenario, Stage, spoken};
use leptos::prelude::*;

use super::used::Used;

/// When it occurs, what the person should understand, and what it is seen to be made of.
#[component]
pub(super) fn StateNotes(scenario: Scenario, stage: Memo<Stage>, used: RwSignal<Used>) -> impl IntoView {
    let notes = scenario.notes;
    let faults = if notes.faults.is_empty() { "None: nothing is wrong.".to_owned() } else { notes.faults.join(", ") };
    let words = move || {
        let said = stage.with(|stage| spoken(&stage.machine, stage.now, stage.browser));
        let shown = said.into_iter().filter(|(_, text)| used.with(|used| used.text.contains(text.as_str())));
        shown.map(|(name, text)| view! { <div><dt class="code">{name}</dt><dd>{text}</dd></div> }).collect_view()
    };
    let tokens = move || {
        let tokens = used.with(|used| used.tokens.clone());
        tokens.into_iter().map(|token| view! { <li class="code" data-used=token>{token}</li> }).collect_view()
    };
    view! {
        <dl class="gallery-notes">
            <div><dt>"When it occurs"</dt><dd>{notes.when}</dd></div>
            <div><dt>"What the person should understand and do"</dt><dd>{notes.person}</dd></div>
            <div><dt>"Faults that lead to it"</dt><dd>{faults}</dd></div>
        </dl>
        <details class="mt-4">
            <summary>"Words and tokens"</summary>
            <p class="hint mt-2">"The sentences that stand in the frame above, each with the function that says it."</p>
            <dl class="gallery-notes mt-3" data-words="">{words}</dl>
            <p class="hint mt-4">"The design tokens that something in it wears."</p>
            <ul class="mt-3 flex flex-wrap gap-2">{tokens}</ul>
        </details>
    }
}
