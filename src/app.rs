//! The app: the routes, and the frame around them.

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider};

use crate::base_path::{Page, below_base};
use crate::components::{BarRest, ConnectionDialog, LiveRegion, keep_focus};
use crate::driver::{Driver, host_page};
use crate::pages::{NotFound, Overview, Troubleshooting};
use crate::portal::Portal;

/// Puts the app in the place of the static shell, around a driver that runs already.
pub(crate) fn mount(driver: Rc<Driver>) {
    host_page::remove_shell();
    leptos::mount::mount_to_body(move || view! { <App driver /> });
}

#[component]
fn App(driver: Rc<Driver>) -> impl IntoView {
    let portal = Portal::of(driver);
    provide_context(portal);
    keep_focus(portal);
    view! {
        <Router base=below_base("")>
            <RestOfBar />
            <LiveRegion />
            <main class="page" id="main">
                <Pages />
            </main>
            <ConnectionDialog />
        </Router>
    }
}

/// The page at the address. The router's own list of routes would be a tenth of the app.
#[component]
fn Pages() -> impl IntoView {
    let path = use_location().pathname;
    let page = Memo::new(move |_| path.with(|path| Page::at(path)));
    let router = expect_context::<BrowserUrl>();
    // The router waits for it with the address.
    Effect::new(move || {
        path.with(|_| ());
        router.ready_to_complete();
    });
    move || match page.get() {
        Page::Overview => Overview().into_any(),
        Page::Troubleshooting => Troubleshooting().into_any(),
        Page::None => NotFound().into_any(),
    }
}

/// Adds to the static page's bar, whose megaphone stays the very element that it was: so no press on it is lost.
#[component]
fn RestOfBar() -> impl IntoView {
    let Some(bar) = document().query_selector("body > header").ok().flatten() else { return };
    let mut rest = BarRest().into_view().build();
    rest.mount(&bar, None);
    // As long as the app.
    StoredValue::new_local(rest);
}
