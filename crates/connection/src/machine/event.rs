//! What the machine is told and what it asks for.

use crate::close_code::CloseCode;
use crate::endpoint::Endpoint;
use crate::evidence::{KnownCertificate, Observation, PersonSaw, Reach};
use crate::loss::Close;
use crate::probe::Probe;
use crate::service::LossCount;
use crate::time::Moment;

/// Names one socket for its whole life, so that a superseded one cannot speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConnectionId(pub u32);

/// What happened: an intent of the person, something in the world, or something a check saw.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The person chose an endpoint and what to sign in with; the secret itself stays with the driver.
    Connect(Endpoint, Credential),
    /// The person wants to try now.
    Retry,
    /// The person wants the connection to rest.
    Pause,
    /// The person signs out.
    SignOut,
    /// The person wants the checks to be made again.
    Diagnose,

    /// The request for a token that [`Effect::SignIn`] made came to its end.
    SignInAnswered(ConnectionId, SignInAnswer),
    /// The request that [`Effect::Knock`] made came to its end.
    Knocked(ConnectionId, Reach),
    /// The endpoint gave out a fresh token for one that still worked.
    TokenRefreshed(TokenLife),
    /// The socket opened.
    Opened(ConnectionId),
    /// The socket closed, or could not even be made.
    Closed(ConnectionId, Close),

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
    /// The person said what they saw; `None` takes it back.
    Told(Option<PersonSaw>),
    /// The server looked at the endpoint while the connection stood.
    Inspected(Box<Probe>),
}

/// What the portal signs in with, without the secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Credential {
    /// Nothing.
    #[default]
    None,
    /// A password, for which the endpoint must give a token first.
    Password,
    /// A token; its life is known only if the portal asked for it itself.
    Token(Option<TokenLife>),
}

/// How a request for a token ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInAnswer {
    /// The endpoint gave a token with this life.
    Token(TokenLife),
    /// This answer held no token.
    Refused(Reach),
    /// There was no answer.
    Unanswered,
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

/// What the driver must do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the endpoint for a token by the password, and report the answer under this id.
    SignIn(ConnectionId),
    /// Ask the endpoint for anything at all, and report under this id whether something arrived: a request spares the
    /// socket where the browser holds sockets back after a failure.
    Knock(ConnectionId),
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
    /// Remember the certificate that is in use for this endpoint, in this browser.
    Remember(KnownCertificate),
    /// Keep the history over a reload of the tab.
    Save,
    /// Tell the server of a loss.
    Count(LossCount),
}
