//! The notes beside a state.

use leptos::prelude::*;
use portal::components::CopyButton;
use states::{Snapshot, Source, State, sentences, source};

use crate::fold::Fold;

/// Where the sources can be read, up to a file's path, as `MEGAPHONE_SOURCE` said when the gallery was built: the address of
/// a repository at the commit, such as `https://git.example.com/megaphone/blob/main`.
const REPOSITORY: Option<&str> = option_env!("MEGAPHONE_SOURCE");

/// When it occurs, what the person should understand, and which sentences it shows.
#[component]
pub(super) fn StateNotes(state: State, snapshot: Memo<Snapshot>, text: RwSignal<String>) -> impl IntoView {
    let notes = state.notes;
    let faults = if notes.faults.is_empty() { "None: nothing is wrong.".to_owned() } else { notes.faults.join(", ") };
    let words = move || {
        let possible = snapshot.with(|snapshot| sentences(&snapshot.machine, snapshot.now));
        let shown = possible.into_iter().filter(|(_, sentence)| text.with(|text| text.contains(sentence.as_str())));
        shown
            .map(|(name, sentence)| {
                let place = source(name, &sentence).map(place);
                view! { <div><dt class="code">{name}</dt><dd>{sentence}</dd>{place}</div> }
            })
            .collect_view()
    };
    view! {
        <dl class="gallery-notes">
            <div><dt>"When it occurs"</dt><dd>{notes.when}</dd></div>
            <div><dt>"What the person should understand and do"</dt><dd>{notes.person}</dd></div>
            <div><dt>"Faults that lead to it"</dt><dd>{faults}</dd></div>
        </dl>
        <Fold class="mt-4" open=false summary=|| "Words">
            <p class="hint mt-2">
                "The sentences that the frame above shows, each with the function that returns it and the line on which it stands."
            </p>
            <dl class="gallery-notes mt-3" data-words="">{words}</dl>
        </Fold>
    }
}

/// The line of a sentence: a link where it is known where the sources can be read, else text to copy.
fn place(Source { path, line }: Source) -> impl IntoView {
    let text = format!("{path}:{line}");
    let place = match REPOSITORY {
        Some(repository) => {
            let address = format!("{}/{path}#L{line}", repository.trim_end_matches('/'));
            view! { <a href=address rel="external" target="_blank">{text}</a> }.into_any()
        }
        None => view! { <span>{text.clone()}</span> <CopyButton text=move |()| text.clone() /> }.into_any(),
    };
    view! { <dd class="gallery-source">{place}</dd> }
}
