//! What the portal signs in with, and how long it lasts; never the secret itself.

use crate::time::Moment;

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
    pub(crate) fn refresh_due(self, now: Moment) -> u64 {
        let half = self.issued.saturating_add(self.ttl / 2);
        now.mono.saturating_add(half.saturating_sub(now.wall))
    }

    /// Whether it is in the second half of its life, and still alive.
    pub(crate) fn is_worth_refreshing(self, now: Moment) -> bool {
        now.wall < self.ends() && self.ends().saturating_sub(now.wall) <= self.ttl / 2
    }
}
