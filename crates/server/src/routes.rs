//! Every address of the server, on one screen.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{from_fn, from_fn_with_state, map_response, map_response_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::api::{config, diagnosis, fallback, losses};
use crate::app_state::AppState;
use crate::base_path::ToBase;
use crate::health::{healthz, metrics, readyz};
use crate::middleware::client::{TrustedProxies, client};
use crate::middleware::no_store::no_store;
use crate::middleware::observe::{Observer, observe};
use crate::middleware::one_meaning::one_meaning;
use crate::middleware::rate_limited::rate_limited;
use crate::middleware::same_origin::same_origin;
use crate::middleware::security_headers::{Csp, security_headers};
use crate::options::Origin;
use crate::rate_limit::RateLimit;

/// What stands around the handlers.
pub(crate) struct Layers {
    pub(crate) csp: Csp,
    pub(crate) proxies: Arc<TrustedProxies>,
    pub(crate) observer: Observer,
    pub(crate) diagnosis_limit: Arc<RateLimit>,
    pub(crate) losses_limit: Arc<RateLimit>,
    /// The portal's own origins, as far as the operator named them.
    pub(crate) public_origins: Arc<[Origin]>,
    /// Whether `/metrics` stands here rather than on an address of its own.
    pub(crate) has_metrics: bool,
}

/// The server's routes; the crate's documentation holds them as a table.
pub(crate) fn routes(state: Arc<AppState>, layers: Layers) -> Router {
    let limited = |limit| from_fn_with_state(limit, rate_limited);
    let api = Router::new()
        .route("/config", get(config::show))
        .route("/diagnosis", get(diagnosis::show).layer(limited(layers.diagnosis_limit)))
        .route("/losses", post(losses::count).layer(limited(layers.losses_limit)))
        .method_not_allowed_fallback(fallback::no_such_method)
        .fallback(fallback::no_such_address)
        .layer((map_response(no_store), from_fn_with_state(layers.public_origins, same_origin)));
    Router::new()
        .nest("/api", api)
        .merge(operations(layers.has_metrics))
        .fallback(app)
        .with_state(state)
        // The first one is outermost. Together, because each call of `layer` would box every answer once more.
        .layer((
            from_fn_with_state(layers.proxies, client),
            from_fn_with_state(layers.observer, observe),
            map_response_with_state(layers.csp, security_headers),
            from_fn(one_meaning),
        ))
}

/// The routes of an address that only operators' programs ask.
pub(crate) fn operations_alone(state: Arc<AppState>, observer: Observer, proxies: Arc<TrustedProxies>) -> Router {
    operations(true).with_state(state).layer((
        from_fn_with_state(proxies, client),
        from_fn_with_state(observer, observe),
        from_fn(one_meaning),
    ))
}

/// What operators' programs ask.
fn operations(has_metrics: bool) -> Router<Arc<AppState>> {
    let health = Router::new().route("/healthz", get(healthz)).route("/readyz", get(readyz));
    let all = if has_metrics { health.route("/metrics", get(metrics)) } else { health };
    all.layer(map_response(no_store))
}

async fn app(State(state): State<Arc<AppState>>, mut request: Request) -> Response {
    if let Some(to_base) = request.extensions_mut().remove::<ToBase>() {
        return to_base.into_response();
    }
    state.app.answer(request.method(), request.uri().path(), request.headers())
}
