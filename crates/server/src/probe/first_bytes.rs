//! Keeps the first bytes that come over a connection, so that a failed handshake can tell what the port speaks instead.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use connection::probe::TlsFailure;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::limits;
use super::printable::printable_bytes;

/// What a port sent first. Shared with the connection, because a handshake that runs out of time takes that with it.
#[derive(Clone, Default)]
pub(super) struct FirstBytes(Arc<Mutex<Vec<u8>>>);

impl FirstBytes {
    /// Passes a connection through, keeping what it reads.
    pub(super) fn watch<S>(&self, inner: S) -> Watched<S> {
        Watched { inner, first: self.clone() }
    }

    /// What the port speaks, if that is not TLS.
    pub(super) fn not_tls(&self) -> Option<TlsFailure> {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match bytes.first() {
            // RFC 8446 section 5.1: change_cipher_spec, alert, handshake, application_data; 24 is heartbeat.
            None | Some(20..=24) => None,
            Some(_) if is_http(&bytes) => Some(TlsFailure::PlainHttp),
            Some(_) => Some(TlsFailure::OtherProtocol { starts_with: printable_bytes(&bytes) }),
        }
    }

    /// Whether nothing came at all.
    pub(super) fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    fn keep(&self, bytes: &[u8]) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = limits::FIRST_BYTES.saturating_sub(kept.len());
        kept.extend(bytes.iter().take(room));
    }
}

/// A status line, or the bare error page with which some servers answer what they take for HTTP/0.9.
fn is_http(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(bytes).trim_start().to_ascii_lowercase();
    ["http/", "<!doctype html", "<html"].iter().any(|words| start.starts_with(words))
}

/// A connection whose first bytes are kept.
pub(super) struct Watched<S> {
    inner: S,
    first: FirstBytes,
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(cx, buf))?;
        self.first.keep(buf.filled().get(before..).unwrap_or_default());
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt;

    async fn after(bytes: &[u8]) -> Option<TlsFailure> {
        let first = FirstBytes::default();
        first.watch(bytes).read_to_end(&mut Vec::new()).await.unwrap();
        first.not_tls()
    }

    #[tokio::test]
    async fn a_port_is_known_by_what_it_says_first() {
        assert_eq!(after(b"").await, None);
        assert_eq!(after(&[22, 3, 3, 0, 1]).await, None);
        assert_eq!(after(b"HTTP/1.1 400 Bad Request\r\n\r\n").await, Some(TlsFailure::PlainHttp));
        assert_eq!(after(b"<!DOCTYPE HTML>\n<html>").await, Some(TlsFailure::PlainHttp));
        assert_eq!(
            after(b"220 mail ESMTP\r\n").await,
            Some(TlsFailure::OtherProtocol { starts_with: "220 mail ESMTP".to_owned() })
        );
    }

    #[tokio::test]
    async fn only_the_first_bytes_are_kept() {
        let first = FirstBytes::default();
        first.watch(&[b'x'; 10_000][..]).read_to_end(&mut Vec::new()).await.unwrap();
        assert_eq!(first.0.lock().unwrap().len(), limits::FIRST_BYTES);
    }
}
