//! From a TCP connection to a request: how many connections there may be, how long each may take, and how they end.
//!
//! `axum::serve` gives hyper no timer, so it can bound none of this; hyper is driven directly instead.

mod acceptor;
mod connections;
pub(crate) mod descriptors;
pub(crate) mod identity;
mod tracked_body;

pub(crate) use acceptor::{Acceptor, ConnectionLimits};
pub(crate) use connections::Connections;
pub(crate) use identity::Identity;
pub use identity::IdentityError;
