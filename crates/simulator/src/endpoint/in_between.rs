//! What stands in front of an endpoint says in its place: Cloudflare, a captive portal, a proxy with small limits.

use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::connection::{Cut, Handle};
use crate::fault::effect::HeadTooLarge;

/// An error page of Cloudflare's, or of its firewall. It carries no CORS headers.
pub(super) fn cloudflare(status: StatusCode) -> Response {
    let code = status.as_u16();
    let page = Html(format!(
        "<!DOCTYPE html>\n<html><head><title>drp.example | {code}</title></head>\
         <body><h1>Error {code}</h1><p>Cloudflare Ray ID: 8f2a6c1d0b3e4a57</p></body></html>\n"
    ));
    (status, [(header::SERVER.as_str(), "cloudflare"), ("cf-ray", "8f2a6c1d0b3e4a57-FRA")], page).into_response()
}

/// The page of a network that wants a sign-in first.
pub(super) fn captive_portal() -> Response {
    Html(
        "<!DOCTYPE html>\n<html><head><title>Welcome to Guest WiFi</title></head>\
         <body><form action=\"/login\">Accept the terms of use to go online. <button>Accept</button></form></body></html>\n",
    )
    .into_response()
}

/// The length of a request's head as it came, in bytes, as far as it can be told from what was read.
pub(super) fn head_length(request: &Parts) -> usize {
    let line = request.method.as_str().len() + request.uri.to_string().len() + " HTTP/1.1\r\n".len() + 1;
    let headers: usize = request.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    line + headers + 2
}

pub(super) async fn head_too_large(answer: HeadTooLarge, handle: &Handle) -> Response {
    let (status, page) = match answer {
        HeadTooLarge::BadRequest => (StatusCode::BAD_REQUEST, "400 Request Header Or Cookie Too Large"),
        HeadTooLarge::ContentTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "413 Request Entity Too Large"),
        HeadTooLarge::UriTooLong => (StatusCode::URI_TOO_LONG, "414 Request-URI Too Large"),
        HeadTooLarge::HeadersTooLarge => {
            (StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "431 Request Header Fields Too Large")
        }
        HeadTooLarge::Reset => {
            handle.end(Cut::Reset);
            return std::future::pending().await;
        }
    };
    (status, Html(format!("<html><body><h1>{page}</h1></body></html>\n"))).into_response()
}
