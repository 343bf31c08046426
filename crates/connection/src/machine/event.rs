//! What the machine is told and what it asks for.

use crate::close_code::CloseCode;
use crate::credential::{Credential, TokenLife};
use crate::endpoint::Endpoint;
use crate::evidence::{KnownCertificate, Observation, PersonSaw, Reach};
use crate::loss::Close;
use crate::probe::Probe;
use crate::service::LossCount;

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
    /// The browser's question about local networks, raised for this endpoint, was answered or has waited long enough.
    PermissionAnswered(Endpoint),

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
    /// The look at the endpoint that [`Effect::Inspect`] asked the server for came to its end.
    Inspected(ConnectionId, Box<Probe>),
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
    /// Have the server look at the endpoint of this connection, which stands.
    Inspect(ConnectionId),
    /// Remember, in this browser, the certificate that is in use for this endpoint.
    Remember(Endpoint, KnownCertificate),
    /// Keep the history over a reload of the tab.
    Save,
    /// Tell the server of a loss.
    Count(LossCount),
}
