//! Probes the endpoints that the operator named, for any number of pages at once.
//!
//! Requests for the same endpoint share one probe: after a restart of DRP every open page asks in the same second.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use connection::endpoint::Endpoint;
use connection::probe::Probe;
use tokio::sync::{Mutex, OwnedMutexGuard, Semaphore};
use tokio::time::{Instant, timeout_at};
use tracing::Instrument as _;

use crate::metrics::{COMPLETE, Metrics};
use crate::probe::limits::LOOK;
use crate::probe::{self, CouldNotLook, Trust};

/// How long a result is reused.
const FRESH: Duration = Duration::from_secs(1);

/// The age at which a scrape of the metrics starts another probe of an endpoint: an alert must not wait for a page to ask.
const STALE: Duration = Duration::from_secs(5 * 60);

/// The same for an endpoint whose last probe failed: an alert ends soon after the endpoint is back.
const STALE_FAILURE: Duration = Duration::from_secs(60);

/// Origins in whose names one client may wait for an endpoint at a time. Each takes a probe of its own, and whoever makes up
/// hosts must not keep the others waiting. Behind a proxy that is not named all clients are one, so it is not 1.
const ORIGINS: usize = 2;

/// How many probes run at the same time, and how long a request waits for a place among them. Most probes end within 3 s, so
/// with 8 places and 5 s a site with two dozen endpoints is answered; a page itself waits for 12 s.
#[derive(Clone, Copy)]
pub(crate) struct Places {
    pub(crate) at_once: usize,
    pub(crate) wait: Duration,
}

/// Probes endpoints and keeps the last result of each.
pub(crate) struct ProbeCache {
    trust: Trust,
    entries: HashMap<Endpoint, Arc<Entry>>,
    places: Semaphore,
    wait_for_place: Duration,
    metrics: Arc<Metrics>,
}

/// One endpoint and its last result. The probe under way holds the lock; requests wait for its result.
struct Entry {
    endpoint: Endpoint,
    last: Arc<Mutex<Option<Finished>>>,
    asking: std::sync::Mutex<Vec<Asking>>,
}

/// Who waits for a result: a client, and the origin of its page.
#[derive(Clone, PartialEq, Eq)]
struct Asking {
    client: IpAddr,
    origin: Option<String>,
}

/// The place of a request among those that wait.
struct Waiting<'a> {
    entry: &'a Entry,
    asking: Asking,
}

impl Entry {
    fn asking(&self) -> MutexGuard<'_, Vec<Asking>> {
        self.asking.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a request wait, unless its client waits in too many names already.
    fn wait(&self, asking: Asking) -> Option<Waiting<'_>> {
        let mut all = self.asking();
        let own = |it: &&Asking| it.client == asking.client && it.origin != asking.origin;
        let others: HashSet<_> = all.iter().filter(own).map(|it| &it.origin).collect();
        if others.len() >= ORIGINS {
            return None;
        }
        drop(others);
        all.push(asking.clone());
        Some(Waiting { entry: self, asking })
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut all = self.entry.asking();
        if let Some(at) = all.iter().position(|it| *it == self.asking) {
            all.swap_remove(at);
        }
    }
}

struct Finished {
    at: Instant,
    /// The origin of the page for which it was made: an endpoint may answer each differently.
    origin: Option<String>,
    probe: Arc<Probe>,
    is_complete: bool,
}

impl Finished {
    fn is_stale(&self) -> bool {
        self.at.elapsed() >= if self.is_complete { STALE } else { STALE_FAILURE }
    }
}

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProbeError {
    /// The operator did not name the endpoint; its host is not even resolved.
    NotNamed,
    /// No place became free within [`Places::wait`], or the client waits for too many results already.
    Busy,
    /// This process lacks a resource, such as file descriptors or memory; that says nothing about the endpoint.
    CouldNot(CouldNotLook),
    /// The probe panicked.
    Panicked,
}

impl ProbeCache {
    /// For these endpoints and no others.
    pub(crate) fn new(endpoints: &[Endpoint], trust: Trust, places: Places, metrics: Arc<Metrics>) -> Self {
        let entries = endpoints.iter().map(|endpoint| {
            let entry = Entry { endpoint: endpoint.clone(), last: Arc::default(), asking: std::sync::Mutex::default() };
            (endpoint.clone(), Arc::new(entry))
        });
        Self {
            trust,
            entries: entries.collect(),
            places: Semaphore::new(places.at_once),
            wait_for_place: places.wait,
            metrics,
        }
    }

