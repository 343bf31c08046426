//! What was lost and what to do first, then the table of close codes and the knowledge-base article as a living page,
//! which knows the person's own endpoint and last loss.

use connection::close_code::CloseCode;
use connection::endpoint::Endpoint;
use connection::view::OwnLoss;
use connection::words::article::{self, Section, Span};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

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
    let elsewhere = Memo::new(move |_| own_loss.with(|it| it.as_ref().is_some_and(|it| !it.may_be_trust)));
    let lost = Memo::new(move |_| own_loss.with(Option::is_some));
    let place = StoredValue::new(None);
    Effect::new(move || {
        own_loss.track();
        // After everything that depends on the loss is rendered, and still in the same task: before the next frame, even one
        // that is about to be painted.
        leptos::task::spawn_local(async move {
            leptos::task::tick().await;
            keep_place(place);
        });
    });
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
                <EasiestFix endpoint elsewhere />
                <SeeAlso />
            </div>
        </article>
    }
}

/// Keeps in its place what is being read while the card above it comes, grows and goes, before the frame is painted that shows
/// it so. The browser's own anchoring does not in WebKit, and not always in Chromium (`overflow-anchor` is off for this page).
/// `place` is the width of the window and how far down the page the codes began the last time.
fn keep_place(place: StoredValue<Option<(f64, f64)>>) {
    let number = |value: Result<JsValue, JsValue>| value.ok().and_then(|value| value.as_f64()).unwrap_or_default();
    let Some(top) =
        document().query_selector(".codes-card").ok().flatten().map(|it| it.get_bounding_client_rect().top())
    else {
        return;
    };
    let (width, at) = (number(window().inner_width()), top + window().scroll_y().unwrap_or_default());
    let before = place.try_get_value().flatten();
    place.try_set_value(Some((width, at)));
    if let Some((same, before)) = before {
        // In another width everything has another place, and where the card itself is in sight, it is what is looked at.
        let moved = at - before;
        if same == width && moved != 0.0 && top - moved < BAR {
            window().scroll_by_with_x_and_y(0.0, moved);
        }
    }
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

/// The first step with its link, and what ends it for good; the steps between are those of the row of 1006.
#[component]
fn EasiestFix(endpoint: Memo<Option<Endpoint>>, elsewhere: Memo<bool>) -> impl IntoView {
    let [there, _, _, for_good] = article::FIX;
    let (command, note) = article::FIX_COMMAND;
    let steps = move || match endpoint.get() {
        Some(endpoint) if !endpoint.is_secure() => view! { <p>{article::FIX_WITHOUT_TLS}</p> }.into_any(),
        endpoint => {
            let address = match endpoint {
                Some(_) if elsewhere.get() => ().into_any(),
                Some(endpoint) => view! { <OpenLink address=endpoint.to_string() class="btn mt-2" /> }.into_any(),
                None => view! { <p class="hint">"Its address looks like " {article::ADDRESS_EXAMPLE}</p> }.into_any(),
            };
            view! {
                <p>{there}</p>
                {address}
                <p>"All steps: " <RowLink code=CloseCode::ABNORMAL>{CloseCode::ABNORMAL.0}</RowLink></p>
                <p>{for_good}</p>
                <div>
                    <Command command=command.to_owned() note />
                </div>
            }
            .into_any()
        }
    };
    view! {
        <h2>{article::EASIEST_FIX}</h2>
        {steps}
    }
}

#[component]
fn SeeAlso() -> impl IntoView {
    let link = |(address, name): (&'static str, &'static str)| {
        view! {
            <li>
                <a href=address target="_blank" rel="noopener">
                    {name}
                    <span class="sr-only">" (in a new tab)"</span>
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
