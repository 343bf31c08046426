//! The connection side of a portal for Digital Rebar Provision, as a Leptos app in the browser.
//!
//! | module | holds |
//! | --- | --- |
//! | [`app`] | the routes |
//! | [`base_path`] | where the app stands on its host |
//! | [`portal`] | the one context, which pages and the header read |
//! | [`pages`] | one file a page |
//! | [`components`] | what pages are made of: signals and callbacks in, nothing else |
//! | [`signals`] | what the driver knows, as signals |
//! | [`driver`] | the one place that owns the socket, the timer and the requests |
//! | `part` | how a part of the program becomes a file of its own, fetched later |
//!
//! Imports run downwards only: pages → components → portal → signals → driver → the `connection` crate. `driver`, `face` and
//! `browser` know no framework: they are the first part, which is live before the framework is there.

pub mod app;
pub mod base_path;
pub mod browser;
pub mod components;
pub mod driver;
mod face;
pub mod icon;
pub mod pages;
mod part;
pub mod portal;
pub mod signals;
mod start;
pub mod theme;

/// Makes the page's megaphone live, and then puts the app in the place of the static shell that the page came with.
pub fn run() {
    set_panic_hook();
    start::start();
}

/// Shows the page's own message when the program panics: nothing renders any more then.
pub fn set_panic_hook() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        driver::host_page::reveal_panic();
    }));
}
