//! The shell around the pure machine: what happens in the browser becomes an [`Event`], each [`Effect`] is carried out
//! by one arm of `Shell::perform`. Nothing else opens a socket, sets a timer or asks the endpoint, but
//! for the page's own script, whose socket is taken over or closed at the start ([`early`]).
//!
//! It is the first part of the program, which is there before the framework: nothing in it knows Leptos. What has time
//! until a frame is painted, or until another part has come, is an errand ([`errands`]).

mod abort;
mod browser_events;
mod button;
mod checks;
pub(crate) mod clock;
mod credentials;
mod csp;
mod early;
mod errands;
pub mod feed;
pub mod host_page;
mod http;
pub(crate) mod recent;
mod session;
mod socket;
mod store;

use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use connection::client::Client;
use connection::close_code::CloseCode;
use connection::command;
use connection::endpoint::Endpoint;
use connection::loss::{Close, GivenUp};
use connection::machine::{ConnectionId, Effect, Event, Machine, Queue, Shell};
use connection::service::Config;
use connection::view::Summary;

use crate::browser::{self, Timeout, window};
use crate::face;
use abort::Abort;
use button::Button;
pub use credentials::Credentials;
use errands::{Errand, Errands};
use feed::Buffer;
use socket::{NotMade, Socket};
pub(crate) use store::{has_losses, losses_unread};

/// Owns everything about the connection that is not plain data.
pub struct Driver {
    machine: RefCell<Machine>,
    feed: Rc<Buffer>,
    config: RefCell<Option<Config>>,
    queue: Queue,
    announced: Cell<Summary>,
    button: Rc<Button>,
    watcher: RefCell<Option<Watcher>>,
    watcher_told: Cell<bool>,
    socket: RefCell<Option<(ConnectionId, Socket)>>,
    opening: RefCell<Option<Abort>>,
    credentials: RefCell<Credentials>,
    timer: Cell<Option<(u64, Timeout)>>,
    /// When the browser last said that another page was asked for, by the clock that never jumps.
    navigating: Cell<Option<u64>>,
    errands: Errands,
    checks: checks::Run,
    csp: csp::Violations,
}

/// Whoever is told of changes.
type Watcher = Rc<dyn Fn(&Driver)>;

impl Driver {
    /// Starts listening to the world, and goes on where the last page of this tab was. Call it once.
    pub fn start() -> Rc<Self> {
        let client = Client::of(&window().navigator().user_agent().unwrap_or_default());
        let machine = Machine::without_judge().with_client(client);
        let driver = Rc::new(Self {
            queue: Queue::default(),
            announced: Cell::new(Summary::of(&machine)),
            machine: RefCell::new(machine),
            feed: Rc::default(),
            config: RefCell::default(),
            button: Button::find(),
            watcher: RefCell::default(),
            watcher_told: Cell::new(true),
            socket: RefCell::default(),
            opening: RefCell::default(),
            credentials: RefCell::default(),
            timer: Cell::default(),
            navigating: Cell::default(),
            errands: Errands::default(),
            checks: checks::Run::default(),
            csp: csp::Violations::listen(),
        });
        browser_events::listen(&driver);
        driver.resume();
        early::discard();
        driver.show();
        driver
    }

