//! What stands before or after every request of a kind, one file each.

pub(crate) mod client;
pub(crate) mod no_store;
pub(crate) mod observe;
pub(crate) mod one_meaning;
pub(crate) mod rate_limited;
pub(crate) mod same_origin;
pub(crate) mod security_headers;
