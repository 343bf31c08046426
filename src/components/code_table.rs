//! The table of close codes: searched by what was typed, opened at the row that the address names.

use connection::close_code::{CLOSE_CODES, CloseCode, CloseCodeRow, Range, matches};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use super::close_badge::{RowLink, row_address};

/// Every row, the ranges after the codes. `last` is the code of the person's own last loss.
#[component]
pub fn CodeTable(
    #[prop(into)] last: Signal<Option<CloseCode>>,
    /// What is searched for where the address says nothing.
    start: &'static str,
) -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| query.get("q")).unwrap_or_else(|| start.to_owned());
    let search = RwSignal::new(asked);
    let hash = use_location().hash;
    let target = Memo::new(move |_| {
        hash.with(|hash| hash.trim_start_matches('#').parse().ok()).map(|code| CloseCode(code).row().code)
    });
    let go = move |code| {
        search.set(String::new());
        request_animation_frame(move || focus_row(code));
    };
    Effect::new(move || {
        if let Some(code) = target.get() {
            go(code);
        }
    });
    // Following a link to the row that the address names already changes nothing that could be watched.
    let again = window_event_listener(leptos::ev::click, move |event| {
        let link = event_target::<web_sys::Element>(&event).closest("a").ok().flatten();
        let address = link.and_then(|link| link.get_attribute("href"));
        if let Some(code) = target.get_untracked().filter(|code| address == Some(row_address(CloseCode(*code)))) {
            go(code);
        }
    });
    on_cleanup(move || again.remove());
    let mine = Memo::new(move |_| last.get().map(|code| code.row().code));
    let rows = || CLOSE_CODES.iter().chain(Range::ALL.map(Range::row));
    let found = Memo::new(move |_| search.with(|search| rows().filter(|row| matches(row, search)).count()));
    view! {
        <div class="card mt-5 overflow-hidden">
            <div class="card-head">
                <div class="min-w-0 max-w-md flex-1 basis-60">
                    <label class="label" for="code-search">
                        "Find a code"
                    </label>
                    <input
                        id="code-search"
                        class="input"
                        type="search"
                        placeholder="Code, name or word, such as certificate"
                        prop:value=search
                        on:input=move |event| search.set(event_target_value(&event))
                    />
                </div>
                <p class="hint" role="status">
                    {move || match found.get() {
                        0 => "No row matches".to_owned(),
                        1 => "1 row".to_owned(),
                        found => found.to_string() + " rows",
                    }}
                </p>
            </div>
            // The roles keep it a table for screen readers where the style makes cards of the rows.
            <table class="codes" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">
                            "Code"
                        </th>
                        <th scope="col" role="columnheader" class="w-56">
                            "Name"
                        </th>
                        <th scope="col" role="columnheader">
                            "Meaning"
                        </th>
                        <th scope="col" role="columnheader" class="w-56">
                            "What the portal does"
                        </th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {rows().map(|row| view! { <CodeRow row search target mine /> }).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn CodeRow(
    row: &'static CloseCodeRow,
    search: RwSignal<String>,
    target: Memo<Option<u16>>,
    mine: Memo<Option<u16>>,
) -> impl IntoView {
    let hidden = Memo::new(move |_| search.with(|search| !matches(row, search)));
    let is_target = move || target.get() == Some(row.code);
    let own = CLOSE_CODES.iter().any(|it| it.code == row.code);
    let (first, last) = Range::of(CloseCode(row.code)).bounds();
    let number = if own { row.code.to_string() } else { [first.to_string(), last.to_string()].join("–") };
    let details = NodeRef::<html::Details>::new();
    Effect::new(move || {
        if let (true, Some(details)) = (is_target(), details.get()) {
            details.set_open(true);
        }
    });
    view! {
        <tr id=row.code tabindex="-1" role="row" hidden=hidden data-current=move || is_target().then_some("true")>
            <th scope="row" role="rowheader">
                <span class="number">
                    <RowLink code=CloseCode(row.code)>{number}</RowLink>
                </span>
                {move || {
                    (mine.get() == Some(row.code))
                        .then(|| view! { <p class="mt-1"><span class="badge badge-info">"Your last loss"</span></p> })
                }}
            </th>
            <td role="cell">
                <p class="font-bold">{row.name}</p>
                {row.alias.map(|alias| view! { <p class="mt-1"><span class="code">{alias}</span></p> })}
                <p class="hint mt-1">{row.defined_in.label()}</p>
            </td>
            <td role="cell">
                <p>{row.meaning}</p>
                <details class="mt-2" node_ref=details>
                    <summary>"For DRP, and what to do"</summary>
                    <p class="mt-2">{row.for_drp}</p>
                    <ol class="steps mt-3">{row.remedy.iter().map(|step| view! { <li>{*step}</li> }).collect_view()}</ol>
                    <dl class="hint mt-3">
                        <div>
                            <dt class="inline">"Seen here: "</dt>
                            <dd class="inline">{row.seen.label()}</dd>
                        </div>
                        <div>
                            <dt class="inline">"In a close message: "</dt>
                            <dd class="inline">{row.on_the_wire.label()}</dd>
                        </div>
                        <div>
                            <dt class="inline">"A page may send it: "</dt>
                            <dd class="inline">{if row.page_may_send { "Yes" } else { "No" }}</dd>
                        </div>
                    </dl>
                </details>
            </td>
            <td role="cell">{row.retry.label()}</td>
        </tr>
    }
}

/// Brings a row into view and puts the focus on it, so that the next Tab goes on from there.
fn focus_row(code: u16) {
    let row = document().get_element_by_id(&code.to_string());
    if let Some(row) = row.and_then(|row| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(row).ok()) {
        let _ = row.focus();
        row.scroll_into_view();
    }
}
