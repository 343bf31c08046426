//! Whether HTTP/2 promises WebSockets and then refuses them (RFC 8441). A browser takes that way once a connection of a
//! page stands, so that the first socket opens and the one after a diagnosis does not.

use std::time::Duration;

use axum::http::{Method, Request, Version};
use connection::probe::Probe;
use h2::client;
use h2::ext::Protocol;
use tokio::time::timeout;

use crate::probe::limits;
use crate::probe::tls::{self, Dress};
use crate::probe::visit::Visit;

/// Whether an extended CONNECT is refused that the endpoint's settings promise, though the ordinary upgrade works.
pub(super) async fn refuses(visit: &Visit<'_>, probe: &Probe, limit: Duration) -> bool {
    let works = probe.upgrade.passed().is_some_and(|answer| matches!(answer.status, 101 | 401));
    let secured = probe.tls.passed().is_some();
    works
        && secured
        && timeout(limit, asked(visit)).await.ok().flatten().is_some_and(|status| !matches!(status, 200 | 401))
}

/// The status of the answer; `None` where HTTP/2 or the promise is missing.
async fn asked(visit: &Visit<'_>) -> Option<u16> {
    let dress = Dress { http2: true, ..visit.dress };
    let shaken = tls::again(visit.endpoint, visit.address, visit.trust, dress, limits::COMPARE).await.ok()?;
    if shaken.stream.get_ref().1.alpn_protocol() != Some(b"h2") {
        return None;
    }
    let bounded = client::Builder::new()
        .max_header_list_size(u32::try_from(limits::HEAD).unwrap_or(u32::MAX))
        .initial_window_size(u32::try_from(limits::HEAD).unwrap_or(u32::MAX))
        .enable_push(false)
        .handshake::<_, axum::body::Bytes>(shaken.stream)
        .await;
    let (requests, mut connection) = bounded.ok()?;
    // The settings come with the first frames; a ping that is answered comes after them.
    let mut pings = connection.ping_pong()?;
    let conversation = async move {
        pings.ping(h2::Ping::opaque()).await.ok()?;
        let mut requests = requests.ready().await.ok()?;
        if !requests.is_extended_connect_protocol_enabled() {
            return None;
        }
        let request = Request::builder()
            .method(Method::CONNECT)
            .version(Version::HTTP_2)
            .uri(format!("https://{}/api/v3/ws", visit.endpoint.authority()))
            .header("sec-websocket-version", "13")
            .header("user-agent", concat!("megaphone/", env!("CARGO_PKG_VERSION")));
        let request = match visit.origin {
            Some(origin) => request.header("origin", origin),
            None => request,
        };
        let request = request.extension(Protocol::from_static("websocket")).body(()).ok()?;
        let (answer, _stream) = requests.send_request(request, false).ok()?;
        // A stream that is reset is refused as well as one that is answered so.
        Some(answer.await.map_or(501, |answer| answer.status().as_u16()))
    };
    tokio::select! {
        status = conversation => status,
        _ended = connection => None,
    }
}
