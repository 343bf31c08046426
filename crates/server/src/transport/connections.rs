//! Every open connection of clients: never more than a limit, and when the limit is reached the connection that has
//! been idle for longest makes room. So clients that open connections and send nothing cannot keep others out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::metrics::{ConnectionOutcome, Metrics};

/// How long a new connection waits for the one that makes room to be closed; that takes microseconds unless the machine
/// is overloaded.
const MAKE_ROOM: Duration = Duration::from_millis(500);

/// The open connections.
pub(crate) struct Connections {
    room: Arc<Semaphore>,
    idle: Mutex<Idle>,
    /// Absent for connections that are not those of clients.
    metrics: Option<Arc<Metrics>>,
}

/// The connections without a request under way, the one that has been idle for longest first.
#[derive(Default)]
struct Idle {
    next_turn: u64,
    by_turn: BTreeMap<u64, Arc<Notify>>,
}

impl Connections {
    /// At most `limit` at a time, with what becomes of them in the metrics.
    pub(crate) fn new(limit: usize, metrics: Arc<Metrics>) -> Arc<Self> {
        Self::with(limit, Some(metrics))
    }

    /// At most `limit` at a time, which nobody counts.
    pub(crate) fn uncounted(limit: usize) -> Arc<Self> {
        Self::with(limit, None)
    }

    fn with(limit: usize, metrics: Option<Arc<Metrics>>) -> Arc<Self> {
        let room = Arc::new(Semaphore::new(limit.min(Semaphore::MAX_PERMITS)));
        Arc::new(Self { room, idle: Mutex::default(), metrics })
    }

    fn count(&self, outcome: ConnectionOutcome) {
        if let Some(metrics) = &self.metrics {
            metrics.connection(outcome);
        }
    }

    /// Takes up one more connection, closing the one that has been idle for longest if there are too many; `None` when
    /// every connection has a request under way.
    pub(super) async fn admit(self: &Arc<Self>) -> Option<Place> {
        let permit = match Arc::clone(&self.room).try_acquire_owned() {
            Ok(permit) => Some(permit),
            Err(_) => self.make_room().await,
        };
        let outcome = if permit.is_some() { ConnectionOutcome::Accepted } else { ConnectionOutcome::Refused };
        self.count(outcome);
        let place =
            Place { turn: Mutex::default(), close: Arc::default(), connections: Arc::clone(self), _permit: permit? };
        if let Some(metrics) = &self.metrics {
            metrics.open_connections().inc();
        }
        place.mark_idle();
        Some(place)
    }

    async fn make_room(&self) -> Option<OwnedSemaphorePermit> {
        let (_, oldest) = self.idle().by_turn.pop_first()?;
        oldest.notify_one();
        self.count(ConnectionOutcome::ClosedIdle);
        timeout(MAKE_ROOM, Arc::clone(&self.room).acquire_owned()).await.ok()?.ok()
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one open connection; dropping it gives the place to another.
pub(super) struct Place {
    /// Its key among the idle connections, while it is one of them.
    turn: Mutex<Option<u64>>,
    close: Arc<Notify>,
    connections: Arc<Connections>,
    _permit: OwnedSemaphorePermit,
}

impl Place {
    /// Resolves when the connection must make room.
    pub(super) async fn closed_for_another(&self) {
        self.close.notified().await;
    }

    /// Keeps the connection from making room while the guard lives.
    pub(super) fn begin_request(self: &Arc<Self>) -> Busy {
        self.mark_busy();
        Busy(Arc::clone(self))
    }

    fn mark_idle(&self) {
        let mut idle = self.connections.idle();
        let turn = idle.next_turn;
        idle.next_turn += 1;
        idle.by_turn.insert(turn, Arc::clone(&self.close));
        *self.turn() = Some(turn);
    }

    fn mark_busy(&self) {
        // In a statement of its own, so that the two locks are never held together in this order.
        let turn = self.turn().take();
        if let Some(turn) = turn {
            self.connections.idle().by_turn.remove(&turn);
        }
    }

    fn turn(&self) -> MutexGuard<'_, Option<u64>> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.mark_busy();
        if let Some(metrics) = &self.connections.metrics {
            metrics.open_connections().dec();
        }
    }
}

/// A request under way.
pub(super) struct Busy(Arc<Place>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.mark_idle();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connections(limit: usize) -> Arc<Connections> {
        Connections::new(limit, Arc::new(Metrics::new(&[]).unwrap()))
    }

    /// A connection that ends when it must make room, as real ones do; tells its number then.
    async fn open(
        connections: &Arc<Connections>,
        number: u32,
        closed: &tokio::sync::mpsc::UnboundedSender<u32>,
    ) -> Arc<Place> {
        let place = Arc::new(connections.admit().await.unwrap());
        let (weak, closed) = (Arc::downgrade(&place), closed.clone());
        let close = Arc::clone(&place.close);
        tokio::spawn(async move {
            close.notified().await;
            let _ = closed.send(number);
            drop(weak);
        });
        place
    }

    #[tokio::test]
    async fn the_connection_that_has_been_idle_for_longest_makes_room() {
        let (connections, (tell, mut closed)) = (connections(2), tokio::sync::mpsc::unbounded_channel());
        let first = open(&connections, 1, &tell).await;
        let second = open(&connections, 2, &tell).await;
        // The first was busy meanwhile, so the second has now been idle for longer.
        drop(first.begin_request());
        let waiting = tokio::spawn({
            let connections = Arc::clone(&connections);
            async move { connections.admit().await.is_some() }
        });
        assert_eq!(closed.recv().await, Some(2));
        drop(second);
        assert!(waiting.await.unwrap());
    }

    #[tokio::test]
    async fn a_connection_with_a_request_under_way_never_makes_room() {
        let (connections, (tell, _closed)) = (connections(1), tokio::sync::mpsc::unbounded_channel());
        let only = open(&connections, 1, &tell).await;
        let busy = only.begin_request();
        assert!(connections.admit().await.is_none());
        drop((busy, only));
        assert!(connections.admit().await.is_some());
    }

    #[tokio::test]
    async fn open_connections_are_counted() {
        let metrics = Arc::new(Metrics::new(&[]).unwrap());
        let connections = Connections::new(5, Arc::clone(&metrics));
        let places = [connections.admit().await.unwrap(), connections.admit().await.unwrap()];
        assert_eq!(metrics.open_connections().get(), 2);
        drop(places);
        assert_eq!(metrics.open_connections().get(), 0);
        assert!(connections.idle().by_turn.is_empty());
    }
}
