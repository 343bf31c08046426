//! Every request that the page makes, each with a time limit and without the browser's own credentials.

use std::cell::Cell;
use std::rc::Rc;

use connection::endpoint::Endpoint;
use connection::evidence::{Body, PortalCheck, Reach, ServerCheck};
use connection::probe::Probe;
use connection::service::{Config, LOOK_LIMIT, LossCount, REQUEST_LIMIT};
use connection::time::Moment;
use gloo_net::http::{Method, Request, RequestBuilder, Response};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use web_sys::{AbortController, AbortSignal, RequestCache, RequestCredentials, RequestMode};

use super::abort::Abort;
use super::clock;
use crate::browser::{Timeout, document, window};

/// How a request ended without an answer.
pub(super) enum Unanswered {
    Failed { ms: u32 },
    TimedOut { ms: u32 },
}

impl From<Unanswered> for Reach {
    fn from(it: Unanswered) -> Self {
        match it {
            Unanswered::Failed { ms } => Reach::Failed { ms },
            Unanswered::TimedOut { ms } => Reach::TimedOut { ms },
        }
    }
}

/// What the endpoint said to a request for a token.
pub(super) enum TokenReply {
    Token(String),
    Refused(Reach),
    Unanswered,
}

/// Asks for a token that lasts `ttl` seconds, by `authorization`.
pub(super) async fn token(endpoint: &Endpoint, authorization: &str, user: &str, ttl: u64, abort: &Abort) -> TokenReply {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Token {
        token: String,
    }
    let user = String::from(js_sys::encode_uri_component(user));
    let url = format!("{endpoint}/api/v3/users/{user}/token?ttl={ttl}");
    let request = |signal: &AbortSignal| plain(&url, signal).header("Authorization", authorization);
    let Ok(answer) = fetch(request, REQUEST_LIMIT, abort).await else { return TokenReply::Unanswered };
    let status = answer.response.status();
    if status != 200 {
        return TokenReply::Refused(reach(answer).await);
    }
    let Ok(text) = answer.text().await else { return TokenReply::Unanswered };
    match serde_json::from_str::<Token>(&text) {
        Ok(Token { token }) => TokenReply::Token(token),
        Err(_) => TokenReply::Refused(Reach::Answered { status, body: Body::Foreign, ms: answer.ms }),
    }
}

/// The value of `Authorization` for a user and password, which may hold any characters.
pub(super) fn basic(user: &str, password: &str) -> String {
    // `btoa` takes one character a byte.
    let bytes: String = format!("{user}:{password}").bytes().map(char::from).collect();
    format!("Basic {}", window().btoa(&bytes).unwrap_or_default())
}

/// `GET` of the endpoint's info, readable across origins, with `authorization` or none.
pub(super) async fn info(endpoint: &Endpoint, authorization: Option<&str>, abort: &Abort) -> Reach {
    let url = endpoint.info_url();
    let request = |signal: &AbortSignal| match authorization {
        Some(value) => plain(&url, signal).header("Authorization", value),
        None => plain(&url, signal),
    };
    match fetch(request, REQUEST_LIMIT, abort).await {
        Ok(answer) => reach(answer).await,
        Err(unanswered) => unanswered.into(),
    }
}

/// The same in the mode in which the browser tells only whether something arrived.
pub(super) async fn opaque(url: &str, limit: u64, abort: &Abort) -> Reach {
    match fetch(|signal| plain(url, signal).mode(RequestMode::NoCors), limit, abort).await {
        Ok(Answer { ms, .. }) => Reach::Arrived { ms },
        Err(unanswered) => unanswered.into(),
    }
}

/// Whether the portal's own server answers, or the host of its files, and how far its clock is from this one.
pub(super) async fn portal(has_server: bool, abort: &Abort) -> Option<PortalCheck> {
    let url = page_url(if has_server { "healthz" } else { FILE });
    let Answer { response, ms, .. } = fetch(|signal| plain(&url, signal), REQUEST_LIMIT, abort).await.ok()?;
    let date = response.headers().get("date").map(|text| js_sys::Date::parse(&text)).filter(|ms| ms.is_finite());
    // Where a cache answers in its place, the date is that of the answer that it keeps.
    let age = response.headers().get("age").and_then(|text| text.parse::<i64>().ok()).unwrap_or_default();
    // The header counts whole seconds.
    let skew = date.map(|date| date as i64 + age.saturating_mul(1_000) + 500 - js_sys::Date::now() as i64);
    (response.ok() && !is_page(&response)).then_some(PortalCheck { ms, skew })
}

/// What lies beside the page where there is no server of the portal's.
const FILE: &str = "config.json";

/// What the portal's server offers; on a host that only has files, what `config.json` beside the page says. `None` where
/// nobody said anything: a server that is away or busy now has not said that there is none.
pub(super) async fn config() -> Option<Config> {
    match config_at("api/config").await {
        Said::Config(config) => Some(config),
        Said::NotThere => match config_at(FILE).await {
            Said::Config(config) => Some(config),
            Said::NotThere | Said::Nothing => None,
        },
        Said::Nothing => None,
    }
}

/// How a request for the configuration ended.
enum Said {
    Config(Config),
    /// There is no such address, or a page in its place.
    NotThere,
    Nothing,
}

