//! What “Unable to access DRP” means and what to do about it, with the table of close codes: the knowledge-base article
//! as a living page, which knows the person's own endpoint and last loss.

use connection::endpoint::Endpoint;
use connection::words::article::{self, Section, Span};
use leptos::prelude::*;

use crate::components::{CodeTable, Command, Decoder, Heading, OpenLink, RowLink, press};
use crate::portal::Portal;

/// The page.
#[component]
pub fn Troubleshooting() -> impl IntoView {
    let portal = expect_context::<Portal>();
    let state = portal.machine;
    let endpoint = Memo::new(move |_| state.with(|machine| machine.endpoint().map(Endpoint::to_string)));
    let last = Memo::new(move |_| {
        state.with(|machine| machine.close_code().or(machine.history().last().map(|loss| loss.code)))
    });
    let press = press(portal);
    let start = portal.preset.get_value();
    view! {
        <article>
            <div class="prose">
                <Heading tab="Troubleshooting" alarm=move || state.with(|machine| machine.alarm())>
                    {article::TITLE}
                </Heading>
                <p class="text-lg">{article::LEAD}</p>
                {[article::WHAT_HAPPENS, article::USUAL_CAUSE].map(section).into_iter().collect_view()}
                <EasiestFix endpoint />
                {section(article::CONSOLE)}
                <Decoder state press start=start.console />
                {section(article::CODES)}
            </div>
            <CodeTable last start=start.search />
            <div class="prose">
                <SeeAlso />
            </div>
        </article>
    }
}

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
fn EasiestFix(endpoint: Memo<Option<String>>) -> impl IntoView {
    let [there, back, restart, for_good] = article::FIX;
    let (command, note) = article::FIX_COMMAND;
    view! {
        <h2>{article::EASIEST_FIX}</h2>
        <ol class="steps">
            <li>
                <p>{there}</p>
                {move || match endpoint.get() {
                    Some(address) => view! { <OpenLink address /> }.into_any(),
                    None => {
                        view! { <p class="hint">"Its address looks like " {article::ADDRESS_EXAMPLE}</p> }.into_any()
                    }
                }}
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
        <p class="hint">"Keywords: " {article::KEYWORDS}</p>
    }
}
