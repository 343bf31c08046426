//! One key for what is done most, for those who do not write into a field at that moment and have not turned it off.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use portal::browser::kept_in_browser;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::fold::Fold;

/// Where it is kept that somebody has turned the keys off (WCAG 2.1.4).
const OFF: &str = "gallery-keys-off";

/// Each key, what it does, and the element that it presses, goes to, or turns to its next choice.
const KEYS: [(&str, &str, &str); 8] = [
    ("/", "Find a state", "#state-search"),
    ("j", "Next state", ".gallery-heading [rel=next]"),
    ("k", "Previous state", ".gallery-heading [rel=prev]"),
    ("t", "Next theme", "#input-theme"),
    ("w", "Next width", ".gallery-toolbar [role=group]"),
    ("c", "Copy link", "[data-share=link] button"),
    ("b", "Open the bare state", "[data-share=bare]"),
    ("?", "These keys", ".gallery-keys > summary"),
];

/// Acts on the keys.
pub(super) fn listen() {
    let press = window_event_listener(ev::keydown, |event: KeyboardEvent| {
        let with_another = event.ctrl_key() || event.alt_key() || event.meta_key();
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let types = target.is_some_and(|it| it.closest("input, textarea, select, iframe").is_ok_and(|it| it.is_some()));
        if with_another || types || are_off() {
            return;
        }
        let Some((_, _, selector)) = KEYS.iter().find(|(key, ..)| *key == event.key()) else { return };
        let element = document().query_selector(selector).ok().flatten();
        if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            event.prevent_default();
            act(&element);
        }
    });
    on_cleanup(move || press.remove());
}

/// What a key does to its element: the kind of the element says it.
fn act(element: &HtmlElement) {
    if let Some(choices) = element.dyn_ref::<HtmlSelectElement>() {
        choices.set_selected_index(
            (choices.selected_index() + 1).rem_euclid(i32::try_from(choices.length()).unwrap_or(1)),
        );
        // Fails only while this very event is on its way.
        let _ = Event::new("change").and_then(|event| choices.dispatch_event(&event));
    } else if element.get_attribute("role").as_deref() == Some("group") {
        let next = element.query_selector("[aria-pressed=true] + button").ok().flatten();
        let next = next.or_else(|| element.query_selector("button").ok().flatten());
        if let Some(next) = next.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            next.click();
        }
    } else if element.is_instance_of::<HtmlInputElement>() {
        let _ = element.focus();
    } else {
        element.click();
        if element.tag_name() == "SUMMARY" {
            let _ = element.focus();
        }
    }
}

/// What the keys are, and the switch that turns them off.
#[component]
pub(super) fn KeyList() -> impl IntoView {
    let on = RwSignal::new(!are_off());
    let switch = move |_| {
        on.update(|on| *on = !*on);
        if let Some(storage) = kept_in_browser() {
            // Where nothing can be kept, the keys are on again after a reload.
            let _ = if on.get_untracked() { storage.remove_item(OFF) } else { storage.set_item(OFF, "true") };
        }
    };
    view! {
        <Fold class="gallery-keys" open=false summary=|| "Keys">
            <dl>
                {KEYS.map(|(key, does, _)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> }).into_iter().collect_view()}
            </dl>
            <label>
                <input type="checkbox" prop:checked=on on:change=switch />
                " Single keys act"
            </label>
        </Fold>
    }
}

fn are_off() -> bool {
    kept_in_browser().is_some_and(|it| it.get_item(OFF).ok().flatten().is_some())
}
