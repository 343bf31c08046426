//! Logs and counts every request under an id, which the answer carries too, so that a line of a log can be found from
//! what a person sees in the browser's developer tools.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Instant, SystemTime};

use axum::extract::{Extension, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::logging::truncated;
use crate::metrics::Metrics;
use crate::rate_limit::RateLimit;
use crate::requester::Client;

const REQUEST_ID: &str = "x-request-id";

/// The label of requests for the app's files and pages; the paths themselves are what clients make of them.
const APP: &str = "app";

/// The label of requests below `/api` for nothing that is there.
const UNKNOWN_API: &str = "api";

/// The lines of refused and of failed requests. The metrics count all of them.
static REFUSED: LazyLock<RateLimit> = LazyLock::new(RateLimit::of_lines);
static FAILED: LazyLock<RateLimit> = LazyLock::new(RateLimit::of_lines);

/// Makes the ids of requests.
pub(crate) struct RequestIds {
    start: u64,
    next: AtomicU64,
}

impl RequestIds {
    /// Ids of two starts differ, for they begin with the time of the start.
    pub(crate) fn new() -> Self {
        let start = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        Self { start, next: AtomicU64::new(1) }
    }

    fn next(&self) -> String {
        format!("{:x}-{:x}", self.start, self.next.fetch_add(1, Ordering::Relaxed))
    }
}

/// What the middleware needs.
#[derive(Clone)]
pub(crate) struct Observer {
    pub(crate) ids: Arc<RequestIds>,
    pub(crate) metrics: Arc<Metrics>,
}

/// Runs a request inside a span with its id. The query is never logged: pages put an endpoint there, and people put
/// anything there.
pub(crate) async fn observe(
    State(observer): State<Observer>,
    Extension(client): Extension<Client>,
    request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let id = given_id(client, request.headers()).unwrap_or_else(|| observer.ids.next());
    let unmatched = if request.uri().path().starts_with("/api/") { UNKNOWN_API } else { APP };
    let route = request.extensions().get::<MatchedPath>().map_or(unmatched, MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", id);
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let mut response = next.run(request).instrument(span.clone()).await;
    let (took, status) = (began.elapsed(), response.status());
    observer.metrics.request(&route, status, took);
    let (status_code, us) = (status.as_u16(), u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    span.in_scope(|| {
        let path = truncated(uri.path());
        if status.is_server_error() && FAILED.take(client.address).is_ok() {
            tracing::warn!(%method, ?path, status = status_code, us, client = %client.address, "request failed");
        } else if status.is_client_error() && route != APP && REFUSED.take(client.address).is_ok() {
            tracing::info!(%method, ?path, status = status_code, us, client = %client.address, "request refused");
        } else {
            tracing::debug!(%method, ?path, status = status_code, us, client = %client.address, "request");
        }
    });
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
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
