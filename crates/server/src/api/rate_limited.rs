//! Answers 429 to a client that asks too often.

use std::sync::Arc;

use axum::extract::{Extension, Request, State};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::rate_limit::RateLimit;
use crate::refusal::Refusal;
use crate::requester::Client;

/// Lets a request pass, or refuses it with `Retry-After`.
pub(crate) async fn rate_limited(
    State(limit): State<Arc<RateLimit>>,
    Extension(client): Extension<Client>,
    request: Request,
    next: Next,
) -> Response {
    match limit.take(client.address) {
        Ok(()) => next.run(request).await,
        Err(wait) => {
            let seconds = wait.as_secs().saturating_add(1);
            let refusal =
                Refusal::new(StatusCode::TOO_MANY_REQUESTS, format!("Too many requests; ask again in {seconds} s"));
            ([(RETRY_AFTER, seconds.to_string())], refusal).into_response()
        }
    }
}
