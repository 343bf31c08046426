//! The table of close codes: searched by what was typed, opened at the row that the address names. The codes that can end
//! a connection to DRP come first; the others are folded away.

use connection::close_code::{CLOSE_CODES, CloseCode, CloseCodeRow, Range, matches};
use connection::words::article;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use super::close_badge::{RowLink, row_address};

/// What the rows and the field for the search share.
#[derive(Clone, Copy)]
struct Search {
    text: RwSignal<String>,
    /// The row that is open: the one that the address names, else the only one that was found.
    open: Memo<Option<u16>>,
    /// The row that the address names.
    target: Memo<Option<u16>>,
    /// The row of the person's own last loss.
    mine: Memo<Option<u16>>,
}

/// Every row, the ranges after the codes. `last` is the code of the person's own last loss.
#[component]
pub fn CodeTable(
    #[prop(into)] last: Signal<Option<CloseCode>>,
    /// Whether a connection is away: then what to do stands above, and no row is open by itself.
    #[prop(into)]
    lost: Signal<bool>,
    /// What is searched for where the address says nothing.
    start: &'static str,
) -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| query.get("q")).unwrap_or_else(|| start.to_owned());
    let text = RwSignal::new(asked);
    let hash = use_location().hash;
    let target = Memo::new(move |_| {
        hash.with(|hash| hash.trim_start_matches('#').parse().ok()).map(|code| CloseCode(code).row_code())
    });
    // As it was when the page was opened: a row that opens or closes under the reader would move all below it.
    let lost = lost.get_untracked();
    let found = Memo::new(move |_| text.with(|text| all().filter(|row| matches(row, text)).count()));
    let open = Memo::new(move |_| {
        let searched = text.with(|text| !text.trim().is_empty());
        let only = || text.with(|text| all().find(|row| matches(row, text)).map(|row| row.code));
        match target.get() {
            _ if searched => (found.get() == 1).then(only).flatten(),
            None if !lost => Some(CloseCode::ABNORMAL.0),
            target => target,
        }
    });
    let mine = Memo::new(move |_| last.get().map(|code| code.row().code));
    let search = Search { text, open, target, mine };
    follow_address(search);
    let field = NodeRef::<html::Input>::new();
    let show_all = move |_: web_sys::MouseEvent| {
        text.set(String::new());
        // The button goes with what was searched for.
        let _ = field.get_untracked().map(|field| field.focus());
    };
    let about = article::CODES.paragraphs.iter().copied().flatten().filter_map(|span| match span {
        article::Span::Text(text) => Some(*text),
        article::Span::Code(_) => None,
    });
    let about = about.collect::<String>();
    let usual = || {
        let (first, others): (Vec<_>, Vec<_>) =
            all().filter(is_usual).partition(|row| row.code == CloseCode::ABNORMAL.0);
        [first, others].concat()
    };
    let rare = || all().filter(|row| !is_usual(row)).collect::<Vec<_>>();
    let rare_found = Memo::new(move |_| text.with(|text| rare().into_iter().filter(|row| matches(row, text)).count()));
    let fold = NodeRef::<html::Details>::new();
    let in_rare = Memo::new(move |_| {
        let named = target.get().is_some_and(|code| rare().iter().any(|row| row.code == code));
        named || text.with(|text| !text.trim().is_empty() && rare_found.get() > 0)
    });
    Effect::new(move || {
        if let (true, Some(fold)) = (in_rare.get(), fold.get()) {
            fold.set_open(true);
        }
    });
    view! {
        <section class="card codes-card" aria-label=article::CODES.heading on:keydown=move |event| go_to_field(&event, field)>
            <div class="codes-search">
                <label class="label" for="code-search">
                    "Find a code"
                </label>
                <input
                    id="code-search"
                    class="input"
                    type="search"
                    aria-keyshortcuts="/"
                    placeholder="Code, name or word, such as certificate"
                    node_ref=field
                    prop:value=text
                    on:input=move |event| text.set(event_target_value(&event))
                />
                <Suggestions search />
                <div class="flex flex-wrap items-center gap-x-3">
                    <p class="hint" role="status">
                        {move || match found.get() {
                            0 => "No code matches".to_owned(),
                            1 => "1 code".to_owned(),
                            found => found.to_string() + " codes",
                        }}
                    </p>
                    <button type="button" class="btn" hidden={move || found.get() > 0} on:click=show_all>
                        "Show all codes"
                    </button>
                </div>
                <p class="hint">{about}</p>
            </div>
            <div hidden=move || found.get() == rare_found.get()>
                <h2 id="usual-codes" class="codes-group">
                    {article::USUAL_CODES}
                </h2>
                <Rows rows=usual() search labelled_by="usual-codes" />
            </div>
            <details class="codes-rare" node_ref=fold hidden=move || rare_found.get() == 0>
                <summary>
                    <span id="rare-codes">{article::RARE_CODES}</span>
                    " "
                    <span class="hint">{move || rare_found.get()}</span>
                </summary>
                <Rows rows=rare() search labelled_by="rare-codes" />
            </details>
        </section>
    }
}

fn all() -> impl Iterator<Item = &'static CloseCodeRow> {
    CLOSE_CODES.iter().chain(Range::ALL.map(Range::row))
}

fn is_usual(row: &&'static CloseCodeRow) -> bool {
    CloseCode(row.code).is_usual()
}

