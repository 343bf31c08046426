//! What the machine is told and what it asks for.

use crate::close_code::CloseCode;
use crate::endpoint::Endpoint;
use crate::evidence::{Observation, Reach};
use crate::probe::Probe;
use crate::service::LossCount;
use crate::time::Moment;

/// Names one socket for its whole life, so that a superseded one cannot speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConnectionId(pub u32);

/// What happened: an intent of the person, something in the world, or something a check saw.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The person chose an endpoint and credentials; the driver keeps the latter.
    Connect(Endpoint),
    /// The person wants to try now.
    Retry,
    /// The person wants the connection to rest.
    Pause,
    /// The person signs out.
    SignOut,
    /// The person wants the checks to be made again.
    Diagnose,

    /// The endpoint gave out a token.
    SignedIn(TokenLife),
    /// The socket opened.
    Opened(ConnectionId),
    /// The socket closed, or could not even be made.
    Closed(ConnectionId, Close),
    /// The way to the socket ended before it: this answer to the sign-in gave no token.
    Refused(ConnectionId, Reach),

    /// The timer that [`super::Machine::next_wake`] asked for fired.
    Tick,
    /// The browser says that there is a network again.
    Online,
    /// The browser says that there is no network.
    Offline,
    /// The page was hidden.
    Hidden,
    /// The person came back to the page: it is visible again, or its window has the focus again.
    Returned,
    /// The page is being left (`pagehide`): closes from here on are its own doing.
    Leaving,
    /// The page came back from the back/forward cache.
    Restored,

    /// A check of the running diagnosis saw something.
    Seen(Observation),
    /// The server looked at the endpoint while the connection stood.
    Inspected(Box<Probe>),
}

/// A token's life by the wall clock. The token itself never comes here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenLife {
    /// When it was given out, milliseconds since 1970 (UTC).
    pub issued: u64,
    /// How long it was asked to last, in milliseconds.
    pub ttl: u64,
}

impl TokenLife {
    /// When it ends, milliseconds since 1970 (UTC).
    pub fn ends(self) -> u64 {
        self.issued.saturating_add(self.ttl)
    }

    /// When half of its life is over, by the clock that never jumps.
    pub(super) fn refresh_due(self, now: Moment) -> u64 {
        let half = self.issued.saturating_add(self.ttl / 2);
        now.mono.saturating_add(half.saturating_sub(now.wall))
    }

    /// Whether it is in the second half of its life, and still alive.
    pub(super) fn is_worth_refreshing(self, now: Moment) -> bool {
        now.wall < self.ends() && self.ends().saturating_sub(now.wall) <= self.ttl / 2
    }
}

/// How a socket ended, as far as the page was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// The close code, or the one that stands for what the portal itself decided.
    pub code: CloseCode,
    /// The endpoint's words.
    pub reason: String,
    /// `CloseEvent.wasClean`.
    pub clean: bool,
    /// Whether an `error` event came first.
    pub error: bool,
    /// Why the portal itself gave the socket up, if it did.
    pub given_up: Option<GivenUp>,
}

/// Why the portal gave a socket up without waiting for the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenUp {
    /// It did not open within [`super::CONNECT_TIMEOUT`].
    ConnectTimeout,
    /// It did not answer the liveness check within [`super::PING_TIMEOUT`].
    Silence,
    /// The browser refused to make it.
    NotMade,
}

impl Close {
    /// The code by which the portal ends a socket that no longer answers.
    pub const SILENCE: CloseCode = CloseCode(4000);

    /// A close that the portal decided on.
    pub fn given_up(why: GivenUp) -> Self {
        let code = match why {
            GivenUp::ConnectTimeout | GivenUp::NotMade => CloseCode::ABNORMAL,
            GivenUp::Silence => Self::SILENCE,
        };
        Self { code, reason: String::new(), clean: false, error: false, given_up: Some(why) }
    }
}

/// What the driver must do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open a socket under this id.
    Open(ConnectionId),
    /// Let go of this socket at once: no event of it counts any more. Tell the endpoint the code.
    Discard(ConnectionId, CloseCode),
    /// Register for events again.
    Subscribe(ConnectionId),
    /// Send a command that the endpoint must acknowledge.
    Ping(ConnectionId),
    /// Get a fresh token by the one that still works.
    RefreshToken,
    /// Drop the token and all credentials.
    Forget,
    /// Make every check, each within its time limit, and report what it saw.
    Diagnose,
    /// Stop the checks that still run.
    CancelDiagnosis,
    /// Have the server look at the endpoint.
    Inspect,
    /// Keep the history over a reload of the tab.
    Save,
    /// Tell the server of a loss.
    Count(LossCount),
}
