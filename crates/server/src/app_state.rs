//! What the handlers of requests share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::Bytes;

use crate::app::App;
use crate::metrics::Metrics;
use crate::options::Origin;
use crate::probe_cache::ProbeCache;

/// The state of one server.
pub(crate) struct AppState {
    /// The answer of `/api/config`, which is the same for every page.
    pub(crate) config: Bytes,
    /// The portal's own origins, as far as the operator named them.
    pub(crate) public_origins: Arc<[Origin]>,
    pub(crate) app: App,
    pub(crate) probes: Arc<ProbeCache>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) readiness: Readiness,
    /// For the whole body of a request to arrive.
    pub(crate) body_time: Duration,
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
