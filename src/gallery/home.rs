//! The gallery's pages of text.

use connection::scenario::all;
use leptos::prelude::*;
use leptos_router::components::A;

/// The first page: what this is and how its addresses are made.
#[component]
pub(super) fn Home() -> impl IntoView {
    document().set_title("Every state of Megaphone");
    view! {
        <div class="prose">
            <h1 tabindex="-1">"Every state of Megaphone"</h1>
            <p class="text-lg">
                {all().len()}
                " states that the product can be in, drawn by its own components. Nothing is broken by looking, and no socket is opened."
            </p>
            <p>
                "Choose a state in the list; the arrow keys go from one to the next. Its inputs change its address, so a link shows to others what you see. With "
                <span class="code">"chrome=off"</span>
                " in the address the state stands alone."
            </p>
            <p>
                "Each state is played, not drawn: a story of events goes through the same machine that runs the portal. What cannot occur cannot be shown, and is said."
            </p>
            <p>
                "For programs, the list is "
                <a href="/preview/states.json" rel="external">"states.json"</a>
                "."
            </p>
        </div>
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
            <p><a href="/preview/" rel="external">"Every state of Megaphone"</a></p>
        </div>
    }
}

/// For who embeds or restyles the megaphone.
#[component]
pub(super) fn Guide() -> impl IntoView {
    document().set_title("Embed and restyle – Every state of Megaphone");
    const ATTRIBUTES: [(&str, &str); 4] = [
        ("id=\"megaphone\"", "The button; one on each page, first in the header."),
        ("data-phase", "idle, connecting, connected, waiting, offline, needs-you or stopped."),
        ("data-alarm", "calm, amber or red: the look hangs on this alone."),
        ("data-close-code", "The close code of the loss that has not been made good; absent when there is none."),
    ];
    const PROPERTIES: [(&str, &str); 9] = [
        ("--megaphone-size", "Least width and height; 2.75rem keeps it large enough for a finger."),
        ("--megaphone-radius", "Roundness of the corners."),
        ("--megaphone-font", "The font of its text."),
        ("--megaphone-calm-ground, -ink, -edge", "Its colours while all is well."),
        ("--megaphone-connected", "The dot while a connection stands."),
        ("--megaphone-amber-ground, -ink, -edge", "Its colours while the portal tries."),
        ("--megaphone-red-ground, -ink, -edge", "Its colours when DRP cannot be reached."),
        ("--megaphone-flash-ground, -ink", "What red changes to for half of each period."),
        ("--megaphone-flash-period, -count", "At least 1s, for people whom flashing makes ill; steady afterwards."),
    ];
    let row = |(name, text): (&'static str, &'static str)| {
        view! { <div><dt class="code">{name}</dt><dd>{text}</dd></div> }
    };
    view! {
        <div class="prose">
            <h1 tabindex="-1">"Embed and restyle"</h1>
            <h2>"Attributes"</h2>
            <dl class="gallery-notes">{ATTRIBUTES.map(row).into_iter().collect_view()}</dl>
            <h2>"The event"</h2>
            <p>
                "Each change of phase or alarm dispatches " <span class="code">"connectionchange"</span>
                " on the window, with phase, alarm, closeCode and attempt in its detail:"
            </p>
            <pre class="command"><code>"addEventListener('connectionchange', ({ detail }) => {\n  console.log(detail.phase, detail.alarm, detail.closeCode, detail.attempt);\n});"</code></pre>
            <h2>"Custom properties"</h2>
            <p>"Set any of these on the button or on anything around it. A pair of ground and ink needs a contrast of 4.5:1."</p>
            <dl class="gallery-notes">{PROPERTIES.map(row).into_iter().collect_view()}</dl>
            <pre class="command"><code>"#megaphone {\n  --megaphone-radius: 999px;\n  --megaphone-red-ground: #8a1253;\n}"</code></pre>
            <p><A href="/preview/tokens">"The design tokens"</A>" have every colour with its contrast."</p>
        </div>
    }
}
