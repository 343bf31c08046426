//! Who sent a request.

use std::net::IpAddr;

/// The client of a request: the other end of its connection, or the client that a trusted proxy names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Client {
    pub(crate) address: IpAddr,
    /// Whether a trusted proxy passed the request on, so that its forwarded headers hold.
    pub(crate) is_forwarded: bool,
}
