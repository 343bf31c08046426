//! Accepts connections on one address and serves each until it ends, times out or must make room.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_io_timeout::TimeoutWriter;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::connections::{Connections, Place};
use super::tracked_body::TrackedBody;
use crate::rate_limit::RateLimit;
use crate::site::Site;

/// Header lines of a request.
const HEADERS: usize = 100;

/// The pause after an accept that failed for want of descriptors or memory.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// The answer when every connection has a request under way. It is written before TLS would begin, so only clients of
/// plain HTTP can read it; the others see a closed connection.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\n\
                      Content-Type: text/plain; charset=utf-8\r\nContent-Length: 37\r\n\r\n\
                      Too many connections; try again soon\n";

/// The lines of refused connections.
static LINES: LazyLock<RateLimit> = LazyLock::new(RateLimit::of_lines);

/// One listening address with all that serves its connections.
pub(crate) struct Acceptor {
    pub(crate) listener: TcpListener,
    /// Absent for plain HTTP.
    pub(crate) tls: Option<TlsAcceptor>,
    pub(crate) connections: Arc<Connections>,
    pub(crate) site: Site,
    pub(crate) limits: ConnectionLimits,
}

/// What one connection may take.
#[derive(Clone, Copy)]
pub(crate) struct ConnectionLimits {
    /// Bytes of a request's head. A page sends less than 1 kB; cookies of other programs on the same host come along.
    pub(crate) head: usize,
    /// For the TLS handshake, and for the head of each request, counted from the connection's beginning or from the answer before.
    pub(crate) head_time: Duration,
    /// How long a client may leave an answer unread.
    pub(crate) stalled_write: Duration,
}

impl Acceptor {
    /// Accepts until `stop` resolves, then refuses new connections and resolves when the last one has ended.
    pub(crate) async fn run(self, stop: impl Future<Output = ()>) {
        let graceful = GracefulShutdown::new();
        let shared = Arc::new(Shared { tls: self.tls, site: self.site, limits: self.limits });
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = tokio::select! {
                () = &mut stop => break,
                accepted = self.listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, address)) => {
                    let Some(place) = self.connections.admit().await else {
                        if LINES.take(address.ip()).is_ok() {
                            tracing::warn!(client = %address.ip(), "refused a connection: all are busy");
                        }
                        let _ = stream.try_write(FULL);
                        continue;
                    };
                    let (shared, watcher) = (Arc::clone(&shared), graceful.watcher());
                    tokio::spawn(async move { shared.serve(stream, address, Arc::new(place), watcher).await });
                }
                Err(error) if is_connection_error(&error) => {}
                Err(error) => {
                    tracing::error!(%error, "cannot accept connections");
                    tokio::time::sleep(ACCEPT_AGAIN).await;
                }
            }
        }
        drop(self.listener);
        graceful.shutdown().await;
    }
}

/// What every connection of an address needs.
struct Shared {
    tls: Option<TlsAcceptor>,
    site: Site,
    limits: ConnectionLimits,
}

impl Shared {
    async fn serve(&self, stream: TcpStream, address: SocketAddr, place: Arc<Place>, watcher: Watcher) {
        // Answers are small and written in one go: nothing is gained by holding them back.
        let _ = stream.set_nodelay(true);
        tokio::select! {
            () = place.closed_for_another() => {
                tracing::debug!(client = %address.ip(), "closed an idle connection to make room");
            }
            () = self.connection(stream, address.ip(), Arc::clone(&place), watcher) => {}
        }
    }

    async fn connection(&self, stream: TcpStream, peer: IpAddr, place: Arc<Place>, watcher: Watcher) {
        let Some(tls) = &self.tls else { return self.http(stream, peer, place, watcher).await };
        match timeout(self.limits.head_time, tls_stream(tls, stream)).await {
            Ok(Ok(stream)) => self.http(stream, peer, place, watcher).await,
            Ok(Err(error)) => tracing::debug!(client = %peer, %error, "a TLS handshake failed"),
            Err(_) => tracing::debug!(client = %peer, "a TLS handshake took too long"),
        }
    }

    async fn http(
        &self,
        stream: impl AsyncRead + AsyncWrite + Send + 'static,
        peer: IpAddr,
        place: Arc<Place>,
        watcher: Watcher,
    ) {
        let service = service_fn(|request: hyper::Request<Incoming>| {
            let busy = place.begin_request();
            let answer = self.site.answer(request.map(Body::new), peer);
            async move { Ok::<_, Infallible>(answer.await.map(|body| TrackedBody::new(body, busy))) }
        });
        let mut stream = TimeoutWriter::new(stream);
        stream.set_timeout(Some(self.limits.stalled_write));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head_time)
            .max_buf_size(self.limits.head)
            .max_headers(HEADERS)
            .serve_connection(TokioIo::new(Box::pin(stream)), service);
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(client = %peer, %error, "a connection ended early");
        }
    }
}

/// The answer to plain HTTP on an address with TLS: the most frequent slip, and browsers say little about it.
const NOT_TLS: &[u8] = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n\
                         Content-Length: 40\r\n\r\nThis address speaks HTTPS: use https://\n";

async fn tls_stream(tls: &TlsAcceptor, mut stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
    let mut first = [0];
    // The name of a method; a TLS record begins with its type, 22.
    if stream.peek(&mut first).await? == 1 && first.iter().all(u8::is_ascii_uppercase) {
        stream.write_all(NOT_TLS).await?;
        return Err(io::Error::other("plain HTTP"));
    }
    tls.accept(stream).await
}

/// Whether an accept failed because the client had already gone; the next one can succeed at once.
fn is_connection_error(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_in_bytes_have_the_length_that_they_state() {
        for answer in [FULL, NOT_TLS] {
            let (head, body) = std::str::from_utf8(answer).unwrap().split_once("\r\n\r\n").unwrap();
            assert!(head.contains(&format!("Content-Length: {}", body.len())), "{}", body.len());
        }
    }
}