/// What people often look for: the code of their own last loss, the most frequent one, and words.
#[component]
fn Suggestions(search: Search) -> impl IntoView {
    let own = move || {
        search.mine.get().map(|code| {
            view! {
                <span class="chip chip-own">
                    <RowLink code=CloseCode(code)>"Your last: " {code}</RowLink>
                </span>
            }
        })
    };
    let word = move |(label, word): (&'static str, &'static str)| {
        let pressed = Memo::new(move |_| search.text.with(|text| text == word));
        let press = move |_| search.text.set(if pressed.get_untracked() { String::new() } else { word.to_owned() });
        view! {
            <button type="button" class="chip" aria-pressed=move || pressed.get().to_string() on:click=press>
                {label}
            </button>
        }
    };
    view! {
        <div class="chips" role="group" aria-label="Often looked for">
            {own}
            <span class="chip" hidden=move || search.mine.get() == Some(CloseCode::ABNORMAL.0)>
                <RowLink code=CloseCode::ABNORMAL>{CloseCode::ABNORMAL.0} ", the most frequent"</RowLink>
            </span>
            {article::SUGGESTIONS.map(word).into_iter().collect_view()}
        </div>
    }
}

/// The roles keep it a table for screen readers where the style makes a list of the rows.
#[component]
fn Rows(rows: Vec<&'static CloseCodeRow>, search: Search, labelled_by: &'static str) -> impl IntoView {
    view! {
        <table class="codes" role="table" aria-labelledby=labelled_by>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">
                        "Code"
                    </th>
                    <th scope="col" role="columnheader">
                        "Name"
                    </th>
                    <th scope="col" role="columnheader">
                        "What it means for DRP"
                    </th>
                    <th scope="col" role="columnheader">
                        "What the portal does"
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(|row| view! { <CodeRow row search /> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn CodeRow(row: &'static CloseCodeRow, search: Search) -> impl IntoView {
    let hidden = Memo::new(move |_| search.text.with(|text| !matches(row, text)));
    let is_target = move || search.target.get() == Some(row.code);
    let own = CLOSE_CODES.iter().any(|it| it.code == row.code);
    let (first, last) = Range::of(CloseCode(row.code)).bounds();
    let number = if own { row.code.to_string() } else { [first.to_string(), last.to_string()].join("–") };
    let details = NodeRef::<html::Details>::new();
    let opens = Memo::new(move |_| search.open.get() == Some(row.code));
    // What opened by itself closes by itself; what the person opened stays.
    Effect::new(move |before: Option<bool>| {
        let opens = opens.get();
        if let (true, Some(details)) = (before.unwrap_or(false) != opens, details.get()) {
            details.set_open(opens);
        }
        opens
    });
    let fact = |name: &'static str, fact: &'static str| {
        view! {
            <div>
                <dt class="inline">{name} ": "</dt>
                <dd class="inline">{fact}</dd>
            </div>
        }
    };
    view! {
        <tr id=row.code tabindex="-1" role="row" hidden=hidden data-current=move || is_target().then_some("true")>
            <th scope="row" role="rowheader" class="number">
                <RowLink code=CloseCode(row.code)>{number}</RowLink>
            </th>
            <td role="cell" class="name">
                <p>{row.name}</p>
                {move || {
                    (search.mine.get() == Some(row.code)).then(|| view! { <span class="badge badge-info">"Your last loss"</span> })
                }}
            </td>
            <td role="cell" class="what">
                <details node_ref=details>
                    <summary>{row.gist}</summary>
                    <ol class="steps">{row.remedy.iter().map(|step| view! { <li>{*step}</li> }).collect_view()}</ol>
                    <p>{row.for_drp}</p>
                    <p>{row.meaning}</p>
                    <dl class="hint">
                        {row.alias.map(|alias| fact("Also called", alias))} {fact("Defined in", row.defined_in.label())}
                        {fact("Seen here", row.seen.label())} {fact("In a close message", row.on_the_wire.label())}
                        {fact("A page may send it", if row.page_may_send { "Yes" } else { "No" })}
                        {fact("The portal", row.retry.label())}
                    </dl>
                </details>
            </td>
            <td role="cell" class="does">
                <span class="badge">{row.retry.short()}</span>
            </td>
        </tr>
    }
}

/// Goes to the row that the address names, also when a link to it is followed once more, which changes nothing that could
/// be watched.
fn follow_address(search: Search) {
    let go = move |code| {
        search.text.set(String::new());
        request_animation_frame(move || focus_row(code));
    };
    Effect::new(move || {
        if let Some(code) = search.target.get() {
            go(code);
        }
    });
    let again = window_event_listener(leptos::ev::click, move |event| {
        let link = event_target::<web_sys::Element>(&event).closest("a").ok().flatten();
        let address = link.and_then(|link| link.get_attribute("href"));
        if let Some(code) = search.target.get_untracked().filter(|code| address == Some(row_address(CloseCode(*code))))
        {
            go(code);
        }
    });
    on_cleanup(move || again.remove());
}

/// “/” goes to the field, while the focus is in the codes' own part of the page: a single character may act no further than
/// what has the focus, for those who speak instead of typing.
fn go_to_field(event: &KeyboardEvent, field: NodeRef<html::Input>) {
    let with_another = event.ctrl_key() || event.alt_key() || event.meta_key();
    let types = event_target::<web_sys::Element>(event).closest("input").is_ok_and(|it| it.is_some());
    if let ("/", false, false, Some(field)) = (event.key().as_str(), with_another, types, field.get_untracked()) {
        event.prevent_default();
        let _ = field.focus();
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
