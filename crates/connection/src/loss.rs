//! How a connection ended, and the outage that began with it.

use crate::cause::{Cause, Confidence};
use crate::close_code::CloseCode;
use crate::time::Moment;

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
    /// It did not open within [`crate::machine::CONNECT_TIMEOUT`].
    ConnectTimeout,
    /// It did not answer the liveness check within [`crate::machine::PING_TIMEOUT`].
    Silence,
    /// The browser refused to make it.
    NotMade,
    /// A request that was made first, to spare the socket, failed: no socket was tried.
    Unanswered,
}

impl Close {
    /// The code by which the portal ends a socket that no longer answers.
    pub const SILENCE: CloseCode = CloseCode(4000);

    /// A close that the portal decided on.
    pub fn given_up(why: GivenUp) -> Self {
        let code = match why {
            GivenUp::ConnectTimeout | GivenUp::NotMade | GivenUp::Unanswered => CloseCode::ABNORMAL,
            GivenUp::Silence => Self::SILENCE,
        };
        Self { code, reason: String::new(), clean: false, error: false, given_up: Some(why) }
    }

    /// Whether another try failed in another way, so that the cause may be another one by now.
    pub fn is_unlike(&self, other: &Close) -> bool {
        let unanswered = |close: &Close| close.given_up == Some(GivenUp::Unanswered);
        if unanswered(self) || unanswered(other) {
            // A failed request says nothing of how a socket would have ended.
            return false;
        }
        (self.code, self.given_up) != (other.code, other.given_up)
    }
}

/// The time since the connection was lost, or since the first try failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    /// Since when.
    pub since: Moment,
    /// How the connection ended whose loss began this; `None` if it had never opened.
    pub first_close: Option<Close>,
    /// How the last socket ended; `None` if none could even be tried.
    pub last_close: Option<Close>,
    /// When that was.
    pub closed_at: Moment,
    /// When the last try failed; the loss itself counts as one.
    pub failed_at: Moment,
    /// How long the last try could take that was not answered, in milliseconds.
    pub gave_up_after: u64,
    /// How long the connection had stood, in milliseconds; `None` if it had never opened.
    pub uptime: Option<u64>,
    /// How many tries have failed since.
    pub attempts: u32,
    /// Whether the portal's server had seen a healthy endpoint while the connection stood.
    pub seen_healthy: bool,
    /// The cause that stays with the loss, once it is made good or given up, unless a later look says more: what the last
    /// look saw may be the mended endpoint.
    pub named: Option<(Cause, Confidence)>,
}
