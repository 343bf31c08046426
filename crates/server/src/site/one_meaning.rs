//! Refuses HTTP/1.1 requests that a proxy in front might have understood otherwise: without a `Host` or with more than one
//! (RFC 9112 section 3.2), and with more than one line of `Transfer-Encoding`, of which only the last might count (6.1).

use axum::extract::Request;
use axum::http::header::{CONNECTION, HOST, HeaderName, TRANSFER_ENCODING};
use axum::http::{StatusCode, Version};

/// The answer to such a request. It ends the connection: what follows may be a part of the request.
type Refusal = (StatusCode, [(HeaderName, &'static str); 1], &'static str);

/// 400 for such a request, `None` for any other.
pub(super) fn refusal(request: &Request) -> Option<Refusal> {
    let [hosts, encodings] = [HOST, TRANSFER_ENCODING].map(|name| request.headers().get_all(name).iter().count());
    let expected = if hosts > 1 || (hosts == 0 && request.version() >= Version::HTTP_11) {
        "expected one Host header\n"
    } else if encodings > 1 {
        "expected one Transfer-Encoding header\n"
    } else {
        return None;
    };
    Some((StatusCode::BAD_REQUEST, [(CONNECTION, "close")], expected))
}
