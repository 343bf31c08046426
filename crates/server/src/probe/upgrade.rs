//! Last step: does anything between here and DRP keep a WebSocket from being opened?

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use connection::probe::UpgradeProblem;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use ring::rand::{SecureRandom, SystemRandom};

use super::headers::Headers;
use super::http::{self, Heard};
use super::visit::Visit;
use super::{limits, visit};

/// How a request for an upgrade is dressed.
#[derive(Clone, Copy)]
pub(super) struct Request<'a> {
    /// The origin of the page that asked.
    pub(super) origin: Option<&'a str>,
    /// `keep-alive` beside `Upgrade`, as older Firefox sends it.
    pub(super) two_tokens: bool,
    /// A large `Cookie`, of zeros.
    pub(super) large_head: bool,
}

/// Asks on a fresh connection to upgrade `/api/v3/ws`, without credentials. DRP answers 401 as it does everywhere; a
/// proxy that knows no WebSockets gives itself away. Should the endpoint agree, the socket is dropped at once. The caller
/// sets the time limit.
pub(super) async fn attempt(visit: &Visit<'_>, request: Request<'_>) -> Result<(Heard, Option<String>), visit::Failed> {
    let key = key();
    let (stream, fingerprint) = visit.connect(limits::UPGRADE).await?;
    let mut heard = http::ask(stream, &text(visit, request, &key)).await?;
    if heard.answer.status == 101 {
        heard.answer.upgrade_problem = problem(&heard.headers, &key);
    }
    Ok((heard, fingerprint))
}

/// In the order of Chromium's. The compression is offered as browsers do: they take an answer for it that they would
/// refuse unasked.
fn text(visit: &Visit<'_>, request: Request<'_>, key: &str) -> String {
    let connection = if request.two_tokens { "keep-alive, Upgrade" } else { "Upgrade" };
    let origin = request.origin.map(|origin| format!("Origin: {origin}\r\n")).unwrap_or_default();
    let cookie =
        if request.large_head { format!("Cookie: a={}\r\n", "0".repeat(limits::LARGE_COOKIE)) } else { String::new() };
    format!(
        "GET /api/v3/ws HTTP/1.1\r\n{}Connection: {connection}\r\nPragma: no-cache\r\nCache-Control: no-cache\r\n\
         Upgrade: websocket\r\n{origin}Sec-WebSocket-Version: 13\r\n{cookie}Sec-WebSocket-Key: {key}\r\n\
         Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n",
        http::headers(visit.endpoint)
    )
}

/// Sixteen random bytes (RFC 6455 section 4.1). Without randomness the answer cannot be told from a cached one, and that
/// is all that is lost.
fn key() -> String {
    let mut nonce = [0; 16];
    let _ = SystemRandom::new().fill(&mut nonce);
    BASE64_STANDARD.encode(nonce)
}

/// What a browser refuses about an answer of 101.
fn problem(headers: &Headers, key: &str) -> Option<UpgradeProblem> {
    let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, format!("{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11").as_bytes());
    let agreed = |extension: &str| {
        extension.split(';').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("permessage-deflate"))
    };
    if !headers.first("upgrade").is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
        || !headers.holds_token("connection", "upgrade")
    {
        Some(UpgradeProblem::Headers)
    } else if headers.first("sec-websocket-accept") != Some(&BASE64_STANDARD.encode(hash)) {
        Some(UpgradeProblem::Accept)
    } else if headers.first("sec-websocket-protocol").is_some() {
        Some(UpgradeProblem::Protocol)
    } else if !headers.all("sec-websocket-extensions").flat_map(|value| value.split(',')).all(agreed) {
        Some(UpgradeProblem::Extension)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_101_is_checked_as_a_browser_does() {
        // The example of RFC 6455 section 1.3.
        let key = "dGhlIHNhbXBsZSBub25jZQ==";
        let right = [
            ("Upgrade", "WebSocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
        ];
        let with = |more: &[(&str, &str)]| problem(&Headers::of(&[&right, more].concat()), key);
        assert_eq!(with(&[]), None);
        assert_eq!(with(&[("Sec-WebSocket-Extensions", "permessage-deflate; server_no_context_takeover")]), None);
        assert_eq!(with(&[("Sec-WebSocket-Protocol", "chat")]), Some(UpgradeProblem::Protocol));
        assert_eq!(with(&[("Sec-WebSocket-Extensions", "x-webkit-deflate-frame")]), Some(UpgradeProblem::Extension));
        assert_eq!(problem(&Headers::of(&right), &super::key()), Some(UpgradeProblem::Accept));
        assert_eq!(problem(&Headers::of(&right[1..]), key), Some(UpgradeProblem::Headers));
        assert_eq!(problem(&Headers::of(&[right[0], right[2]]), key), Some(UpgradeProblem::Headers));
    }
}
