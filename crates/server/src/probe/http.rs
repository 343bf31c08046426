//! Fourth step: what answers a plain request for DRP's own address. Only the head of the answer is read, and as much of
//! its body as DRP's error object would take.

use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use connection::endpoint::Endpoint;
use connection::probe::{HttpAnswer, HttpFailure};
use httparse::{EMPTY_HEADER, Status};
use rustls::Error;
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use super::headers::Headers;
use super::printable::{printable, printable_bytes};
use super::{alert, firewall, limits, words};

/// An answer, with the lines of its head.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heard {
    pub(super) answer: HttpAnswer,
    pub(super) headers: Headers,
}

/// Asks for `/api/v3/info` without credentials: DRP answers 401 and its own `WWW-Authenticate`. The caller sets the time
/// limit, here as in [`ask`].
pub(super) async fn info<S: AsyncRead + AsyncWrite + Unpin>(
    endpoint: &Endpoint,
    stream: S,
) -> Result<Heard, HttpFailure> {
    get(endpoint, "/api/v3/info", stream).await
}

/// Asks for a path.
pub(super) async fn get<S: AsyncRead + AsyncWrite + Unpin>(
    endpoint: &Endpoint,
    path: &str,
    stream: S,
) -> Result<Heard, HttpFailure> {
    ask(stream, &format!("GET {path} HTTP/1.1\r\n{}Connection: close\r\n\r\n", headers(endpoint))).await
}

/// The header lines that every request carries.
pub(super) fn headers(endpoint: &Endpoint) -> String {
    let (host, version) = (endpoint.authority(), env!("CARGO_PKG_VERSION"));
    format!("Host: {host}\r\nUser-Agent: megaphone/{version}\r\nAccept: application/json\r\n")
}

/// Sends a request and reads the answer.
pub(super) async fn ask<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, request: &str) -> Result<Heard, HttpFailure> {
    // A server may refuse and close before it has taken the request; its answer is still there to be read.
    let sent = async {
        stream.write_all(request.as_bytes()).await?;
        stream.flush().await
    };
    let _ = sent.await;
    let mut read = Vec::new();
    let (mut heard, body) = loop {
        if let Some((heard, length)) = parse(&read)? {
            break (heard, read.split_off(length));
        }
        if read.len() >= limits::HEAD {
            return Err(HttpFailure::TooLarge);
        }
        let room = u64::try_from(limits::HEAD - read.len()).unwrap_or_default();
        match (&mut stream).take(room).read_buf(&mut read).await {
            Ok(0) => return Err(HttpFailure::Closed),
            Ok(_) => {}
            Err(error) => return Err(failure(&error)),
        }
    };
    if !heard.answer.drp && may_hold_an_error(&heard) {
        heard.answer.drp = timeout(limits::BODY_TIME, holds_drps_error(stream, body)).await.unwrap_or(false);
    }
    Ok(heard)
}

/// DRP's error object (`models.Error`), of which every field is always there.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "that the fields are there and of their kind is all that counts")]
struct DrpError {
    model: String,
    key: String,
    #[serde(rename = "Type")]
    kind: String,
    messages: Option<Vec<String>>,
    code: u16,
}

fn may_hold_an_error(heard: &Heard) -> bool {
    let kind = heard.headers.first("content-type").unwrap_or_default();
    heard.answer.status >= 400 && kind.to_ascii_lowercase().contains("json")
}

/// Reads on until the object is complete, is another one, or is longer than any of DRP's.
async fn holds_drps_error<S: AsyncRead + Unpin>(mut stream: S, mut body: Vec<u8>) -> bool {
    loop {
        // In front of it may stand the length of a chunk.
        let start = body.iter().position(|byte| *byte == b'{').unwrap_or(body.len());
        let mut objects =
            serde_json::Deserializer::from_slice(body.get(start..).unwrap_or_default()).into_iter::<DrpError>();
        match objects.next() {
            Some(Ok(_)) => return true,
            Some(Err(error)) if !error.is_eof() => return false,
            Some(Err(_)) | None => {}
        }
        if body.len() >= limits::BODY {
            return false;
        }
        let room = u64::try_from(limits::BODY - body.len()).unwrap_or_default();
        if !matches!((&mut stream).take(room).read_buf(&mut body).await, Ok(1..)) {
            return false;
        }
    }
}

/// The answer and the length of its head, once that is there in full.
fn parse(read: &[u8]) -> Result<Option<(Heard, usize)>, HttpFailure> {
    let mut head = read;
    loop {
        let mut lines = [EMPTY_HEADER; limits::HEADERS];
        let mut response = httparse::Response::new(&mut lines);
        match response.parse(head) {
            Ok(Status::Partial) => return Ok(None),
            Ok(Status::Complete(length)) => match response.code {
                // An interim answer: the one that counts follows. 101 is itself the last word.
                Some(100 | 102..=199) => head = head.get(length..).unwrap_or_default(),
                Some(status @ 100..) => {
                    let before = read.len() - head.len();
                    return Ok(Some((heard(status, Headers::new(response.headers)), before + length)));
                }
                Some(_) | None => return Err(malformed("the status is no number from 100 to 999")),
            },
            Err(httparse::Error::TooManyHeaders) => return Err(HttpFailure::TooLarge),
            Err(_) if head.first() == Some(&0x15) => {
                return Err(malformed("it answers with a TLS alert: this port wants https"));
            }
            Err(_) => return Err(malformed(&format!("it begins with “{}”", printable_bytes(head)))),
        }
    }
}

