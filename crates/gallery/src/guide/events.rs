//! What a program around the megaphone hears.

use std::collections::VecDeque;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// How many events are kept.
const KEPT: usize = 12;

/// The log of `connectionchange`, the newest first.
#[component]
pub(super) fn EventLog() -> impl IntoView {
    let heard = RwSignal::new(VecDeque::<(u32, String)>::new());
    let listening = window_event_listener_untyped("connectionchange", move |event| {
        let detail = event.dyn_into::<web_sys::CustomEvent>().map(|event| event.detail()).unwrap_or_default();
        let text = js_sys::JSON::stringify(&detail).map(String::from).unwrap_or_default();
        heard.update(|heard| {
            let number = heard.front().map_or(1, |(number, _)| number.saturating_add(1));
            heard.push_front((number, text));
            heard.truncate(KEPT);
        });
    });
    on_cleanup(move || listening.remove());
    view! {
        <h2 class="mt-8" id="events-heading">"Events"</h2>
        <p class="hint mt-1">"Each connectionchange on the window, with its detail; the newest first."</p>
        <div role="log" aria-labelledby="events-heading">
            <ol class="gallery-log">
                <For
                    each=move || heard.get()
                    key=|(number, _)| *number
                    children=|(_, text)| view! { <li class="code">{text}</li> }
                />
            </ol>
        </div>
        {move || heard.with(VecDeque::is_empty).then(|| view! { <p class="hint">"Nothing yet: choose another state."</p> })}
    }
}
