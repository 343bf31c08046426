//! The addresses under `/api`: what pages ask of the server beside the app itself.

pub(crate) mod config;
pub(crate) mod diagnosis;
pub(crate) mod fallback;
pub(crate) mod losses;
mod page_origin;
pub(crate) mod rate_limited;
