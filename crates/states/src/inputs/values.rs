//! The inputs of a state.

use connection::cause::Cause;
use connection::client::Browser;
use connection::close_code::CloseCode;
use connection::endpoint::Endpoint;

use super::appearance::{Appearance, LookedFrom};

/// What the address says; what it leaves out is as the state has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    /// The endpoint.
    pub endpoint: Option<Endpoint>,
    /// The close code that ended the connection.
    pub code: Option<CloseCode>,
    /// The endpoint's reason, at most 123 bytes.
    pub reason: Option<String>,
    /// The number of the next try, from 1.
    pub attempt: Option<u32>,
    /// Whole seconds until the next try.
    pub seconds: Option<u32>,
    /// What is wrong.
    pub cause: Option<Cause>,
    /// From where the cause was looked for.
    pub looked_from: Option<LookedFrom>,
    /// Days until the certificate ends; negative once it has.
    pub days: Option<i32>,
    /// The certificate's issuer.
    pub issuer: Option<String>,
    /// The names in the certificate.
    pub names: Option<Vec<String>>,
    /// Losses before this one.
    pub losses: Option<u32>,
    /// Messages in the feed.
    pub events: Option<u32>,
    /// The person's browser, where the way through differs.
    pub browser: Option<Browser>,
    /// How it is displayed.
    pub appearance: Appearance,
}

impl Inputs {
    /// These inputs; where one is left out, the other's.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            endpoint: self.endpoint.or(other.endpoint),
            code: self.code.or(other.code),
            reason: self.reason.or(other.reason),
            attempt: self.attempt.or(other.attempt),
            seconds: self.seconds.or(other.seconds),
            cause: self.cause.or(other.cause),
            looked_from: self.looked_from.or(other.looked_from),
            days: self.days.or(other.days),
            issuer: self.issuer.or(other.issuer),
            names: self.names.or(other.names),
            losses: self.losses.or(other.losses),
            events: self.events.or(other.events),
            browser: self.browser.or(other.browser),
            appearance: self.appearance.or(other.appearance),
        }
    }
}
