//! `POST /api/losses`: counts one lost connection.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use connection::service::LossCount;
use tokio::time::timeout;

use crate::app_state::AppState;
use crate::refusal::Refusal;

/// Bytes of a body; a [`LossCount`] needs a third of it.
const BODY_LIMIT: usize = 1024;

/// Counts a loss (204), or refuses: 400, 408, 413, 415.
pub(crate) async fn count(
    State(state): State<Arc<AppState>>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Refusal> {
    // Only JSON: a form on another site can send everything else without asking first.
    if !is_json(&headers) {
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send the loss as application/json"));
    }
    let body = read(body, state.body_time).await?;
    let loss: LossCount = serde_json::from_slice(&body).map_err(|error| {
        Refusal::new(
            StatusCode::BAD_REQUEST,
            format!("Send {{\"endpoint\": …, \"code\": 1006, \"cause\": …}}: {error}"),
        )
    })?;
    state.metrics.loss(&loss);
    Ok(StatusCode::NO_CONTENT)
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("application/json")
}

async fn read(body: Body, time: Duration) -> Result<Bytes, Refusal> {
    let late =
        || Refusal::new(StatusCode::REQUEST_TIMEOUT, format!("The body did not arrive within {} s", time.as_secs()));
    let too_large = |_| Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, format!("Send at most {BODY_LIMIT} bytes"));
    timeout(time, to_bytes(body, BODY_LIMIT)).await.map_err(|_| late())?.map_err(too_large)
}
