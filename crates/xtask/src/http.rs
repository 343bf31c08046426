//! A request by hand, for one question to a server of this machine.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::failure::{Failure, Outcome};

/// An answer of status 200.
pub(crate) struct Answer {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// Asks for a path on a connection of its own, uncompressed.
pub(crate) fn get(address: &str, path: &str) -> Outcome<Answer> {
    let mut answer = Vec::new();
    let mut stream = TcpStream::connect(address).map_err(Failure::system(format!("connect to {address}")))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nAccept: text/html, */*\r\nConnection: close\r\n\r\n")
        .and_then(|()| stream.read_to_end(&mut answer))
        .map_err(Failure::system(format!("ask for {path}")))?;
    let end = answer.windows(4).position(|it| it == b"\r\n\r\n");
    let (head, body) = answer.split_at(end.map_or(answer.len(), |end| end.saturating_add(4)));
    let (head, body) = (String::from_utf8_lossy(head).into_owned(), body.to_vec());
    if head.starts_with("HTTP/1.1 200 ") {
        Ok(Answer { head, body })
    } else {
        Err(Failure::step(format!("{path}: {head}")))
    }
}
