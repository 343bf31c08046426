//! From the first part to the whole app: the connection is opened and shown before anything else has come.

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::base_path::Page;
use crate::browser::{after_frame, when_idle, window};
use crate::driver::host_page::{self, Gap};
use crate::driver::{Driver, has_losses};
use crate::part::{Missing, part};
use crate::{app, components, pages};

part! {
    app, fetch fetch_app,
    /// Mounts the app around a driver that runs already.
    pub(crate) fn mount(driver: Rc<Driver>) -> () {
        app::mount(driver);
    }
}

/// The parts that come after the app, or beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Dialog,
    Errands,
    SignIn,
    Troubleshooting,
    Report,
}

impl Part {
    /// All of them: first what this page is made of, then what is needed once something is wrong. The report, which shares much
    /// with the dialog, is last.
    fn in_order(page: Page, signed_in: bool) -> [Self; 5] {
        match (page, signed_in) {
            (Page::Troubleshooting, _) => {
                [Self::Troubleshooting, Self::Dialog, Self::Errands, Self::SignIn, Self::Report]
            }
            // What signs in, and what the form offers.
            (_, false) => [Self::SignIn, Self::Errands, Self::Dialog, Self::Troubleshooting, Self::Report],
            // The overview lists what the errands recall.
            (_, true) if has_losses() => {
                [Self::Errands, Self::Dialog, Self::SignIn, Self::Troubleshooting, Self::Report]
            }
            (_, true) => [Self::Dialog, Self::Errands, Self::SignIn, Self::Troubleshooting, Self::Report],
        }
    }

    /// As its file is called.
    const fn name(self) -> &'static str {
        match self {
            Self::Dialog => "dialog",
            Self::Errands => "errands",
            Self::SignIn => "sign_in",
            Self::Troubleshooting => "troubleshooting",
            Self::Report => "report",
        }
    }

    /// Whether it came.
    async fn fetch(self, driver: &Rc<Driver>) -> bool {
        match self {
            Self::Dialog => components::fetch_dialog().await.is_ok(),
            Self::Errands => driver.do_errands().await.is_ok(),
            Self::SignIn => pages::fetch_sign_in().await.is_ok(),
            Self::Troubleshooting => pages::fetch_troubleshooting().await.is_ok(),
            Self::Report => components::fetch_report().await.is_ok(),
        }
    }
}

/// Starts the driver, then has everything else come: first what is seen, then what may be needed once the network is gone.
pub(crate) fn start() {
    let driver = Driver::start();
    let page = Page::at(&window().location().pathname().unwrap_or_default());
    let parts = Part::in_order(page, driver.machine().endpoint().is_some());
    let next = match parts {
        [first @ (Part::SignIn | Part::Troubleshooting), next, ..] => {
            // Beside the app: the page shows nothing without it.
            let driver = Rc::clone(&driver);
            spawn_local(async move { _ = first.fetch(&driver).await });
            next
        }
        [next, ..] => next,
    };
    host_page::name_next(next.name());
    spawn_local(async move {
        loop {
            // From now on: the network may come back while the request is still failing for want of it.
            let news = host_page::news();
            let Err(Missing) = mount(Rc::clone(&driver)).await else { break };
            Gap::App.show(true);
            news.await;
        }
        Gap::App.show(false);
        // The rest has time until that is painted, and the browser has nothing else to do.
        let idle = Promise::new(&mut |resolve, _| after_frame(move || when_idle(&resolve)));
        let _ = JsFuture::from(idle).await;
        loop {
            let news = host_page::news();
            let [mut all, mut dialog] = [true, false];
            for part in parts {
                // The report lies with the dialog in part, and would have that asked for once more.
                let came = (dialog || part != Part::Report) && part.fetch(&driver).await;
                dialog |= came && part == Part::Dialog;
                all &= came;
            }
            if all {
                break;
            }
            news.await;
        }
        host_page::keep_fonts().await;
    });
}
