//! Every address of the server, on one screen.

use crate::api::{config, diagnosis, losses, refusal};
use crate::middleware::no_store::no_store;
use crate::middleware::same_origin::same_origin;
use crate::middleware::security_headers::{Policy, security_headers};
use crate::portal::Portal;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::middleware::{from_fn, map_response, map_response_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use std::sync::Arc;

/// The server's routes; the crate's documentation holds them as a table.
pub(crate) fn routes(portal: Arc<Portal>, policy: Policy) -> Router {
    let api = Router::new()
        .route("/config", get(config::show))
        .route("/diagnosis", get(diagnosis::show))
        .route("/losses", post(losses::count))
        .method_not_allowed_fallback(refusal::no_such_method)
        .fallback(refusal::no_such_address)
        .layer(from_fn(same_origin))
        .layer(map_response(no_store));
    Router::new()
        .nest("/api", api)
        .route("/healthz", get(healthz))
        .route("/metrics", get(metrics))
        .fallback(app)
        .with_state(portal)
        .layer(map_response_with_state(policy, security_headers))
}

async fn healthz() -> &'static str {
    "ok\n"
}

async fn metrics(State(portal): State<Arc<Portal>>) -> ([(HeaderName, &'static str); 1], String) {
    portal.lookout.refresh();
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], portal.metrics.to_string())
}

async fn app(State(portal): State<Arc<Portal>>, request: Request) -> Response {
    portal.app.answer(request.method(), request.uri().path(), request.headers())
}
