//! Keeps the API for the portal's own pages: a page of another site can neither count losses nor have endpoints looked
//! at. Programs that are no browsers pass.
//!
//! The `Host` header is not compared with a list of names. Doing so would stop DNS rebinding, where a foreign name is
//! made to point here; but the server cannot know the names that operators and their proxies give it, and all that could
//! be had that way are facts about the named endpoints which anyone on this network can ask the endpoints for.

use crate::api::Refusal;
use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses requests that a page of another origin caused (403).
pub(crate) async fn same_origin(request: Request, next: Next) -> Response {
    if is_foreign(request.headers()) {
        Refusal::new(StatusCode::FORBIDDEN, "Only the portal's own pages may ask this").into_response()
    } else {
        next.run(request).await
    }
}

/// Browsers send `Sec-Fetch-Site` to trustworthy origins (HTTPS, loopback) and `Origin` with everything that could
/// change something or whose answer a foreign page could read.
fn is_foreign(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    let Some(origin) = headers.get(ORIGIN) else { return false };
    let authority = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, authority)| authority);
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    !authority.zip(host).is_some_and(|(authority, host)| authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(headers: &[(&'static str, &'static str)]) -> bool {
        is_foreign(&headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect())
    }

    #[test]
    fn pages_of_other_origins_are_foreign() {
        assert!(foreign(&[("sec-fetch-site", "cross-site")]));
        assert!(foreign(&[("sec-fetch-site", "same-site")]));
        assert!(foreign(&[("host", "portal:8080"), ("origin", "http://evil.example")]));
        assert!(foreign(&[("host", "portal:8080"), ("origin", "http://portal:8081")]));
        assert!(foreign(&[("host", "portal:8080"), ("origin", "null")]));
    }

    #[test]
    fn the_own_pages_a_typed_address_and_programs_are_not() {
        assert!(!foreign(&[("sec-fetch-site", "same-origin"), ("origin", "https://portal"), ("host", "backend:8080")]));
        assert!(!foreign(&[("sec-fetch-site", "none")]));
        assert!(!foreign(&[("host", "Portal:8080"), ("origin", "http://portal:8080")]));
        assert!(!foreign(&[("host", "portal:8080")]));
    }
}
