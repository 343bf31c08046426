//! The origin of the page that sent a request, as its browser would write it into `Origin` for a WebSocket.

use std::net::IpAddr;

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, Uri};

use crate::options::Origin;

/// The page's origin, such as `https://portal.example.com`. A page's own GET carries no `Origin`, so it is put together
/// from the host and the scheme that the request came by, or is the one that the operator named. What a request says can
/// be made up by the client; all that comes of it is that a named endpoint hears it in an `Origin` header.
pub(crate) fn page_origin(headers: &HeaderMap, is_forwarded: bool, public: &[Origin]) -> Option<String> {
    let seen = seen_origin(headers, is_forwarded);
    let is_named = seen.as_ref().is_some_and(|seen| public.iter().any(|own| own.is(seen)));
    let [only] = public else { return seen };
    // A proxy that changes the host changes it in every request.
    if is_named { seen } else { Some(only.to_string()) }
}

fn seen_origin(headers: &HeaderMap, is_forwarded: bool) -> Option<String> {
    let text = |name: &str| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if let Some(origin) = text(ORIGIN.as_str()).and_then(checked) {
        return Some(origin);
    }
    // A proxy adds to these lists; the first entry is what the browser asked for.
    let first =
        |name: &str| text(name).and_then(|list| list.split(',').next()).map(str::trim).filter(|one| !one.is_empty());
    // What an untrusted client says of itself does not count.
    let first = |name: &str| if is_forwarded { first(name) } else { None };
    let host = first("x-forwarded-host").or_else(|| text(HOST.as_str()))?;
    let scheme = match first("x-forwarded-proto") {
        Some(scheme) => scheme,
        // Browsers send this header to trustworthy origins alone: HTTPS, and this very computer.
        None if headers.contains_key("sec-fetch-site") && !is_loopback(host) => "https",
        None => "http",
    };
    checked(&format!("{scheme}://{host}"))
}

/// An origin in the form of RFC 6454 section 6.2, if it is one.
fn checked(text: &str) -> Option<String> {
    let uri: Uri = text.parse().ok()?;
    let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"))?;
    let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'))?;
    let default = if scheme == "https" { 443 } else { 80 };
    let host = authority.host().to_ascii_lowercase();
    let after = authority.as_str().get(authority.host().len()..).unwrap_or_default();
    Some(match authority.port_u16() {
        // There is a port, and no number that could be one.
        None if !after.is_empty() => return None,
        Some(port) if port != default => format!("{scheme}://{host}:{port}"),
        Some(_) | None => format!("{scheme}://{host}"),
    })
}

fn is_loopback(authority: &str) -> bool {
    let Ok(uri) = format!("http://{authority}").parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(headers: &[(&'static str, &'static str)]) -> Option<String> {
        origin_of(headers, &[])
    }

    fn origin_of(headers: &[(&'static str, &'static str)], public: &[&str]) -> Option<String> {
        let public: Vec<_> = public.iter().map(|text| Origin::parse(text).unwrap()).collect();
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        page_origin(&headers, true, &public)
    }

    #[test]
    fn the_origin_that_the_operator_named_stands_for_what_a_proxy_changed() {
        let (one, other) = ("https://portal.example", "https://portal.example.org");
        assert_eq!(origin_of(&[("host", "backend:8080")], &[one]).unwrap(), one);
        assert_eq!(origin_of(&[("host", "portal.example")], &[one]).unwrap(), one, "the scheme was lost");
        let second = [("host", "portal.example.org"), ("x-forwarded-proto", "https")];
        assert_eq!(origin_of(&second, &[one, other]).unwrap(), other);
    }

    #[test]
    fn the_origin_is_what_the_browser_of_the_page_would_write() {
        let of = |headers: &[_]| origin(headers).unwrap();
        assert_eq!(of(&[("host", "127.0.0.1:8080")]), "http://127.0.0.1:8080");
        assert_eq!(of(&[("host", "localhost:8080"), ("sec-fetch-site", "same-origin")]), "http://localhost:8080");
        assert_eq!(of(&[("host", "Portal.example"), ("sec-fetch-site", "same-origin")]), "https://portal.example");
        assert_eq!(
            of(&[
                ("host", "backend:8080"),
                ("x-forwarded-host", "portal.example:443"),
                ("x-forwarded-proto", "https, http")
            ]),
            "https://portal.example"
        );
        assert_eq!(
            of(&[("host", "backend"), ("origin", "https://portal.example:8443")]),
            "https://portal.example:8443"
        );
    }

    #[test]
    fn what_an_unnamed_proxy_says_does_not_count() {
        let headers =
            [("host", "backend:8080"), ("x-forwarded-host", "portal.example"), ("x-forwarded-proto", "https")];
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        assert_eq!(page_origin(&headers, false, &[]).unwrap(), "http://backend:8080");
        assert_eq!(page_origin(&headers, true, &[]).unwrap(), "https://portal.example");
    }

    #[test]
    fn what_is_no_origin_is_none() {
        for host in ["a b", "user@portal", "", "portal:99999"] {
            assert_eq!(origin(&[("host", host)]), None, "{host}");
        }
        assert_eq!(origin(&[("host", "portal"), ("x-forwarded-proto", "javascript")]), None);
        assert_eq!(origin(&[]), None);
    }
}
