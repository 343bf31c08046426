//! `GET /api/config`: the endpoints offered, and what the server can do.

use crate::portal::Portal;
use axum::Json;
use axum::extract::State;
use connection::service::Config;
use std::sync::Arc;

/// Tells a page what it may ask for.
pub(crate) async fn show(State(portal): State<Arc<Portal>>) -> Json<Config> {
    Json(Config {
        endpoints: portal.endpoints.iter().map(ToString::to_string).collect(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        diagnosis: true,
        losses: true,
    })
}
