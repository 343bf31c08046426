//! The simulator over plain HTTP and JSON, for programs in any language and for pages of the same machine.

mod access;
mod body;
mod list;

use std::io;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::from_fn;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{any, get, post, put};
use axum::{Json, Router};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

use crate::connection::Cut;
use crate::event::Event;
use crate::fault;
use crate::protocol::LONGEST_REASON;
use crate::simulator::{self, Simulator};
use body::Body;

/// An answer, or why there is none.
type Answer = Result<Response, Problem>;

/// Serves the control until its task is aborted.
pub(crate) async fn serve(simulator: Simulator, listener: TcpListener) {
    // Never returns an error: axum retries a failed accept.
    drop(axum::serve(listener, router(simulator)).await);
}

fn router(simulator: Simulator) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/state", get(state))
        .route("/fault", put(set_fault).delete(clear_fault))
        .route("/close", post(close))
        .route("/cut", post(cut))
        .route("/violate", post(violate))
        .route("/send", post(send))
        .route("/event", post(event))
        .route("/events", post(events))
        .route("/stop", post(stop))
        .route("/start", post(start))
        .route("/restart", post(restart))
        .route("/certificate", put(set_certificate).get(certificate))
        .route("/authority", get(authority))
        .route("/tokens/expire", post(expire_tokens))
        .route("/reset", post(reset))
        .fallback(any(unknown))
        .method_not_allowed_fallback(unknown)
        .layer(from_fn(access::loopback_pages_only))
        .with_state(simulator)
}

/// Why a request was not carried out.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The request is wrong, and this would be right.
    Request(String),
    /// There is no such thing.
    Unknown(String),
    /// The system refused.
    System(io::Error),
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, error) = match self {
            Self::Request(error) => (StatusCode::BAD_REQUEST, error),
            Self::Unknown(error) => (StatusCode::NOT_FOUND, error),
            Self::System(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        };
        (status, Json(json!({"error": error}))).into_response()
    }
}

async fn index(headers: HeaderMap) -> Response {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let answer = match accepts.contains("text/html") {
        true => Html(include_str!("control/page.html")).into_response(),
        false => Json(list::everything()).into_response(),
    };
    ([(header::VARY, "Accept")], answer).into_response()
}

async fn state(State(simulator): State<Simulator>) -> Answer {
    shown(&simulator).await
}

async fn set_fault(State(simulator): State<Simulator>, Body(body): Body<Map<String, Value>>) -> Answer {
    let (fault, existing) = fault::parse::fault(body).map_err(Problem::Request)?;
    simulator.set_fault(fault, existing).await?;
    shown(&simulator).await
}

async fn clear_fault(State(simulator): State<Simulator>) -> Answer {
    simulator.clear_fault().await?;
    shown(&simulator).await
}

async fn close(State(simulator): State<Simulator>, Body(body::Close { code, reason }): Body<body::Close>) -> Answer {
    if reason.len() > LONGEST_REASON {
        return Err(Problem::Request(format!("\"reason\" must be at most {LONGEST_REASON} bytes of UTF-8")));
    }
    if code.is_none() && !reason.is_empty() {
        return Err(Problem::Request("\"reason\" must be empty when \"code\" is null".to_owned()));
    }
    reached(simulator.close(code.map(|code| (code, reason.as_str()))))
}

async fn cut(State(simulator): State<Simulator>, Body(body::How { how }): Body<body::How>) -> Answer {
    Ok(Json(json!({"connections": simulator.cut(how).await})).into_response())
}

async fn violate(State(simulator): State<Simulator>, Body(body::Violate { kind }): Body<body::Violate>) -> Answer {
    reached(simulator.violate(kind))
}

