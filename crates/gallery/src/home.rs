//! The gallery's pages of text.

use leptos::prelude::*;
use leptos_router::components::A;
use portal::base_path::below_base;
use states::{Group, Picture, pictures};

use crate::listed::{Listed, listed};
use crate::pictures::picture_address;

/// The first page: every state at a glance, and how its addresses are made.
#[component]
pub(super) fn Home() -> impl IntoView {
    document().set_title("Every state of Megaphone");
    let kind = RwSignal::new(Picture::LightWide);
    let marked = RwSignal::new(Vec::<String>::new());
    let choose = move |(picture, label): (Picture, &'static str)| {
        let pressed = move || (kind.get() == picture).to_string();
        view! { <button type="button" class="chip" aria-pressed=pressed on:click=move |_| kind.set(picture)>{label}</button> }
    };
    let compare = move || {
        marked.with(|marked| match marked.as_slice() {
            [a, b] => Some(below_base(&format!("/preview/compare?a={a}&b={b}"))),
            _ => None,
        })
    };
    view! {
        <div class="prose">
            <h1 tabindex="-1">"Every state of Megaphone"</h1>
            <p>
                {listed().len()}
                " states that the product can be in, drawn by its own components. Looking changes nothing and opens no socket."
            </p>
            <p>
                "Each is replayed, not drawn: its events go through the same machine that runs the portal. Its inputs change its address, so a link shows to others what you see; with "
                <span class="code">"chrome=off"</span> " in the address it stands alone. For programs, the list is "
                <a href=below_base("/preview/states.json") rel="external">"states.json"</a> "."
            </p>
        </div>
        <div class="gallery-widths mt-4" role="group" aria-label="Pictures">
            {[(Picture::LightWide, "Light, wide"), (Picture::DarkNarrow, "Dark, narrow"), (Picture::ForcedColors, "Forced colours")]
                .map(choose)
                .into_iter()
                .collect_view()}
        </div>
        <p class="hint mt-2" role="status">
            {move || match compare() {
                Some(address) => view! { <A href=address>"Compare the two"</A> }.into_any(),
                None => "Mark two states to compare them.".into_any(),
            }}
        </p>
        {Group::ALL.map(|group| view! { <Sheet group kind marked /> }).into_iter().collect_view()}
    }
}

/// The states of one group as tiles. Where a state's shape is that of another, no picture is kept, and its name stands alone.
#[component]
fn Sheet(group: Group, kind: RwSignal<Picture>, marked: RwSignal<Vec<String>>) -> impl IntoView {
    let tile = move |Listed { state, facets }: &'static Listed| {
        let id = StoredValue::new(state.id.clone());
        let kept = pictures(state);
        let picture = move || {
            let kind = kind.get();
            let kept = kept.contains(&kind);
            kept.then(|| view! { <img loading="lazy" alt="" src=picture_address(kind, &id.get_value()) /> })
        };
        let is_marked = move || marked.with(|marked| marked.contains(&id.get_value()));
        let mark = move |_| {
            let id = id.get_value();
            marked.update(|marked| match marked.iter().position(|it| *it == id) {
                Some(at) => drop(marked.remove(at)),
                None => {
                    if marked.len() == 2 {
                        marked.remove(0);
                    }
                    marked.push(id);
                }
            });
        };
        view! {
            <li class="gallery-tile">
                <a href=below_base(&format!("/preview/{}", state.id))>
                    <span class="gallery-picture">{picture}</span>
                    <span>
                        <span class="gallery-dot" data-alarm=facets.alarm aria-hidden="true"></span>
                        {state.notes.title.clone()}
                    </span>
                </a>
                <label>
                    <input type="checkbox" prop:checked=is_marked on:change=mark aria-label=format!("Compare {}", state.notes.title) />
                    <span class="code">{state.id.clone()}</span>
                </label>
            </li>
        }
    };
    let tiles = listed().iter().filter(|it| it.state.group == group).map(tile).collect_view();
    view! {
        <h2 class="mt-8">{group.title()}</h2>
        <ul class="gallery-sheet">{tiles}</ul>
    }
}

/// For an address that names no state.
#[component]
pub(super) fn NoSuchState(state: String) -> impl IntoView {
    let shown: String = state.chars().take(80).collect();
    view! {
        <div class="prose">
            <h1 tabindex="-1">"There is no such state"</h1>
            <p class="break-words">"No state is called “" {shown} "”. The list has all that there are."</p>
            <p><a href=below_base("/preview/") rel="external">"Every state of Megaphone"</a></p>
        </div>
    }
}
