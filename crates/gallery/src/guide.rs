//! For who embeds or restyles the megaphone: the thing itself to play with, and what can be held on to.

mod events;
mod playground;
mod properties;

use leptos::prelude::*;
use leptos_router::components::A;
use portal::base_path::below_base;

use playground::Playground;

/// What other programs and styles can hold on to, each with its meaning.
const CONTRACTS: [(&str, &str); 9] = [
    ("html[data-ready=\"true\"]", "The app is interactive."),
    (
        "button#megaphone",
        "The megaphone; one on each page, the first thing in the header. Its name holds “Unable to access DRP” while it is red.",
    ),
    ("data-phase", "idle, connecting, connected, waiting, offline, needs-you or stopped."),
    ("data-alarm", "calm, amber or red. The look hangs on this alone, but for the dot while connected."),
    ("data-close-code", "The close code of the loss that has not been made good; absent when there is none."),
    ("dialog#connection-dialog", "What a press opens, a native dialog. It never opens by itself."),
    ("tr#1006", "The row of a close code on /troubleshooting; /troubleshooting#1006 opens it."),
    ("[data-event-key]", "A row of the feed, newest first."),
    ("/?endpoint=https://host:8092", "Preselects an endpoint. It never sends credentials by itself."),
];

/// The page.
#[component]
pub(super) fn Guide() -> impl IntoView {
    document().set_title("Embed and restyle – Every state of Megaphone");
    let row = |(name, text): (&'static str, &'static str)| {
        view! { <div><dt class="code">{name}</dt><dd>{text}</dd></div> }
    };
    view! {
        <h1 tabindex="-1">"Embed and restyle"</h1>
        <p class="mt-2">
            "This is the megaphone itself. Put it into a state, give it other colours, and see what a program around it hears."
        </p>
        <Playground />
        <h2 class="mt-8">"Stable hooks"</h2>
        <dl class="gallery-notes mt-3">{CONTRACTS.map(row).into_iter().collect_view()}</dl>
        <h2 class="mt-8">"The event"</h2>
        <p class="mt-2">
            "Each change of phase or alarm dispatches " <span class="code">"connectionchange"</span>
            " on the window, with phase, alarm, closeCode and attempt in its detail; closeCode is null when there is none."
        </p>
        <pre class="command mt-3">
            <code>
                "addEventListener('connectionchange', ({ detail }) => {\n  console.log(detail.phase, detail.alarm, detail.closeCode, detail.attempt);\n});"
            </code>
        </pre>
        <p class="mt-3"><A href=below_base("/preview/tokens")>"The design tokens"</A>" have every other colour with its contrast."</p>
    }
}
