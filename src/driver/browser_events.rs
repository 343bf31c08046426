//! What the browser tells of the world around the page.

use std::rc::Rc;

use connection::machine::Event;
use web_sys::{Event as DomEvent, PageTransitionEvent};

use super::{Driver, clock};
use crate::browser::{document, listen as on_event, window};

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
    let window = window();
    on_event(&window, "online", {
        let driver = Rc::clone(driver);
        move |_: DomEvent| {
            online();
            driver.begin_errands();
        }
    });
    on_event(&window, "offline", move |_: DomEvent| offline());
    on_event(&window, "focus", {
        let window = window.clone();
        move |event: DomEvent| {
            // Fields inside the page get the focus too; only the window's own counts.
            if event.target().is_some_and(|target| target == *window) {
                returned();
            }
        }
    });
    on_event(&document(), "visibilitychange", move |_: DomEvent| if document().hidden() { hidden() } else { shown() });
    on_event(&window, "pagehide", {
        let driver = Rc::clone(driver);
        move |_: DomEvent| {
            leaving();
            // A page that the browser keeps for coming back would keep its socket as well; then it opens another one.
            drop(driver.socket.take());
            // There is no frame any more after which it could be done.
            driver.begin_errands();
        }
    });
    if driver.client().browser.closes_sockets_before_leaving() {
        let driver = Rc::clone(driver);
        on_event(&window, "beforeunload", move |_: DomEvent| driver.navigating.set(Some(clock::now().mono)));
    }
    on_event(&window, "pageshow", move |event: PageTransitionEvent| {
        if event.persisted() {
            restored();
        }
    });
}
