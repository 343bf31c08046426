//! Keeps the API for the portal's own pages: a page of another site can neither count losses nor have endpoints looked
//! at. Programs that are no browsers pass.
//!
//! The `Host` header is not compared with a list of names. Doing so would stop DNS rebinding, where a foreign name is
//! made to point here; but the server cannot know the names that operators and their proxies give it, and all that could
//! be had that way are facts about the named endpoints which anyone on this network can ask the endpoints for.

use std::sync::LazyLock;

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, StatusCode};

use super::observe::Seen;
use crate::logging::truncated;
use crate::options::Origin;
use crate::rate_limit::RateLimit;
use crate::refusal::Refusal;

/// The lines of refusals.
static LINES: LazyLock<RateLimit> = LazyLock::new(RateLimit::of_lines);

/// 403 for a request that a page of another origin caused, `None` for any other. `public` holds the origins that the
/// operator named.
pub(super) fn refusal(request: &Request, seen: &Seen<'_>, public: &[Origin]) -> Option<Refusal> {
    let client = seen.client();
    if !is_foreign(request.headers(), client.is_forwarded, public) {
        return None;
    }
    if LINES.take(client.address).is_ok() {
        let header = |name| {
            let text = |value: &HeaderValue| truncated(&String::from_utf8_lossy(value.as_bytes())).to_owned();
            request.headers().get(name).map(text)
        };
        seen.span().in_scope(|| {
            tracing::warn!(
                origin = ?header(ORIGIN),
                host = ?header(HOST),
                "refused a page of another origin; if it is the portal's own address, name it with --public-origin"
            );
        });
    }
    Some(Refusal::new(StatusCode::FORBIDDEN, "Only the portal's own pages may ask this"))
}

/// Browsers send `Sec-Fetch-Site` to trustworthy origins (HTTPS, loopback) and `Origin` with everything that could
/// change something or whose answer a foreign page could read.
fn is_foreign(headers: &HeaderMap, is_forwarded: bool, public: &[Origin]) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    let Some(origin) = headers.get(ORIGIN) else { return false };
    let Ok(origin) = origin.to_str() else { return true };
    let Some((_, authority)) = origin.split_once("://") else { return true };
    let forwarded = if is_forwarded { headers.get("x-forwarded-host") } else { None };
    let mut hosts = [headers.get(HOST), forwarded].into_iter().flatten().filter_map(|host| host.to_str().ok());
    !hosts.any(|host| authority.eq_ignore_ascii_case(host)) && !public.iter().any(|own| own.is(origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(headers: &[(&'static str, &'static str)]) -> bool {
        foreign_to(headers, false)
    }

    fn foreign_to(headers: &[(&'static str, &'static str)], is_forwarded: bool) -> bool {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        is_foreign(&headers, is_forwarded, &[Origin::parse("https://portal.example.com").unwrap()])
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

    #[test]
    fn a_public_origin_and_the_host_that_a_trusted_proxy_names_are_own() {
        let public = [("host", "backend:8080"), ("origin", "https://portal.example.com")];
        assert!(!foreign(&public));
        let forwarded = [("host", "backend"), ("origin", "https://portal"), ("x-forwarded-host", "portal")];
        assert!(foreign_to(&forwarded, false) && !foreign_to(&forwarded, true));
    }
}
