//! A state in its frame, with the controls that change its address and the notes on it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};
use portal::base_path::below_base;
use portal::components::CopyButton;
use states::{Appearance, Chrome, Colors, Inputs, State, pictures};

use crate::address;
use crate::browse::wide;
use crate::compare::Vary;
use crate::controls::{Controls, Toolbar};
use crate::fold::Fold;
use crate::frame::Frame;
use crate::home::NoSuchState;
use crate::listed::listed;
use crate::notes::StateNotes;
use crate::pictures::PictureButtons;

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
    let state_title = StoredValue::new(title.clone());
    let (before, after) = neighbours(&state.id);
    let kept = pictures(&state);
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
    let without_chrome = move |alone: bool| {
        let inputs = inputs.get();
        let width = inputs.appearance.width.filter(|_| alone);
        let vision = inputs.appearance.vision.filter(|_| alone);
        let appearance = Appearance { width, vision, chrome: Some(Chrome::Off), ..inputs.appearance };
        address::query(&Inputs { appearance, ..inputs })
    };
    let bare = Memo::new(move |_| without_chrome(false));
    let link = move |query: String| {
        let origin = window().location().origin().unwrap_or_default();
        format!("{origin}/preview/{}{query}", id.get_value())
    };
    let width = Signal::derive(move || inputs.with(|inputs| inputs.appearance.width));
    let vision = Signal::derive(move || inputs.with(|inputs| inputs.appearance.vision));
    let appearance = Signal::derive(move || inputs.with(|inputs| inputs.appearance));
    let values = Signal::derive(move || snapshot.with(|snapshot| snapshot.values()));
    let embed = move |()| {
        Some(format!("<iframe src=\"{}\" title=\"{}\"></iframe>", link(bare.get_untracked()), state_title.get_value()))
    };
    let compare = move |vary: Vary| {
        let query = inputs.with(address::query);
        below_base(&format!(
            "/preview/compare?a={}&vary={}{}",
            id.get_value(),
            vary.name(),
            query.replacen('?', "&", 1)
        ))
    };
    let text = RwSignal::new(String::new());
    view! {
        <div class="gallery-heading">
            <h1 tabindex="-1">{title}</h1>
            {neighbour(before, "Previous", "prev")}
            {neighbour(after, "Next", "next")}
        </div>
        <div class="mt-2 flex flex-wrap items-center gap-3">
            <span class="code">{state.id.clone()}</span>
            <span data-share="link">
                <CopyButton text=move |()| Some(link(inputs.with_untracked(address::query))) label="Copy link" copied="Link copied" />
            </span>
            <CopyButton text=embed label="Copy as iframe" copied="Iframe copied" />
            <PictureButtons kept id appearance />
            <a class="btn btn-quiet" data-share="bare" target="_blank" href=move || link(without_chrome(true))>
                "Open the bare state"
            </a>
        </div>
        <p class="gallery-compare">
            "Compare: "
            <A href=move || compare(Vary::Theme)>"light and dark"</A>
            <A href=move || compare(Vary::Width)>"390 and 1280 pixels"</A>
            <A href=move || compare(Vary::Time)>"stored and now"</A>
            <A href=move || compare(Vary::State)>"with another state"</A>
        </p>
        <div role="status">
            <ul class="gallery-warnings">
                {move || warnings().into_iter().map(|warning| view! { <li>{warning}</li> }).collect_view()}
            </ul>
        </div>
        <Toolbar inputs change />
        <div class="gallery-desk">
            <div>
                {move || {
                    (appearance.get().colors == Some(Colors::Forced))
                        .then(|| {
                            view! {
                                <p class="hint mt-2">
                                    "Imitated: the product's own rules for forced colours, in the colours of the system. What a browser forces beyond that, the stored pictures show."
                                </p>
                            }
                        })
                }}
                <Frame id=state.id.clone() bare width vision text />
                <StateNotes state snapshot text />
            </div>
            <Fold class="gallery-inputs" open=wide() summary=|| view! { <h2>"Inputs"</h2> }>
                <Controls inputs values change />
            </Fold>
        </div>
    }
}

/// The ids of the states before and after one in the list.
fn neighbours(id: &str) -> (Option<String>, Option<String>) {
    let here = listed().iter().position(|it| it.state.id == id);
    let at = |at: Option<usize>| at.and_then(|at| listed().get(at)).map(|it| it.state.id.clone());
    (at(here.and_then(|here| here.checked_sub(1))), at(here.map(|here| here + 1)))
}

fn neighbour(id: Option<String>, name: &'static str, rel: &'static str) -> impl IntoView {
    id.map(|id| view! { <a class="btn btn-quiet" rel=rel href=below_base(&format!("/preview/{id}"))>{name}</a> })
}