    /// The state of the endpoint now: from a new probe, from the one under way, or from one that has just ended.
    pub(crate) async fn probe(
        self: &Arc<Self>,
        endpoint: &Endpoint,
        origin: Option<String>,
        client: IpAddr,
    ) -> Result<Arc<Probe>, ProbeError> {
        let entry = self.entries.get(endpoint).ok_or(ProbeError::NotNamed)?;
        // Counted from here, so that those who wait for a request that found no place do not wait once more each.
        let deadline = Instant::now() + self.wait_for_place;
        let _waiting = entry.wait(Asking { client, origin: origin.clone() }).ok_or(ProbeError::Busy)?;
        // Whoever leaves meanwhile waits no more. The probe under way may take its whole time.
        let last = timeout_at(deadline + LOOK, Arc::clone(&entry.last).lock_owned()).await;
        let last = last.map_err(|_| ProbeError::Busy)?;
        if let Some(last) = last.as_ref().filter(|last| last.at.elapsed() < FRESH && last.origin == origin) {
            return Ok(Arc::clone(&last.probe));
        }
        // A task of its own: the page that asked first may leave, and the others still wait for the answer.
        let renewed = Arc::clone(self).renewed(Arc::clone(entry), last, origin, deadline);
        tokio::spawn(renewed.in_current_span()).await.unwrap_or(Err(ProbeError::Panicked))
    }

    /// Probes every endpoint without a recent result, so that the metrics show what happens while no page asks: an
    /// endpoint that is gone, a certificate that is about to expire. Only scrapes of the metrics cause it.
    pub(crate) fn refresh(self: &Arc<Self>) {
        for entry in self.entries.values() {
            let is_stale = |last: &Option<Finished>| last.as_ref().is_none_or(Finished::is_stale);
            if let Ok(last) = Arc::clone(&entry.last).try_lock_owned()
                && is_stale(&last)
            {
                let deadline = Instant::now() + self.wait_for_place;
                tokio::spawn(Arc::clone(self).renewed(Arc::clone(entry), last, None, deadline).in_current_span());
            }
        }
    }

