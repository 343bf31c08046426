//! The list of states: grouped, searched, and gone through with the arrow keys. On a narrow screen it is folded.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;
use portal::base_path::below_base;
use states::{Group, Search};
use wasm_bindgen::JsCast;

use crate::address;
use crate::fold::Fold;
use crate::keys::{self, KeyList};
use crate::listed::{Listed, listed};

/// The list, beside whatever the gallery shows.
#[component]
pub(super) fn Browse() -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let search = Memo::new(move |_| typed.with(|typed| Search::parse(typed)));
    let found = Memo::new(move |_| {
        let search = search.get();
        let is_found = |(_, it): &(usize, &Listed)| search.finds(&it.state, || it.facets.clone());
        listed().iter().enumerate().filter(is_found).map(|(at, _)| at).collect::<Vec<_>>()
    });
    let group = move |group: Group| {
        let found = found.get().into_iter().filter_map(|at| listed().get(at)).filter(|it| it.state.group == group);
        let appearance = address::query(&search.with(Search::appearance));
        let links: Vec<_> = found
            .map(|Listed { state, facets }| {
                view! {
                    <li>
                        <A href=below_base(&format!("/preview/{}{appearance}", state.id))>
                            <span class="gallery-dot" data-alarm=facets.alarm aria-hidden="true"></span>
                            {state.short_title()}
                        </A>
                    </li>
                }
            })
            .collect();
        (!links.is_empty()).then(|| {
            let count = links.len();
            view! {
                <Fold
                    class="gallery-group"
                    open=true
                    summary=move || {
                        view! {
                            <h2>{group.title()}</h2>
                            <span class="hint">{count}</span>
                        }
                    }
                >
                    <ul>{links}</ul>
                </Fold>
            }
        })
    };
    // After following a link, people see where in the list the state is.
    let path = use_location().pathname;
    Effect::new(move || {
        path.track();
        request_animation_frame(show_current);
    });
    // Where the portal stands beside its faults, the list makes room.
    let unfolded = Memo::new(move |_| wide() && path.with(|path| !path.trim_end_matches('/').ends_with("/live")));
    keys::listen();
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
                placeholder="Words, or is:red code:1006 has:button"
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <p class="hint mt-1" role="status">
                {move || {
                    let count = match found.with(Vec::len) {
                        0 => "No state has these words".to_owned(),
                        1 => "1 state".to_owned(),
                        count => format!("{count} states"),
                    };
                    let appearance = search.with(Search::appearance).pairs();
                    let appearance = appearance.iter().map(|(key, value)| format!(", {key} {value}"));
                    [count].into_iter().chain(appearance).collect::<String>()
                }}
            </p>
            <Fold class="gallery-fold" open=unfolded summary=|| "All states">
                {move || Group::ALL.map(group).into_iter().collect_view()}
            </Fold>
            <KeyList />
        </nav>
    }
}

/// Whether the list has a column of its own, as in the style sheet.
pub(super) fn wide() -> bool {
    window().match_media("(width >= 60rem)").ok().flatten().is_some_and(|query| query.matches())
}

/// Scrolls the list, and nothing else, to the state that is shown.
fn show_current() {
    let find = |selector: &str| document().query_selector(selector).ok().flatten();
    let (Some(list), Some(link)) = (find(".gallery-list"), find(".gallery-list li a[aria-current=page]")) else {
        return;
    };
    let (list_box, link_box) = (list.get_bounding_client_rect(), link.get_bounding_client_rect());
    if link_box.top() < list_box.top() || link_box.bottom() > list_box.bottom() {
        let by = link_box.top() - list_box.top() - list_box.height() / 2.0;
        list.set_scroll_top(list.scroll_top().saturating_add(by as i32));
    }
}

/// Up, down, Home and End go from link to link, as in any list; Enter opens one, as any link.
fn walk(event: KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => Move::By(1),
        "ArrowUp" => Move::By(-1),
        "Home" => Move::First,
        "End" => Move::Last,
        _ => return,
    };
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(target) = target.filter(|target| target.tag_name() == "A") else { return };
    let Ok(links) = document().query_selector_all(".gallery-list ul a") else { return };
    let here = (0..links.length()).find(|n| links.item(*n).is_some_and(|node| *node == **target));
    let last = links.length().saturating_sub(1);
    let next = match (step, here) {
        (Move::First, _) | (Move::By(_), None) => 0,
        (Move::Last, _) => last,
        (Move::By(by), Some(here)) => here.saturating_add_signed(by).min(last),
    };
    if let Some(link) = links.item(next).and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        let _ = link.focus();
    }
}

enum Move {
    By(i32),
    First,
    Last,
}
