//! The notes beside a state.

use gloo_net::http::Request;
use leptos::prelude::*;
use portal::base_path::below_base;
use portal::components::CopyButton;
use states::{Snapshot, Source, State, sentences, source};
use wasm_bindgen_futures::spawn_local;

use crate::fold::Fold;

/// Where the sources can be read, up to a file's path, as `MEGAPHONE_SOURCE` said when the gallery was built: the address of
/// a repository at the commit, such as `https://git.example.com/megaphone/blob/main`.
const REPOSITORY: Option<&str> = option_env!("MEGAPHONE_SOURCE");

/// Where the tree would be.
const MISSING: &str = "The server does not send it now. Fold this and unfold it to ask again.";

/// When it occurs, what the person should understand, which sentences it shows, and what a screen reader gets of it.
#[component]
pub(super) fn StateNotes(state: State, snapshot: Memo<Snapshot>, text: RwSignal<String>) -> impl IntoView {
    let notes = state.notes;
    let id = state.id.clone();
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
        <Tree id />
    }
}

/// What a screen reader gets, as it is stored; fetched when it is unfolded.
#[component]
fn Tree(id: String) -> impl IntoView {
    let tree = RwSignal::new(None::<String>);
    let address = StoredValue::new(below_base(&format!("/preview/trees/{id}.yml")));
    let fetch = move |event: web_sys::Event| {
        if !event_target::<web_sys::Element>(&event).has_attribute("open") {
            return;
        }
        spawn_local(async move {
            let text = match Request::get(&address.get_value()).send().await {
                Ok(answer) if answer.ok() => answer.text().await.ok(),
                Ok(_) | Err(_) => None,
            };
            // Nobody may look any more.
            tree.try_set(Some(text.unwrap_or_else(|| MISSING.to_owned())));
        });
    };
    view! {
        <Fold class="mt-4" open=false summary=|| "Accessibility tree" on:toggle=fetch>
            <p class="hint mt-2">"What a screen reader gets of this state, as the tests have stored it: without the inputs."</p>
            <pre class="gallery-tree mt-3" data-tree="" tabindex="0" dir="ltr">{move || tree.get().unwrap_or_else(|| "Fetching…".to_owned())}</pre>
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
        None => view! { <span>{text.clone()}</span> <CopyButton text=move |()| Some(text.clone()) /> }.into_any(),
    };
    view! { <dd class="gallery-source">{place}</dd> }
}
