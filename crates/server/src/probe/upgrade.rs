//! Last step: does anything between here and DRP keep a WebSocket from being opened?

use super::trust::Trust;
use super::{http, limits, tcp, tls};
use connection::endpoint::Endpoint;
use connection::probe::{HttpAnswer, HttpFailure, TlsFailure};
use std::net::SocketAddr;
use tokio::time::timeout;

/// Asks on a fresh connection to upgrade `/api/v3/ws`, without credentials. DRP answers 401 as it does everywhere; a
/// proxy that knows no WebSockets gives itself away. Should the endpoint agree, the socket is dropped at once.
pub(super) async fn attempt(
    endpoint: &Endpoint,
    address: SocketAddr,
    trust: &Trust,
) -> Result<(HttpAnswer, ()), HttpFailure> {
    let answer = timeout(limits::UPGRADE, open(endpoint, address, trust)).await;
    Ok((answer.unwrap_or(Err(HttpFailure::Timeout))?, ()))
}

async fn open(endpoint: &Endpoint, address: SocketAddr, trust: &Trust) -> Result<HttpAnswer, HttpFailure> {
    // The key is a nonce against caches that answer unasked (RFC 6455 section 1.3); no answer is believed here.
    let request = format!(
        "GET /api/v3/ws HTTP/1.1\r\n{}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: bWVnYXBob25lIHByb2JlIQ==\r\n\r\n",
        http::headers(endpoint)
    );
    let stream = tcp::connect(address).await.map_err(|_| HttpFailure::Closed)?;
    if !endpoint.is_secure() {
        return http::ask(stream, &request).await;
    }
    match tls::handshake(endpoint, stream, trust).await {
        Ok((_, stream)) => http::ask(stream, &request).await,
        Err(TlsFailure::Timeout) => Err(HttpFailure::Timeout),
        // The handshake worked a moment ago: whatever ended it now, ended the connection.
        Err(
            TlsFailure::PlainHttp
            | TlsFailure::OtherProtocol { .. }
            | TlsFailure::OldVersion
            | TlsFailure::Alert { .. }
            | TlsFailure::NoBytes { .. }
            | TlsFailure::Closed
            | TlsFailure::Malformed { .. },
        ) => Err(HttpFailure::Closed),
    }
}
