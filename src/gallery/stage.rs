//! A state in its frame, with the controls that change its address and the notes on it.

use connection::scenario::{self, Chrome, Inputs, Looks, Scenario};
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};
use wasm_bindgen::JsValue;

use super::address;
use super::controls::Controls;
use super::home::NoSuchState;
use super::notes::StateNotes;
use crate::components::CopyButton;

/// The page of one state.
#[component]
pub(super) fn StagePage() -> impl IntoView {
    let params = use_params_map();
    let state = Memo::new(move |_| params.with(|params| params.get("state")).unwrap_or_default());
    move || {
        let id = state.get();
        match scenario::find(&id) {
            Some(scenario) => view! { <State scenario /> }.into_any(),
            None => view! { <NoSuchState state=id /> }.into_any(),
        }
    }
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
    let bare = Signal::derive(move || {
        let inputs = inputs.get();
        let looks = Looks { width: None, chrome: Some(Chrome::Off), ..inputs.looks };
        address::query(&Inputs { looks, ..inputs })
    });
    let link = move |query: String| {
        let origin = window().location().origin().unwrap_or_default();
        format!("{origin}/preview/{}{query}", id.get_value())
    };
    let width = Signal::derive(move || inputs.with(|inputs| inputs.looks.width));
    view! {
        <h1 tabindex="-1">{title}</h1>
        <div class="mt-2 flex flex-wrap items-center gap-3">
            <span class="code">{scenario.id.clone()}</span>
            <CopyButton text=move |()| link(inputs.with_untracked(address::query)) label="Copy link" />
            <a class="btn btn-quiet" target="_blank" href=move || link(bare.get())>"Open the bare state"</a>
        </div>
        <ul class="gallery-remarks" role="status">
            {move || remarks().into_iter().map(|remark| view! { <li>{remark}</li> }).collect_view()}
        </ul>
        <Frame id=scenario.id.clone() bare width />
        <StateNotes scenario stage />
        <h2 class="mt-8">"Inputs"</h2>
        <Controls inputs change />
    }
}

/// The bare state in a window of its own width. A change of the query is sent to it, so that nothing is loaded again.
#[component]
fn Frame(id: String, bare: Signal<String>, width: Signal<Option<u32>>) -> impl IntoView {
    let node = NodeRef::<html::Iframe>::new();
    let first = format!("/preview/{id}{}", bare.get_untracked());
    Effect::new(move |sent: Option<String>| {
        let query = bare.get();
        if let (Some(frame), Some(before)) = (node.get(), sent)
            && before != query
            && let Some(inside) = frame.content_window()
        {
            // A frame that is not there yet reads the query from its own address.
            let origin = window().location().origin().unwrap_or_default();
            let _ = inside.post_message(&JsValue::from_str(&query), &origin);
        }
        query
    });
    view! {
        <div class="gallery-frame">
            <iframe
                node_ref=node
                title="The state, as the product shows it"
                src=first
                style:width=move || width.get().map(|width| format!("{width}px"))
            ></iframe>
        </div>
    }
}
