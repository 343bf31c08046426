//! What a listening address serves below the base path, and what stands around every request.
//!
//! These are plain steps and no layers of the router: each layer copies the routes and boxes the request's work once more, which
//! would be a third of what the server does for a small answer.

mod client;
mod observe;
mod one_meaning;
mod same_origin;
mod security_headers;

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, HeaderValue, LOCATION};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tower::Service as _;
use tracing::Instrument as _;

use crate::address;
use crate::app_state::AppState;
use crate::base_path::{BasePath, Place};
use crate::options::Origin;
pub(crate) use client::TrustedProxies;
pub(crate) use observe::Observer;
use observe::Seen;
pub(crate) use security_headers::Csp;

/// What a listening address serves.
#[derive(Clone)]
pub(crate) struct Site {
    /// The server's own addresses.
    pub(crate) routes: Router,
    /// All others are those of the app that stands here; absent where only operators' programs ask.
    pub(crate) app: Option<Arc<AppState>>,
    pub(crate) around: Arc<Around>,
}

/// What stands around every request.
pub(crate) struct Around {
    pub(crate) base: BasePath,
    pub(crate) proxies: TrustedProxies,
    /// The portal's own origins, as far as the operator named them.
    pub(crate) public_origins: Arc<[Origin]>,
    pub(crate) observer: Observer,
    pub(crate) csp: Csp,
}

impl Site {
    /// Answers a request. The routes never see the base path, and find the request's [`crate::requester::Client`] in its extensions.
    pub(crate) async fn answer(&self, mut request: Request, peer: IpAddr) -> Response {
        let around = &*self.around;
        let client = around.proxies.client(peer, request.headers());
        request.extensions_mut().insert(client);
        let place = around.base.place(request.uri());
        if let Place::Below(uri) = &place {
            request.uri_mut().clone_from(uri);
        }
        let seen = around.observer.begin(&request, client);
        let mut response = match (around.refusal(&request, &seen), place) {
            (Some(refusal), _) => refusal,
            (None, Place::SlashMissing) => to_base(&around.base, request.uri()),
            (None, Place::Here | Place::Below(_)) => self.served(request, &seen).await,
        };
        let headers = response.headers_mut();
        headers.reserve(ADDED);
        // What says nothing of caches tells of its own moment.
        headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        headers.extend(around.csp.headers(seen.is_for_app()));
        seen.answered(&mut response);
        response
    }

    async fn served(&self, request: Request, seen: &Seen<'_>) -> Response {
        if let Some(state) = self.app.as_ref().filter(|_| seen.is_for_app()) {
            return state.app.answer(request.method(), request.uri().path(), request.headers());
        }
        let answer = self.routes.clone().call(request).instrument(seen.span()).await;
        answer.unwrap_or_else(|never| match never {})
    }
}

impl Around {
    /// The answer to a request that the routes never see.
    fn refusal(&self, request: &Request, seen: &Seen<'_>) -> Option<Response> {
        if let Some(refusal) = one_meaning::refusal(request) {
            return Some(refusal.into_response());
        }
        let is_api = address::is_api(request.uri().path());
        let refusal = is_api.then(|| same_origin::refusal(request, seen, &self.public_origins));
        refusal.flatten().map(IntoResponse::into_response)
    }
}

/// Headers that every answer gets here.
const ADDED: usize = 7;

/// The answer to a request for the base path itself, without its slash.
fn to_base(base: &BasePath, asked: &Uri) -> Response {
    let query = asked.query().map(|query| format!("?{query}")).unwrap_or_default();
    (StatusCode::PERMANENT_REDIRECT, [(LOCATION, format!("{base}{query}"))], Body::empty()).into_response()
}
