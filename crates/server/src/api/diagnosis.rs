//! `GET /api/diagnosis?endpoint=…`: what this server sees of an endpoint.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, Query, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use connection::endpoint::Endpoint;
use serde::Deserialize;

use super::page_origin::page_origin;
use crate::app_state::AppState;
use crate::probe_cache::ProbeError;
use crate::refusal::Refusal;
use crate::requester::Client;

/// The query.
#[derive(Deserialize)]
pub(crate) struct Asked {
    endpoint: String,
}

/// Probes an endpoint, or refuses: 400 for what is no endpoint, 403 for one that the operator did not name, 503 with
/// `Retry-After` when the server cannot probe now.
pub(crate) async fn show(
    State(state): State<Arc<AppState>>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Ok(Query(Asked { endpoint })) = asked else {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "Name one endpoint, as in /api/diagnosis?endpoint=https://localhost:8092",
        ));
    };
    let endpoint =
        Endpoint::parse(&endpoint).map_err(|error| Refusal::new(StatusCode::BAD_REQUEST, error.to_string()))?;
    let origin = page_origin(&headers, client.is_forwarded, &state.public_origins);
    match state.probes.probe(&endpoint, origin, client.address).await {
        Ok(probe) => Ok(Json(&*probe).into_response()),
        Err(ProbeError::NotNamed) => Err(Refusal::new(
            StatusCode::FORBIDDEN,
            format!("This server probes only endpoints named at its start; start it with --endpoint {endpoint}"),
        )),
        Err(ProbeError::Busy) => Ok(later("Too many endpoints are being probed; ask again in 5 s")),
        Err(ProbeError::CouldNot(want)) => Ok(later(want.to_string())),
        Err(ProbeError::Panicked) => Err(Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The probe of the endpoint failed; this is a fault of the server",
        )),
    }
}

/// Nothing about the endpoint: the server itself cannot probe it now.
fn later(error: impl Into<String>) -> Response {
    ([(RETRY_AFTER, "5")], Refusal::new(StatusCode::SERVICE_UNAVAILABLE, error)).into_response()
}
