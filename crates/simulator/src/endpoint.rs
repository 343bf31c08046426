//! DRP's HTTP API, as far as a portal's connection needs it.

mod cors;
mod error;
mod fault_middleware;
mod in_between;
mod info;
mod token;
mod upgrade;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};

use crate::auth::User;
use crate::event::Event;
use crate::protocol::SOCKET_PATH;
use crate::shared::Shared;

/// The whole endpoint. The outermost layers see every request, also those that a fault answers.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(async || (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, "/ui/")])))
        .route("/ui", get(async || (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, "/ui/")])))
        .route("/ui/", get(async || Html(include_str!("endpoint/welcome.html"))))
        .route("/api/v3/info", get(info::get))
        .route("/api/v3/users/{name}/token", get(token::get))
        .route("/api/v3/events", post(post_event))
        .route(SOCKET_PATH, get(upgrade::get))
        .fallback(no_route)
        .method_not_allowed_fallback(no_route)
        .layer(from_fn(cors::open_to_all))
        .layer(from_fn_with_state(Arc::clone(&shared), fault_middleware::answer))
        .layer(from_fn_with_state(Arc::clone(&shared), count))
        .with_state(shared)
}

async fn no_route(method: Method, uri: Uri) -> Response {
    error::answer(StatusCode::NOT_FOUND, uri.path(), method.as_str(), &["No route"])
}

async fn post_event(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    match shared.tokens.authenticate(&parts) {
        Ok(User { has_rights: false, .. }) => return error::no_rights("/api/v3/events", "events post *"),
        Ok(User { has_rights: true, .. }) => {}
        Err(refusal) => return refusal.into_response(),
    }
    match Json::<Event>::from_bytes(&axum::body::to_bytes(body, LONGEST_EVENT).await.unwrap_or_default()) {
        Ok(Json(event)) => {
            shared.hub.publish(&event);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(_) => error::answer(StatusCode::BAD_REQUEST, "/events", "POST", &["The body is not a JSON event"]),
    }
}

/// The longest event that is taken, in bytes.
const LONGEST_EVENT: usize = 16 * 1024 * 1024;

async fn count(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    // A page's check of the path, or its preflight, is no attempt to connect.
    if request.uri().path() != SOCKET_PATH || !request.headers().contains_key(header::UPGRADE) {
        return next.run(request).await;
    }
    shared.counters.count(|counts| counts.upgrade_attempts += 1);
    let response = next.run(request).await;
    shared.counters.count(|counts| match response.status() {
        StatusCode::SWITCHING_PROTOCOLS => counts.upgrades_accepted += 1,
        status => *counts.refused.entry(status.as_u16()).or_default() += 1,
    });
    response
}
