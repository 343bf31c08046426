//! Fourth step: what answers a plain request for DRP's own address. Only the head of the answer is read.

use super::limits;
use super::printable::{printable, printable_bytes};
use connection::endpoint::Endpoint;
use connection::probe::{HttpAnswer, HttpFailure};
use httparse::{EMPTY_HEADER, Header, Status};
use std::io;
use std::time::{Duration, UNIX_EPOCH};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

/// Asks for `/api/v3/info` without credentials: DRP answers 401 and its own `WWW-Authenticate`.
pub(super) async fn info<S: AsyncRead + AsyncWrite + Unpin>(
    endpoint: &Endpoint,
    stream: S,
) -> Result<(HttpAnswer, ()), HttpFailure> {
    let request = format!("GET /api/v3/info HTTP/1.1\r\n{}Connection: close\r\n\r\n", headers(endpoint));
    let answer = timeout(limits::HTTP, ask(stream, &request)).await.unwrap_or(Err(HttpFailure::Timeout))?;
    Ok((answer, ()))
}

/// The header lines that every request carries.
pub(super) fn headers(endpoint: &Endpoint) -> String {
    let (host, version) = (endpoint.authority(), env!("CARGO_PKG_VERSION"));
    format!("Host: {host}\r\nUser-Agent: megaphone/{version}\r\nAccept: application/json\r\n")
}

/// Sends a request and reads the head of the answer. The caller sets the time limit.
pub(super) async fn ask<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    request: &str,
) -> Result<HttpAnswer, HttpFailure> {
    // A server may refuse and close before it has taken the request; its answer is still there to be read.
    let sent = async {
        stream.write_all(request.as_bytes()).await?;
        stream.flush().await
    };
    let _ = sent.await;
    let mut head = Vec::new();
    loop {
        if let Some(answer) = parse(&head)? {
            return Ok(answer);
        }
        if head.len() >= limits::HEAD {
            return Err(HttpFailure::TooLarge);
        }
        let room = u64::try_from(limits::HEAD - head.len()).unwrap_or_default();
        match (&mut stream).take(room).read_buf(&mut head).await {
            Ok(0) => return Err(HttpFailure::Closed),
            Ok(_) => {}
            Err(error) => return Err(failure(&error)),
        }
    }
}

/// The answer, once its head is there in full.
fn parse(mut head: &[u8]) -> Result<Option<HttpAnswer>, HttpFailure> {
    loop {
        let mut lines = [EMPTY_HEADER; limits::HEADERS];
        let mut response = httparse::Response::new(&mut lines);
        match response.parse(head) {
            Ok(Status::Partial) => return Ok(None),
            Ok(Status::Complete(length)) => match response.code {
                // An interim answer: the one that counts follows. 101 is itself the last word.
                Some(100 | 102..=199) => head = head.get(length..).unwrap_or_default(),
                Some(status @ 100..) => return Ok(Some(answer(status, response.headers))),
                Some(_) | None => return Err(malformed("the status is no number from 100 to 999")),
            },
            Err(httparse::Error::TooManyHeaders) => return Err(HttpFailure::TooLarge),
            Err(_) if head.first() == Some(&0x15) => {
                return Err(malformed("it answers with a TLS alert: this port wants https"));
            }
            Err(error) => return Err(malformed(&format!("{error}: “{}”", printable_bytes(head)))),
        }
    }
}

fn answer(status: u16, headers: &[Header<'_>]) -> HttpAnswer {
    let all = |name: &'static str| {
        headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name)).map(|header| header.value)
    };
    let text = |name| all(name).next().map(|value| printable(&String::from_utf8_lossy(value)));
    HttpAnswer {
        status,
        drp: all("www-authenticate").any(|value| String::from_utf8_lossy(value).contains("dr-provision")),
        server: text("server"),
        content_type: text("content-type"),
        location: text("location"),
        date_ms: all("date").next().and_then(date_ms),
        cors: all("access-control-allow-origin").next().is_some(),
        ..HttpAnswer::default()
    }
}

/// A `Date` header in milliseconds since 1970.
fn date_ms(value: &[u8]) -> Option<u64> {
    let date = httpdate::parse_http_date(std::str::from_utf8(value).ok()?).ok()?;
    let since = date.duration_since(UNIX_EPOCH).ok().map(|since: Duration| since.as_millis())?;
    u64::try_from(since).ok()
}

fn malformed(text: &str) -> HttpFailure {
    HttpFailure::Malformed { text: printable(text) }
}

fn failure(error: &io::Error) -> HttpFailure {
    if super::is_end(error) { HttpFailure::Closed } else { malformed(&error.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(head: &str) -> Result<Option<HttpAnswer>, HttpFailure> {
        parse(head.as_bytes())
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
}
