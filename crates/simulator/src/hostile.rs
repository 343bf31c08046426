//! Answers that no HTTP library would send, written byte by byte and without an end: what a probe must survive.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::sleep;

use crate::fault::effect::Script;

/// A longer request is answered without being read to its end.
const LONGEST_REQUEST: usize = 16 * 1024;

/// A kilobyte of header at a time, with a pause between, so that the simulator's own machine survives it as well.
const HEADER_FILLING: usize = 1_000;
const HEADER_PAUSE: Duration = Duration::from_millis(1);

/// Reads a request's head, then answers until the peer has had enough.
pub(crate) async fn play(script: Script, mut stream: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<()> {
    read_head(&mut stream).await?;
    match script {
        Script::EndlessHeaders => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
            let filling = "a".repeat(HEADER_FILLING);
            for number in 0_u64.. {
                stream.write_all(format!("X-Endless-{number}: {filling}\r\n").as_bytes()).await?;
                stream.flush().await?;
                sleep(HEADER_PAUSE).await;
            }
        }
        Script::SlowDrip(every) => {
            let start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Drip: ";
            for byte in start.iter().chain(std::iter::repeat(&b'.')) {
                stream.write_all(&[*byte]).await?;
                stream.flush().await?;
                sleep(every).await;
            }
        }
        Script::LyingLength { claimed } => {
            let head =
                format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {claimed}\r\n\r\n{{");
            stream.write_all(head.as_bytes()).await?;
            stream.flush().await?;
            tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
        }
    }
    Ok(())
}

async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < LONGEST_REQUEST {
        head.push(stream.read_u8().await?);
    }
    Ok(())
}
