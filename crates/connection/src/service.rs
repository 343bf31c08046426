//! The messages between the page and the portal's server, beside [`crate::probe`].

use serde::{Deserialize, Serialize};

use crate::time::SECOND;

/// The time limit of one request to the endpoint, in milliseconds: below [`crate::machine::CONNECT_TIMEOUT`], so that a
/// request for a token ends before the try that it belongs to.
pub const REQUEST_LIMIT: u64 = 8 * SECOND;
/// The time limit of a request that has the server look, in milliseconds: the look takes ten seconds at the most, and its
/// answer has to come back.
pub const LOOK_LIMIT: u64 = 12 * SECOND;

/// The answer of `GET /api/config`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Config {
    /// The endpoints that the operator named at start, in that order, each as `https://host:8092`.
    pub endpoints: Vec<String>,
    /// The server's version.
    pub version: String,
    /// Whether `GET /api/diagnosis` is there, and with it the portal's own server; a host of files says no.
    pub diagnosis: bool,
    /// Whether `POST /api/losses` is there.
    pub losses: bool,
}

/// What the answer of `GET /api/config` holds beside [`Config`]. The gallery alone reads it, so the portal does not carry
/// it along.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Simulators {
    /// The controls of the simulators beside the portal, in the order of the command line, each as
    /// `http://127.0.0.1:8093`; empty where there are none.
    #[serde(default)]
    pub simulators: Vec<String>,
}

/// The body of `POST /api/losses`: one loss to be counted. It has no free text on purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LossCount {
    /// An endpoint of [`Config::endpoints`]; another one is counted as `other`.
    pub endpoint: String,
    /// The close code that the page saw.
    pub code: u16,
    /// The id of the cause that the page's verdict named, such as `expired`; absent when there was none.
    pub cause: Option<String>,
}

/// The body of every answer of the server's API that is not 2xx.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What is wrong and what would be right, one sentence for people.
    pub error: String,
}
