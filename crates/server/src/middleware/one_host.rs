//! Refuses HTTP/1.1 requests without a `Host`, or with more than one (RFC 9112 section 3.2): a proxy in front might
//! have understood another one of them.

use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::{StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Answers 400 to such a request.
pub(crate) async fn one_host(request: Request, next: Next) -> Response {
    let hosts = request.headers().get_all(HOST).iter().count();
    if hosts == 1 || (hosts == 0 && request.version() < Version::HTTP_11) {
        next.run(request).await
    } else {
        (StatusCode::BAD_REQUEST, "expected one Host header\n").into_response()
    }
}
