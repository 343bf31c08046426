//! The simulator's control, as far as the gallery speaks to it. The portal itself never does.

use gloo_net::http::{Method, RequestBuilder};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use web_sys::AbortSignal;

/// The time limit of a request in milliseconds: a restart takes two seconds by itself.
const LIMIT: u32 = 10_000;

/// What the control can do.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Abilities {
    pub(super) faults: Vec<Fault>,
    pub(super) routes: Vec<Order>,
}

/// One fault, as the simulator's own list describes it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Fault {
    pub(super) id: String,
    pub(super) line: String,
    pub(super) params: Vec<Param>,
}

/// A parameter of a fault.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Param {
    pub(super) name: String,
    pub(super) about: String,
    #[serde(flatten)]
    pub(super) allowed: Allowed,
}

/// What a parameter may be.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(super) enum Allowed {
    Number { default: u64, min: u64, max: u64 },
    Word { default: String, one_of: Vec<String> },
    Status { default: u16, one_of: Vec<u16> },
    Flag { default: bool },
    Text { default: String },
}

/// One request that the control takes.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Order {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) line: String,
    /// A body that it takes; empty for none.
    pub(super) example: String,
}

/// What the endpoint is doing.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct State {
    pub(super) listening: bool,
    pub(super) address: String,
    pub(super) tls: String,
    pub(super) fault: Option<Map<String, Value>>,
    pub(super) sockets_open: u64,
    pub(super) upgrade_attempts: u64,
}

impl State {
    /// The fault at hand, by its id.
    pub(super) fn fault_id(&self) -> Option<&str> {
        self.fault.as_ref()?.get("id")?.as_str()
    }
}

/// Why an order was not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// Nothing answered within the time limit, or nothing that this page may read.
    Away,
    /// Something answered that is not a control.
    Foreign,
    /// The control said no, with its reason.
    Refused(String),
}

/// What the control can do.
pub(super) async fn abilities(control: &str) -> Result<Abilities, Problem> {
    ask(control, Method::GET, "/", None).await
}

/// What the endpoint is doing.
pub(super) async fn state(control: &str) -> Result<State, Problem> {
    ask(control, Method::GET, "/state", None).await
}

/// Sets a fault in place of any other.
pub(super) async fn set_fault(control: &str, fault: &Map<String, Value>) -> Result<State, Problem> {
    ask(control, Method::PUT, "/fault", serde_json::to_string(fault).ok()).await
}

/// Clears the fault, and opens the port where it was closed.
pub(super) async fn heal(control: &str) -> Result<State, Problem> {
    ask::<State>(control, Method::DELETE, "/fault", None).await?;
    ask(control, Method::POST, "/start", None).await
}

/// Sends one of the control's own orders; each answers with JSON of its own.
pub(super) async fn order(control: &str, order: &Order, body: String) -> Result<State, Problem> {
    let method = Method::from_bytes(order.method.as_bytes()).map_err(|_| Problem::Foreign)?;
    ask::<Value>(control, method, &order.path, (!body.is_empty()).then_some(body)).await?;
    state(control).await
}

async fn ask<T: DeserializeOwned>(
    control: &str,
    method: Method,
    path: &str,
    body: Option<String>,
) -> Result<T, Problem> {
    #[derive(Deserialize)]
    struct Refusal {
        error: String,
    }
    let signal = AbortSignal::timeout_with_u32(LIMIT);
    let url = format!("{control}{path}");
    let request = RequestBuilder::new(&url)
        .method(method)
        .header("Accept", "application/json")
        .cache(web_sys::RequestCache::NoStore)
        .credentials(web_sys::RequestCredentials::Omit)
        .abort_signal(Some(&signal));
    let request = match body {
        Some(body) => request.body(body),
        None => request.build(),
    };
    let response = request.map_err(|_| Problem::Away)?.send().await.map_err(|_| Problem::Away)?;
    let text = response.text().await.map_err(|_| Problem::Away)?;
    match serde_json::from_str::<Refusal>(&text) {
        Ok(Refusal { error }) if !response.ok() => Err(Problem::Refused(error)),
        Ok(_) | Err(_) => serde_json::from_str(&text).map_err(|_| Problem::Foreign),
    }
}
