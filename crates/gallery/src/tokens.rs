//! The design tokens, as the browser computes them.

mod contrast;
mod palette;
mod scales;
mod specimen;

pub(super) use contrast::{Pair, TEXT_CONTRAST};

use leptos::prelude::*;

use palette::Palette;
use scales::{Motion, Shapes, Sizes, SpacingScale, TypeScale};

/// The page.
#[component]
pub(super) fn Tokens() -> impl IntoView {
    document().set_title("Design tokens – Every state of Megaphone");
    view! {
        <h1 tabindex="-1">"Design tokens"</h1>
        <p class="mt-2 text-muted">
            "They stand in style/tokens.css. Every value here is what this browser makes of them; nothing is written down a second time."
        </p>
        <h2 class="mt-8">"Colour"</h2>
        <div class="mt-3 grid gap-6 lg:grid-cols-2">
            {["light", "dark"].map(|theme| view! { <Palette theme /> }).into_iter().collect_view()}
        </div>
        <h2 class="mt-8">"Type"</h2>
        <TypeScale />
        <h2 class="mt-8">"Spacing"</h2>
        <SpacingScale />
        <h2 class="mt-8">"Corners and shadows"</h2>
        <Shapes />
        <h2 class="mt-8">"Sizes"</h2>
        <Sizes />
        <h2 class="mt-8">"Motion"</h2>
        <Motion />
    }
}
