//! Who may use the control: programs, and pages that this machine serves. Any other page that a browser on this machine
//! shows could otherwise stop the endpoint.

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

pub(super) async fn loopback_pages_only(request: Request, next: Next) -> Response {
    let Some(origin) = request.headers().get(header::ORIGIN).cloned() else { return next.run(request).await };
    if !is_loopback(&origin) {
        let error = "only pages of a loopback origin, such as http://127.0.0.1:8080, may use the control";
        return (StatusCode::FORBIDDEN, Json(json!({"error": error}))).into_response();
    }
    let mut response = match *request.method() {
        Method::OPTIONS => preflight(),
        _ => next.run(request).await,
    };
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Origin"));
    response
}

fn preflight() -> Response {
    let allowed = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type"),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ];
    (StatusCode::NO_CONTENT, allowed).into_response()
}

fn is_loopback(origin: &HeaderValue) -> bool {
    let host =
        origin.to_str().ok().and_then(|text| text.parse::<Uri>().ok()).and_then(|uri| uri.host().map(str::to_owned));
    host.is_some_and(|host| {
        matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_counts_as_loopback() {
        for origin in ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:3000", "https://portal.localhost"] {
            assert!(is_loopback(&HeaderValue::from_static(origin)), "{origin}");
        }
        for origin in ["https://portal.example", "http://localhost.example", "null", "http://10.0.0.1", ""] {
            assert!(!is_loopback(&HeaderValue::from_static(origin)), "{origin}");
        }
    }
}
