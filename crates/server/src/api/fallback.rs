//! The answers below `/api` for what is not there.

use axum::extract::Request;
use axum::http::StatusCode;

use crate::address;
use crate::refusal::Refusal;

/// For a path that is not part of the API.
pub(crate) async fn no_such_address() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "The server has /api/config, /api/diagnosis and /api/losses")
}

/// For a method that a path does not accept.
pub(crate) async fn no_such_method(request: Request) -> Refusal {
    let right = if request.uri().path() == address::LOSSES { "POST" } else { "GET" };
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, format!("This address takes {right}, not {}", request.method()))
}
