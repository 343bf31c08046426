//! `GET /api/v3/ws`: from an HTTP request to an open socket. The token is checked here and never again.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::error;
use crate::auth::User;
use crate::connection::{Cut, Handle};
use crate::fault::effect::PacketLoss;
use crate::hub::Subscription;
use crate::protocol::SOCKET_PATH;
use crate::shared::Shared;
use crate::socket;

pub(super) async fn get(
    State(shared): State<Arc<Shared>>,
    Extension(handle): Extension<Arc<Handle>>,
    request: Request,
) -> Response {
    let (mut parts, _) = request.into_parts();
    match shared.tokens.authenticate(&parts) {
        Ok(User { has_rights: true, .. }) => {}
        Ok(User { has_rights: false, .. }) => return error::no_rights(SOCKET_PATH, "websocket get *"),
        Err(refusal) => return refusal.into_response(),
    }
    let (Some(key), Some(upgrade)) = (key(&parts.headers), parts.extensions.remove::<OnUpgrade>()) else {
        return (StatusCode::BAD_REQUEST, "Bad Request\n").into_response();
    };
    let accept = derive_accept_key(key.as_bytes());
    let subscription = shared.hub.join();
    tokio::spawn(open(shared, handle, upgrade, subscription));
    let headers = [(header::CONNECTION, "Upgrade"), (header::UPGRADE, "websocket")];
    let accept = [(header::SEC_WEBSOCKET_ACCEPT, accept)];
    (StatusCode::SWITCHING_PROTOCOLS, headers, accept, Body::empty()).into_response()
}

async fn open(shared: Arc<Shared>, handle: Arc<Handle>, upgrade: OnUpgrade, subscription: Subscription) {
    let life = async {
        // A client that went away before its answer came leaves nothing to serve.
        let Ok(stream) = upgrade.await else { return };
        if let Some(limit) = shared.largest_write(PacketLoss::Upgrade) {
            handle.lose_writes_beyond(limit);
        }
        let extra = shared.altered_frame_after();
        tokio::select! {
            () = socket::serve(TokioIo::new(stream), subscription, shared.timing, shared.longest_command(), extra) => {}
            () = socket::outlived(shared.active.subscribe(), Instant::now()) => handle.end(Cut::Fin),
        }
    };
    handle.run(life).await;
}

/// The client's key, when this is a WebSocket request of version 13.
fn key(headers: &HeaderMap) -> Option<String> {
    let has = |name: HeaderName, word: &str| {
        headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .any(|value| value.split(',').any(|part| part.trim().eq_ignore_ascii_case(word)))
    };
    let asks = has(header::CONNECTION, "upgrade")
        && has(header::UPGRADE, "websocket")
        && has(header::SEC_WEBSOCKET_VERSION, "13");
    let key = headers.get(header::SEC_WEBSOCKET_KEY)?.to_str().ok()?;
    asks.then(|| key.to_owned())
}