    async fn renewed(
        self: Arc<Self>,
        entry: Arc<Entry>,
        mut last: OwnedMutexGuard<Option<Finished>>,
        origin: Option<String>,
        deadline: Instant,
    ) -> Result<Arc<Probe>, ProbeError> {
        let Ok(Ok(_place)) = timeout_at(deadline, self.places.acquire()).await else {
            return Err(ProbeError::Busy);
        };
        let looked = probe::look(&entry.endpoint, &self.trust, origin.as_deref()).await;
        let probe = Arc::new(looked.map_err(ProbeError::CouldNot)?);
        let result = self.metrics.probe(&probe);
        tracing::info!(endpoint = probe.endpoint, result, ms = probe.took_ms, "probed");
        let is_complete = result == COMPLETE;
        *last = Some(Finished { at: Instant::now(), origin, probe: Arc::clone(&probe), is_complete });
        Ok(probe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::net::TcpListener;
    use tokio::task::{JoinHandle, JoinSet};

    const PAGE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    const PLACES: Places = Places { at_once: 8, wait: Duration::from_secs(5) };

    fn cache_for(endpoints: &[Endpoint]) -> Arc<ProbeCache> {
        let metrics = Arc::new(Metrics::new(endpoints).unwrap());
        Arc::new(ProbeCache::new(endpoints, Trust::with(&[]).unwrap(), PLACES, metrics))
    }

    /// An endpoint that accepts and hangs up, with a count of the connections it accepted.
    async fn endpoint() -> (Endpoint, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = Endpoint::parse(&format!("https://{}", listener.local_addr().unwrap())).unwrap();
        let accepted = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&accepted);
        tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                count.fetch_add(1, Ordering::SeqCst);
            }
        });
        (endpoint, accepted)
    }

    #[tokio::test]
    async fn a_stampede_costs_one_look() {
        let (endpoint, accepted) = endpoint().await;
        let cache = cache_for(std::slice::from_ref(&endpoint));
        let mut pages = JoinSet::new();
        for _ in 0..50 {
            let (cache, endpoint) = (Arc::clone(&cache), endpoint.clone());
            pages.spawn(async move { cache.probe(&endpoint, None, PAGE).await.unwrap() });
        }
        let answers = pages.join_all().await;
        assert!(answers.iter().all(|answer| Arc::ptr_eq(answer, &answers[0])));
        assert_eq!(accepted.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_page_that_leaves_does_not_end_the_look_for_the_others() {
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = Endpoint::parse(&format!("https://{}", silent.local_addr().unwrap())).unwrap();
        let cache = cache_for(std::slice::from_ref(&endpoint));
        let first = {
            let (cache, endpoint) = (Arc::clone(&cache), endpoint.clone());
            tokio::spawn(async move { cache.probe(&endpoint, None, PAGE).await })
        };
        let (mut stream, _) = silent.accept().await.unwrap();
        first.abort();
        let second = {
            let (cache, endpoint) = (Arc::clone(&cache), endpoint.clone());
            tokio::spawn(async move { cache.probe(&endpoint, None, PAGE).await })
        };
        tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        let answer = second.await.unwrap().unwrap();
        assert_eq!(answer.tls.failed(), Some(&connection::probe::TlsFailure::PlainHttp));
    }

    #[tokio::test]
    async fn a_client_that_makes_up_origins_keeps_nobody_waiting() {
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = Endpoint::parse(&format!("https://{}", silent.local_addr().unwrap())).unwrap();
        let cache = cache_for(std::slice::from_ref(&endpoint));
        let ask = |origin: usize, client: IpAddr| {
            let (cache, endpoint) = (Arc::clone(&cache), endpoint.clone());
            tokio::spawn(async move { cache.probe(&endpoint, Some(format!("http://h{origin}")), client).await })
        };
        let hostile = IpAddr::from([192, 0, 2, 1]);
        let first = ask(0, hostile);
        let _held = silent.accept().await.unwrap();
        let more: Vec<_> = (1..50).map(|origin| ask(origin, hostile)).collect();
        let other = ask(99, PAGE);
        let entry = &cache.entries[&endpoint];
        // Those that are refused say so at once, and whoever leaves waits no more.
        let waiting = || more.iter().filter(|it| !it.is_finished()).count();
        until(|| waiting() == ORIGINS - 1 && entry.asking().len() == ORIGINS + 1).await;
        assert!(!other.is_finished());
        more.iter().chain([&first]).for_each(JoinHandle::abort);
        until(|| entry.asking().len() == 1).await;
    }

    async fn until(holds: impl Fn() -> bool) {
        let came = async {
            while !holds() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(5), came).await.unwrap();
    }

    #[tokio::test]
    async fn a_scrape_looks_again_after_a_minute_at_an_endpoint_that_failed() {
        let (endpoint, accepted) = endpoint().await;
        let cache = cache_for(std::slice::from_ref(&endpoint));
        cache.probe(&endpoint, None, PAGE).await.unwrap();
        let before = accepted.load(Ordering::SeqCst);
        let entry = Arc::clone(&cache.entries[&endpoint]);
        cache.refresh();
        tokio::task::yield_now().await;
        assert!(entry.last.try_lock().is_ok(), "a fresh result is not made again");
        let long_ago = Instant::now() - STALE_FAILURE;
        entry.last.lock().await.as_mut().unwrap().at = long_ago;
        cache.refresh();
        while accepted.load(Ordering::SeqCst) == before {
            tokio::task::yield_now().await;
        }
        let mut last = entry.last.lock().await;
        let last = last.as_mut().unwrap();
        assert!(last.at > long_ago && !last.is_complete);
        (last.at, last.is_complete) = (long_ago, true);
        assert!(!last.is_stale(), "an endpoint that answers is asked less often");
    }

    #[tokio::test]
    async fn another_endpoint_is_refused() {
        let (endpoint, accepted) = endpoint().await;
        assert_eq!(cache_for(&[]).probe(&endpoint, None, PAGE).await, Err(ProbeError::NotNamed));
        assert_eq!(accepted.load(Ordering::SeqCst), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_waits_some_seconds_for_a_place() {
        let (endpoint, _) = endpoint().await;
        let cache = cache_for(std::slice::from_ref(&endpoint));
        let taken = cache.places.acquire_many(8).await.unwrap();
        let began = Instant::now();
        let pages: JoinSet<_> = (0..50)
            .map(|_| {
                let (cache, endpoint) = (Arc::clone(&cache), endpoint.clone());
                async move { cache.probe(&endpoint, None, PAGE).await }
            })
            .collect();
        assert!(pages.join_all().await.iter().all(|answer| *answer == Err(ProbeError::Busy)));
        assert!(began.elapsed() < 2 * PLACES.wait, "each page waited in turn: {:?}", began.elapsed());
        let waiting = tokio::spawn({
            let (cache, endpoint) = (Arc::clone(&cache), endpoint.clone());
            async move { cache.probe(&endpoint, None, PAGE).await }
        });
        tokio::time::sleep(PLACES.wait / 2).await;
        drop(taken);
        assert!(waiting.await.unwrap().is_ok());
    }
}