    /// The state, to be read.
    pub fn machine(&self) -> Ref<'_, Machine> {
        self.machine.borrow()
    }

    /// What the socket brings.
    pub fn feed(&self) -> &Rc<Buffer> {
        &self.feed
    }

    /// What the portal's server offers; `None` until it has answered.
    pub fn config(&self) -> Option<Config> {
        self.config.borrow().clone()
    }

    /// Has `act` called once a frame has been painted that shows a change on the megaphone, in place of who watched before.
    pub fn watch(&self, act: impl Fn(&Self) + 'static) {
        self.watcher.replace(Some(Rc::new(act)));
        self.tell_watcher();
    }

    /// Tells who watches what has changed since the last time.
    pub fn tell_watcher(&self) {
        self.watcher_told.set(true);
        let watcher = self.watcher.borrow().clone();
        if let Some(act) = watcher {
            act(self);
        }
    }

    /// Has a press on the megaphone call `act`, and at once if there was one already.
    pub(crate) fn opens(&self, act: impl Fn() + 'static) {
        self.button.opens(act);
    }

    /// Who signed in last, if the portal knows.
    pub fn user(&self) -> Option<String> {
        self.credentials.borrow().user().map(str::to_owned)
    }

    /// Connects with credentials that the person just gave, or that this tab has kept.
    pub fn connect(self: &Rc<Self>, endpoint: Endpoint, credentials: Credentials) {
        let credential = credentials.known();
        self.credentials.replace(credentials);
        self.dispatch(Event::Connect(endpoint, credential));
    }

    /// Raises the browser's question about local networks. Call it from a click.
    pub(crate) fn ask_permission(self: &Rc<Self>) {
        self.errand(Errand::AskPermission);
    }

    /// Takes one event through the machine and carries out what follows; from within another event, after that one.
    pub fn dispatch(self: &Rc<Self>, event: Event) {
        self.queue.dispatch(event, &Around(self));
    }

    fn endpoint(&self) -> Option<Endpoint> {
        self.machine.borrow().endpoint().cloned()
    }

    fn client(&self) -> Client {
        self.machine.borrow().client()
    }

    /// Whether another page was asked for within so many milliseconds.
    fn is_navigating(&self, within: u64) -> bool {
        self.navigating.get().is_some_and(|since| clock::now().mono.saturating_sub(since) < within)
    }

    fn is_live(&self, id: ConnectionId) -> bool {
        self.machine.borrow().phase().live() == Some(id)
    }

    fn open_socket(self: &Rc<Self>, id: ConnectionId) {
        let Some(endpoint) = self.endpoint().filter(|_| self.is_live(id)) else { return };
        let token = self.credentials.borrow().token().map(str::to_owned);
        match Socket::open(&endpoint, token.as_deref(), id, self) {
            Ok(socket) => {
                self.socket.replace(Some((id, socket)));
            }
            Err(NotMade) => self.dispatch(Event::Closed(id, Close::given_up(GivenUp::NotMade))),
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

    /// Goes on where the last page of this tab was.
    fn resume(self: &Rc<Self>) {
        let Some((endpoint, credentials)) = session::read() else { return };
        if host_page::preselected().is_some_and(|asked| Endpoint::parse(&asked).ok().as_ref() != Some(&endpoint)) {
            return;
        }
        self.connect(endpoint, credentials);
    }

    /// Shows the state on the megaphone, and later to everybody else.
    fn show(self: &Rc<Self>) {
        self.button.show(&self.announced.get());
        if self.watcher_told.replace(false) {
            let driver = Rc::clone(self);
            browser::after_frame(move || {
                face::show_in_tab(driver.announced.get().alarm);
                if !driver.watcher_told.get() {
                    driver.tell_watcher();
                }
            });
        }
    }
}

/// The driver as the machine's shell.
struct Around<'a>(&'a Rc<Driver>);

impl Shell for Around<'_> {
    fn step(&self, event: Event) -> Vec<Effect> {
        self.0.machine.borrow_mut().step(event, clock::now(), clock::random())
    }

    fn perform(&self, effect: Effect) {
        match effect {
            Effect::Open(id) => self.0.open_socket(id),
            Effect::Discard(id, code) => self.0.discard(id, code),
            Effect::Subscribe(id) => {
                let away = self.0.machine.borrow().recovered().map(|it| it.down);
                self.0.feed.connected(clock::now(), away);
                self.0.send(id, command::REGISTER);
            }
            Effect::Ping(id) => self.0.send(id, command::PING),
            Effect::Forget => {
                self.0.credentials.replace(Credentials::None);
                session::forget();
            }
            Effect::CancelDiagnosis => {
                self.0.forget_diagnosis();
                self.0.checks.cancel();
            }
            Effect::SignIn(_)
            | Effect::Knock(_)
            | Effect::RefreshToken
            | Effect::Diagnose
            | Effect::Inspect(_)
            | Effect::Remember(..)
            | Effect::Save
            | Effect::Count(_) => self.0.errand(Errand::Perform(effect)),
        }
    }

    fn announce(&self) {
        let summary = Summary::of(&self.0.machine.borrow());
        let news = summary.is_news_after(&self.0.announced.replace(summary));
        self.0.show();
        if news {
            host_page::announce(&summary);
        }
    }

    /// Sets the one timer to what the state asks for.
    fn arm(&self) {
        let now = clock::now();
        let wake = self.0.machine.borrow().next_wake(now);
        let due = wake.map(|ms| now.mono.saturating_add(ms));
        let armed = self.0.timer.take();
        if let (Some((at, timeout)), Some(due)) = (armed, due)
            && at == due
            && at > now.mono
        {
            self.0.timer.set(Some((at, timeout)));
            return;
        }
        let Some((due, ms)) = due.zip(wake) else { return };
        let driver = Rc::downgrade(self.0);
        let tick = move || {
            if let Some(driver) = driver.upgrade() {
                driver.timer.set(None);
                driver.dispatch(Event::Tick);
            }
        };
        self.0.timer.set(Some((due, Timeout::set(ms, tick))));
    }
}
