//! Refuses HTTP/1.1 requests that a proxy in front might have understood otherwise: without a `Host` or with more than one
//! (RFC 9112 section 3.2), and with more than one line of `Transfer-Encoding`, of which only the last might count (6.1).

use axum::extract::Request;
use axum::http::header::{CONNECTION, HOST, TRANSFER_ENCODING};
use axum::http::{StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Answers 400 to such a request, and ends its connection: what follows may be a part of it.
pub(crate) async fn one_meaning(request: Request, next: Next) -> Response {
    let [hosts, encodings] = [HOST, TRANSFER_ENCODING].map(|name| request.headers().get_all(name).iter().count());
    let refused = if hosts > 1 || (hosts == 0 && request.version() >= Version::HTTP_11) {
        "expected one Host header\n"
    } else if encodings > 1 {
        "expected one Transfer-Encoding header\n"
    } else {
        return next.run(request).await;
    };
    (StatusCode::BAD_REQUEST, [(CONNECTION, "close")], refused).into_response()
}
