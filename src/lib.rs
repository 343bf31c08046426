//! The connection side of a portal for Digital Rebar Provision, as a Leptos app in the browser.
//!
//! | module | holds |
//! | --- | --- |
//! | [`app`] | the routes |
//! | [`base_path`] | where the app stands on its host |
//! | [`portal`] | the one context, which pages and the header read |
//! | [`pages`] | one file a page |
//! | [`components`] | what pages are made of: signals and callbacks in, nothing else |
//! | [`driver`] | the one place that owns the socket, the timer and the requests |
//!
//! Imports run downwards only: pages → components → driver → the `connection` crate.

pub mod app;
pub mod base_path;
pub mod components;
pub mod driver;
pub mod icon;
pub mod pages;
pub mod portal;
pub mod theme;

/// Puts the app in the place of the static shell that the page came with.
pub fn run() {
    set_panic_hook();
    driver::host_page::remove_shell();
    leptos::mount::mount_to_body(app::App);
    driver::host_page::mark_ready();
}

/// Shows the page's own message when the program panics: nothing renders any more then.
pub fn set_panic_hook() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        driver::host_page::reveal_panic();
    }));
}
