//! `GET /api/config`: the endpoints offered, and what the server can do.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use connection::endpoint::Endpoint;
use connection::service::{Config, Simulators};
use serde::Serialize;

use crate::app_state::AppState;

/// The answer, of which each page reads its part.
#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    config: Config,
    #[serde(flatten)]
    simulators: Simulators,
}

/// The answer for these endpoints and simulators.
///
/// # Errors
/// None that is known: texts and truth values can always be written.
pub(crate) fn answer(endpoints: &[Endpoint], simulators: Vec<String>) -> serde_json::Result<Bytes> {
    let config = Config {
        endpoints: endpoints.iter().map(ToString::to_string).collect(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        diagnosis: true,
        losses: true,
    };
    serde_json::to_vec(&Answer { config, simulators: Simulators { simulators } }).map(Bytes::from)
}

/// Tells a page what it may ask for.
pub(crate) async fn show(State(state): State<Arc<AppState>>) -> ([(HeaderName, &'static str); 1], Bytes) {
    ([(CONTENT_TYPE, "application/json")], state.config.clone())
}
