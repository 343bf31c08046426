//! The faults that an HTTP answer can make. The routes themselves know nothing of them: they are DRP in good health.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use tokio::time::sleep;

use super::{cors, error, in_between};
use crate::auth::{Credentials, Refusal};
use crate::connection::Handle;
use crate::fault::effect::{Answer, OddUpgrade};
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

pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    Extension(handle): Extension<Arc<Handle>>,
    request: Request,
    next: Next,
) -> Response {
    let Some(answer) = shared.answer() else { return next.run(request).await };
    let (parts, body) = request.into_parts();
    match faulty_response(&shared, &answer, &parts, &handle).await {
        Some(response) => response,
        None => altered(&answer, Wish::of(&parts), next.run(Request::from_parts(parts, body)).await),
    }
}

/// The fault's answer, or `None` when it leaves this request to DRP.
async fn faulty_response(shared: &Shared, answer: &Answer, request: &Parts, handle: &Handle) -> Option<Response> {
    let wish = Wish::of(request);
    let is_upgrade = wish == Wish::Socket && request.headers.contains_key(header::UPGRADE);
    match answer {
        Answer::Nothing if wish == Wish::Socket => std::future::pending().await,
        Answer::Slow(delay) if wish == Wish::Socket => {
            sleep(*delay).await;
            None
        }
        Answer::SignIn if matches!(wish, Wish::Socket | Wish::Call) => {
            Some(cors::opened(Refusal::NoCredentials.into_response()))
        }
        // Older tokens became void when the fault was set, so a known token is one of a newer sign-in.
        Answer::TokenExpired if wish == Wish::Socket => {
            let known = shared.tokens.authenticate(request).is_ok();
            (!known).then(|| cors::opened(Refusal::BadToken.into_response()))
        }
        Answer::NoRights if wish == Wish::Socket => Some(without_rights(request)),
        Answer::NoRights if wish == Wish::Call => {
            shared.tokens.authenticate(request).is_ok().then(|| without_rights(request))
        }
        &Answer::NoUpgrade { status } if wish == Wish::Socket => {
            Some(cors::opened((code(status), "The connection was not upgraded.\n").into_response()))
        }
        Answer::ClockSkew if matches!(wish, Wish::Socket | Wish::Token) || carries_token(request, wish) => {
            let answer = error::answer(StatusCode::BAD_REQUEST, "", "API_ERROR", &["Bad Request"]);
            Some(cors::opened(answer))
        }
        &Answer::NotDrp { cors } => Some(page(request, StatusCode::NOT_FOUND, cors)),
        &Answer::BadGateway { status, cors } => Some(page(request, code(status), cors)),
        &Answer::Cloudflare { status } => Some(in_between::cloudflare(code(status))),
        &Answer::TooMany { status, retry_after, cors } => {
            let mut response = page(request, code(status), cors);
            response.headers_mut().insert(header::RETRY_AFTER, retry_after.into());
            Some(response)
        }
        Answer::LoginWall { location } => Some(redirect(StatusCode::FOUND, location)),
        Answer::Moved { status, location } => {
            let path = request.uri.path_and_query().map_or("/", |path| path.as_str());
            Some(redirect(code(*status), &format!("{location}{path}")))
        }
        Answer::CaptivePortal => Some(in_between::captive_portal()),
        &Answer::Firewall { upgrade_only } if is_upgrade || !upgrade_only => {
            Some(in_between::cloudflare(StatusCode::FORBIDDEN))
        }
        Answer::OriginRefused if is_upgrade && is_foreign(request) => {
            Some((StatusCode::FORBIDDEN, "Origin not allowed\n").into_response())
        }
        &Answer::HeadTooLarge { limit, answer } if in_between::head_length(request) > limit => {
            Some(in_between::head_too_large(answer, handle).await)
        }
        &Answer::ExactConnection { status } if is_upgrade => {
            let exact = request.headers.get(header::CONNECTION).is_some_and(|value| value == "Upgrade");
            (!exact).then(|| cors::opened((code(status), "Upgrade Required\n").into_response()))
        }
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
        | Answer::Firewall { .. }
        | Answer::OriginRefused
        | Answer::HeadTooLarge { .. }
        | Answer::ExactConnection { .. }
        | Answer::NoUpgrade { .. }
        | Answer::OddUpgrade(_)
        | Answer::Hsts { .. }
        | Answer::ClockSkew => None,
    }
}

/// DRP's answer as the fault alters it.
fn altered(answer: &Answer, wish: Wish, mut response: Response) -> Response {
    let headers = response.headers_mut();
    if let Answer::Hsts { max_age } = answer {
        let value = HeaderValue::from_str(&format!("max-age={max_age}"));
        headers.extend(value.map(|value| (header::STRICT_TRANSPORT_SECURITY, value)));
    }
    if let (Answer::OddUpgrade(how), Wish::Socket) = (answer, wish) {
        let (name, value) = odd_header(*how);
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn odd_header(how: OddUpgrade) -> (HeaderName, &'static str) {
    match how {
        // The answer to the example of RFC 6455, 1.3, and to no other key.
        OddUpgrade::WrongAccept => (header::SEC_WEBSOCKET_ACCEPT, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
        OddUpgrade::Protocol => (header::SEC_WEBSOCKET_PROTOCOL, "unasked"),
        OddUpgrade::Extension => (header::SEC_WEBSOCKET_EXTENSIONS, "x-unasked"),
    }
}

/// Whether the page that asks was served by another host or port.
fn is_foreign(request: &Parts) -> bool {
    let text = |name: HeaderName| request.headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(header::ORIGIN).map(|origin| origin.parse::<Uri>());
    match origin {
        Some(Ok(origin)) => origin.authority().map(|authority| authority.as_str()) != text(header::HOST),
        Some(Err(_)) => true,
        None => false,
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

fn redirect(status: StatusCode, location: &str) -> Response {
    let location = HeaderValue::from_str(location).unwrap_or(HeaderValue::from_static("/"));
    (status, [(header::LOCATION, location)]).into_response()
}

/// Statuses come from the fault table and are always valid.
fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY)
}
