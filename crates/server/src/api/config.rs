//! `GET /api/config`: the endpoints offered, and what the server can do.

use crate::app_state::AppState;
use axum::Json;
use axum::extract::State;
use connection::service::{Config, Simulators};
use serde::Serialize;
use std::sync::Arc;

/// The answer, of which each page reads its part.
#[derive(Serialize)]
pub(crate) struct Answer {
    #[serde(flatten)]
    config: Config,
    #[serde(flatten)]
    simulators: Simulators,
}

/// Tells a page what it may ask for.
pub(crate) async fn show(State(state): State<Arc<AppState>>) -> Json<Answer> {
    let config = Config {
        endpoints: state.endpoints.iter().map(ToString::to_string).collect(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        diagnosis: true,
        losses: true,
    };
    Json(Answer { config, simulators: Simulators { simulators: state.simulators.clone() } })
}
