//! One state and nothing else: the product's own components in a portal made from a state.

use leptos::prelude::*;
use leptos_router::components::Router;
use portal::base_path::below_base;
use portal::components::{ConnectionDialog, Header, LiveRegion};
use portal::driver::host_page;
use portal::pages::{NotFound, Overview, Troubleshooting};
use states::{Appearance, Inputs, Shell, Snapshot, State, View};
use wasm_bindgen_futures::spawn_local;

use crate::appearance::apply_appearance;
use crate::frame::{on_query, report_shown};
use crate::replayed_portal::portal;
use crate::static_page;

/// Shows a state, and again whenever the gallery around it sends another query.
pub(super) fn show(state: State, inputs: Inputs) {
    apply_appearance(inputs.appearance);
    match state.view {
        View::Shell(shell) => spawn_local(show_shell(shell, state, inputs)),
        View::Megaphone | View::Dialog | View::Overview | View::Troubleshooting | View::NotFound => {
            mount(state, inputs);
            report_shown();
        }
    }
}

/// Puts a state in the place of the static page.
fn mount(state: State, inputs: Inputs) {
    host_page::remove_shell();
    let asked = RwSignal::new(inputs);
    on_query(move |inputs| {
        apply_appearance(inputs.appearance);
        asked.set(inputs);
        report_shown();
    });
    leptos::mount::mount_to_body(move || {
        let state = state.clone();
        view! {
            // A link that leads out of the gallery leads to the portal itself.
            <Router base=below_base("/preview")>
                {move || {
                    let inputs = asked.get();
                    let snapshot = state.snapshot(&inputs);
                    view! { <Bare state=state.clone() snapshot appearance=inputs.appearance /> }
                }}
            </Router>
        }
    });
    host_page::mark_ready();
}

#[component]
fn Bare(state: State, snapshot: Snapshot, appearance: Appearance) -> impl IntoView {
    let view = state.view;
    let title = state.notes.title.clone();
    let portal = portal(&state, snapshot, appearance);
    provide_context(portal);
    let body = match view {
        View::Megaphone => view! { <h1>{title}</h1> }.into_any(),
        // The dialog stands over the overview, as in life.
        View::Overview | View::Dialog | View::Shell(_) => view! { <Overview /> }.into_any(),
        View::Troubleshooting => view! { <Troubleshooting /> }.into_any(),
        View::NotFound => view! { <NotFound /> }.into_any(),
    };
    portal.dialog.set(view == View::Dialog);
    view! {
        <div data-state=state.id>
            <Header />
            <LiveRegion />
            <main class="page" id="main">
                {body}
            </main>
            <ConnectionDialog />
        </div>
    }
}

/// The static page: before the program, instead of it, or over it once it broke. Only the last is ready.
async fn show_shell(shell: Shell, state: State, inputs: Inputs) {
    if !static_page::load().await {
        return;
    }
    if shell == Shell::Broken {
        // The components bring a bar of their own.
        let _ = document().query_selector("body > header").map(|bar| bar.map(|bar| bar.remove()));
        mount(state, inputs);
        host_page::reveal_panic();
    } else {
        static_page::show(shell);
        on_query(|inputs| {
            apply_appearance(inputs.appearance);
            report_shown();
        });
        let _ = document().body().map(|body| body.set_attribute("data-state", &state.id));
    }
    report_shown();
}
