//! An accepted connection, from its first byte to the HTTP within.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router, extract::Request};
use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::service::TowerToHyperService;
use rustls::server::Acceptor;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio_rustls::LazyConfigAcceptor;

use crate::connection::{Cut, Handle, Stream, close_gracefully};
use crate::fault::effect::{LargeHello, PacketLoss};
use crate::greeting::{Gate, Greeting, HTTP_2, Tls};
use crate::hostile;
use crate::proxy_header;
use crate::shared::Shared;

/// The content type of a TLS record that holds a handshake message: the first byte of every TLS connection.
const HANDSHAKE: u8 = 0x16;

/// TLS records with a fatal alert (RFC 8446, 6.2): 70, `protocol_version`, and 112, `unrecognized_name`.
const PROTOCOL_VERSION_ALERT: &[u8] = b"\x15\x03\x01\x00\x02\x02\x46";
const UNRECOGNIZED_NAME_ALERT: &[u8] = b"\x15\x03\x01\x00\x02\x02\x70";

/// What Go's HTTPS listener, and so DRP, says to plain HTTP.
const PLAIN_HTTP_REFUSED: &[u8] = b"HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

/// Time that a peer has to notice the end of a connection.
const FAREWELL: Duration = Duration::from_secs(1);

/// Serves one connection until it ends or is cut.
pub(crate) async fn serve(shared: Arc<Shared>, router: Router, stream: Stream) {
    let handle = stream.handle();
    if let Some(limit) = shared.largest_write(PacketLoss::Start) {
        handle.lose_writes_beyond(limit);
    }
    // A connection that fails is the peer's concern: nothing is to be done here.
    drop(handle.run(handshake(&shared, router, stream)).await);
}

async fn handshake(shared: &Shared, router: Router, stream: Stream) -> io::Result<()> {
    let handle = stream.handle();
    // Asked only now: a connection that was paused until the fault was cleared meets the healthy endpoint.
    match shared.greeting() {
        Greeting::Tls(tls) => match pass_gate(tls.gate, stream).await? {
            Some(stream) => accept_tls(shared, router, tls, stream, handle).await,
            None => Ok(()),
        },
        Greeting::Plain => serve_http(shared, router, stream, handle).await,
        Greeting::Banner(banner) => greet(stream, &banner).await,
        Greeting::OldTls => refuse_version(stream).await,
        Greeting::Ended(how) => end(stream, how).await,
    }
}

/// The stream, if it may go on to TLS.
async fn pass_gate(gate: Gate, mut stream: Stream) -> io::Result<Option<Stream>> {
    match gate {
        Gate::Open => Ok(Some(stream)),
        Gate::ProxyHeader => match proxy_header::skip(&mut stream).await? {
            true => Ok(Some(stream)),
            false => close_gracefully(&mut stream, FAREWELL).await.map(|()| None),
        },
        Gate::LargeHello { limit, then } => {
            let mut packet = vec![0; limit + 1];
            match (stream.peek(&mut packet).await?.len() > limit, then) {
                (false, _) => Ok(Some(stream)),
                (true, LargeHello::Reset) => end(stream, Cut::Reset).await.map(|()| None),
                (true, LargeHello::Stall) => drain(&mut stream).await.map(|()| None),
            }
        }
    }
}

async fn accept_tls(shared: &Shared, router: Router, tls: Tls, stream: Stream, handle: Arc<Handle>) -> io::Result<()> {
    match stream.peek(&mut [0]).await?.first() {
        Some(&HANDSHAKE) => {}
        Some(_) => return refuse_plain_http(stream).await,
        None => return Ok(()),
    }
    let hello = LazyConfigAcceptor::new(Acceptor::default(), stream).await?;
    if let Some(known) = tls.one_name.filter(|known| hello.client_hello().server_name() != Some(&known.name)) {
        let Some(default) = known.default else {
            let mut stream = hello.io;
            stream.write_all(UNRECOGNIZED_NAME_ALERT).await?;
            return close_gracefully(&mut stream, FAREWELL).await;
        };
        let unknown = Router::new().fallback(async || (StatusCode::NOT_FOUND, "404 page not found\n"));
        return serve_http(shared, unknown, hello.into_stream(default).await?, handle).await;
    }
    let stream = hello.into_stream(tls.config).await?;
    if stream.get_ref().1.alpn_protocol() == Some(HTTP_2) {
        return serve_http_2(router, stream, handle).await;
    }
    serve_http(shared, router, stream, handle).await
}

async fn serve_http<S>(shared: &Shared, router: Router, stream: S, handle: Arc<Handle>) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    match shared.script() {
        Some(script) => hostile::play(script, stream).await,
        None => http1::Builder::new()
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.layer(Extension(handle))))
            .with_upgrades()
            .await
            .map_err(io::Error::other),
    }
}

/// HTTP/2 that promises WebSockets over it (RFC 8441) and refuses each.
async fn serve_http_2<S>(router: Router, stream: S, handle: Arc<Handle>) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let router = router.layer(Extension(handle)).layer(from_fn(refuse_connect));
    http2::Builder::new(TokioExecutor::new())
        .enable_connect_protocol()
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .await
        .map_err(io::Error::other)
}

async fn refuse_connect(request: Request, next: Next) -> Response {
    if request.method() == Method::CONNECT {
        return StatusCode::NOT_IMPLEMENTED.into_response();
    }
    next.run(request).await
}

async fn greet(mut stream: Stream, banner: &str) -> io::Result<()> {
    stream.write_all(format!("{banner}\r\n").as_bytes()).await?;
    drain(&mut stream).await
}

/// Reads until the peer closes, as long as a real server waits for a client that it does not understand.
async fn drain(stream: &mut Stream) -> io::Result<()> {
    tokio::io::copy(stream, &mut tokio::io::sink()).await.map(drop)
}

async fn end(mut stream: Stream, how: Cut) -> io::Result<()> {
    match how {
        Cut::Fin => close_gracefully(&mut stream, FAREWELL).await,
        Cut::Reset => {
            stream.handle().end(Cut::Reset);
            Ok(())
        }
    }
}

async fn refuse_version(mut stream: Stream) -> io::Result<()> {
    let mut header = [0; 5];
    stream.read_exact(&mut header).await?;
    let [_, _, _, high, low] = header;
    let mut hello = vec![0; usize::from(u16::from_be_bytes([high, low]))];
    stream.read_exact(&mut hello).await?;
    stream.write_all(PROTOCOL_VERSION_ALERT).await?;
    close_gracefully(&mut stream, FAREWELL).await
}

/// Go looks at the first record header: five bytes that begin an HTTP request get an answer, all else is closed.
async fn refuse_plain_http(mut stream: Stream) -> io::Result<()> {
    let mut start = [0; 5];
    stream.read_exact(&mut start).await?;
    if matches!(&start, b"GET /" | b"HEAD " | b"POST " | b"PUT /" | b"OPTIO") {
        stream.write_all(PLAIN_HTTP_REFUSED).await?;
    }
    close_gracefully(&mut stream, FAREWELL).await
}
