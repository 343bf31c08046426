//! What the driver does once a frame has shown what happened, in the order in which it was asked for: nothing of it can
//! hold up the alarm, and the code for it is a part that comes later.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use connection::endpoint::Endpoint;
use connection::evidence::Reach;
use connection::machine::{ConnectionId, Effect, Event, SignInAnswer, TOKEN_TTL_S, TokenLife};
use connection::service::{LossCount, REQUEST_LIMIT};
use connection::time::SECOND;
use connection::verdict::Judge;
use wasm_bindgen_futures::spawn_local;

use super::abort::Abort;
use super::host_page::Gap;
use super::http::{self, TokenReply};
use super::{Credentials, Driver, clock, session, store};
use crate::browser;
use crate::part::{Missing, part};

/// How long the request that raises the browser's question may take, in milliseconds: the browser holds it back until the
/// person has answered, and after it the portal tries again even if they have not.
const QUESTION_LIMIT: u64 = 12 * SECOND;

/// One thing to do.
pub(super) enum Errand {
    /// An effect of the machine's.
    Perform(Effect),
    /// Raise the browser's question about local networks.
    AskPermission,
}

impl Errand {
    /// Whether somebody waits for it. The others are done whenever the part for them is there.
    fn is_needed(&self) -> bool {
        match self {
            Self::AskPermission => true,
            Self::Perform(effect) => {
                matches!(effect, Effect::SignIn(_) | Effect::Knock(_) | Effect::RefreshToken | Effect::Diagnose)
            }
        }
    }
}

/// What waits to be done.
#[derive(Default)]
pub(super) struct Errands {
    waiting: RefCell<Vec<Errand>>,
    asked: Cell<bool>,
    missing: Cell<bool>,
    recalled: Cell<bool>,
}

impl Driver {
    /// Does it after the next frame, or with what else is done before.
    pub(super) fn errand(self: &Rc<Self>, errand: Errand) {
        self.errands.waiting.borrow_mut().push(errand);
        if !self.errands.asked.replace(true) {
            let driver = Rc::clone(self);
            browser::after_frame(move || driver.begin_errands());
        }
    }

    /// No checks are wanted any more.
    pub(super) fn forget_diagnosis(&self) {
        self.errands.waiting.borrow_mut().retain(|it| !matches!(it, Errand::Perform(Effect::Diagnose)));
        self.say_missing();
    }

    /// Says on the page that the part is missing, while somebody waits for it.
    fn say_missing(&self) {
        let needed = self.errands.waiting.borrow().iter().any(Errand::is_needed);
        Gap::Errands.show(needed && self.errands.missing.get());
    }

    /// Has what waits done now, if anything does.
    pub(super) fn begin_errands(self: &Rc<Self>) {
        self.errands.asked.set(false);
        if !self.errands.waiting.borrow().is_empty() {
            let driver = Rc::clone(self);
            spawn_local(async move { _ = driver.do_errands().await });
        }
    }

    /// Does what waits. Where the part for it cannot be fetched it goes on waiting until somebody has another try made, and
    /// the page says so; a try to connect does not wait for it.
    pub(crate) async fn do_errands(self: &Rc<Self>) -> Result<(), Missing> {
        let came = perform(Rc::clone(self)).await;
        self.errands.missing.set(came.is_err());
        if came.is_err() {
            self.give_up_tries();
        }
        self.say_missing();
        came
    }

    /// Goes on without the steps before a socket that cannot be made: nobody has asked the endpoint, so the socket itself does.
    fn give_up_tries(self: &Rc<Self>) {
        let waiting = self.errands.waiting.take();
        for errand in waiting {
            match errand {
                Errand::Perform(Effect::SignIn(id)) => {
                    self.dispatch(Event::SignInAnswered(id, SignInAnswer::Unanswered));
                }
                Errand::Perform(Effect::Knock(id)) => self.dispatch(Event::Knocked(id, Reach::Arrived { ms: 0 })),
                other @ (Errand::Perform(_) | Errand::AskPermission) => {
                    self.errands.waiting.borrow_mut().push(other);
                }
            }
        }
    }
}

part! {
    errands, fetch fetch,
    /// Does what waits.
    fn perform(driver: Rc<Driver>) -> () {
        driver.recall();
        for errand in driver.errands.waiting.take() {
            driver.run(errand);
        }
    }
}

/// The errands themselves; they and what they need are the part.
impl Driver {
    fn run(self: &Rc<Self>, errand: Errand) {
        match errand {
            Errand::AskPermission => self.raise_question(),
            Errand::Perform(effect) => match effect {
                Effect::SignIn(id) => self.sign_in(id),
                Effect::Knock(id) => self.knock(id),
                Effect::RefreshToken => self.refresh_token(),
                Effect::Diagnose => self.diagnose(),
                Effect::Inspect(id) => self.inspect(id),
                Effect::Remember(endpoint, certificate) => store::remember_certificate(&endpoint, certificate),
                Effect::Save => store::save_history(self.machine.borrow().history()),
                Effect::Count(loss) => self.count(loss),
                Effect::Open(_)
                | Effect::Discard(..)
                | Effect::Subscribe(_)
                | Effect::Ping(_)
                | Effect::Forget
                | Effect::CancelDiagnosis => {}
            },
        }
    }

