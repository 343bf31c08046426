//! The PROXY protocol, as a load balancer speaks it to the server behind it: a header before the first byte.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

const V1: &[u8] = b"PROXY ";
const V2: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";

/// The longest header of version 1, in bytes.
const LONGEST_V1: usize = 107;

/// Reads a header of version 1 or 2; false as soon as what comes is neither.
pub(crate) async fn skip(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<bool> {
    let mut start = Vec::new();
    while start.len() < V2.len() {
        start.push(stream.read_u8().await?);
        if start == V1 {
            return skip_line(stream).await;
        }
        if !V1.starts_with(&start) && !V2.starts_with(&start) {
            return Ok(false);
        }
    }
    let mut rest = [0; 4];
    stream.read_exact(&mut rest).await?;
    let [_, _, high, low] = rest;
    let mut addresses = vec![0; usize::from(u16::from_be_bytes([high, low]))];
    stream.read_exact(&mut addresses).await?;
    Ok(true)
}

async fn skip_line(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<bool> {
    for _ in V1.len()..LONGEST_V1 {
        if stream.read_u8().await? == b'\n' {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn both_versions_are_skipped_and_nothing_else() {
        let v2 = [V2, b"\x21\x11\x00\x0c", &[0; 12], b"rest"].concat();
        for (bytes, expected) in [
            (b"PROXY TCP4 192.0.2.1 192.0.2.2 4711 443\r\nrest".to_vec(), true),
            (v2, true),
            (b"\x16\x03\x01\x02\x00".to_vec(), false),
            (b"GET / HTTP/1.1\r\n".to_vec(), false),
            ([V1, &[b'x'; 200]].concat(), false),
        ] {
            let mut stream = bytes.as_slice();
            assert_eq!(skip(&mut stream).await.unwrap(), expected, "{bytes:?}");
            assert!(!expected || stream == b"rest", "{stream:?} is left");
        }
    }
}
