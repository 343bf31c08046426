//! From the first part to the whole app: the connection is opened and shown before anything else has come.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use crate::driver::{self, Driver, host_page};
use crate::part::{Missing, part};
use crate::{app, components, pages};

part! {
    app, fetch fetch_app,
    /// Mounts the app around a driver that runs already.
    pub(crate) fn mount(driver: Rc<Driver>) -> () {
        app::mount(driver);
    }
}

/// Starts the driver, then has everything else come: first what is seen, then what may be needed once the network is gone.
pub(crate) fn start() {
    let driver = Driver::start();
    if driver.machine().endpoint().is_none() {
        // Beside the app: the form is what people see who are not signed in.
        spawn_local(async { _ = pages::fetch_sign_in().await });
    }
    spawn_local(async move {
        loop {
            // From now on: the network may come back while the request is still failing for want of it.
            let news = host_page::network_or_press();
            let Err(Missing) = mount(Rc::clone(&driver)).await else { break };
            host_page::say_missing(true);
            news.await;
        }
        host_page::say_missing(false);
        // In the order in which they are needed once something is wrong. What cannot be had now is asked for again then.
        let _ = driver::fetch_errands().await;
        let _ = components::fetch_dialog().await;
        let _ = pages::fetch_sign_in().await;
        let _ = pages::fetch_troubleshooting().await;
        host_page::keep_fonts().await;
    });
}
