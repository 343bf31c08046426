//! From the first part to the whole app: the connection is opened and shown before anything else has come.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use crate::driver::Driver;
use crate::driver::host_page::{self, Gap};
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
    let signed_in = driver.machine().endpoint().is_some();
    if !signed_in {
        // Beside the app: the form is what people see who are not signed in.
        spawn_local(async { _ = pages::fetch_sign_in().await });
    }
    spawn_local(async move {
        loop {
            // From now on: the network may come back while the request is still failing for want of it.
            let news = host_page::news();
            let Err(Missing) = mount(Rc::clone(&driver)).await else { break };
            Gap::App.show(true);
            news.await;
        }
        Gap::App.show(false);
        loop {
            let news = host_page::news();
            // First what explains a loss, or what signs in. One that does not come holds up none of the others.
            if signed_in {
                let _ = components::fetch_dialog().await;
            }
            let came = [
                driver.do_errands().await.is_ok(),
                components::fetch_dialog().await.is_ok(),
                pages::fetch_sign_in().await.is_ok(),
                pages::fetch_troubleshooting().await.is_ok(),
            ];
            if came == [true; 4] {
                break;
            }
            news.await;
        }
        host_page::keep_fonts().await;
    });
}
