//! The live events, newest first. Only what is shown is read.

use core::time::Duration;

use connection::command;
use connection::time::Moment;
use connection::words;
use js_sys::JsString;
use leptos::prelude::*;
use leptos::tachys::view::keyed::keyed;

use super::facts::time;
use super::focus::focus_soon;
use crate::driver::feed::{Content, Row};
use crate::icon::{Icon, icon};
use crate::signals::{Feed, see};

/// How many rows are shown at first, and how many more with each press.
const PAGE: usize = 30;
/// How long after the focus has left it the list moves again: a press that is under way may be meant for what lies below.
const FOCUS_GONE: Duration = Duration::from_millis(200);

/// The list. While the connection is not `live` it is marked as stale. Opening a row holds the list still, and
/// so does the focus as long as it is in there.
#[component]
pub fn FeedList(feed: Feed, #[prop(into)] live: Signal<bool>, now: Signal<Moment>) -> impl IntoView {
    let shown = RwSignal::new(PAGE);
    let held = RwSignal::new(false);
    let rows = RwSignal::new(Vec::<Row>::new());
    let focused = StoredValue::new(false);
    let sample = move || {
        // The page may have been left since the timer was set.
        if held.try_get_untracked() == Some(false) && focused.try_get_value() == Some(false) {
            rows.set(untrack(|| feed.newest(shown.get_untracked())));
        }
    };
    Effect::new(move || {
        feed.received();
        sample();
    });
    let hold = move |_| {
        held.update(|held| *held = !*held);
        sample();
    };
    let more = move |_| {
        // Reading goes on there, and the button may be gone.
        focus_soon(["ol.feed > :nth-child(n + ", &(shown.get_untracked() + 1).to_string(), ") summary"].concat());
        shown.update(|shown| *shown += PAGE);
        held.set(false);
        sample();
    };
    let age = Memo::new(move |_| {
        let newest = rows.with(|rows| rows.first().map(|row| row.at));
        (!live.get()).then_some(newest).flatten().map(|at| words::duration(now.get().since_wall(at) / 1_000 * 1_000))
    });
    let full = Memo::new(move |_| rows.with(Vec::len) == shown.get());
    view! {
        <section class="card overflow-hidden" aria-labelledby="feed-title">
            <div class="card-head">
                <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                    <h2 id="feed-title">"Live events"</h2>
                    {move || match age.get() {
                        Some(age) => view! { <span class="badge badge-warn" data-stale-age>"Last event " {age} " ago"</span> }.into_any(),
                        None => ().into_any(),
                    }}
                </div>
                <div class="flex items-center gap-3">
                    <span class="hint tabular" class:invisible=move || feed.received() == 0>
                        {move || feed.received().to_string().into_any()}
                        " received"
                    </span>
                    <button
                        type="button"
                        class="btn"
                        // Without a row there is nothing to freeze; out of sight it keeps its place.
                        class:invisible=move || rows.with(Vec::is_empty)
                        aria-pressed=move || held.get().to_string()
                        on:click=hold
                    >
                        {icon(Icon::Pause)}
                        "Freeze list"
                    </button>
                </div>
            </div>
            // The first row takes the place of these words, so nothing below it moves.
            <div class="feed-place">
                <p class="empty" class:invisible=move || !rows.with(Vec::is_empty)>
                    "No events yet. They appear here while you're connected."
                </p>
                <ol
                    class="feed"
                    data-stale=move || (!live.get()).then_some("true")
                    // A row that newer ones push out of the list would take the focus with it.
                    on:focusin=move |_| focused.set_value(true)
                    on:focusout=move |_| {
                        focused.try_set_value(false);
                        set_timeout(sample, FOCUS_GONE);
                    }
                >
                    // Not `<For>`, which keeps a few bytes of every row that there ever was. So rows own nothing that is freed
                    // with an owner: no `RwSignal`, no `NodeRef`.
                    {move || keyed(rows.get(), |row| row.key, move |_, row| (|_| (), row_view(row, now.get_untracked(), held))).into_any()}
                </ol>
            </div>
            {move || {
                full.get()
                    .then(|| {
                        view! {
                            <p class="p-4 text-center">
                                <button type="button" class="btn" on:click=more>
                                    "Show older"
                                </button>
                            </p>
                        }
                            .into_any()
                    })
                    .into_any()
            }}
        </section>
    }
}

fn row_view(row: Row, today: Moment, held: RwSignal<bool>) -> AnyView {
    let key = row.key;
    match row.content {
        Content::Text(text) => text_row(key, (row.at, today), text, held),
        Content::TooLong(length) => note(key, ["Too long to be shown: ", &length.to_string(), " characters"].concat()),
        Content::Binary(size) => note(key, ["Binary message, ", &words::bytes(size)].concat()),
        Content::Gap(ms) => {
            let away = words::duration(ms);
            view! {
                <li class="feed-gap">
                    {icon(Icon::Unplugged)}
                    <span>"Not connected for " {away} ": events of that time are missing"</span>
                </li>
            }
            .into_any()
        }
    }
}

fn text_row(key: u64, (at, today): (Moment, Moment), text: JsString, held: RwSignal<bool>) -> AnyView {
    let Some(seen) = see(&text) else {
        let unit = if text.length() == 1 { " character" } else { " characters" };
        return note(key, ["Unreadable message, ", &text.length().to_string(), unit].concat());
    };
    // The liveness check's own answer says nothing to anybody but the portal.
    if seen.is_acknowledgement && command::is_ping(&seen.key) {
        return ().into_any();
    }
    let open = ArcRwSignal::new(false);
    let toggled = {
        let open = open.clone();
        move |event: web_sys::Event| {
            let is_open = event_target::<web_sys::HtmlElement>(&event).has_attribute("open");
            open.set(is_open);
            if is_open {
                held.set(true);
            }
        }
    };
    let (does, drawing) = action(&seen.action);
    let kind = if seen.kind.is_empty() { "unknown".to_owned() } else { seen.kind };
    let event_key = seen.key.clone();
    view! {
        <li data-event-key=key>
            <details on:toggle=toggled>
                <summary>
                    {icon(Icon::Chevron)}
                    {time(at.wall, today)}
                    <span class="event-kind">
                        <b>{kind}</b>
                        " "
                        <span class="event-action" data-action=does>
                            {drawing.map(icon)}
                            {seen.action}
                        </span>
                    </span>
                    <span class="event-key" title=event_key>
                        {seen.key}
                    </span>
                </summary>
                {move || open.get().then(|| view! { <pre tabindex="0">{see(&text).map(|seen| seen.pretty())}</pre> }.into_any()).into_any()}
            </details>
        </li>
    }
    .into_any()
}

/// What an action does to its object, and its drawing: DRP has one word for each.
fn action(action: &str) -> (&'static str, Option<Icon>) {
    match action {
        "create" => ("create", Some(Icon::Create)),
        "delete" => ("delete", Some(Icon::Delete)),
        "update" | "save" => ("update", Some(Icon::Update)),
        _ => ("other", None),
    }
}

fn note(key: u64, text: String) -> AnyView {
    view! {
        <li data-event-key=key>
            <p class="feed-note">{icon(Icon::Warning)} <span>{text}</span></p>
        </li>
    }
    .into_any()
}