async fn config_at(path: &str) -> Said {
    let url = page_url(path);
    let answer = fetch(|signal| plain(&url, signal), REQUEST_LIMIT, &Abort::new()).await;
    let Ok(answer) = answer else { return Said::Nothing };
    match answer.response.status() {
        200 => answer.json().await.map_or(Said::NotThere, Said::Config),
        408 | 429 => Said::Nothing,
        400..500 => Said::NotThere,
        _ => Said::Nothing,
    }
}

/// What the portal's server sees when it looks at the endpoint.
pub(super) async fn diagnosis(endpoint: &Endpoint, abort: &Abort) -> Result<Probe, ServerCheck> {
    let endpoint = String::from(js_sys::encode_uri_component(&endpoint.to_string()));
    let url = page_url(&format!("api/diagnosis?endpoint={endpoint}"));
    let answer = fetch(|signal| plain(&url, signal), LOOK_LIMIT, abort).await.map_err(|_| ServerCheck::Away)?;
    let (status, is_page) = (answer.response.status(), is_page(&answer.response));
    let look = if status == 200 && !is_page { answer.json().await } else { None };
    look.ok_or(ServerCheck::without_a_look(status, is_page))
}

fn is_page(response: &Response) -> bool {
    response.headers().get("content-type").is_some_and(|kind| kind.starts_with("text/html"))
}

/// Tells the portal's server of a loss.
pub(super) async fn count(loss: &LossCount) {
    let url = page_url("api/losses");
    if let Ok(request) = Request::post(&url).json(loss) {
        let _ = request.send().await;
    }
}

/// An address below the page's base, wherever the portal is served.
fn page_url(path: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_else(|| "/".to_owned());
    web_sys::Url::new_with_base(path, &base).map_or_else(|_| format!("/{path}"), |url| url.href())
}

fn plain(url: &str, signal: &AbortSignal) -> RequestBuilder {
    RequestBuilder::new(url)
        .method(Method::GET)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(signal))
}

/// An answer whose head has come after `ms` milliseconds. Its body has what is left of the time.
struct Answer {
    response: Response,
    ms: u32,
    limit: Limit,
}

impl Answer {
    /// The body, unless it was cut off or did not come in time.
    async fn text(&self) -> Result<String, Unanswered> {
        self.response.text().await.map_err(|_| self.limit.ended())
    }

    /// The body as what it is meant to be; `None` for anything else.
    async fn json<T: DeserializeOwned>(&self) -> Option<T> {
        self.response.json().await.ok()
    }
}

/// Ends a request that takes longer than it may, for as long as this is kept.
struct Limit {
    start: Moment,
    late: Rc<Cell<bool>>,
    _timer: Timeout,
}

impl Limit {
    fn elapsed(&self) -> u32 {
        u32::try_from(clock::now().since(self.start)).unwrap_or(u32::MAX)
    }

    /// How a request without an answer ended.
    fn ended(&self) -> Unanswered {
        let ms = self.elapsed();
        if self.late.get() { Unanswered::TimedOut { ms } } else { Unanswered::Failed { ms } }
    }
}

/// Sends a request; gives up after `limit` milliseconds, body included, or when `abort` says so.
async fn fetch(
    request: impl FnOnce(&AbortSignal) -> RequestBuilder,
    limit: u64,
    abort: &Abort,
) -> Result<Answer, Unanswered> {
    let own = AbortController::new().map_err(|_| Unanswered::Failed { ms: 0 })?;
    let late = Rc::new(Cell::new(false));
    let timer = Timeout::set(limit, {
        let (own, late) = (own.clone(), Rc::clone(&late));
        move || {
            late.set(true);
            own.abort();
        }
    });
    let limit = Limit { start: clock::now(), late, _timer: timer };
    let signal = match &abort.0 {
        Some(outer) => AbortSignal::any(&js_sys::Array::of2(&own.signal(), &outer.signal())),
        None => own.signal(),
    };
    let answer = match request(&signal).build() {
        Ok(request) => request.send().await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(response) => Ok(Answer { response, ms: limit.elapsed(), limit }),
        Err(_) => Err(limit.ended()),
    }
}

/// What the endpoint's answer is. Nothing of its body is kept.
async fn reach(answer: Answer) -> Reach {
    let status = answer.response.status();
    match answer.text().await {
        Ok(text) => Reach::Answered { status, body: body(&text), ms: answer.ms },
        // What is no success says so in its head.
        Err(_) if status != 200 => Reach::Answered { status, body: Body::Foreign, ms: answer.ms },
        Err(unanswered) => unanswered.into(),
    }
}

/// What kind of body came.
fn body(text: &str) -> Body {
    /// The fields by which DRP's two objects are told.
    #[derive(Deserialize)]
    struct Fields {
        id: Option<IgnoredAny>,
        version: Option<IgnoredAny>,
        #[serde(rename = "Type")]
        kind: Option<IgnoredAny>,
        #[serde(rename = "Messages")]
        messages: Option<IgnoredAny>,
    }
    if text.is_empty() {
        return Body::Empty;
    }
    match serde_json::from_str(text) {
        Ok(Fields { id: Some(_), version: Some(_), .. }) => Body::Info,
        Ok(Fields { kind: Some(_), messages: Some(_), .. }) => Body::Error,
        Ok(_) | Err(_) => Body::Foreign,
    }
}
