//! Looks at the endpoints that the operator named, for any number of pages at once.
//!
//! An endpoint is looked at once, however many ask: after a restart of DRP every open page asks in the same second.

use crate::metrics::Metrics;
use crate::probe::{self, CouldNotLook, Trust};
use connection::endpoint::Endpoint;
use connection::probe::Probe;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, Semaphore};
use tokio::time::Instant;

/// How long an answer is handed to those who ask next.
const FRESH: Duration = Duration::from_secs(1);

/// The age at which a scrape of the metrics has an endpoint looked at again.
const STALE: Duration = Duration::from_secs(60 * 60);

/// Looks under way at the same time.
const AT_ONCE: usize = 8;

/// Looks at endpoints.
pub(crate) struct Lookout {
    trust: Trust,
    posts: HashMap<Endpoint, Arc<Post>>,
    places: Semaphore,
    metrics: Arc<Metrics>,
}

/// One endpoint, and the last look at it. Whoever looks holds the lock; the others wait for what it finds.
struct Post {
    endpoint: Endpoint,
    last: Mutex<Option<Look>>,
}

#[derive(Clone)]
struct Look {
    ended: Instant,
    /// The origin of the page for which it was made: an endpoint may answer each differently.
    origin: Option<String>,
    probe: Arc<Probe>,
}

/// Why there was no look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoLook {
    /// The operator did not name the endpoint; its host is not even resolved.
    NotNamed,
    /// [`AT_ONCE`] other endpoints are being looked at.
    Busy,
    /// This server lacked what it takes.
    CouldNot(CouldNotLook),
    /// The look itself broke.
    Broken,
}

impl Lookout {
    /// A lookout over these endpoints and no others.
    pub(crate) fn new(endpoints: &[Endpoint], trust: Trust, metrics: Arc<Metrics>) -> Self {
        let posts = endpoints.iter().map(|endpoint| {
            let post = Post { endpoint: endpoint.clone(), last: Mutex::default() };
            (endpoint.clone(), Arc::new(post))
        });
        Self { trust, posts: posts.collect(), places: Semaphore::new(AT_ONCE), metrics }
    }

    /// What is seen of the endpoint now: by a look of our own, by the one under way, or by one that has just ended.
    pub(crate) async fn look(
        self: &Arc<Self>,
        endpoint: &Endpoint,
        origin: Option<String>,
    ) -> Result<Arc<Probe>, NoLook> {
        let post = Arc::clone(self.posts.get(endpoint).ok_or(NoLook::NotNamed)?);
        // A task of its own: the page that asked first may leave, and the others still wait for the answer.
        tokio::spawn(Arc::clone(self).look_from(post, origin)).await.unwrap_or(Err(NoLook::Broken))
    }

    /// Starts a look at every endpoint that nobody has looked at for an hour, so that the metrics tell of a certificate
    /// that will expire while everything still works. It happens for those who scrape and for nobody else.
    pub(crate) fn refresh(self: &Arc<Self>) {
        for post in self.posts.values() {
            let stale =
                post.last.try_lock().is_ok_and(|last| last.as_ref().is_none_or(|look| look.ended.elapsed() >= STALE));
            if stale {
                tokio::spawn(Arc::clone(self).look_from(Arc::clone(post), None));
            }
        }
    }

    async fn look_from(self: Arc<Self>, post: Arc<Post>, origin: Option<String>) -> Result<Arc<Probe>, NoLook> {
        let mut last = post.last.lock().await;
        if let Some(look) = last.as_ref().filter(|look| look.ended.elapsed() < FRESH && look.origin == origin) {
            return Ok(Arc::clone(&look.probe));
        }
        let _place = self.places.try_acquire().map_err(|_| NoLook::Busy)?;
        let probe = probe::look(&post.endpoint, &self.trust, origin.as_deref()).await.map_err(NoLook::CouldNot)?;
        let probe = Arc::new(probe);
        self.metrics.probe(&probe);
        *last = Some(Look { ended: Instant::now(), origin, probe: Arc::clone(&probe) });
        Ok(probe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::net::TcpListener;

    fn lookout(endpoints: &[Endpoint]) -> Arc<Lookout> {
        Arc::new(Lookout::new(endpoints, Trust::with(&[]).unwrap(), Arc::new(Metrics::new(endpoints))))
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
        let lookout = lookout(std::slice::from_ref(&endpoint));
        let mut pages = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (lookout, endpoint) = (Arc::clone(&lookout), endpoint.clone());
            pages.spawn(async move { lookout.look(&endpoint, None).await.unwrap() });
        }
        let answers = pages.join_all().await;
        assert!(answers.iter().all(|answer| Arc::ptr_eq(answer, &answers[0])));
        assert_eq!(accepted.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_page_that_leaves_does_not_end_the_look_for_the_others() {
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = Endpoint::parse(&format!("https://{}", silent.local_addr().unwrap())).unwrap();
        let lookout = lookout(std::slice::from_ref(&endpoint));
        let first = {
            let (lookout, endpoint) = (Arc::clone(&lookout), endpoint.clone());
            tokio::spawn(async move { lookout.look(&endpoint, None).await })
        };
        let (mut stream, _) = silent.accept().await.unwrap();
        first.abort();
        let second = {
            let (lookout, endpoint) = (Arc::clone(&lookout), endpoint.clone());
            tokio::spawn(async move { lookout.look(&endpoint, None).await })
        };
        tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        let answer = second.await.unwrap().unwrap();
        assert_eq!(answer.tls.failed(), Some(&connection::probe::TlsFailure::PlainHttp));
    }

    #[tokio::test]
    async fn another_endpoint_is_refused() {
        let (endpoint, accepted) = endpoint().await;
        assert_eq!(lookout(&[]).look(&endpoint, None).await, Err(NoLook::NotNamed));
        assert_eq!(accepted.load(Ordering::SeqCst), 0);
    }

    #[tokio::test]
    async fn only_so_many_looks_are_under_way() {
        let (endpoint, _) = endpoint().await;
        let lookout = lookout(std::slice::from_ref(&endpoint));
        let taken = lookout.places.acquire_many(AT_ONCE as u32).await.unwrap();
        assert_eq!(lookout.look(&endpoint, None).await, Err(NoLook::Busy));
        drop(taken);
        assert!(lookout.look(&endpoint, None).await.is_ok());
    }
}
