//! What the browser tells of the world around the page.

use std::rc::Rc;

use connection::machine::Event;
use leptos::ev;
use leptos::prelude::*;

use super::{Driver, clock};

/// Listens as long as the page stands: the driver is made once, by the app's root.
pub(super) fn listen(driver: &Rc<Driver>) {
    let on = |event: Event| {
        let driver = Rc::clone(driver);
        move || driver.dispatch(event.clone())
    };
    let (online, offline, returned, leaving) =
        (on(Event::Online), on(Event::Offline), on(Event::Returned), on(Event::Leaving));
    let (shown, hidden, restored) = (returned.clone(), on(Event::Hidden), on(Event::Restored));
    if !window().navigator().on_line() {
        offline();
    }
    window_event_listener(ev::online, move |_| online());
    window_event_listener(ev::offline, move |_| offline());
    window_event_listener(ev::focus, move |event| {
        // Fields inside the page get the focus too; only the window's own counts.
        if event.target().is_some_and(|target| target == *window()) {
            returned();
        }
    });
    window_event_listener(ev::visibilitychange, move |_| if document().hidden() { hidden() } else { shown() });
    window_event_listener(ev::pagehide, move |_| leaving());
    if driver.client().browser.closes_sockets_before_leaving() {
        let driver = Rc::clone(driver);
        window_event_listener(ev::beforeunload, move |_| driver.navigating.set(Some(clock::now().mono)));
    }
    window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            restored();
        }
    });
}
