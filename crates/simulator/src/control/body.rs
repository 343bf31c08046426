//! What the control takes: JSON whatever its content type, where a missing body is an empty object.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Problem;
use crate::connection::Cut;
use crate::simulator::{Tls, Violation};

pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state).await.map_err(|error| Problem::Request(error.body_text()))?;
        let json: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        serde_json::from_slice(json).map(Self).map_err(|error| Problem::Request(error.to_string()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Close {
    /// Null is a choice, leaving it out is a mistake.
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) code: Option<u16>,
    #[serde(default)]
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct How {
    #[serde(default = "fin")]
    pub(super) how: Cut,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Restart {
    #[serde(default = "two_seconds")]
    pub(super) down_ms: u64,
    #[serde(default = "fin")]
    pub(super) how: Cut,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Violate {
    pub(super) kind: Violation,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Message {
    pub(super) text: Option<String>,
    pub(super) binary_base64: Option<String>,
    pub(super) size: Option<usize>,
    pub(super) binary: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Events {
    pub(super) rate: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Certificate {
    pub(super) tls: Tls,
    #[serde(default)]
    pub(super) cut: bool,
}

fn fin() -> Cut {
    Cut::Fin
}

fn two_seconds() -> u64 {
    2_000
}
