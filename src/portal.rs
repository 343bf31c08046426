//! What pages and the header read: the one context of the app.

use std::rc::Rc;

use connection::endpoint::Endpoint;
use connection::machine::{Event, Machine};
use connection::service::Config;
use connection::sign_in;
use connection::view;
use leptos::prelude::*;

use crate::driver::{Credentials, Driver, host_page, recent};
use crate::signals::{Feed, Now};
use crate::theme::Theme;

/// What pages and the header read. Components below them get signals and callbacks. The app makes it from its driver;
/// another program can make one from a state of its own.
#[derive(Clone, Copy)]
pub struct Portal {
    /// The state of the connection.
    pub machine: Signal<Machine>,
    /// Sends an intent of the person's.
    pub dispatch: Callback<Event>,
    /// Connects with credentials that the person gave.
    pub connect: Callback<(Endpoint, Credentials)>,
    /// Who signed in last, if the portal knows; forms ask [`Portal::user_to_offer`].
    pub user: Callback<(), Option<String>>,
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
    /// What the forms contain before the person changes anything.
    pub preset: StoredValue<FormPreset>,
    /// Whether the dialog is open.
    pub dialog: RwSignal<bool>,
    /// The theme that the page began with.
    pub theme: Theme,
    /// Shows the page in another theme.
    pub choose_theme: fn(Theme),
}

/// What the forms contain before the person changes anything. Empty in the app; other programs can fill it in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormPreset {
    /// What is signed in with.
    pub kind: sign_in::Kind,
    /// The text of the endpoint field, if there is one.
    pub typed: Option<&'static str>,
    /// What the form says is wrong.
    pub mistakes: sign_in::Mistakes,
    /// The search in the table of close codes.
    pub search: &'static str,
    /// The pasted line of the console.
    pub console: &'static str,
}

impl Portal {
    /// The portal of a driver. What happens in the world is seen once the megaphone has shown it; what the person does, at
    /// once.
    pub(crate) fn of(driver: Rc<Driver>) -> Self {
        let (machine, config) = (RwSignal::new(driver.machine().clone()), RwSignal::new(driver.config()));
        driver.watch(move |driver| {
            machine.set(driver.machine().clone());
            if config.with_untracked(Option::is_none) {
                config.set(driver.config());
            }
        });
        let recent = RwSignal::new(recent::recent());
        let dialog = RwSignal::new(false);
        driver.opens(move || dialog.set(true));
        let (feed, driver) = (Feed::watching(driver.feed()), StoredValue::new_local(driver));
        let with = move |act: &dyn Fn(&Rc<Driver>)| {
            driver.with_value(|driver| {
                act(driver);
                driver.tell_watcher();
            });
        };
        Self {
            machine: machine.into(),
            dispatch: Callback::new(move |event: Event| with(&|driver| driver.dispatch(event.clone()))),
            connect: Callback::new(move |(endpoint, credentials): (Endpoint, Credentials)| {
                recent.set(recent::remember(&endpoint));
                with(&|driver| driver.connect(endpoint.clone(), credentials.clone()));
            }),
            user: Callback::new(move |()| driver.with_value(|driver| driver.user())),
            ask_permission: Callback::new(move |()| with(&Driver::ask_permission)),
            now: StoredValue::new(Now::new()),
            feed,
            config: config.into(),
            recent: recent.into(),
            asked: StoredValue::new(host_page::preselected()),
            preset: StoredValue::new(FormPreset::default()),
            dialog,
            theme: Theme::stored(),
            choose_theme: Theme::choose,
        }
    }

    /// With whom a form begins that signs in again.
    pub fn user_to_offer(self) -> Option<String> {
        let offers = self.machine.with_untracked(view::offers_last_user);
        offers.then(|| self.user.run(())).flatten()
    }
}
