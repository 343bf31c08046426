//! A state in its frame, with the controls that change its address and the notes on it.

use leptos::prelude::*;
use leptos::{ev, html};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};
use portal::base_path::below_base;
use portal::components::CopyButton;
use states::{Appearance, Chrome, Inputs, State};
use wasm_bindgen::JsValue;

use crate::address;
use crate::controls::Controls;
use crate::frame::SHOWN;
use crate::home::NoSuchState;
use crate::notes::StateNotes;

/// The page of one state.
#[component]
pub(super) fn StatePage() -> impl IntoView {
    let params = use_params_map();
    let state = Memo::new(move |_| params.with(|params| params.get("state")).unwrap_or_default());
    let page = |id: String| match states::find(&id) {
        Some(state) => view! { <StateView state /> }.into_any(),
        None => view! { <NoSuchState state=id /> }.into_any(),
    };
    // Keyed, so that each state has a frame of its own: one that is led on leaves its pages in the tab's history.
    view! { <For each=move || [state.get()] key=String::clone children=page /> }
}

#[component]
fn StateView(state: State) -> impl IntoView {
    let id = StoredValue::new(state.id.clone());
    let title = state.notes.title.clone();
    document().set_title(&format!("{title} – Every state of Megaphone"));
    let search = use_location().search;
    let read = Memo::new(move |_| search.with(|search| address::read(search)));
    let inputs = Signal::derive(move || read.get().0);
    let navigate = use_navigate();
    let change = Callback::new(move |inputs: Inputs| {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&format!("/{}{}", id.get_value(), address::query(&inputs)), options);
    });
    let snapshot = {
        let state = state.clone();
        Memo::new_with_compare(move |_| state.snapshot(&inputs.get()), |_, _| true)
    };
    let warnings = move || [read.get().1, snapshot.with(|snapshot| snapshot.warnings.clone())].concat();
    let without_chrome = move |width: Option<u32>| {
        let inputs = inputs.get();
        let appearance = Appearance { width, chrome: Some(Chrome::Off), ..inputs.appearance };
        address::query(&Inputs { appearance, ..inputs })
    };
    let bare = Memo::new(move |_| without_chrome(None));
    let link = move |query: String| {
        let origin = window().location().origin().unwrap_or_default();
        format!("{origin}/preview/{}{query}", id.get_value())
    };
    let width = Signal::derive(move || inputs.with(|inputs| inputs.appearance.width));
    let text = RwSignal::new(String::new());
    view! {
        <h1 tabindex="-1">{title}</h1>
        <div class="mt-2 flex flex-wrap items-center gap-3">
            <span class="code">{state.id.clone()}</span>
            <CopyButton text=move |()| link(inputs.with_untracked(address::query)) label="Copy link" />
            <a class="btn btn-quiet" target="_blank" href=move || link(without_chrome(width.get()))>"Open the bare state"</a>
        </div>
        <div role="status">
            <ul class="gallery-warnings">
                {move || warnings().into_iter().map(|warning| view! { <li>{warning}</li> }).collect_view()}
            </ul>
        </div>
        <Frame id=state.id.clone() bare width text />
        <StateNotes state snapshot text />
        <h2 class="mt-8">"Inputs"</h2>
        <Controls inputs change />
    }
}

/// How far the frame is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Its page is on the way.
    Loading,
    /// Its page renders another query.
    Changing,
    /// The state is shown.
    Shown,
}

/// The bare state in a window of its own width. A change of the query is sent to it, so that nothing is loaded again.
///
/// Until the state stands, nothing in the frame can take the focus: a dialog that opens takes it, and would take it from
/// whoever goes through the list or moves a control. While the page loads it is hidden for that, because Chromium does
/// not tell a page that is only being made that its frame is inert.
#[component]
fn Frame(id: String, bare: Memo<String>, width: Signal<Option<u32>>, text: RwSignal<String>) -> impl IntoView {
    let node = NodeRef::<html::Iframe>::new();
    let query = bare.get_untracked();
    let first = below_base(&format!("/preview/{id}{query}"));
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
        if !from_frame || event.data().as_string().as_deref() != Some(SHOWN) {
            return;
        }
        let query = bare.get_untracked();
        if shown.with_value(|shown| *shown != query) {
            return send(query);
        }
        progress.set(Progress::Shown);
        text.set(inside().and_then(|inside| inside.document()?.body()?.text_content()).unwrap_or_default());
    });
    on_cleanup(move || listening.remove());
    Effect::new(move || {
        let query = bare.get();
        // A frame that is not there yet is sent what has changed when it says that it is.
        if progress.get_untracked() == Progress::Shown && shown.with_value(|shown| *shown != query) {
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
                prop:inert=move || progress.get() != Progress::Shown
                style:width=move || width.get().map(|width| format!("{width}px"))
            ></iframe>
        </div>
    }
}
