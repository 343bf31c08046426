//! Every address of the server's own, on one screen; all others are the app's.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post};

use crate::address;
use crate::api::rate_limited::rate_limited;
use crate::api::{config, diagnosis, fallback, losses};
use crate::app_state::AppState;
use crate::health::{healthz, metrics, readyz};
use crate::rate_limit::RateLimit;

/// How often one client may ask for what costs something.
pub(crate) struct Limits {
    pub(crate) diagnosis: Arc<RateLimit>,
    pub(crate) losses: Arc<RateLimit>,
}

/// The server's routes; the crate's documentation holds them as a table.
pub(crate) fn routes(state: Arc<AppState>, limits: Limits, has_metrics: bool) -> Router {
    let limited = |limit| from_fn_with_state(limit, rate_limited);
    // Not nested: a nested route reads each address once more, without what stands in front.
    let api = Router::new()
        .route(address::CONFIG, get(config::show))
        .route(address::DIAGNOSIS, get(diagnosis::show).layer(limited(limits.diagnosis)))
        .route(address::LOSSES, post(losses::count).layer(limited(limits.losses)))
        .method_not_allowed_fallback(fallback::no_such_method)
        .route("/api", any(fallback::no_such_address))
        .route("/api/", any(fallback::no_such_address))
        .route("/api/{*rest}", any(fallback::no_such_address));
    api.merge(operations(has_metrics)).with_state(state)
}

/// The routes of an address that only operators' programs ask.
pub(crate) fn operations_alone(state: Arc<AppState>) -> Router {
    operations(true).with_state(state)
}

/// What operators' programs ask.
fn operations(has_metrics: bool) -> Router<Arc<AppState>> {
    let health = Router::new().route(address::HEALTHZ, get(healthz)).route(address::READYZ, get(readyz));
    if has_metrics { health.route(address::METRICS, get(metrics)) } else { health }
}