async fn send(State(simulator): State<Simulator>, Body(message): Body<body::Message>) -> Answer {
    reached(match message {
        body::Message { text: Some(text), binary_base64: None, size: None, binary: false } => simulator.send_text(text),
        body::Message { text: None, binary_base64: Some(base64), size: None, binary: false } => {
            let bytes = BASE64_STANDARD.decode(base64);
            simulator.send_binary(bytes.map_err(|error| Problem::Request(format!("\"binary_base64\": {error}")))?)
        }
        body::Message { text: None, binary_base64: None, size: Some(size), binary } if size <= LARGEST_MESSAGE => {
            if binary {
                simulator.send_binary(vec![0xa5; size])
            } else {
                simulator.send_text("x".repeat(size))
            }
        }
        body::Message { size: Some(size), .. } if size > LARGEST_MESSAGE => {
            return Err(Problem::Request(format!("\"size\" must be a whole number from 0 to {LARGEST_MESSAGE}")));
        }
        body::Message { .. } => {
            let right = "give one of \"text\", \"binary_base64\" and \"size\"; \"binary\" belongs to \"size\"";
            return Err(Problem::Request(right.to_owned()));
        }
    })
}

/// The largest message that `/send` makes up, in bytes.
const LARGEST_MESSAGE: usize = 64 * 1024 * 1024;

async fn event(State(simulator): State<Simulator>, Body(body): Body<Map<String, Value>>) -> Answer {
    if let Some(unknown) = body.keys().find(|key| !Event::KEYS.contains(&key.as_str())) {
        return Err(Problem::Request(format!("an event has no key \"{unknown}\"; it has {:?}", Event::KEYS)));
    }
    let event: Event = serde_json::from_value(body.into()).map_err(|error| Problem::Request(error.to_string()))?;
    simulator.emit(&event);
    Ok(Json(event).into_response())
}

async fn events(State(simulator): State<Simulator>, Body(body::Events { rate }): Body<body::Events>) -> Answer {
    simulator.set_rate(rate).map_err(Problem::Request)?;
    shown(&simulator).await
}

async fn stop(State(simulator): State<Simulator>, Body(body::How { how }): Body<body::How>) -> Answer {
    simulator.stop(how).await;
    shown(&simulator).await
}

async fn start(State(simulator): State<Simulator>) -> Answer {
    simulator.listen().await?;
    shown(&simulator).await
}

async fn restart(State(simulator): State<Simulator>, Body(body): Body<body::Restart>) -> Answer {
    if body.down_ms > LONGEST_DOWN_MS {
        return Err(Problem::Request(format!("\"down_ms\" must be a whole number from 0 to {LONGEST_DOWN_MS}")));
    }
    // A task of its own: the client may hang up meanwhile, and the endpoint must come up again all the same.
    let restarting = simulator.clone();
    let down = Duration::from_millis(body.down_ms);
    let restarted = tokio::spawn(async move { restarting.restart(down, body.how).await });
    restarted.await.map_err(io::Error::other)??;
    shown(&simulator).await
}

const LONGEST_DOWN_MS: u64 = 600_000;

async fn set_certificate(
    State(simulator): State<Simulator>,
    Body(body::Certificate { tls, cut }): Body<body::Certificate>,
) -> Answer {
    simulator.set_certificate(tls).await?;
    if cut {
        simulator.cut(Cut::Fin).await;
    }
    shown(&simulator).await
}

async fn certificate(State(simulator): State<Simulator>) -> Answer {
    match simulator.certificate_der() {
        Some(der) => Ok(der_file(der)),
        None => Err(Problem::Unknown("no certificate is shown at present".to_owned())),
    }
}

async fn authority(State(simulator): State<Simulator>) -> Answer {
    Ok(der_file(simulator.authority_der()))
}

fn der_file(der: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "application/pkix-cert")], der).into_response()
}

async fn expire_tokens(State(simulator): State<Simulator>) -> Answer {
    simulator.expire_tokens();
    shown(&simulator).await
}

async fn reset(State(simulator): State<Simulator>) -> Answer {
    simulator.reset().await?;
    shown(&simulator).await
}

async fn unknown(method: Method, uri: Uri) -> Problem {
    let known: Vec<String> = list::ROUTES.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    Problem::Unknown(format!("there is no {method} {}; there are: {}", uri.path(), known.join(", ")))
}

async fn shown(simulator: &Simulator) -> Answer {
    let state: simulator::State = simulator.state().await;
    Ok(Json(state).into_response())
}

fn reached(sockets: usize) -> Answer {
    Ok(Json(json!({"sockets": sockets})).into_response())
}
