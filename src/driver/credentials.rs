//! What the portal signs in with. Only the driver holds it; nothing prints it.

use connection::machine::{Credential, TokenLife};

/// What the portal signs in with.
#[derive(Clone, Default)]
pub enum Credentials {
    /// Nothing.
    #[default]
    None,
    /// A password that the person typed, held until the endpoint has given a token for it, and stored nowhere.
    Password {
        /// DRP user.
        user: String,
        /// Its password.
        password: String,
    },
    /// A token.
    Token {
        /// Who it is for; `None` for one that was pasted, which the portal cannot renew.
        user: Option<String>,
        /// The token itself.
        token: String,
        /// When it was given out and for how long; `None` for one that was pasted.
        life: Option<TokenLife>,
    },
}

impl Credentials {
    pub(super) fn token(&self) -> Option<&str> {
        match self {
            Credentials::Token { token, .. } => Some(token),
            Credentials::None | Credentials::Password { .. } => None,
        }
    }

    /// Who it is for, if that is known.
    pub(super) fn user(&self) -> Option<&str> {
        match self {
            Credentials::None => None,
            Credentials::Password { user, .. } => Some(user),
            Credentials::Token { user, .. } => user.as_deref(),
        }
    }

    /// What the machine knows of it.
    pub fn known(&self) -> Credential {
        match self {
            Credentials::None => Credential::None,
            Credentials::Password { .. } => Credential::Password,
            Credentials::Token { life, .. } => Credential::Token(*life),
        }
    }
}
