//! One file a page. Pages read the context and hand signals and callbacks down.

#![allow(unreachable_pub, reason = "`#[component]` makes items of its own `pub`, whatever the function is")]

mod not_found;
mod overview;
mod troubleshooting;

pub(crate) use not_found::NotFound;
pub(crate) use overview::Overview;
pub(crate) use troubleshooting::Troubleshooting;
