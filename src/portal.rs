//! What pages and the header read: the one context of the app.

use std::rc::Rc;

use connection::endpoint::Endpoint;
use connection::machine::{Event, Machine};
use connection::remedy::Browser;
use connection::scenario::Page;
use connection::service::Config;
use leptos::prelude::*;

use crate::driver::feed::Feed;
use crate::driver::{Credentials, Driver, Now, host_page};
use crate::theme::Theme;

/// What pages and the header read. Components below them get signals and callbacks. The app makes it of its driver,
/// the gallery of a state.
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
    /// The endpoint that the address asks for, as it stands there.
    pub asked: StoredValue<Option<String>>,
    /// The person's browser, where the way through differs.
    pub browser: Browser,
    /// What the pages hold before anybody touched them.
    pub page: StoredValue<Page>,
    /// Whether the dialog is open.
    pub dialog: RwSignal<bool>,
    /// The theme that the page began with.
    pub(crate) theme: Theme,
    /// Shows the page in another theme.
    pub(crate) choose_theme: fn(Theme),
}

impl Portal {
    /// The portal that has a driver.
    pub(crate) fn start() -> Self {
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
            asked: StoredValue::new(host_page::preselected()),
            browser: Browser::of(&window().navigator().user_agent().unwrap_or_default()),
            page: StoredValue::new(Page::default()),
            dialog: RwSignal::new(false),
            theme: Theme::stored(),
            choose_theme: Theme::choose,
        }
    }
}
