//! The shell around the pure machine: what happens in the browser becomes an [`Event`], each [`Effect`] is carried out
//! by one arm of [`Driver::perform`]. Nothing else opens a socket, sets a timer or asks the endpoint.

mod browser_events;
mod checks;
mod clock;
mod credentials;
mod csp;
pub mod feed;
pub mod host_page;
mod http;
mod socket;
mod store;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use connection::client::Client;
use connection::close_code::CloseCode;
use connection::command;
use connection::endpoint::Endpoint;
use connection::evidence::KnownCertificate;
use connection::loss::{Close, GivenUp};
use connection::machine::{ConnectionId, Effect, Event, Machine, Queue, Shell, SignInAnswer, TOKEN_TTL_S, TokenLife};
use connection::service::{Config, LOOK_LIMIT, REQUEST_LIMIT};
use connection::view::Summary;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub use clock::Now;
pub use credentials::Credentials;
use feed::Feed;
use http::{Abort, TokenAnswer};
use socket::Socket;

/// Owns everything about the connection that is not plain data.
pub struct Driver {
    machine: RwSignal<Machine>,
    /// What the socket brings.
    pub feed: Feed,
    /// Time for the components that show some.
    pub now: Now,
    /// What the portal's server offers; `None` until it has answered.
    pub config: RwSignal<Option<Config>>,
    /// Endpoints that this browser connected to before, the newest first.
    pub recent: RwSignal<Vec<String>>,
    queue: Queue,
    announced: Cell<Summary>,
    socket: RefCell<Option<(ConnectionId, Socket)>>,
    opening: RefCell<Option<Abort>>,
    credentials: RefCell<Credentials>,
    timer: Cell<Option<(u64, TimeoutHandle)>>,
    /// When the browser last said that another page was asked for, by the clock that never jumps.
    navigating: Cell<Option<u64>>,
    checks: checks::Run,
    csp: csp::Violations,
}

impl Driver {
    /// Starts listening to the world. Call it once, from the app's root, whose life is the page's.
    pub fn start() -> Rc<Self> {
        let client = Client::of(&window().navigator().user_agent().unwrap_or_default());
        let machine = Machine::new(store::history()).with_client(client);
        let driver = Rc::new(Self {
            queue: Queue::default(),
            announced: Cell::new(Summary::of(&machine)),
            machine: RwSignal::new(machine),
            feed: Feed::new(),
            now: Now::new(),
            config: RwSignal::new(None),
            recent: RwSignal::new(store::recent()),
            socket: RefCell::default(),
            opening: RefCell::default(),
            credentials: RefCell::default(),
            timer: Cell::default(),
            navigating: Cell::default(),
            checks: checks::Run::default(),
            csp: csp::Violations::listen(),
        });
        browser_events::listen(&driver);
        driver.ask_config();
        driver.resume();
        driver
    }

    /// The state, to be read.
    pub fn machine(&self) -> Signal<Machine> {
        self.machine.into()
    }

    /// Who signed in last, if the portal knows.
    pub fn user(&self) -> Option<String> {
        self.credentials.borrow().user().map(str::to_owned)
    }

    /// Connects with credentials that the person just gave.
    pub fn connect(self: &Rc<Self>, endpoint: Endpoint, credentials: Credentials) {
        let credential = credentials.known();
        self.credentials.replace(credentials);
        self.recent.set(store::remember(&endpoint));
        self.dispatch(Event::Connect(endpoint, credential));
    }

    /// Raises the browser's question about local networks. Call it from a click.
    pub fn ask_permission(self: &Rc<Self>) {
        let Some(endpoint) = self.endpoint() else { return };
        let driver = Rc::clone(self);
        spawn_local(async move {
            // The request itself raises the question; only its being made counts.
            let _ = http::opaque(&endpoint.info_url(), LOOK_LIMIT, &Abort::new()).await;
            driver.dispatch(Event::Retry);
        });
    }

    /// Takes one event through the machine and carries out what follows; from within another event, after that one.
    pub fn dispatch(self: &Rc<Self>, event: Event) {
        self.queue.dispatch(event, &Around(self));
    }

    fn endpoint(&self) -> Option<Endpoint> {
        self.machine.with_untracked(|machine| machine.endpoint().cloned())
    }

    fn client(&self) -> Client {
        self.machine.with_untracked(Machine::client)
    }

    /// Whether another page was asked for within so many milliseconds.
    fn is_navigating(&self, within: u64) -> bool {
        self.navigating.get().is_some_and(|since| clock::now().mono.saturating_sub(since) < within)
    }

    fn is_live(&self, id: ConnectionId) -> bool {
        self.machine.with_untracked(|machine| machine.phase().live()) == Some(id)
    }

