//! DRP's error body, `models.Error`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An error about an address; `kind` is the HTTP method or a word such as `AUTH`.
pub(super) fn answer(status: StatusCode, key: &str, kind: &str, messages: &[&str]) -> Response {
    about("", status, key, kind, messages)
}

/// An error about an object of a model, such as one of the `users`.
pub(super) fn about(model: &str, status: StatusCode, key: &str, kind: &str, messages: &[&str]) -> Response {
    let body = json!({"Model": model, "Key": key, "Type": kind, "Messages": messages, "Code": status.as_u16()});
    (status, Json(body)).into_response()
}

/// The answer to a known user without the right; `claim` is `<scope> <action> <specific>`.
pub(super) fn no_rights(path: &str, claim: &str) -> Response {
    let messages = [format!("Cannot access {path}"), format!("Requires: {claim}")];
    answer(StatusCode::FORBIDDEN, "", "AUTH", &messages.each_ref().map(String::as_str))
}
