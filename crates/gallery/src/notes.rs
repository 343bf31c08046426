//! The notes beside a state.

use leptos::prelude::*;
use states::{Snapshot, State, sentences};

/// When it occurs, what the person should understand, and which sentences it shows.
#[component]
pub(super) fn StateNotes(state: State, snapshot: Memo<Snapshot>, text: RwSignal<String>) -> impl IntoView {
    let notes = state.notes;
    let faults = if notes.faults.is_empty() { "None: nothing is wrong.".to_owned() } else { notes.faults.join(", ") };
    let words = move || {
        let possible = snapshot.with(|snapshot| sentences(&snapshot.machine, snapshot.now));
        let shown = possible.into_iter().filter(|(_, sentence)| text.with(|text| text.contains(sentence.as_str())));
        shown
            .map(|(name, sentence)| view! { <div><dt class="code">{name}</dt><dd>{sentence}</dd></div> })
            .collect_view()
    };
    view! {
        <dl class="gallery-notes">
            <div><dt>"When it occurs"</dt><dd>{notes.when}</dd></div>
            <div><dt>"What the person should understand and do"</dt><dd>{notes.person}</dd></div>
            <div><dt>"Faults that lead to it"</dt><dd>{faults}</dd></div>
        </dl>
        <details class="mt-4">
            <summary>"Words"</summary>
            <p class="hint mt-2">"The sentences that the frame above shows, each with the function that returns it."</p>
            <dl class="gallery-notes mt-3" data-words="">{words}</dl>
        </details>
    }
}
