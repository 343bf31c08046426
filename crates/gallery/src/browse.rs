//! The list of states: grouped, searched, and gone through with the arrow keys.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_router::components::A;
use portal::base_path::below_base;
use states::{Group, State, all};
use wasm_bindgen::JsCast;

/// The list, beside whatever the gallery shows.
#[component]
pub(super) fn Browse() -> impl IntoView {
    let search = RwSignal::new(String::new());
    let states = StoredValue::new(all());
    let found = Memo::new(move |_| {
        states.with_value(|states| {
            let found = states.iter().filter(|state| search.with(|search| matches(state, search)));
            found.map(|state| (state.group, state.id.clone(), state.notes.title.clone())).collect::<Vec<_>>()
        })
    });
    let group = move |group: Group| {
        let states = found.get().into_iter().filter(|(of, ..)| *of == group);
        let links: Vec<_> = states
            .map(|(_, id, title)| view! { <li><A href=below_base(&format!("/preview/{id}"))>{title}</A></li> })
            .collect();
        (!links.is_empty()).then(|| {
            view! {
                <h2>{group.title()}</h2>
                <ul>{links}</ul>
            }
        })
    };
    view! {
        <nav class="gallery-list" aria-label="States" on:keydown=walk>
            <p class="gallery-title"><A href=below_base("/preview/") exact=true>"Every state of Megaphone"</A></p>
            <p class="flex flex-wrap gap-x-4">
                <A href=below_base("/preview/tokens")>"Design tokens"</A>
                <A href=below_base("/preview/guide")>"Embed and restyle"</A>
                <A href=below_base("/preview/live")>"Break it for real"</A>
                <a href=below_base("/") rel="external">"The portal"</a>
            </p>
            <label class="label mt-4" for="state-search">"Find a state"</label>
            <input
                id="state-search"
                class="input"
                type="search"
                on:input=move |event| search.set(event_target_value(&event))
            />
            <p class="hint mt-1" role="status">
                {move || match found.with(Vec::len) {
                    0 => "No state has these words".to_owned(),
                    1 => "1 state".to_owned(),
                    count => format!("{count} states"),
                }}
            </p>
            {move || Group::ALL.map(group).into_iter().collect_view()}
        </nav>
    }
}

/// Whether each word of the search stands in the state's name, group or notes.
fn matches(state: &State, search: &str) -> bool {
    let notes = &state.notes;
    let text = [&state.id, state.group.title(), &notes.title, &notes.when, &notes.person].join(" ").to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// Up, down, Home and End go from link to link, as in any list; Enter opens one, as any link.
fn walk(event: KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => Step::By(1),
        "ArrowUp" => Step::By(-1),
        "Home" => Step::First,
        "End" => Step::Last,
        _ => return,
    };
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(target) = target.filter(|target| target.tag_name() == "A") else { return };
    let Ok(links) = document().query_selector_all(".gallery-list ul a") else { return };
    let here = (0..links.length()).find(|n| links.item(*n).is_some_and(|node| *node == **target));
    let last = links.length().saturating_sub(1);
    let next = match (step, here) {
        (Step::First, _) | (Step::By(_), None) => 0,
        (Step::Last, _) => last,
        (Step::By(by), Some(here)) => here.saturating_add_signed(by).min(last),
    };
    if let Some(link) = links.item(next).and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        let _ = link.focus();
    }
}

enum Step {
    By(i32),
    First,
    Last,
}
