//! A state in its frame, with the controls that change its address and the notes on it.

use core::time::Duration;

use connection::scenario::{self, Chrome, Inputs, Looks, Scenario};
use leptos::prelude::*;
use leptos::{ev, html};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};
use wasm_bindgen::JsValue;

use super::address;
use super::bare::STAGED;
use super::controls::Controls;
use super::home::NoSuchState;
use super::notes::StateNotes;
use super::used::{self, Used};
use crate::components::CopyButton;

/// The page of one state.
#[component]
pub(super) fn StagePage() -> impl IntoView {
    let params = use_params_map();
    let state = Memo::new(move |_| params.with(|params| params.get("state")).unwrap_or_default());
    let page = |id: String| match scenario::find(&id) {
        Some(scenario) => view! { <State scenario /> }.into_any(),
        None => view! { <NoSuchState state=id /> }.into_any(),
    };
    // Keyed, so that each state has a frame of its own: one that is led on leaves its pages in the tab's history.
    view! { <For each=move || [state.get()] key=String::clone children=page /> }
}

#[component]
fn State(scenario: Scenario) -> impl IntoView {
    let id = StoredValue::new(scenario.id.clone());
    let title = scenario.notes.title.clone();
    document().set_title(&format!("{title} – Every state of Megaphone"));
    let search = use_location().search;
    let said = Memo::new(move |_| search.with(|search| address::read(search)));
    let inputs = Signal::derive(move || said.get().0);
    let navigate = use_navigate();
    let change = Callback::new(move |inputs: Inputs| {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&format!("/{}{}", id.get_value(), address::query(&inputs)), options);
    });
    let stage = {
        let scenario = scenario.clone();
        Memo::new_with_compare(move |_| scenario.stage(&inputs.get()), |_, _| true)
    };
    let remarks = move || [said.get().1, stage.with(|stage| stage.remarks.clone())].concat();
    let without_chrome = move |width: Option<u32>| {
        let inputs = inputs.get();
        let looks = Looks { width, chrome: Some(Chrome::Off), ..inputs.looks };
        address::query(&Inputs { looks, ..inputs })
    };
    let bare = Memo::new(move |_| without_chrome(None));
    let link = move |query: String| {
        let origin = window().location().origin().unwrap_or_default();
        format!("{origin}/preview/{}{query}", id.get_value())
    };
    let width = Signal::derive(move || inputs.with(|inputs| inputs.looks.width));
    let used = RwSignal::new(Used::default());
    view! {
        <h1 tabindex="-1">{title}</h1>
        <div class="mt-2 flex flex-wrap items-center gap-3">
            <span class="code">{scenario.id.clone()}</span>
            <CopyButton text=move |()| link(inputs.with_untracked(address::query)) label="Copy link" />
            <a class="btn btn-quiet" target="_blank" href=move || link(without_chrome(width.get()))>"Open the bare state"</a>
        </div>
        <div role="status">
            <ul class="gallery-remarks">
                {move || remarks().into_iter().map(|remark| view! { <li>{remark}</li> }).collect_view()}
            </ul>
        </div>
        <Frame id=scenario.id.clone() bare width used />
        <StateNotes scenario stage used />
        <h2 class="mt-8">"Inputs"</h2>
        <Controls inputs change />
    }
}

/// How far the frame is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Its page is on the way.
    Loading,
    /// Its page draws the state anew.
    Changing,
    /// The state stands.
    Staged,
}

/// The bare state in a window of its own width. A change of the query is sent to it, so that nothing is loaded again.
///
/// Until the state stands, nothing in the frame can take the focus: a dialog that opens takes it, and would take it from
/// whoever goes through the list or moves a control. While the page loads it is hidden for that, because Chromium does
/// not tell a page that is only being made that its frame is inert.
#[component]
fn Frame(id: String, bare: Memo<String>, width: Signal<Option<u32>>, used: RwSignal<Used>) -> impl IntoView {
    let node = NodeRef::<html::Iframe>::new();
    let query = bare.get_untracked();
    let first = format!("/preview/{id}{query}");
    let shown = StoredValue::new(query);
    let progress = RwSignal::new(Progress::Loading);
    let inside = move || node.get_untracked().and_then(|frame| frame.content_window());
    let send = move |query: String| {
        if let (Some(inside), Ok(origin)) = (inside(), window().location().origin()) {
            progress.set(Progress::Changing);
            let _ = inside.post_message(&JsValue::from_str(&query), &origin);
            shown.set_value(query);
        }
    };
    let listening = window_event_listener(ev::message, move |event| {
        let from_frame = event.source().map(JsValue::from) == inside().map(JsValue::from);
        if !from_frame || event.data().as_string().as_deref() != Some(STAGED) {
            return;
        }
        let query = bare.get_untracked();
        if shown.with_value(|shown| *shown != query) {
            return send(query);
        }
        progress.set(Progress::Staged);
        // Not before the frame is shown: what is hidden wears nothing.
        set_timeout(
            move || {
                if let Some(seen) =
                    node.try_get_untracked().flatten().and_then(|frame| used::look(&frame.content_window()?))
                {
                    used.try_set(seen);
                }
            },
            Duration::ZERO,
        );
    });
    on_cleanup(move || listening.remove());
    Effect::new(move || {
        let query = bare.get();
        // A frame that is not there yet is sent what has changed when it says that it is.
        if progress.get_untracked() == Progress::Staged && shown.with_value(|shown| *shown != query) {
            send(query);
        }
    });
    view! {
        <div class="gallery-frame">
            <iframe
                node_ref=node
                title="The state, as the product shows it"
                src=first
                hidden=move || progress.get() == Progress::Loading
                prop:inert=move || progress.get() != Progress::Staged
                style:width=move || width.get().map(|width| format!("{width}px"))
            ></iframe>
        </div>
    }
}
