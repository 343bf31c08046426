//! What the requests share.

use crate::app::App;
use crate::lookout::Lookout;
use crate::metrics::Metrics;
use connection::endpoint::Endpoint;
use std::sync::Arc;

/// One running portal.
pub(crate) struct Portal {
    /// As the operator named them, in that order, each once.
    pub(crate) endpoints: Vec<Endpoint>,
    /// As the operator named them, in that order, each once.
    pub(crate) simulators: Vec<String>,
    pub(crate) app: App,
    pub(crate) lookout: Arc<Lookout>,
    pub(crate) metrics: Arc<Metrics>,
}
