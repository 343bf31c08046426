//! Accepts connections on one address and serves each until it ends, times out or must make room.

use super::connections::{Connections, Place};
use super::tracked_body::TrackedBody;
use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutWriter;
use tower::ServiceExt as _;

/// Bytes of a request's head. A page sends less than 1 kB; cookies of other programs on the same host come along.
const HEAD: usize = 16 * 1024;

/// Header lines of a request.
const HEADERS: usize = 100;

/// How long a client may leave an answer unread.
const STALLED_WRITE: Duration = Duration::from_secs(30);

/// The pause after an accept that failed for want of descriptors or memory.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// The answer when every connection has a request under way. It is written before TLS would begin, so only clients of
/// plain HTTP can read it; the others see a closed connection.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\n\
                      Content-Type: text/plain; charset=utf-8\r\nContent-Length: 37\r\n\r\n\
                      Too many connections; try again soon\n";

/// One listening address with all that serves its connections.
pub(crate) struct Acceptor {
    pub(crate) listener: TcpListener,
    pub(crate) connections: Arc<Connections>,
    pub(crate) router: Router,
    /// For the head of each request, counted from the connection's beginning or from the answer before.
    pub(crate) head_time: Duration,
}

/// Where a request came from: the other end of its connection, which may be a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Peer {
    pub(crate) address: SocketAddr,
}

impl Acceptor {
    /// Accepts until `stop` resolves, then refuses new connections and resolves when the last one has ended.
    pub(crate) async fn run(self, stop: impl Future<Output = ()>) {
        let graceful = GracefulShutdown::new();
        let shared = Arc::new(Shared { router: self.router, head_time: self.head_time });
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = tokio::select! {
                () = &mut stop => break,
                accepted = self.listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, address)) => {
                    let Some(place) = self.connections.admit().await else {
                        tracing::warn!(client = %address.ip(), "refused a connection: all are busy");
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
    router: Router,
    head_time: Duration,
}

impl Shared {
    async fn serve(&self, stream: TcpStream, address: SocketAddr, place: Arc<Place>, watcher: Watcher) {
        // Answers are small and written in one go: nothing is gained by holding them back.
        let _ = stream.set_nodelay(true);
        let peer = Peer { address };
        tokio::select! {
            () = place.closed_for_another() => {
                tracing::debug!(client = %address.ip(), "closed an idle connection to make room");
            }
            () = self.http(stream, peer, Arc::clone(&place), watcher) => {}
        }
    }

    async fn http(
        &self,
        stream: impl AsyncRead + AsyncWrite + Send + 'static,
        peer: Peer,
        place: Arc<Place>,
        watcher: Watcher,
    ) {
        let service = service_fn(|mut request: hyper::Request<Incoming>| {
            let busy = place.begin_request();
            request.extensions_mut().insert(peer);
            let answer = self.router.clone().oneshot(request.map(axum::body::Body::new) as Request);
            async move { Ok::<_, Infallible>(answer.await?.map(|body| TrackedBody::new(body, busy))) }
        });
        let mut stream = TimeoutWriter::new(stream);
        stream.set_timeout(Some(STALLED_WRITE));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.head_time)
            .max_buf_size(HEAD)
            .max_headers(HEADERS)
            .serve_connection(TokioIo::new(Box::pin(stream)), service);
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(client = %peer.address.ip(), %error, "a connection ended early");
        }
    }
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
    fn the_answer_when_full_has_the_length_that_it_states() {
        let text = std::str::from_utf8(FULL).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("Content-Length: {}", body.len())), "{}", body.len());
    }
}
