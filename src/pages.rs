//! One file a page. Pages read the context and hand signals and callbacks down.

#![allow(unreachable_pub, reason = "`#[component]` makes items of its own `pub`, whatever the function is")]

mod not_found;
mod overview;
mod troubleshooting;

pub use not_found::NotFound;
pub use overview::Overview;
pub(crate) use overview::fetch as fetch_sign_in;
pub use troubleshooting::Troubleshooting;
pub(crate) use troubleshooting::fetch as fetch_troubleshooting;
