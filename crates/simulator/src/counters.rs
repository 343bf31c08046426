//! Counts since the start or the last reset, for programs that ask whether anybody connected.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

/// Counts since the start or the last reset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// TCP connections to the endpoint's port.
    pub connections_accepted: u64,
    /// Requests to upgrade at `/api/v3/ws`, whatever became of them.
    pub upgrade_attempts: u64,
    /// Upgrades answered 101.
    pub upgrades_accepted: u64,
    /// Upgrades answered otherwise, by HTTP status.
    pub refused: BTreeMap<u16, u64>,
    /// Requests for a token, whatever became of them.
    pub token_requests: u64,
    /// Commands (`register`, `deregister`) acknowledged.
    pub commands_acknowledged: u64,
    /// Events generated, posted to the endpoint or published through the control.
    pub events_emitted: u64,
    /// Copies of events put in the queue of a socket that had registered for them.
    pub events_delivered: u64,
    /// Copies dropped, as DRP does, because the socket's queue of 256 was full.
    pub events_dropped: u64,
}

/// The counts behind a lock of their own.
#[derive(Debug, Default)]
pub(crate) struct Counters(Mutex<Counts>);

impl Counters {
    pub(crate) fn count(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut lock(&self.0));
    }

    pub(crate) fn read(&self) -> Counts {
        lock(&self.0).clone()
    }

    pub(crate) fn reset(&self) {
        *lock(&self.0) = Counts::default();
    }
}

/// Everything kept under a lock here stays meaningful if a holder panics, so a poisoned lock is simply taken.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