    /// Asks for a token by the password, and keeps it for this tab if the try is still wanted when it comes.
    fn sign_in(self: &Rc<Self>, id: ConnectionId) {
        let Some(endpoint) = self.endpoint() else { return };
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
                TokenAnswer::Token(token) => SignInAnswer::Token(driver.keep_token(&endpoint, user, token)),
                TokenAnswer::Refused(reach) => SignInAnswer::Refused(reach),
                TokenAnswer::Unanswered => SignInAnswer::Unanswered,
            };
            driver.dispatch(Event::SignInAnswered(id, answer));
        });
    }

    /// Asks whether anything answers at the endpoint, in place of a socket.
    fn knock(self: &Rc<Self>, id: ConnectionId) {
        let Some(endpoint) = self.endpoint() else { return };
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

    fn open_socket(self: &Rc<Self>, id: ConnectionId) {
        let Some(endpoint) = self.endpoint().filter(|_| self.is_live(id)) else { return };
        let token = self.credentials.borrow().token().map(str::to_owned);
        match Socket::open(&endpoint, token.as_deref(), id, self) {
            Ok(socket) => {
                self.socket.replace(Some((id, socket)));
            }
            Err(()) => self.dispatch(Event::Closed(id, Close::given_up(GivenUp::NotMade))),
        }
    }

    fn discard(&self, id: ConnectionId, code: CloseCode) {
        if let Some(abort) = self.opening.take() {
            abort.abort();
        }
        if self.socket.borrow().as_ref().is_some_and(|(live, _)| *live == id)
            && let Some((_, socket)) = self.socket.take()
        {
            socket.discard(code);
        }
    }

    fn send(&self, id: ConnectionId, command: &str) {
        if let Some((live, socket)) = self.socket.borrow().as_ref()
            && *live == id
        {
            socket.send(command);
        }
    }

    fn keep_token(&self, endpoint: &Endpoint, user: String, token: String) -> TokenLife {
        let life = TokenLife { issued: clock::now().wall, ttl: TOKEN_TTL_S * 1_000 };
        let credentials = Credentials::Token { user: Some(user), token, life: Some(life) };
        store::save_session(endpoint, &credentials);
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
            if let (TokenAnswer::Token(fresh), true) = (answer, unchanged) {
                let life = driver.keep_token(&endpoint, user, fresh);
                driver.dispatch(Event::TokenRefreshed(life));
            }
        });
    }

    /// Goes on where the last page of this tab was.
    fn resume(self: &Rc<Self>) {
        let Some((endpoint, credentials)) = store::session() else { return };
        if host_page::preselected().is_some_and(|asked| Endpoint::parse(&asked).ok().as_ref() != Some(&endpoint)) {
            return;
        }
        let credential = credentials.known();
        self.credentials.replace(credentials);
        self.dispatch(Event::Connect(endpoint, credential));
    }

    fn remember(&self, certificate: KnownCertificate) {
        if let Some(endpoint) = self.endpoint() {
            store::remember_certificate(&endpoint, certificate);
        }
    }

    fn ask_config(self: &Rc<Self>) {
        let driver = Rc::clone(self);
        spawn_local(async move {
            driver.config.set(Some(http::config().await.unwrap_or_default()));
        });
    }

    fn inspect(self: &Rc<Self>) {
        let Some(endpoint) = self.endpoint().filter(Endpoint::is_secure) else { return };
        let driver = Rc::clone(self);
        spawn_local(async move {
            let Some(probe) = http::diagnosis(&endpoint, &Abort::new()).await.ok() else { return };
            driver.dispatch(Event::Inspected(Box::new(probe)));
        });
    }
}

/// The driver as the machine's shell.
struct Around<'a>(&'a Rc<Driver>);

impl Shell for Around<'_> {
    fn step(&self, event: Event) -> Vec<Effect> {
        self.0.machine.try_update(|machine| machine.step(event, clock::now(), clock::random())).unwrap_or_default()
    }

    fn perform(&self, effect: Effect) {
        match effect {
            Effect::SignIn(id) => self.0.sign_in(id),
            Effect::Knock(id) => self.0.knock(id),
            Effect::Open(id) => self.0.open_socket(id),
            Effect::Discard(id, code) => self.0.discard(id, code),
            Effect::Subscribe(id) => {
                let away = self.0.machine.with_untracked(|machine| machine.recovered().map(|it| it.down));
                self.0.feed.connected(clock::now(), away);
                self.0.send(id, command::REGISTER);
            }
            Effect::Ping(id) => self.0.send(id, command::PING),
            Effect::RefreshToken => self.0.refresh_token(),
            Effect::Forget => {
                self.0.credentials.replace(Credentials::None);
                store::forget_session();
            }
            Effect::Diagnose => self.0.diagnose(),
            Effect::CancelDiagnosis => self.0.checks.cancel(),
            Effect::Inspect => self.0.inspect(),
            Effect::Remember(certificate) => self.0.remember(certificate),
            Effect::Save => self.0.machine.with_untracked(|machine| store::save_history(machine.history())),
            Effect::Count(loss) => {
                http::count(loss, self.0.config.with_untracked(|it| it.as_ref().is_some_and(|it| it.losses)));
            }
        }
    }

    fn announce(&self) {
        let summary = self.0.machine.with_untracked(Summary::of);
        if summary.is_news_after(&self.0.announced.replace(summary)) {
            host_page::announce(&summary);
        }
    }

    /// Sets the one timer to what the state asks for.
    fn arm(&self) {
        let now = clock::now();
        let wake = self.0.machine.with_untracked(|machine| machine.next_wake(now));
        let due = wake.map(|ms| now.mono.saturating_add(ms));
        let armed = self.0.timer.take();
        if let (Some((at, handle)), Some(due)) = (armed, due)
            && at == due
            && at > now.mono
        {
            self.0.timer.set(Some((at, handle)));
            return;
        }
        if let Some((_, handle)) = armed {
            handle.clear();
        }
        let Some((due, ms)) = due.zip(wake) else { return };
        let driver = Rc::downgrade(self.0);
        let tick = move || {
            if let Some(driver) = driver.upgrade() {
                driver.timer.set(None);
                driver.dispatch(Event::Tick);
            }
        };
        self.0.timer.set(set_timeout_with_handle(tick, core::time::Duration::from_millis(ms)).ok().map(|it| (due, it)));
    }
}
