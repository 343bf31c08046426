//! Who sent a request. The transport tells each request its [`Peer`]; a middleware makes a [`Client`] of it.

use std::net::{IpAddr, SocketAddr};

/// The other end of a request's connection, which may be a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Peer {
    pub(crate) address: SocketAddr,
}

/// The client of a request: the peer, or the client that a trusted proxy names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Client {
    pub(crate) address: IpAddr,
    /// Whether a trusted proxy passed the request on, so that its forwarded headers hold.
    pub(crate) is_forwarded: bool,
}
