//! Where the machine stands.

use super::ConnectionId;
use crate::cause::{Cause, Need};
use crate::time::Moment;

/// Where the machine stands. A socket is alive in exactly the phases that hold a [`ConnectionId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// No endpoint chosen, or signed out.
    Idle,
    /// A socket is on its way.
    Connecting {
        /// The socket.
        id: ConnectionId,
        /// Since when this try lasts, with the sign-in or the request that goes before its socket.
        since: Moment,
        /// Since when what is awaited now is: each of them has the whole time limit. By the clock that never jumps.
        asked_at: u64,
    },
    /// A socket stands.
    Connected {
        /// The socket.
        id: ConnectionId,
        /// Since when.
        since: Moment,
        /// Whether it still speaks.
        liveness: Liveness,
    },
    /// Between two tries.
    Waiting {
        /// When the next try is due, by the clock that never jumps.
        until: u64,
        /// Whether the endpoint itself asked for the wait, so that nothing but the person shortens it.
        not_before: bool,
    },
    /// This computer has no network.
    Offline {
        /// The recheck.
        recheck: Recheck,
    },
    /// A person must act.
    NeedsYou {
        /// What only a person can do.
        need: Need,
        /// The recheck.
        recheck: Recheck,
    },
    /// The person paused the connection.
    Stopped,
}

/// Whether a standing connection still speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Liveness {
    /// When something was last heard.
    pub last_message_at: Moment,
    /// When the question was put that has no answer yet, by the clock that never jumps.
    pub ping_sent_at: Option<u64>,
    /// Whether it was put again because the timer for the answer came late.
    pub ping_repeated: bool,
}

/// The quiet try by which the machine notices that a cause is gone: without alarm, count or diagnosis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recheck {
    /// Due then, by the clock that never jumps.
    At(u64),
    /// On its way.
    Trying {
        /// The socket.
        id: ConnectionId,
        /// Since when, by the clock that never jumps.
        since: u64,
        /// Whether the person came back, so that a failure is worth a new diagnosis.
        returned: bool,
    },
    /// Only when the person comes back: by itself the endpoint would open and close it again.
    OnReturn,
    /// Not worth it: nothing can change while the page stands.
    Never,
}

impl Phase {
    /// The word of the `data-phase` attribute.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Idle => "idle",
            Phase::Connecting { .. } => "connecting",
            Phase::Connected { .. } => "connected",
            Phase::Waiting { .. } => "waiting",
            Phase::Offline { .. } => "offline",
            Phase::NeedsYou { .. } => "needs-you",
            Phase::Stopped => "stopped",
        }
    }

    /// The one socket that may speak.
    pub fn live(self) -> Option<ConnectionId> {
        match self {
            Phase::Connecting { id, .. } | Phase::Connected { id, .. } => Some(id),
            Phase::Offline { recheck, .. } | Phase::NeedsYou { recheck, .. } => match recheck {
                Recheck::Trying { id, .. } => Some(id),
                Recheck::At(_) | Recheck::OnReturn | Recheck::Never => None,
            },
            Phase::Idle | Phase::Waiting { .. } | Phase::Stopped => None,
        }
    }
}

impl Recheck {
    pub(super) fn next(now: Moment) -> Self {
        Recheck::At(now.mono.saturating_add(super::RECHECK_EVERY))
    }

    /// When to try whether a cause that needs a person is gone.
    pub(super) fn after(cause: Cause, now: Moment) -> Self {
        if cause.lasts_as_long_as_the_page() { Recheck::Never } else { Recheck::next(now) }
    }
}

/// What the time says about a connection.
pub(super) enum Pulse {
    Fine,
    Ask,
    /// The timer for the answer came late, so a missing answer proves nothing.
    AskAgain,
    Dead,
}

impl Liveness {
    pub(super) fn heard_at(now: Moment) -> Self {
        Self { last_message_at: now, ping_sent_at: None, ping_repeated: false }
    }

    /// When [`Liveness::verdict`] will say something new.
    pub(super) fn due(self) -> u64 {
        match self.ping_sent_at {
            Some(asked) => asked.saturating_add(super::PING_TIMEOUT),
            None => self.last_message_at.mono.saturating_add(super::PING_AFTER),
        }
    }

    pub(super) fn verdict(self, now: Moment) -> Pulse {
        let late = now.mono.saturating_sub(self.due()) > super::environment::LATE;
        match self.ping_sent_at {
            _ if now.mono < self.due() => Pulse::Fine,
            None => Pulse::Ask,
            Some(_) if late && !self.ping_repeated => Pulse::AskAgain,
            Some(_) => Pulse::Dead,
        }
    }
}