fn heard(status: u16, headers: Headers) -> Heard {
    let answer = HttpAnswer {
        status,
        drp: headers.all("www-authenticate").any(|value| value.contains("dr-provision")),
        server: headers.text("server"),
        content_type: headers.text("content-type"),
        location: headers.text("location"),
        date_ms: headers.first("date").and_then(date_ms),
        cors: headers.first("access-control-allow-origin").is_some(),
        firewall: firewall::named(&headers),
        retry_after_s: headers.first("retry-after").and_then(|value| retry_after_s(value, SystemTime::now())),
        upgrade_problem: None,
    };
    Heard { answer, headers }
}

/// A `Date` header in milliseconds since 1970.
fn date_ms(value: &str) -> Option<u64> {
    let date = httpdate::parse_http_date(value).ok()?;
    let since = date.duration_since(UNIX_EPOCH).ok().map(|since: Duration| since.as_millis())?;
    u64::try_from(since).ok()
}

/// `Retry-After` in seconds; a date that has passed is now.
fn retry_after_s(value: &str, now: SystemTime) -> Option<u32> {
    value.parse().ok().or_else(|| {
        let date = httpdate::parse_http_date(value).ok()?;
        let left = date.duration_since(now).unwrap_or_default().as_secs();
        u32::try_from(left).ok()
    })
}

fn malformed(text: &str) -> HttpFailure {
    HttpFailure::Malformed { text: printable(text) }
}

fn failure(error: &io::Error) -> HttpFailure {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        None if super::is_end(error) => HttpFailure::Closed,
        None => malformed("the connection broke"),
        Some(Error::AlertReceived(alert)) if words::wants_certificate(*alert) => HttpFailure::CertificateRequired,
        Some(Error::AlertReceived(alert)) => {
            malformed(&format!("it answers with the TLS alert {}", alert::name(*alert)))
        }
        Some(other) => malformed(words::tls_error(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(head: &str) -> Result<Option<HttpAnswer>, HttpFailure> {
        Ok(parse(head.as_bytes())?.map(|(heard, _)| heard.answer))
    }

    #[test]
    fn drp_is_known_by_its_own_challenge() {
        let answer = read(
            "HTTP/1.1 401 Unauthorized\r\nwww-authenticate: dr-provision\r\n\
             Date: Tue, 24 Nov 2026 08:00:00 GMT\r\nContent-Length: 0\r\n\r\n",
        );
        let answer = answer.unwrap().unwrap();
        assert_eq!((answer.status, answer.drp), (401, true));
        assert_eq!(answer.date_ms, Some(1_795_507_200_000));
        let other = read("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=x\r\n\r\n").unwrap().unwrap();
        assert!(!other.drp);
    }

    #[test]
    fn an_unfinished_head_is_no_answer_yet() {
        assert_eq!(read("HTTP/1.1 200 OK\r\nServer: ngi"), Ok(None));
        assert_eq!(read(""), Ok(None));
    }

    #[test]
    fn an_interim_answer_is_passed_over_but_a_switch_of_protocols_is_not() {
        let status = |head| read(head).unwrap().map(|answer| answer.status);
        assert_eq!(status("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n"), Some(404));
        assert_eq!(status("HTTP/1.1 100 Continue\r\n\r\n"), None);
        assert_eq!(status("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"), Some(101));
    }

    #[test]
    fn what_is_no_http_is_said_with_its_first_line() {
        assert!(
            matches!(read("SSH-2.0-OpenSSH_9.2\r\n"), Err(HttpFailure::Malformed { text }) if text.contains("SSH-2.0"))
        );
        assert!(matches!(read("\u{15}\u{3}\u{1}"), Err(HttpFailure::Malformed { text }) if text.contains("https")));
        assert!(matches!(read("HTTP/1.1 099 x\r\n\r\n"), Err(HttpFailure::Malformed { .. })));
    }

    #[test]
    fn texts_are_cut_and_dates_that_are_none_are_dropped() {
        let head = format!("HTTP/1.1 302 Found\r\nLocation: https://x/{}\r\nDate: soon\r\n\r\n", "y".repeat(5_000));
        let answer = read(&head).unwrap().unwrap();
        assert_eq!(answer.location.unwrap().chars().count(), connection::probe::TEXT_LIMIT);
        assert_eq!(answer.date_ms, None);
    }

    #[test]
    fn more_header_lines_than_anyone_needs_are_too_many() {
        let head = format!("HTTP/1.1 200 OK\r\n{}\r\n", "a: b\r\n".repeat(limits::HEADERS + 1));
        assert_eq!(read(&head), Err(HttpFailure::TooLarge));
    }

    #[test]
    fn retry_after_is_a_number_of_seconds_or_a_date() {
        let now = UNIX_EPOCH + Duration::from_secs(1_795_507_200);
        assert_eq!(retry_after_s("120", now), Some(120));
        assert_eq!(retry_after_s("Tue, 24 Nov 2026 08:01:30 GMT", now), Some(90));
        assert_eq!(retry_after_s("Tue, 24 Nov 2026 07:00:00 GMT", now), Some(0));
        assert_eq!(retry_after_s("soon", now), None);
    }

    #[tokio::test]
    async fn drp_is_known_by_its_error_object() {
        let drps = r#"{"Model":"","Key":"/nothing","Type":"GET","Messages":["No route"],"Code":404}"#;
        let of = async |body: &str| holds_drps_error(&b""[..], body.as_bytes().to_vec()).await;
        assert!(of(drps).await);
        assert!(of(&format!("51\r\n{drps}\r\n0\r\n\r\n")).await);
        assert!(!of(r#"{"error":"not found","Code":404}"#).await);
        assert!(!of(drps.get(..40).unwrap()).await);
        assert!(!of("").await);
        let (first, rest) = drps.as_bytes().split_at(30);
        assert!(holds_drps_error(rest, first.to_vec()).await);
    }
}
