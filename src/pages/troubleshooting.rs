//! What was lost and what to do first, then the table of close codes and the knowledge-base article as a living page,
//! which knows the person's own endpoint and last loss.

use connection::endpoint::Endpoint;
use connection::view::OwnLoss;
use connection::words::article::{self, Section, Span};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::components::{CodeTable, Command, Decoder, Heading, Later, OpenLink, OwnLossCard, RowLink, press};
use crate::part::part;
use crate::portal::Portal;

part! {
    troubleshooting, fetch fetch,
    /// Draws the page.
    pub(crate) fn page() -> fn(Portal) -> AnyView {
        |portal| Page(PageProps { portal }).into_any()
    }
}

/// The page, a part of its own.
#[component]
pub fn Troubleshooting() -> impl IntoView {
    let portal = expect_context::<Portal>();
    view! { <Later ask=page with=portal /> }
}

#[component]
fn Page(portal: Portal) -> impl IntoView {
    let state = portal.machine;
    let now = portal.now.get_value().watch();
    let endpoint = Memo::new(move |_| state.with(|machine| machine.endpoint().cloned()));
    let last = Memo::new(move |_| {
        state.with(|machine| machine.close_code().or(machine.history().last().map(|loss| loss.code)))
    });
    let own_loss = Memo::new(move |_| state.with(|machine| OwnLoss::of(machine, now.get())));
    let lost = Memo::new(move |_| own_loss.with(Option::is_some));
    // Subscribes before anything of the view does, so that it is called while the page still stands as it was.
    let place = RenderEffect::new(move |_| {
        own_loss.track();
        keep_place();
    });
    let place = StoredValue::new_local(Some(place));
    on_cleanup(move || place.set_value(None));
    let press = press(portal);
    let start = portal.preset.get_value();
    view! {
        <article class="troubleshooting">
            <Heading tab="Troubleshooting" alarm=move || state.with(|machine| machine.alarm())>
                {move || if lost.get() { article::HEADING_LOST } else { article::HEADING }}
            </Heading>
            <OwnLossCard own_loss press open=portal.dialog />
            <CodeTable last lost start=start.search />
            <div class="prose">
                {section(article::CONSOLE)}
                <Decoder state press start=start.console />
                {[article::WHAT_HAPPENS, article::USUAL_CAUSE].map(section).into_iter().collect_view()}
                <EasiestFix endpoint lost />
                {section(article::CODES)}
                <SeeAlso />
            </div>
        </article>
    }
}

/// Keeps in its place what is being read while the card above it comes, grows and goes. The browser's own anchoring does not
/// in WebKit, and not always in Chromium (`overflow-anchor` is off for this page).
fn keep_place() {
    let top = |element: &web_sys::Element| element.get_bounding_client_rect().top();
    // Where the card itself is in sight, it is what is looked at.
    if !document().query_selector(".codes-card").ok().flatten().is_some_and(|codes| top(&codes) < BAR) {
        return;
    }
    let Ok(parts) = document().query_selector_all(".codes tr, .prose > *") else { return };
    let read = (0..parts.length())
        .filter_map(|index| parts.get(index)?.dyn_into::<web_sys::Element>().ok())
        .find(|part| part.get_bounding_client_rect().bottom() > BAR);
    let Some(read) = read else { return };
    let before = top(&read);
    queue_microtask(move || window().scroll_by_with_x_and_y(0.0, top(&read) - before));
}

/// The height of the bar at the top, which covers that much of the page, in pixels.
const BAR: f64 = 60.0;

fn section(section: Section) -> impl IntoView {
    let span = |span: &'static Span| match *span {
        Span::Text(text) => text.into_any(),
        Span::Code(code) => view! { <RowLink code>{code.0}</RowLink> }.into_any(),
    };
    let paragraph = |spans: &&'static [Span]| view! { <p>{spans.iter().map(span).collect_view()}</p> };
    view! {
        <h2>{section.heading}</h2>
        {section.paragraphs.iter().map(paragraph).collect_view()}
    }
}

#[component]
fn EasiestFix(endpoint: Memo<Option<Endpoint>>, lost: Memo<bool>) -> impl IntoView {
    let [there, back, restart, for_good] = article::FIX;
    let (command, note) = article::FIX_COMMAND;
    // While a connection is away, the first step with its button stands at the top.
    let way = move || match endpoint.get() {
        Some(endpoint) if !endpoint.is_secure() => view! { <p class="hint">{article::FIX_WITHOUT_TLS}</p> }.into_any(),
        Some(endpoint) if !lost.get() => view! { <OpenLink address=endpoint.to_string() /> }.into_any(),
        Some(endpoint) => view! { <p class="hint">{endpoint.to_string()}</p> }.into_any(),
        None => view! { <p class="hint">"Its address looks like " {article::ADDRESS_EXAMPLE}</p> }.into_any(),
    };
    view! {
        <h2>{article::EASIEST_FIX}</h2>
        <ol class="steps">
            <li>
                <p>{there}</p>
                {way}
            </li>
            <li>{back}</li>
            <li>{restart}</li>
            <li>
                <p>{for_good}</p>
                <Command command=command.to_owned() note />
            </li>
        </ol>
    }
}

#[component]
fn SeeAlso() -> impl IntoView {
    let link = |(address, name): (&'static str, &'static str)| {
        view! {
            <li>
                <a href=address target="_blank" rel="noopener">
                    {name}
                    <span class="sr-only">", in a new tab"</span>
                </a>
            </li>
        }
    };
    view! {
        <h2>"See also"</h2>
        <ul>{article::SEE_ALSO.map(link).into_iter().collect_view()}</ul>
        <h2>"Applies to"</h2>
        <p>{article::APPLIES_TO}</p>
    }
}