    /// Gives the machine, once, what the first part has not: how evidence is judged, and the losses that an earlier page of this
    /// tab has left. Asks the portal's server what it offers.
    fn recall(self: &Rc<Self>) {
        if !self.errands.recalled.replace(true) {
            let mut machine = self.machine.borrow_mut();
            machine.judge_by(Judge::ONLY);
            machine.recall(store::history());
            drop(machine);
            self.tell_watcher();
            self.begin_asking_config();
        }
    }

    /// Asks for a token by the password, and keeps it for this tab if the try is still wanted when it comes.
    fn sign_in(self: &Rc<Self>, id: ConnectionId) {
        let Some(endpoint) = self.endpoint().filter(|_| self.is_live(id)) else { return };
        let Credentials::Password { user, password } = self.credentials.borrow().clone() else { return };
        let abort = self.begin_request();
        let driver = Rc::clone(self);
        spawn_local(async move {
            let basic = http::basic(&user, &password);
            let answer = http::token(&endpoint, &basic, &user, TOKEN_TTL_S, &abort).await;
            if !driver.is_live(id) {
                return;
            }
            let answer = match answer {
                TokenReply::Token(token) => SignInAnswer::Token(driver.keep_token(&endpoint, user, token)),
                TokenReply::Refused(reach) => SignInAnswer::Refused(reach),
                TokenReply::Unanswered => SignInAnswer::Unanswered,
            };
            driver.dispatch(Event::SignInAnswered(id, answer));
        });
    }

    /// Asks whether anything answers at the endpoint, in place of a socket.
    fn knock(self: &Rc<Self>, id: ConnectionId) {
        let Some(endpoint) = self.endpoint().filter(|_| self.is_live(id)) else { return };
        let abort = self.begin_request();
        let driver = Rc::clone(self);
        spawn_local(async move {
            let reach = http::opaque(&endpoint.info_url(), REQUEST_LIMIT, &abort).await;
            driver.dispatch(Event::Knocked(id, reach));
        });
    }

    /// The request before a socket: at most one, and it ends with the try.
    fn begin_request(&self) -> Abort {
        let abort = Abort::new();
        if let Some(before) = self.opening.replace(Some(abort.clone())) {
            before.abort();
        }
        abort
    }

    fn keep_token(&self, endpoint: &Endpoint, user: String, token: String) -> TokenLife {
        let life = TokenLife { issued: clock::now().wall, ttl: TOKEN_TTL_S * 1_000 };
        let credentials = Credentials::Token { user: Some(user), token, life: Some(life) };
        session::save(endpoint, &credentials);
        self.credentials.replace(credentials);
        life
    }

    fn refresh_token(self: &Rc<Self>) {
        let Credentials::Token { user: Some(user), token, .. } = self.credentials.borrow().clone() else { return };
        let Some(endpoint) = self.endpoint() else { return };
        let driver = Rc::clone(self);
        spawn_local(async move {
            let bearer = format!("Bearer {token}");
            let answer = http::token(&endpoint, &bearer, &user, TOKEN_TTL_S, &Abort::new()).await;
            // Who has signed in otherwise meanwhile, or out, keeps what they have.
            let unchanged = driver.credentials.borrow().token() == Some(token.as_str());
            if let (TokenReply::Token(fresh), true) = (answer, unchanged) {
                let life = driver.keep_token(&endpoint, user, fresh);
                driver.dispatch(Event::TokenRefreshed(life));
            }
        });
    }

    pub(super) fn begin_asking_config(self: &Rc<Self>) {
        let driver = Rc::clone(self);
        spawn_local(async move { driver.ask_config().await });
    }

    /// Asks the portal's server what it offers.
    async fn ask_config(&self) {
        // A second answer may be none where the first was one.
        if let Some(config) = http::config().await {
            self.config.replace(Some(config));
            self.tell_watcher();
        }
    }

    fn raise_question(self: &Rc<Self>) {
        let Some(endpoint) = self.endpoint() else { return };
        let driver = Rc::clone(self);
        spawn_local(async move {
            // The request itself raises the question; only its being made counts.
            let _ = http::opaque(&endpoint.info_url(), QUESTION_LIMIT, &Abort::new()).await;
            driver.dispatch(Event::PermissionAnswered(endpoint));
        });
    }

    fn inspect(self: &Rc<Self>, id: ConnectionId) {
        let Some(endpoint) = self.endpoint().filter(|it| it.is_secure() && self.is_live(id)) else { return };
        if !self.has_server() {
            return;
        }
        let driver = Rc::clone(self);
        spawn_local(async move {
            let Some(probe) = http::diagnosis(&endpoint, &Abort::new()).await.ok() else { return };
            driver.dispatch(Event::Inspected(id, Box::new(probe)));
        });
    }

    /// Whether a server of the portal's can be asked. It is asked as long as nobody has said that there is none.
    pub(super) fn has_server(&self) -> bool {
        self.config.borrow().as_ref().is_none_or(|it| it.diagnosis)
    }

    /// Tells the portal's server of a loss, if it counts them. It is only counted, so nothing waits for it.
    fn count(self: &Rc<Self>, loss: LossCount) {
        let driver = Rc::clone(self);
        spawn_local(async move {
            if driver.config.borrow().is_none() {
                driver.ask_config().await;
            }
            if driver.config().is_some_and(|it| it.losses) {
                http::count(&loss).await;
            }
        });
    }
}
