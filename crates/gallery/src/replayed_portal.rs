//! A portal without a driver, made from a state.

use core::time::Duration;

use connection::endpoint::Endpoint;
use connection::machine::{Event, Machine};
use connection::service::Config;
use connection::time::Moment;
use leptos::prelude::*;
use portal::driver::Credentials;
use portal::driver::feed::Content;
use portal::portal::{FormPreset, Portal};
use portal::signals::{Feed, Now};
use portal::theme::Theme;
use states::{Appearance, Message, PageContent, Snapshot, State, Time};

use crate::appearance::theme;

/// How often time advances where it runs.
const TICK: Duration = Duration::from_millis(250);

/// The portal of a state. Intents go through the machine, and the effects that it asks for are not performed: so its
/// buttons do what they do in a world in which nothing answers.
pub(crate) fn portal(state: &State, snapshot: Snapshot, appearance: Appearance) -> Portal {
    let start = snapshot.now;
    let now = Now::still(start);
    let machine = RwSignal::new(snapshot.machine);
    let time = StoredValue::new(start);
    let step = move |event: Event| {
        machine.try_update(|machine| machine.step(event, time.get_value(), u32::MAX));
    };
    if appearance.time == Some(Time::Run) {
        run(machine, now, time);
    }
    let PageContent { kind, typed, mistakes, search, console, offered, .. } = state.page.clone();
    let offered = offered.iter().map(|endpoint| (*endpoint).to_owned()).collect();
    let config = Config { endpoints: offered, ..Config::default() };
    Portal {
        machine: machine.into(),
        dispatch: Callback::new(step),
        connect: Callback::new(move |(endpoint, credentials): (Endpoint, Credentials)| {
            step(Event::Connect(endpoint, credentials.known()));
        }),
        user: Callback::new(|()| Some("rocketskates".to_owned())),
        ask_permission: Callback::new(|()| ()),
        now: StoredValue::new(now),
        feed: Feed::of(snapshot.messages.into_iter().map(|(at, message)| (at, content(message)))),
        config: Signal::stored(Some(config)),
        recent: Signal::stored(Vec::new()),
        asked: StoredValue::new(None),
        preset: StoredValue::new(FormPreset { kind, typed, mistakes, search, console }),
        dialog: RwSignal::new(false),
        theme: theme(appearance),
        // A choice made while looking at a state does not change the person's own portal.
        choose_theme: Theme::show,
    }
}

fn content(message: Message) -> Content {
    match message {
        Message::Text(text) => Content::text(&text),
        Message::TooLong(length) => Content::TooLong(length),
        Message::Binary(size) => Content::Binary(size),
        Message::Gap(ms) => Content::Gap(ms),
    }
}

/// Advances time, and fires the machine's timer when it is due.
fn run(machine: RwSignal<Machine>, now: Now, time: StoredValue<Moment>) {
    let step = u64::try_from(TICK.as_millis()).unwrap_or_default();
    let tick = move || {
        let Some(next) = time.try_get_value().map(|time| time.plus(step)) else { return };
        time.set_value(next);
        now.set(next);
        if machine.with_untracked(|machine| machine.next_wake(next)) == Some(0) {
            machine.try_update(|machine| machine.step(Event::Tick, next, u32::MAX));
        }
    };
    if let Ok(interval) = set_interval_with_handle(tick, TICK) {
        on_cleanup(move || interval.clear());
    }
}
