//! The routes, and the one context that pages read.

use std::rc::Rc;

use connection::endpoint::Endpoint;
use connection::machine::{Event, Machine};
use connection::remedy::Browser;
use connection::service::Config;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::components::{ConnectionDialog, Header, LiveRegion};
use crate::driver::feed::Feed;
use crate::driver::{Credentials, Driver, Now};
use crate::pages::{NotFound, Overview, Troubleshooting};

/// What pages and the header read. Components below them get signals and callbacks.
#[derive(Clone, Copy)]
pub struct Portal {
    /// The state of the connection.
    pub machine: Signal<Machine>,
    /// Sends an intent of the person's.
    pub dispatch: Callback<Event>,
    /// Connects with credentials that the person gave.
    pub connect: Callback<(Endpoint, Credentials)>,
    /// Raises the browser's question about local networks; from a click only.
    pub ask_permission: Callback<()>,
    /// The time, for components that show some.
    pub now: StoredValue<Now>,
    /// What arrived on the socket.
    pub feed: Feed,
    /// What the portal's server offers.
    pub config: Signal<Option<Config>>,
    /// Endpoints used before, the newest first.
    pub recent: Signal<Vec<String>>,
    /// The person's browser, where the way through differs.
    pub browser: Browser,
    /// Whether the dialog is open.
    pub dialog: RwSignal<bool>,
}

impl Portal {
    fn start() -> Self {
        let driver = StoredValue::new_local(Driver::start());
        let with = move |act: &dyn Fn(&Rc<Driver>)| driver.with_value(|driver| act(driver));
        let started = driver.get_value();
        Self {
            machine: started.machine(),
            dispatch: Callback::new(move |event: Event| with(&|driver| driver.dispatch(event.clone()))),
            connect: Callback::new(move |(endpoint, credentials): (Endpoint, Credentials)| {
                with(&|driver| driver.connect(endpoint.clone(), credentials.clone()));
            }),
            ask_permission: Callback::new(move |()| with(&|driver| driver.ask_permission())),
            now: StoredValue::new(started.now),
            feed: started.feed,
            config: started.config.into(),
            recent: started.recent.into(),
            browser: Browser::of(&window().navigator().user_agent().unwrap_or_default()),
            dialog: RwSignal::new(false),
        }
    }
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    provide_context(Portal::start());
    view! {
        <Router>
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
