//! Logs and counts every request under an id, which the answer carries too, so that a line of a log can be found from
//! what a person sees in the browser's developer tools.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant, SystemTime};

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use tracing::{Level, Span};

use crate::address;
use crate::logging::truncated;
use crate::metrics::Metrics;
use crate::rate_limit::RateLimit;
use crate::requester::Client;

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
pub(crate) struct Observer {
    ids: RequestIds,
    metrics: Arc<Metrics>,
}

/// A request that is under way. When it goes, the request is logged and counted, also if its client went first.
pub(super) struct Seen<'a> {
    metrics: &'a Metrics,
    began: Instant,
    client: Client,
    id: String,
    route: &'static str,
    method: Method,
    uri: Uri,
    /// None until there is an answer.
    status: Option<StatusCode>,
}

impl Observer {
    pub(crate) fn new(metrics: Arc<Metrics>) -> Self {
        Self { ids: RequestIds::new(), metrics }
    }

    /// A request arrived.
    pub(super) fn begin(&self, request: &Request, client: Client) -> Seen<'_> {
        let began = Instant::now();
        let id = given_id(client, request.headers()).unwrap_or_else(|| self.ids.next());
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let route = address::label(uri.path());
        Seen { metrics: &self.metrics, began, client, id, route, method, uri, status: None }
    }
}

impl Seen<'_> {
    /// Whether it asks for a file or a page of the app, and not for one of the server's own addresses.
    pub(super) fn is_for_app(&self) -> bool {
        self.route == address::APP
    }

    /// Whose request it is.
    pub(super) fn client(&self) -> Client {
        self.client
    }

    /// What is logged meanwhile stands in this, with the request's id. Made only where something may be logged: it is a tenth
    /// of the server's work for a file.
    pub(super) fn span(&self) -> Span {
        tracing::info_span!("request", id = self.id)
    }

    /// The request has its answer.
    pub(super) fn answered(mut self, response: &mut Response) {
        self.status = Some(response.status());
        if let Ok(id) = HeaderValue::try_from(self.id.as_str()) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
    }

    /// The query is never logged: pages put an endpoint there, and people put anything there.
    fn log(&self, took: Duration) {
        let (method, path, client) = (&self.method, truncated(self.uri.path()), self.client.address);
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let status = self.status.unwrap_or_default();
        let status_code = status.as_u16();
        // While the server drains, /readyz says 503 because it was asked to.
        let has_failed = status.is_server_error() && self.route != address::READYZ;
        let is_refused = status.is_client_error() && !self.is_for_app();
        if self.status.is_none() {
            self.span().in_scope(|| tracing::debug!(%method, ?path, us, %client, "the client left before its answer"));
        } else if has_failed && FAILED.take(client).is_ok() {
            self.span()
                .in_scope(|| tracing::warn!(%method, ?path, status = status_code, us, %client, "request failed"));
        } else if is_refused && REFUSED.take(client).is_ok() {
            self.span()
                .in_scope(|| tracing::info!(%method, ?path, status = status_code, us, %client, "request refused"));
        } else if tracing::enabled!(Level::DEBUG) {
            self.span().in_scope(|| tracing::debug!(%method, ?path, status = status_code, us, %client, "request"));
        }
    }
}

impl Drop for Seen<'_> {
    fn drop(&mut self) {
        let took = self.began.elapsed();
        self.metrics.request(self.route, self.status, took);
        self.log(took);
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
