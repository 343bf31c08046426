//! The faults that an HTTP answer can make. The routes themselves know nothing of them: they are DRP in good health.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use tokio::time::sleep;

use super::{cors, error};
use crate::auth::{Credentials, Refusal};
use crate::fault::effect::Answer;
use crate::protocol::SOCKET_PATH;
use crate::shared::Shared;

/// What a request wants, as far as faults tell requests apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Socket,
    Token,
    /// Any other part of the API.
    Call,
    /// A page, or permission to call.
    Other,
}

pub(super) async fn answer(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let Some(answer) = shared.answer() else { return next.run(request).await };
    let (parts, body) = request.into_parts();
    match response(&shared, answer, &parts).await {
        Some(response) => response,
        None => next.run(Request::from_parts(parts, body)).await,
    }
}

/// `None` when the fault leaves this request to DRP.
async fn response(shared: &Shared, answer: Answer, request: &Parts) -> Option<Response> {
    let wish = Wish::of(request);
    match answer {
        Answer::Nothing if wish == Wish::Socket => std::future::pending().await,
        Answer::Slow(delay) if wish == Wish::Socket => {
            sleep(delay).await;
            None
        }
        Answer::SignIn if matches!(wish, Wish::Socket | Wish::Call) => {
            Some(cors::opened(Refusal::NoCredentials.into_response()))
        }
        // Older tokens became void when the fault was set, so that whoever is let in has signed in since.
        Answer::TokenExpired if wish == Wish::Socket => {
            let known = shared.tokens.authenticate(request).is_ok();
            (!known).then(|| cors::opened(Refusal::BadToken.into_response()))
        }
        Answer::NoRights if wish == Wish::Socket => Some(without_rights(request)),
        Answer::NoRights if wish == Wish::Call => {
            shared.tokens.authenticate(request).is_ok().then(|| without_rights(request))
        }
        Answer::NoUpgrade { status } if wish == Wish::Socket => {
            Some(cors::opened((code(status), "The connection was not upgraded.\n").into_response()))
        }
        Answer::ClockSkew if matches!(wish, Wish::Socket | Wish::Token) || carries_token(request, wish) => {
            let answer = error::answer(StatusCode::BAD_REQUEST, "", "API_ERROR", &["Bad Request"]);
            Some(cors::opened(answer))
        }
        Answer::NotDrp { cors } => Some(page(request, StatusCode::NOT_FOUND, cors)),
        Answer::BadGateway { status, cors } => Some(page(request, code(status), cors)),
        Answer::RedirectFlood => Some(elsewhere(request)),
        Answer::WrongContentType => {
            let markup = "<script>document.title='run'</script>";
            Some(cors::opened(([(header::CONTENT_TYPE, "image/png")], markup).into_response()))
        }
        Answer::Nothing
        | Answer::Slow(_)
        | Answer::SignIn
        | Answer::TokenExpired
        | Answer::NoRights
        | Answer::NoUpgrade { .. }
        | Answer::ClockSkew => None,
    }
}

impl Wish {
    fn of(request: &Parts) -> Self {
        let path = request.uri.path();
        if request.method == Method::OPTIONS || !path.starts_with("/api/v3/") {
            Self::Other
        } else if path == SOCKET_PATH {
            Self::Socket
        } else if path.starts_with("/api/v3/users/") && path.ends_with("/token") {
            Self::Token
        } else {
            Self::Call
        }
    }
}

fn without_rights(request: &Parts) -> Response {
    cors::opened(error::no_rights(request.uri.path(), "* * *"))
}

fn carries_token(request: &Parts, wish: Wish) -> bool {
    wish == Wish::Call && matches!(Credentials::of(request), Some(Credentials::Token(_)))
}

/// What a web server or proxy in DRP's place shows. Only where it is told to does it let other pages read it.
fn page(request: &Parts, status: StatusCode, cors: bool) -> Response {
    let title = status.to_string();
    let page = Html(format!("<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"));
    let response = (status, page).into_response();
    match (cors, &request.method) {
        (true, &Method::OPTIONS) => cors::preflight(),
        (true, _) => cors::opened(response),
        (false, _) => response,
    }
}

/// Each address leads to the next, for ever.
fn elsewhere(request: &Parts) -> Response {
    let steps: u64 = request.uri.path().trim_start_matches("/elsewhere/").parse().unwrap_or(0);
    let next = format!("/elsewhere/{}", steps.saturating_add(1));
    cors::opened((StatusCode::FOUND, [(header::LOCATION, next)]).into_response())
}

/// The statuses come from the table of faults, which holds no number that is none.
fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY)
}
