//! What the handlers of requests share.

use crate::app::App;
use crate::metrics::Metrics;
use crate::probe_cache::ProbeCache;
use connection::endpoint::Endpoint;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The state of one server.
pub(crate) struct AppState {
    /// As the operator named them, in that order, each once.
    pub(crate) endpoints: Vec<Endpoint>,
    /// As the operator named them, in that order, each once.
    pub(crate) simulators: Vec<String>,
    pub(crate) app: App,
    pub(crate) probes: Arc<ProbeCache>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) readiness: Readiness,
}

/// Whether the server takes new requests; not any more once it was asked to stop.
#[derive(Default)]
pub(crate) struct Readiness(AtomicBool);

impl Readiness {
    pub(crate) fn end(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_ready(&self) -> bool {
        !self.0.load(Ordering::Relaxed)
    }
}
