//! The routes.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::base_path::below_base;
use crate::components::{ConnectionDialog, Header, LiveRegion, keep_focus};
use crate::pages::{NotFound, Overview, Troubleshooting};
use crate::portal::Portal;

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let portal = Portal::start();
    provide_context(portal);
    keep_focus(portal);
    view! {
        <Router base=below_base("")>
            <Header />
            <LiveRegion />
            <main class="page" id="main">
                <FlatRoutes fallback=NotFound>
                    <Route path=path!("/") view=Overview />
                    <Route path=path!("/troubleshooting") view=Troubleshooting />
                </FlatRoutes>
            </main>
            <ConnectionDialog />
        </Router>
    }
}
