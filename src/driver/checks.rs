//! The checks of a diagnosis: all at once, each within its time limit, each reporting one [`Observation`]. What is still
//! under way when the connection returns is ended and its answer dropped.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use connection::endpoint::Endpoint;
use connection::evidence::{Observation, Permission, Reach, ServerCheck};
use connection::machine::Event;
use connection::service::REQUEST_LIMIT;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::abort::Abort;
use super::{Driver, host_page, http, store};
use crate::browser::window;

/// The run that may report; an older one may not.
#[derive(Default)]
pub(super) struct Run {
    number: Cell<u32>,
    abort: RefCell<Option<Abort>>,
}

impl Run {
    pub(super) fn cancel(&self) {
        self.number.set(self.number.get().wrapping_add(1));
        if let Some(abort) = self.abort.take() {
            abort.abort();
        }
    }

    fn begin(&self) -> (u32, Abort) {
        self.cancel();
        let abort = Abort::new();
        self.abort.replace(Some(abort.clone()));
        (self.number.get(), abort)
    }
}

impl Driver {
    pub(super) fn diagnose(self: &Rc<Self>) {
        let Some(endpoint) = self.endpoint() else { return };
        let (run, abort) = self.checks.begin();
        let report = {
            let driver = Rc::clone(self);
            move |observation| {
                if driver.checks.number.get() == run {
                    driver.dispatch(Event::Seen(observation));
                }
            }
        };
        report(Observation::Network(window().navigator().on_line()));
        if self.config.borrow().is_none() {
            self.begin_asking_config();
        }
        let has_server = self.has_server();
        report(Observation::MixedContent(endpoint.is_mixed_content(host_page::is_secure(), self.client().browser)));

        spawn_local({
            let (report, abort) = (report.clone(), abort.clone());
            async move { report(Observation::Portal(http::portal(has_server, &abort).await)) }
        });
        spawn_local({
            let (report, endpoint) = (report.clone(), endpoint.clone());
            async move { report(Observation::Permission(permission(&endpoint).await)) }
        });
        spawn_local({
            let (driver, report, endpoint, abort) = (Rc::clone(self), report.clone(), endpoint.clone(), abort.clone());
            async move {
                let server_check = if has_server { server(&endpoint, &abort).await } else { ServerCheck::Absent };
                let seen = driver.machine.borrow().diagnosis().fresh_evidence();
                if seen.wants_another_ask(&server_check) {
                    report(Observation::Opaque(http::opaque(&endpoint.info_url(), REQUEST_LIMIT, &abort).await));
                    driver.ask(&endpoint, &abort, &report).await;
                }
                report(Observation::Server(server_check));
            }
        });
        spawn_local({
            let (report, endpoint, abort) = (report.clone(), endpoint.clone(), abort.clone());
            async move {
                let reach = match endpoint.plain_http_url(host_page::is_secure()) {
                    Some(url) => Some(http::opaque(&url, REQUEST_LIMIT, &abort).await),
                    None => None,
                };
                report(Observation::PlainHttp(reach));
            }
        });
        spawn_local({
            let (report, endpoint, abort) = (report.clone(), endpoint.clone(), abort.clone());
            async move { report(Observation::Opaque(http::opaque(&endpoint.info_url(), REQUEST_LIMIT, &abort).await)) }
        });
        let driver = Rc::clone(self);
        spawn_local(async move { driver.ask(&endpoint, &abort, &report).await });
    }

    /// The requests whose answers the page can read: without credentials, then with the token.
    async fn ask(&self, endpoint: &Endpoint, abort: &Abort, report: &impl Fn(Observation)) {
        let info = http::info(endpoint, None, abort).await;
        report(Observation::Info(info));
        // The policy is reported after the request that it blocked.
        report(Observation::Csp(self.csp.against(endpoint)));
        let bearer = self.credentials.borrow().token().map(|token| format!("Bearer {token}"));
        let reach = match bearer {
            // Who waited in vain once does not wait a second time.
            Some(_) if matches!(info, Reach::TimedOut { .. }) => Some(info),
            Some(bearer) => Some(http::info(endpoint, Some(&bearer), abort).await),
            None => None,
        };
        report(Observation::SignedIn(reach));
    }
}

async fn server(endpoint: &Endpoint, abort: &Abort) -> ServerCheck {
    match http::diagnosis(endpoint, abort).await {
        Ok(probe) => ServerCheck::Looked { probe: Box::new(probe), known: store::certificate(endpoint) },
        Err(server_check) => server_check,
    }
}

/// Asks for the permission's state under the names that browsers have given it, the newest first.
async fn permission(endpoint: &Endpoint) -> Permission {
    let newest = if endpoint.is_loopback() { "loopback-network" } else { "local-network" };
    for name in [newest, "local-network-access"] {
        if let Some(state) = query(name).await {
            return match state.as_str() {
                "granted" => Permission::Granted,
                "denied" => Permission::Denied,
                _ => Permission::Prompt,
            };
        }
    }
    Permission::Unsupported
}

/// `navigator.permissions.query({name})`; `None` where the browser does not know the name.
async fn query(name: &str) -> Option<String> {
    let permissions = js_sys::Reflect::get(&window().navigator(), &"permissions".into()).ok()?;
    let permissions = permissions.dyn_into::<web_sys::Permissions>().ok()?;
    let descriptor = js_sys::Object::new();
    js_sys::Reflect::set(&descriptor, &"name".into(), &JsValue::from_str(name)).ok()?;
    let status = JsFuture::from(permissions.query(&descriptor).ok()?).await.ok()?;
    js_sys::Reflect::get(&status, &"state".into()).ok()?.as_string()
}
