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
mod compare;
mod controls;
mod fold;
mod forced_colors;
mod frame;
mod framed;
mod guide;
mod home;
mod keys;
mod listed;
mod live;
mod notes;
mod pictures;
mod replayed_portal;
mod script;
mod state_page;
mod static_page;
mod style_sheet;
mod together;
mod tokens;
mod vision;

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;
use portal::base_path::below_base;
use portal::driver::host_page;
use states::{Appearance, Chrome};

/// Shows the gallery, or the bare state that the address names.
pub fn run() {
    portal::set_panic_hook();
    let (inputs, _) = address::inputs();
    if inputs.appearance.chrome == Some(Chrome::Off) {
        let state = address::state();
        // Width and vision are those of a screen, so they need one.
        let Appearance { width, vision, .. } = inputs.appearance;
        match (states::find(&state), width.is_some() || vision.is_some()) {
            (Some(state), true) => {
                host_page::remove_shell();
                leptos::mount::mount_to_body(move || view! { <framed::Framed state inputs /> });
                host_page::mark_ready();
            }
            (Some(state), false) => bare::show(state, inputs),
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
            <vision::Filters />
            <div class="gallery">
                <browse::Browse />
                <main class="gallery-main" id="main">
                    <FlatRoutes fallback=home::Home>
                        <Route path=path!("/") view=home::Home />
                        <Route path=path!("/tokens") view=tokens::Tokens />
                        <Route path=path!("/guide") view=guide::Guide />
                        <Route path=path!("/live") view=live::Live />
                        <Route path=path!("/compare") view=compare::Compare />
                        <Route path=path!("/:state") view=state_page::StatePage />
                    </FlatRoutes>
                </main>
            </div>
        </Router>
    }
}
