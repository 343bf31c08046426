//! One request on one connection, as bytes.

use std::net::SocketAddr;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    head: String,
}

impl Answer {
    /// The first header of a name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The sentence of a refusal of the API.
    pub(crate) fn problem(&self) -> String {
        serde_json::from_slice::<connection::service::Problem>(&self.body).unwrap().error
    }
}

/// Sends a request on a connection of its own; `headers` are lines that each end with CRLF.
pub(crate) async fn ask(address: SocketAddr, method: &str, path: &str, headers: &str, body: &str) -> Answer {
    let stream = TcpStream::connect(address).await.unwrap();
    ask_on(stream, &format!("Host: {address}\r\n{headers}"), method, path, body).await
}

/// Sends a request on this connection and reads until its end.
pub(crate) async fn ask_on<S>(mut stream: S, headers: &str, method: &str, path: &str, body: &str) -> Answer
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let length = body.len();
    let request =
        format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    // Some ends come without TLS's own good-bye.
    let _ = stream.read_to_end(&mut bytes).await;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let body = bytes[end + 4..].to_vec();
    let is_in_chunks = head.to_ascii_lowercase().contains("\r\ntransfer-encoding: chunked");
    Answer { status, body: if is_in_chunks { whole(&body) } else { body }, head }
}

/// A body without the marks of its chunks (RFC 9112 section 7.1).
fn whole(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = chunks.windows(2).position(|two| two == b"\r\n") {
        let length = usize::from_str_radix(std::str::from_utf8(&chunks[..end]).unwrap(), 16).unwrap();
        body.extend(&chunks[end + 2..end + 2 + length]);
        chunks = &chunks[end + 2 + length + 2..];
        if length == 0 {
            break;
        }
    }
    body
}
