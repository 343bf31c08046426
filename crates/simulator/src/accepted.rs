//! One TCP connection from its first byte to the HTTP within: TLS, or what stands in its place.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::connection::{Handle, Stream, close_gracefully};
use crate::hostile;
use crate::shared::{Greeting, Shared};

/// The content type of a TLS record that holds a handshake message: the first byte of every TLS connection.
const HANDSHAKE: u8 = 0x16;

/// A TLS record with the fatal alert 70, `protocol_version` (RFC 8446, 6.2).
const PROTOCOL_VERSION_ALERT: &[u8] = b"\x15\x03\x01\x00\x02\x02\x46";

/// What Go's HTTPS listener, and so DRP, says to plain HTTP.
const PLAIN_HTTP_REFUSED: &[u8] = b"HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

/// Time that a peer has to take note of the end of a connection.
const FAREWELL: Duration = Duration::from_secs(1);

/// Serves one connection until it ends or is cut.
pub(crate) async fn serve(shared: Arc<Shared>, router: Router, stream: Stream) {
    let handle = stream.handle();
    // How a connection fails is the peer's concern; here there is nothing to be done about it.
    drop(handle.run(handshake(&shared, router, stream)).await);
}

async fn handshake(shared: &Shared, router: Router, stream: Stream) -> io::Result<()> {
    let handle = stream.handle();
    // Asked only now: a connection that was held until the fault was cleared meets the healthy endpoint.
    match shared.greeting() {
        Greeting::Tls(certificate) => match stream.peek().await? {
            Some(HANDSHAKE) => serve_http(shared, router, certificate.acceptor.accept(stream).await?, handle).await,
            Some(_) => refuse_plain_http(stream).await,
            None => Ok(()),
        },
        Greeting::Plain => serve_http(shared, router, stream, handle).await,
        Greeting::Banner(banner) => greet(stream, &banner).await,
        Greeting::OldTls => refuse_version(stream).await,
    }
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

async fn greet(mut stream: Stream, banner: &str) -> io::Result<()> {
    stream.write_all(format!("{banner}\r\n").as_bytes()).await?;
    // As long as a real server waits for a client that never says anything it understands.
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.map(drop)
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

/// Go looks at the first record header: five bytes that begin an HTTP request get an answer, all else is hung up on.
async fn refuse_plain_http(mut stream: Stream) -> io::Result<()> {
    let mut start = [0; 5];
    stream.read_exact(&mut start).await?;
    if matches!(&start, b"GET /" | b"HEAD " | b"POST " | b"PUT /" | b"OPTIO") {
        stream.write_all(PLAIN_HTTP_REFUSED).await?;
    }
    close_gracefully(&mut stream, FAREWELL).await
}
