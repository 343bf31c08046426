//! What the form that connects asks for, and what is wrong with what was typed.

use crate::endpoint::Endpoint;

/// What is signed in with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A DRP user and its password, for which the endpoint gives out a token.
    #[default]
    Password,
    /// A token that the endpoint gave out before.
    Token,
}

impl Kind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Password, Self::Token];

    /// What the form calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Password => "User and password",
            Self::Token => "Token",
        }
    }
}

/// What is wrong with what was typed, by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes {
    /// With the endpoint's address.
    pub endpoint: Option<String>,
    /// With the user.
    pub user: Option<&'static str>,
    /// With the password or the token.
    pub secret: Option<&'static str>,
}

/// Below the label of the endpoint's field.
pub const ENDPOINT_HINT: &str = "For example drp.example.com. The port is 8092 unless you give one.";

/// What was typed, without the secret: of that, only whether there is one is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    /// The endpoint's address.
    pub endpoint: &'a str,
    /// What is signed in with.
    pub kind: Kind,
    /// The user.
    pub user: &'a str,
    /// Whether a password or a token was given.
    pub has_secret: bool,
}

/// Reads what was typed.
///
/// # Errors
/// What is missing or wrong, for every field at once, each with what would be right.
pub fn read(typed: Typed<'_>) -> Result<Endpoint, Mistakes> {
    let missing = |is_missing: bool, text: &'static str| is_missing.then_some(text);
    let endpoint = Endpoint::parse(typed.endpoint);
    let (user, secret) = match typed.kind {
        Kind::Password => (
            missing(typed.user.trim().is_empty(), "Enter the user, such as rocketskates"),
            missing(!typed.has_secret, "Enter the password"),
        ),
        Kind::Token => (None, missing(!typed.has_secret, "Paste a token that the endpoint gave out")),
    };
    match endpoint {
        Ok(endpoint) if user.is_none() && secret.is_none() => Ok(endpoint),
        endpoint => Err(Mistakes { endpoint: endpoint.err().map(|error| error.to_string()), user, secret }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_told_at_once() {
        let typed = Typed { endpoint: "ftp://drp", kind: Kind::Password, user: " ", has_secret: false };
        let mistakes = read(typed).unwrap_err();
        assert!(mistakes.endpoint.unwrap().contains("begins with https:// or http://"));
        assert!(mistakes.user.is_some() && mistakes.secret.is_some());
    }

    #[test]
    fn a_token_needs_no_user() {
        let typed = Typed { endpoint: "drp", kind: Kind::Token, user: "", has_secret: true };
        assert_eq!(read(typed).unwrap().to_string(), "https://drp:8092");
        assert_eq!(read(Typed { has_secret: false, ..typed }).unwrap_err().endpoint, None);
    }
}
