//! What can have happened in a state.

use connection::cause::Cause;
use connection::close_code::CloseCode;

/// What happened; the [`Inputs`](crate::Inputs) fill in the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setup {
    /// Nothing was chosen yet.
    Idle,
    /// The first try takes its time.
    FirstTry,
    /// A connection stands.
    Connected,
    /// A connection was lost this moment.
    Interrupted,
    /// A connection was lost, tries have failed, and the next one is due after a countdown.
    Waiting,
    /// The same, with the next try on its way.
    Trying,
    /// The checks are under way.
    FindingOut,
    /// The checks have named this cause.
    Named(Cause),
    /// The endpoint closed the connection with this code.
    Closed(CloseCode),
    /// It did so again and again, until the portal asks a person to look.
    GivenUp,
    /// This computer lost its network.
    Offline,
    /// The person paused the connection.
    Paused,
    /// The connection is back.
    Recovered,
}
