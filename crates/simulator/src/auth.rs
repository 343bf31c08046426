//! Users, passwords and tokens, and how DRP refuses credentials that it does not know.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::rand::{SecureRandom, SystemRandom};

use crate::counters::lock;

/// A user who can sign in.
#[derive(Debug, PartialEq, Eq)]
pub struct User {
    /// The name to sign in with.
    pub name: &'static str,
    /// The password; public, as DRP's default one is.
    pub password: &'static str,
    /// Whether the user may do anything beyond asking for a token.
    pub has_rights: bool,
}

/// DRP's default user, and one that signs in but has no rights.
pub const USERS: [User; 2] = [
    User { name: "rocketskates", password: "r0cketsk8ts", has_rights: true },
    User { name: "bystander", password: "just-l00king", has_rights: false },
];

/// DRP names a scheme that no browser knows, so that none pops up a login box.
const CHALLENGE: (header::HeaderName, &str) = (header::WWW_AUTHENTICATE, "dr-provision");

/// Random bytes in a token: as base64url about as long as DRP's encrypted JWT.
const TOKEN_BYTES: usize = 667;

/// Why DRP refuses a request. The bodies are empty, as DRP's are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// No credentials, or none that can be read: 401.
    NoCredentials,
    /// Unknown user or wrong password: 403.
    WrongPassword,
    /// A token that is unknown, expired or void: 403.
    BadToken,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::NoCredentials => (StatusCode::UNAUTHORIZED, [CHALLENGE], Body::empty()).into_response(),
            Self::WrongPassword => (StatusCode::FORBIDDEN, Body::empty()).into_response(),
            Self::BadToken => (StatusCode::FORBIDDEN, [CHALLENGE], Body::empty()).into_response(),
        }
    }
}

/// The tokens issued and not yet expired.
#[derive(Debug, Default)]
pub(crate) struct Tokens(Mutex<HashMap<String, Grant>>);

#[derive(Debug)]
struct Grant {
    user: &'static User,
    until: Instant,
}

impl Tokens {
    /// A new token, or `None` when the system has no random bytes or the lifetime is too long.
    pub(crate) fn issue(&self, user: &'static User, lifetime: Duration) -> Option<String> {
        let now = Instant::now();
        let until = now.checked_add(lifetime)?;
        let mut bytes = [0; TOKEN_BYTES];
        SystemRandom::new().fill(&mut bytes).ok()?;
        let token = BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let mut grants = lock(&self.0);
        grants.retain(|_, grant| grant.until > now);
        grants.insert(token.clone(), Grant { user, until });
        Some(token)
    }

    /// Invalidates every token.
    pub(crate) fn expire(&self) {
        lock(&self.0).clear();
    }

    /// Who sent this request: by its `Authorization` header or, only without one, by its `token` query.
    pub(crate) fn authenticate(&self, request: &Parts) -> Result<&'static User, Refusal> {
        match Credentials::of(request).ok_or(Refusal::NoCredentials)? {
            Credentials::Password { user, password } => USERS
                .iter()
                .find(|known| known.name == user && known.password == password)
                .ok_or(Refusal::WrongPassword),
            Credentials::Token(token) => lock(&self.0)
                .get(&token)
                .filter(|grant| grant.until > Instant::now())
                .map(|grant| grant.user)
                .ok_or(Refusal::BadToken),
        }
    }
}

/// What a request carries.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Credentials {
    Password { user: String, password: String },
    Token(String),
}

impl Credentials {
    /// `None` for no credentials, an unknown scheme, or a header that cannot be read.
    pub(crate) fn of(request: &Parts) -> Option<Self> {
        match request.headers.get(header::AUTHORIZATION) {
            Some(value) => Self::from_header(value.to_str().ok()?),
            None => Self::from_query(request.uri.query()?),
        }
    }

    fn from_header(value: &str) -> Option<Self> {
        let (scheme, rest) = value.split_once(' ')?;
        match scheme {
            "Bearer" => Some(Self::Token(rest.to_owned())),
            "Basic" => Self::password(&String::from_utf8(BASE64_STANDARD.decode(rest).ok()?).ok()?),
            _ => None,
        }
    }

