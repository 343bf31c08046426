//! DRP allows every origin, on every route and before it checks credentials: the portal depends on it.

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue,
};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const METHODS: &str = "GET, POST, PUT, DELETE, OPTIONS, PATCH, HEAD";
const HEADERS: &str = "Origin, X-Requested-With, Content-Type, Cookie, Authorization, WWW-Authenticate, \
                       X-Return-Attributes, X-Log-Level, X-Log-Token, Range";

pub(super) async fn open_to_all(request: Request, next: Next) -> Response {
    match *request.method() {
        Method::OPTIONS => preflight(),
        _ => opened(next.run(request).await),
    }
}

/// The answer, readable from any page.
pub(super) fn opened(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    response
}

/// Needs no credentials.
pub(super) fn preflight() -> Response {
    let allowed = [(ACCESS_CONTROL_ALLOW_METHODS, METHODS), (ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)];
    opened((StatusCode::OK, allowed).into_response())
}
