//! Every state of the product by its address, `/preview/STATE?…`, drawn by the product's own components from states
//! that the real machine was brought into by a replay. It opens no socket.
//!
//! With `chrome=off` the page is the bare state and nothing else. Otherwise the gallery stands around it and shows the
//! bare state in a frame, which has a width, a theme and a direction of its own.

#![allow(unreachable_pub, reason = "`#[component]` makes items of its own `pub`, whatever the function is")]

mod address;
mod appearance;
mod bare;
mod browse;
mod controls;
mod frame;
mod framed;
mod guide;
mod home;
mod live;
mod notes;
mod replayed_portal;
mod state_page;
mod static_page;
mod style_sheet;
mod tokens;

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;
use portal::base_path::below_base;
use portal::driver::host_page;
use states::Chrome;

/// Shows the gallery, or the bare state that the address names.
pub fn run() {
    portal::set_panic_hook();
    let (inputs, _) = address::inputs();
    if inputs.appearance.chrome == Some(Chrome::Off) {
        let state = address::state();
        match (states::find(&state), inputs.appearance.width) {
            (Some(state), Some(width)) => {
                host_page::remove_shell();
                leptos::mount::mount_to_body(move || view! { <framed::Framed state inputs width /> });
                host_page::mark_ready();
            }
            (Some(state), None) => bare::show(state, inputs),
            (None, _) => {
                host_page::remove_shell();
                leptos::mount::mount_to_body(move || view! { <home::NoSuchState state /> });
                host_page::mark_ready();
            }
        }
    } else {
        host_page::remove_shell();
        leptos::mount::mount_to_body(Gallery);
        host_page::mark_ready();
    }
}

#[component]
fn Gallery() -> impl IntoView {
    view! {
        <Router base=below_base("/preview")>
            <div class="gallery">
                <browse::Browse />
                <main class="gallery-main" id="main">
                    <FlatRoutes fallback=home::Home>
                        <Route path=path!("/") view=home::Home />
                        <Route path=path!("/tokens") view=tokens::Tokens />
                        <Route path=path!("/guide") view=guide::Guide />
                        <Route path=path!("/live") view=live::Live />
                        <Route path=path!("/:state") view=state_page::StatePage />
                    </FlatRoutes>
                </main>
            </div>
        </Router>
    }
}
