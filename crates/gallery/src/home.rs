//! The gallery's pages of text.

use leptos::prelude::*;
use portal::base_path::below_base;
use states::all;

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
                "Each state is replayed, not drawn: its events go through the same machine that runs the portal. What cannot occur cannot be shown; the page says so instead."
            </p>
            <p>
                "For programs, the list is "
                <a href=below_base("/preview/states.json") rel="external">"states.json"</a>
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
            <p><a href=below_base("/preview/") rel="external">"Every state of Megaphone"</a></p>
        </div>
    }
}
