//! A picture of the simulator at one moment.

use std::net::SocketAddr;

use serde::Serialize;
use serde_json::{Value, json};

use crate::counters::Counts;
use crate::shared::Shared;

/// What the simulator is doing and has counted.
#[derive(Debug, Clone, Serialize)]
pub struct State {
    /// Whether the port is open.
    pub listening: bool,
    /// Where the endpoint listens, or would.
    pub address: SocketAddr,
    /// The kind of certificate that new connections are shown: `self-signed`, `expired`, … or `none`.
    pub tls: String,
    /// Its SHA-256 fingerprint, upper-case hex with colons, or null.
    pub fingerprint_sha256: Option<String>,
    /// The fault at hand with its parameters, or null.
    pub fault: Value,
    /// WebSockets that are open.
    pub sockets_open: usize,
    /// TCP connections that stand, sockets among them.
    pub connections_open: usize,
    /// Patterns that the open sockets have registered.
    pub registrations: usize,
    /// Generated events per second.
    pub rate: f64,
    /// The seed of the generated events.
    pub seed: u64,
    /// Counts since the start or the last reset.
    #[serde(flatten)]
    pub counts: Counts,
}

impl State {
    pub(super) fn of(shared: &Shared, listening: bool, rate: f64, seed: u64) -> Self {
        let active = shared.active.borrow().clone();
        let certificate = active.greeting.certificate();
        Self {
            listening,
            address: shared.address,
            tls: certificate.map_or("none", |certificate| certificate.name).to_owned(),
            fingerprint_sha256: certificate.map(|certificate| certificate.fingerprint.clone()),
            fault: json!(active.fault),
            sockets_open: shared.hub.sockets(),
            connections_open: shared.connections.len(),
            registrations: shared.hub.registrations(),
            rate,
            seed,
            counts: shared.counters.read(),
        }
    }
}
