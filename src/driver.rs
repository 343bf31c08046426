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

use connection::close_code::CloseCode;
use connection::command;
use connection::endpoint::Endpoint;
use connection::machine::{Close, ConnectionId, Effect, Event, GivenUp, Machine, TokenLife};
use connection::service::Config;
use connection::time::Moment;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub use clock::Now;
pub use credentials::Credentials;
use feed::Feed;
use http::{Abort, TokenAnswer};
use socket::Socket;

/// How long a new token is asked to last, in seconds: one hour, DRP's own default.
const TOKEN_TTL: u64 = 3_600;

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
    socket: RefCell<Option<(ConnectionId, Socket)>>,
    opening: RefCell<Option<Abort>>,
    credentials: RefCell<Credentials>,
    timer: Cell<Option<(u64, TimeoutHandle)>>,
    checks: checks::Run,
    csp: csp::Violations,
}

impl Driver {
    /// Starts listening to the world. Call it once, from the app's root, whose life is the page's.
    pub fn start() -> Rc<Self> {
        let driver = Rc::new(Self {
            machine: RwSignal::new(Machine::new(store::history())),
            feed: Feed::new(),
            now: Now::new(),
            config: RwSignal::new(None),
            recent: RwSignal::new(store::recent()),
            socket: RefCell::default(),
            opening: RefCell::default(),
            credentials: RefCell::default(),
            timer: Cell::default(),
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

    /// Connects with credentials that the person just gave.
    pub fn connect(self: &Rc<Self>, endpoint: Endpoint, credentials: Credentials) {
        self.credentials.replace(credentials);
        self.recent.set(store::remember(&endpoint));
        self.dispatch(Event::Connect(endpoint));
    }

    /// Raises the browser's question about local networks. Call it from a click.
    pub fn ask_permission(self: &Rc<Self>) {
        let Some(endpoint) = self.endpoint() else { return };
        let driver = Rc::clone(self);
        spawn_local(async move {
            // The request itself raises the question; only its being made counts.
            let _ = http::opaque(&endpoint.info_url(), http::LONG, &Abort::new()).await;
            driver.dispatch(Event::Retry);
        });
    }

    /// Takes one event through the machine and carries out what follows.
    pub fn dispatch(self: &Rc<Self>, event: Event) {
        let now = clock::now();
        let before = self.machine.with_untracked(host_page::Face::of);
        let effects = self.machine.try_update(|machine| machine.step(event, now, clock::random())).unwrap_or_default();
        let after = self.machine.with_untracked(host_page::Face::of);
        if after.differs(&before) {
            after.announce();
        }
        for effect in effects {
            self.perform(effect, now);
        }
        self.arm();
    }

    fn perform(self: &Rc<Self>, effect: Effect, now: Moment) {
        match effect {
            Effect::Open(id) => self.open(id),
            Effect::Discard(id, code) => self.discard(id, code),
            Effect::Subscribe(id) => {
                self.feed.connected(now, self.machine.with_untracked(|machine| machine.recovered().map(|it| it.down)));
                command::register([command::EVERYTHING]).0.iter().for_each(|command| self.send(id, command));
            }
            Effect::Ping(id) => self.send(id, command::PING),
            Effect::RefreshToken => self.refresh_token(),
            Effect::Forget => {
                self.credentials.replace(Credentials::None);
                store::forget_session();
            }
            Effect::Diagnose => self.diagnose(),
            Effect::CancelDiagnosis => self.checks.cancel(),
            Effect::Inspect => self.inspect(),
            Effect::Save => self.machine.with_untracked(|machine| store::save_history(machine.history())),
            Effect::Count(loss) => {
                http::count(loss, self.config.with_untracked(|it| it.as_ref().is_some_and(|it| it.losses)))
            }
        }
    }

    /// Sets the one timer to what the state asks for.
    fn arm(self: &Rc<Self>) {
        let now = clock::now();
        let wake = self.machine.with_untracked(|machine| machine.next_wake(now));
        let due = wake.map(|ms| now.mono.saturating_add(ms));
        let armed = self.timer.take();
        if let (Some((at, handle)), Some(due)) = (armed, due)
            && at == due
            && at > now.mono
        {
            self.timer.set(Some((at, handle)));
            return;
        }
        if let Some((_, handle)) = armed {
            handle.clear();
        }
        let Some((due, ms)) = due.zip(wake) else { return };
        let driver = Rc::downgrade(self);
        let tick = move || {
            if let Some(driver) = driver.upgrade() {
                driver.timer.set(None);
                driver.dispatch(Event::Tick);
            }
        };
        self.timer.set(set_timeout_with_handle(tick, core::time::Duration::from_millis(ms)).ok().map(|it| (due, it)));
    }

    fn endpoint(&self) -> Option<Endpoint> {
        self.machine.with_untracked(|machine| machine.endpoint().cloned())
    }

    fn is_live(&self, id: ConnectionId) -> bool {
        self.machine.with_untracked(|machine| machine.phase().live()) == Some(id)
    }

    /// A token first, if there is only a password; then the socket. Where no token can be had because nothing answers,
    /// the socket is tried all the same: its close is what the browser has to say.
    fn open(self: &Rc<Self>, id: ConnectionId) {
        let Some(endpoint) = self.endpoint() else { return };
        let credentials = self.credentials.borrow().clone();
        let (user, password) = match credentials {
            Credentials::None => return self.open_socket(id, &endpoint, None),
            Credentials::Token { token, .. } => return self.open_socket(id, &endpoint, Some(&token)),
            Credentials::Password { user, password } => (user, password),
        };
        let abort = Abort::new();
        self.opening.replace(Some(abort.clone()));
        let driver = Rc::clone(self);
        spawn_local(async move {
            let answer = http::token(&endpoint, &http::basic(&user, &password), &user, TOKEN_TTL, &abort).await;
            if !driver.is_live(id) {
                return;
            }
            match answer {
                TokenAnswer::Token(token) => {
                    driver.accept_token(&endpoint, user, token);
                    let token = driver.credentials.borrow().token().map(str::to_owned);
                    driver.open_socket(id, &endpoint, token.as_deref());
                }
                TokenAnswer::Refused(reach) => driver.dispatch(Event::Refused(id, reach)),
                TokenAnswer::Unanswered => driver.open_socket(id, &endpoint, None),
            }
        });
    }

    fn open_socket(self: &Rc<Self>, id: ConnectionId, endpoint: &Endpoint, token: Option<&str>) {
        match Socket::open(endpoint, token, id, self) {
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

    fn accept_token(self: &Rc<Self>, endpoint: &Endpoint, user: String, token: String) {
        let life = TokenLife { issued: clock::now().wall, ttl: TOKEN_TTL * 1_000 };
        let credentials = Credentials::Token { user: Some(user), token, life: Some(life) };
        store::save_session(endpoint, &credentials);
        self.credentials.replace(credentials);
        self.dispatch(Event::SignedIn(life));
    }

    fn refresh_token(self: &Rc<Self>) {
        let Credentials::Token { user: Some(user), token, .. } = self.credentials.borrow().clone() else { return };
        let Some(endpoint) = self.endpoint() else { return };
        let driver = Rc::clone(self);
        spawn_local(async move {
            let bearer = format!("Bearer {token}");
            let answer = http::token(&endpoint, &bearer, &user, TOKEN_TTL, &Abort::new()).await;
            let unchanged = driver.credentials.borrow().token() == Some(token.as_str());
            if let (TokenAnswer::Token(fresh), true) = (answer, unchanged) {
                driver.accept_token(&endpoint, user, fresh);
            }
        });
    }

    /// Goes on where the last page of this tab was.
    fn resume(self: &Rc<Self>) {
        let Some((endpoint, credentials)) = store::session() else { return };
        if host_page::preselected().is_some_and(|asked| Endpoint::parse(&asked).ok().as_ref() != Some(&endpoint)) {
            return;
        }
        let life = credentials.life();
        self.credentials.replace(credentials);
        if let Some(life) = life {
            self.dispatch(Event::SignedIn(life));
        }
        self.dispatch(Event::Connect(endpoint));
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
            if let Some(leaf) = probe.tls.passed().and_then(|tls| tls.chain.first()) {
                store::remember_fingerprint(&endpoint, &leaf.fingerprint);
            }
            driver.dispatch(Event::Inspected(Box::new(probe)));
        });
    }
}
