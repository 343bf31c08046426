//! Logs and counts every request under an id, which the answer carries too, so that a line of a log can be found from
//! what a person sees in the browser's developer tools.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Instant, SystemTime};

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, Uri};
use axum::response::Response;
use tracing::Span;

use crate::logging::truncated;
use crate::metrics::Metrics;
use crate::rate_limit::RateLimit;
use crate::requester::Client;
use crate::routes::address;

const REQUEST_ID: &str = "x-request-id";

/// The lines of refused and of failed requests. The metrics count all of them.
static REFUSED: LazyLock<RateLimit> = LazyLock::new(RateLimit::of_lines);
static FAILED: LazyLock<RateLimit> = LazyLock::new(RateLimit::of_lines);

/// Makes the ids of requests.
struct RequestIds {
    start: u64,
    next: AtomicU64,
}

impl RequestIds {
    /// Ids of two starts differ, for they begin with the time of the start.
    fn new() -> Self {
        let start = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        Self { start, next: AtomicU64::new(1) }
    }

    fn next(&self) -> String {
        format!("{:x}-{:x}", self.start, self.next.fetch_add(1, Ordering::Relaxed))
    }
}

/// Counts requests, and gives them their ids.
#[derive(Clone)]
pub(crate) struct Observer {
    ids: Arc<RequestIds>,
    metrics: Arc<Metrics>,
}

/// A request that is under way.
pub(super) struct Seen {
    began: Instant,
    client: Client,
    id: String,
    route: &'static str,
    method: Method,
    uri: Uri,
    span: Span,
}

impl Observer {
    pub(crate) fn new(metrics: Arc<Metrics>) -> Self {
        Self { ids: Arc::new(RequestIds::new()), metrics }
    }

    /// A request arrived.
    pub(super) fn begin(&self, request: &Request, client: Client) -> Seen {
        let began = Instant::now();
        let id = given_id(client, request.headers()).unwrap_or_else(|| self.ids.next());
        let (method, uri) = (request.method().clone(), request.uri().clone());
        Seen {
            began,
            client,
            route: address::label(uri.path()),
            method,
            uri,
            span: tracing::info_span!("request", id),
            id,
        }
    }

    /// The request has its answer. The query is never logged: pages put an endpoint there, and people put anything there.
    pub(super) fn end(&self, seen: Seen, response: &mut Response) {
        let is_for_app = seen.is_for_app();
        let Seen { began, client, id, route, method, uri, span } = seen;
        let (took, status) = (began.elapsed(), response.status());
        self.metrics.request(route, status, took);
        let (status_code, us) = (status.as_u16(), u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        span.in_scope(|| {
            let path = truncated(uri.path());
            if status.is_server_error() && FAILED.take(client.address).is_ok() {
                tracing::warn!(%method, ?path, status = status_code, us, client = %client.address, "request failed");
            } else if status.is_client_error() && !is_for_app && REFUSED.take(client.address).is_ok() {
                tracing::info!(%method, ?path, status = status_code, us, client = %client.address, "request refused");
            } else {
                tracing::debug!(%method, ?path, status = status_code, us, client = %client.address, "request");
            }
        });
        if let Ok(id) = HeaderValue::try_from(id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
    }
}

impl Seen {
    /// Whether it asks for a file or a page of the app, and not for one of the server's own addresses.
    pub(super) fn is_for_app(&self) -> bool {
        self.route == address::APP
    }

    /// What is logged meanwhile stands in this, with the request's id.
    pub(super) fn span(&self) -> &Span {
        &self.span
    }
}

/// The id that a trusted proxy gave the request, so that its log and this one can be read side by side.
fn given_id(client: Client, headers: &HeaderMap) -> Option<String> {
    let id = headers.get(REQUEST_ID).filter(|_| client.is_forwarded)?.to_str().ok()?;
    let is_plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    (is_plain && (1..=64).contains(&id.len())).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_gives_ids_and_only_plain_ones() {
        let given = |is_forwarded, id: &str| {
            let headers = [(REQUEST_ID.parse().unwrap(), id.parse().unwrap())].into_iter().collect();
            given_id(Client { address: "::1".parse().unwrap(), is_forwarded }, &headers)
        };
        assert_eq!(given(true, "a-1_b.C"), Some("a-1_b.C".to_owned()));
        assert_eq!(given(false, "a-1"), None);
        assert_eq!(given(true, "a b"), None);
        assert_eq!(given(true, &"a".repeat(65)), None);
        assert_eq!(given(true, ""), None);
    }

    #[test]
    fn every_request_has_an_id_of_its_own() {
        let ids = RequestIds::new();
        assert_ne!(ids.next(), ids.next());
    }
}
