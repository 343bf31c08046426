//! `/healthz`, `/readyz` and `/metrics`: what operators' programs ask.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderName};

use crate::app_state::AppState;

/// 200 while the process answers at all.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// 200 while the server takes new requests, 503 from the moment it was asked to stop. It says nothing about endpoints:
/// a portal whose endpoint is down is what people need then.
pub(crate) async fn readyz(State(state): State<Arc<AppState>>) -> (StatusCode, &'static str) {
    if state.readiness.is_ready() {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    }
}

/// Everything that is counted, as Prometheus reads it.
pub(crate) async fn metrics(
    State(state): State<Arc<AppState>>,
) -> Result<([(HeaderName, &'static str); 1], String), StatusCode> {
    state.probes.refresh();
    let text = state.metrics.text().map_err(|error| {
        tracing::error!(%error, "cannot write the metrics");
        StatusCode::INTERNAL_SERVER_ERROR
    })?;
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text))
}