    /// DRP's documents write `Token`, its code and every client `token`; a value with a colon is a name and password.
    fn from_query(query: &str) -> Option<Self> {
        let pairs: Vec<(String, String)> = axum::extract::Query::try_from_uri(&format!("/?{query}").parse().ok()?)
            .map(|axum::extract::Query(pairs)| pairs)
            .ok()?;
        let (_, value) = pairs.into_iter().find(|(name, _)| name == "token" || name == "Token")?;
        Self::password(&value).or(Some(Self::Token(value)))
    }

    fn password(text: &str) -> Option<Self> {
        let (user, password) = text.split_once(':')?;
        Some(Self::Password { user: user.to_owned(), password: password.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn request(uri: &str, authorization: Option<&str>) -> Parts {
        let mut builder = Request::get(uri);
        if let Some(value) = authorization {
            builder = builder.header("authorization", value);
        }
        builder.body(()).unwrap().into_parts().0
    }

    fn ask(tokens: &Tokens, uri: &str, authorization: Option<&str>) -> Result<&'static str, Refusal> {
        tokens.authenticate(&request(uri, authorization)).map(|user| user.name)
    }

    #[test]
    fn a_token_is_as_long_as_drps_and_opens_by_header_and_by_query() {
        let tokens = Tokens::default();
        let token = tokens.issue(&USERS[0], Duration::from_secs(60)).unwrap();
        assert_eq!(token.len(), 890);
        assert_eq!(ask(&tokens, "/", Some(&format!("Bearer {token}"))), Ok("rocketskates"));
        assert_eq!(ask(&tokens, &format!("/?token={token}"), None), Ok("rocketskates"));
        assert_eq!(ask(&tokens, &format!("/?Token={token}"), None), Ok("rocketskates"));
    }

    #[test]
    fn a_name_and_password_open_by_header_and_by_query() {
        let tokens = Tokens::default();
        assert_eq!(ask(&tokens, "/", Some("Basic cm9ja2V0c2thdGVzOnIwY2tldHNrOHRz")), Ok("rocketskates"));
        assert_eq!(ask(&tokens, "/?token=rocketskates:r0cketsk8ts", None), Ok("rocketskates"));
        assert_eq!(ask(&tokens, "/?token=rocketskates%3Ar0cketsk8ts", None), Ok("rocketskates"));
    }

    #[test]
    fn the_header_wins_over_the_query() {
        let tokens = Tokens::default();
        let uri = "/?token=rocketskates:r0cketsk8ts";
        assert_eq!(ask(&tokens, uri, Some("Bearer nonsense")), Err(Refusal::BadToken));
    }

    #[test]
    fn what_cannot_be_read_counts_as_no_credentials() {
        let tokens = Tokens::default();
        for authorization in [None, Some("Bearer"), Some("Digest x"), Some("Basic ???"), Some("Basic bm9jb2xvbg==")] {
            assert_eq!(ask(&tokens, "/", authorization), Err(Refusal::NoCredentials), "{authorization:?}");
        }
    }

    #[test]
    fn a_wrong_password_is_not_a_bad_token() {
        let tokens = Tokens::default();
        assert_eq!(ask(&tokens, "/?token=rocketskates:guess", None), Err(Refusal::WrongPassword));
        assert_eq!(ask(&tokens, "/?token=guess", None), Err(Refusal::BadToken));
    }

    #[test]
    fn a_token_ends_with_its_lifetime_and_when_all_are_made_void() {
        let tokens = Tokens::default();
        let short = tokens.issue(&USERS[0], Duration::ZERO).unwrap();
        assert_eq!(ask(&tokens, &format!("/?token={short}"), None), Err(Refusal::BadToken));
        let long = tokens.issue(&USERS[0], Duration::from_secs(60)).unwrap();
        tokens.expire();
        assert_eq!(ask(&tokens, &format!("/?token={long}"), None), Err(Refusal::BadToken));
    }
}
