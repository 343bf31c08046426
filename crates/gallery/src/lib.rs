//! Every state of the product by its address, `/preview/STATE?…`, drawn by the product's own components from states
//! that the real machine was played into. It opens no socket.
//!
//! With `chrome=off` the page is the bare state and nothing else. Otherwise the gallery stands around it and shows the
//! bare state in a frame, which has a width, a theme and a direction of its own.

#![allow(unreachable_pub, reason = "`#[component]` makes items of its own `pub`, whatever the function is")]

mod address;
mod bare;
mod browse;
mod controls;
mod framed;
mod guide;
mod home;
mod live;
mod notes;
mod stage;
mod style_sheet;
mod tokens;
mod used;

use connection::scenario::{self, Chrome};
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::driver::host_page;

/// Puts the gallery, or the bare state that the address names, in the place of the static shell.
pub fn run() {
    crate::set_panic_hook();
    let (inputs, _) = address::inputs();
    if inputs.looks.chrome == Some(Chrome::Off) {
        let state = address::state();
        match (scenario::find(&state), inputs.looks.width) {
            (Some(scenario), Some(width)) => {
                host_page::remove_shell();
                leptos::mount::mount_to_body(move || view! { <framed::Framed scenario inputs width /> });
                host_page::mark_ready();
            }
            (Some(scenario), None) => bare::show(scenario, inputs),
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
        <Router base="/preview">
            <div class="gallery">
                <browse::Browse />
                <main class="gallery-main" id="main">
                    <FlatRoutes fallback=home::Home>
                        <Route path=path!("/") view=home::Home />
                        <Route path=path!("/tokens") view=tokens::Tokens />
                        <Route path=path!("/guide") view=guide::Guide />
                        <Route path=path!("/live") view=live::Live />
                        <Route path=path!("/:state") view=stage::StagePage />
                    </FlatRoutes>
                </main>
            </div>
        </Router>
    }
}
