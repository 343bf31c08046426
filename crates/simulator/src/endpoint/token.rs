//! `GET /api/v3/users/NAME/token`: issues a token for a name and password.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::{error, info};
use crate::auth::USERS;
use crate::shared::Shared;

const DEFAULT_LIFETIME: Duration = Duration::from_secs(3600);

pub(super) async fn get(State(shared): State<Arc<Shared>>, Path(name): Path<String>, request: Request) -> Response {
    shared.counters.count(|counts| counts.token_requests += 1);
    let parts = request.into_parts().0;
    let asking = match shared.tokens.authenticate(&parts) {
        Ok(user) => user,
        Err(refusal) => return refusal.into_response(),
    };
    if !asking.has_rights && asking.name != name {
        return error::no_rights(parts.uri.path(), &format!("users token {name}"));
    }
    let Some(user) = USERS.iter().find(|user| user.name == name) else {
        return error::about("users", StatusCode::NOT_FOUND, &name, "GET", &["Not Found"]);
    };
    let Some(lifetime) = lifetime(parts.uri.query().unwrap_or_default()) else {
        return error::about("users", StatusCode::BAD_REQUEST, &name, "GET", &["ttl is not a number of seconds"]);
    };
    match shared.tokens.issue(user, lifetime) {
        Some(token) => Json(json!({"Token": token, "Info": info::body(shared.address)})).into_response(),
        None => error::about("users", StatusCode::BAD_REQUEST, &name, "GET", &["ttl is too long"]),
    }
}

/// A negative number gives a token that has expired already, as Go's does.
fn lifetime(query: &str) -> Option<Duration> {
    match query.split('&').find_map(|pair| pair.strip_prefix("ttl=")) {
        None => Some(DEFAULT_LIFETIME),
        Some(ttl) => {
            let seconds: i64 = ttl.parse().ok()?;
            Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_is_a_whole_number_of_seconds_and_an_hour_by_default() {
        assert_eq!(lifetime("roles=x"), Some(DEFAULT_LIFETIME));
        assert_eq!(lifetime("roles=x&ttl=3"), Some(Duration::from_secs(3)));
        assert_eq!(lifetime("ttl=-5"), Some(Duration::ZERO));
        assert_eq!(lifetime("ttl=soon"), None);
        assert_eq!(lifetime("ttl="), None);
    }
}
