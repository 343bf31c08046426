//! The one reducer: what happens to the connection becomes an [`Event`], [`Machine::step`] turns it into a new state
//! and a list of [`Effect`]s, and the driver carries them out.
//!
//! There is one timer, and it is derived from the state: [`Machine::next_wake`]. There is at most one socket that may
//! speak, and it is derived from the phase: [`Phase::live`]. So neither can be left over.

mod alarm;
mod diagnosis;
mod environment;
mod event;
mod phase;
mod queue;
mod sockets;
mod timers;

pub use crate::credential::{Credential, TokenLife};
pub use crate::loss::{Close, GivenUp, Outage};
pub use alarm::{Alarm, GRACE, MINIMUM};
pub use diagnosis::{Diagnosis, LOOK_EVERY, Progress, look_wait};
pub use event::{ConnectionId, Effect, Event, SignInAnswer};
pub use phase::{Liveness, Phase, Recheck};
pub use queue::{Queue, Shell};

use crate::client::Client;
use crate::close_code::CloseCode;
use crate::endpoint::Endpoint;
use crate::history::History;
use crate::probe::Certificate;
use crate::time::{MINUTE, Moment, SECOND};
use crate::verdict::Judge;

/// How long a socket may take to open, in milliseconds.
pub const CONNECT_TIMEOUT: u64 = 10 * SECOND;
const _: () = assert!(crate::service::REQUEST_LIMIT < CONNECT_TIMEOUT);
/// How long a socket may take to open where the browser itself holds it back after a failure, in milliseconds: Firefox does
/// so for up to a minute.
pub const HELD_BACK_TIMEOUT: u64 = CONNECT_TIMEOUT + MINUTE;
/// In milliseconds: a socket to an endpoint that has just answered is open sooner than this, unless something holds it back.
const OPENS_WITHIN: u64 = 2 * SECOND;
/// How long a connection must stand before the count of failed tries is reset, in milliseconds.
pub const STABLE: u64 = 5 * SECOND;
/// How long a connection must stand before a loss with the same code no longer counts as a repetition, in milliseconds.
pub const UNRELATED: u64 = MINUTE;
/// After how much silence the endpoint is asked for an answer, in milliseconds.
pub const PING_AFTER: u64 = 20 * SECOND;
/// How long the endpoint may take to answer, in milliseconds.
pub const PING_TIMEOUT: u64 = 8 * SECOND;
/// The time between two rechecks while a person is needed or the network is away, in milliseconds.
pub const RECHECK_EVERY: u64 = 30 * SECOND;
/// How long “Connected again” stays, in milliseconds.
pub const RECOVERED_SHOWN: u64 = 8 * SECOND;
/// How long a connection stands before the server is asked to look at the certificate, in milliseconds.
pub const INSPECT_AFTER: u64 = 3 * SECOND;
/// The time between two such looks, in milliseconds.
const INSPECT_EVERY: u64 = 12 * 60 * MINUTE;
/// The time between two tries to get a fresh token, in milliseconds.
const REFRESH_EVERY: u64 = 30 * SECOND;
/// How long a new token is asked to last, in seconds: one hour, DRP's own default.
pub const TOKEN_TTL_S: u64 = 3_600;

/// The state of the connection. Read it by its methods; change it by [`Machine::step`].
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    endpoint: Option<Endpoint>,
    phase: Phase,
    shown: alarm::Shown,
    outage: Option<Outage>,
    recovered: Option<Recovered>,
    diagnosis: Diagnosis,
    judge: Option<Judge>,
    history: History,
    certificate: Option<Certificate>,
    seen_healthy: bool,
    credential: Credential,
    client: Client,
    counted: bool,
    environment: environment::Environment,
    next_id: u32,
    failures: u32,
    streak: (CloseCode, u32),
    inspect_at: Option<u64>,
    refresh_at: Option<u64>,
}

/// A connection that came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// When.
    pub at: Moment,
    /// How long it had been away, in milliseconds.
    pub down: u64,
}

impl Default for Machine {
    fn default() -> Self {
        Self::new(History::default())
    }
}

impl Machine {
    /// A machine at rest, with the history that an earlier page of this tab left.
    pub fn new(history: History) -> Self {
        Self { judge: Some(Judge::ONLY), history: history.restored(), ..Self::without_judge() }
    }

    /// One that cannot judge evidence until [`Machine::judge_by`] is called, which has to be before the first check answers.
    pub fn without_judge() -> Self {
        Self {
            endpoint: None,
            phase: Phase::Idle,
            shown: alarm::Shown::default(),
            outage: None,
            recovered: None,
            diagnosis: Diagnosis::default(),
            judge: None,
            history: History::default(),
            certificate: None,
            seen_healthy: false,
            credential: Credential::None,
            client: Client::default(),
            counted: false,
            environment: environment::Environment::default(),
            next_id: 0,
            failures: 0,
            streak: (CloseCode::NORMAL, 0),
            inspect_at: None,
            refresh_at: None,
        }
    }

    /// The same for a person's browser and system.
    #[must_use]
    pub fn with_client(self, client: Client) -> Self {
        Self { client, ..self }
    }

    /// The browser and the system that the person uses.
    pub fn client(&self) -> Client {
        self.client
    }

    /// What the portal signs in with.
    pub fn credential(&self) -> Credential {
        self.credential
    }

    /// The endpoint that the portal is, or was last, set on.
    pub fn endpoint(&self) -> Option<&Endpoint> {
        self.endpoint.as_ref()
    }

    /// Where the machine stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// What the megaphone shows.
    pub fn alarm(&self) -> Alarm {
        self.shown.alarm
    }

    /// The loss that has not been made good yet.
    pub fn outage(&self) -> Option<&Outage> {
        self.outage.as_ref()
    }

    /// The close code of the loss that has not been made good yet.
    pub fn close_code(&self) -> Option<CloseCode> {
        self.outage.as_ref().and_then(|outage| outage.last_close.as_ref()).map(|close| close.code)
    }

    /// The recovery that is still worth telling.
    pub fn recovered(&self) -> Option<Recovered> {
        self.recovered
    }

    /// The checks of the current loss and what follows from them.
    pub fn diagnosis(&self) -> &Diagnosis {
        &self.diagnosis
    }

    /// The losses of this session.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The endpoint's certificate as the server saw it last, while a connection stood or in a look of a loss.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.certificate.as_ref()
    }

    /// The life of the current token, if the portal asked for it itself.
    pub fn token(&self) -> Option<TokenLife> {
        match self.credential {
            Credential::Token(life) => life,
            Credential::None | Credential::Password => None,
        }
    }

    /// The number of the try that is on its way or comes next, counted from 1 since the loss.
    pub fn attempt(&self) -> u32 {
        self.outage.as_ref().map_or(1, |outage| outage.attempts.saturating_add(1))
    }

    /// Something was heard on a socket: the path that every message takes, so it does no more than note the time.
    pub fn message_received(&mut self, id: ConnectionId, now: Moment) {
        if let Phase::Connected { id: live, liveness, .. } = &mut self.phase
            && *live == id
        {
            *liveness = Liveness::heard_at(now);
        }
    }

    /// Gives it what evidence is judged by.
    pub fn judge_by(&mut self, judge: Judge) {
        self.judge = Some(judge);
    }

    /// Whether all losses of this tab are in its history: those of an earlier page are recalled as soon as evidence is judged.
    pub fn knows_losses(&self) -> bool {
        self.judge.is_some()
    }

    /// Puts the losses that an earlier page of this tab has left before those of this page.
    pub fn recall(&mut self, earlier: History) {
        self.history = core::mem::take(&mut self.history).behind(earlier);
    }

    /// Takes one event. `random` is any 32 random bits, used for waiting times alone.
    pub fn step(&mut self, event: Event, now: Moment, random: u32) -> Vec<Effect> {
        let mut effects = Vec::new();
        let fx = &mut effects;
        let ended = matches!(event, Event::Closed(..) | Event::SignInAnswered(..) | Event::Knocked(..));
        if self.environment.slept(&event, now, self.wake_deadline(now)) && !ended {
            self.woke(now, random, fx);
        }
        match event {
            Event::Connect(endpoint, credential) => self.connect(endpoint, credential, now, fx),
            Event::Retry => self.retry(now, fx),
            Event::Pause => self.rest(Phase::Stopped, fx),
            Event::SignOut => {
                self.rest(Phase::Idle, fx);
                self.forget(fx);
            }
            Event::Diagnose => self.diagnose(now, fx),
            Event::PermissionAnswered(endpoint) => self.permission_answered(&endpoint, now, fx),
            Event::TokenRefreshed(life) => self.token_refreshed(life, now, fx),
            Event::Opened(id) if self.phase.live() == Some(id) => self.opened(id, now, fx),
            Event::Closed(id, close) if self.phase.live() == Some(id) => self.closed(close, now, random, fx),
            Event::SignInAnswered(id, answer) if self.phase.live() == Some(id) => {
                self.sign_in_answered(id, answer, now, random, fx);
            }
            Event::Knocked(id, reach) if self.phase.live() == Some(id) => self.knocked(id, reach, now, random, fx),
            Event::Inspected(id, probe) if self.phase.live() == Some(id) => self.inspected(&probe, fx),
            Event::Opened(_)
            | Event::Closed(..)
            | Event::SignInAnswered(..)
            | Event::Knocked(..)
            | Event::Inspected(..) => {}
            Event::Tick => self.tick(now, random, fx),
            Event::Online => self.online(now, random, fx),
            Event::Offline => self.offline(now, fx),
            Event::Hidden => self.environment.visible = false,
            Event::Returned => self.returned(now, fx),
            Event::Leaving => self.environment.leaving = true,
            Event::Restored => self.restored(now, fx),
            Event::Seen(observation) => self.seen(observation, now, random, fx),
            Event::Told(saw) => self.told(saw, now, random, fx),
        }
        if !self.environment.leaving {
            let (wanted, _) = alarm::wanted(self.phase, self.outage.as_ref(), now);
            self.shown.settle(wanted, now);
        }
        effects
    }

    /// In how many milliseconds [`Event::Tick`] is due, however early; `None` while no time matters.
    pub fn next_wake(&self, now: Moment) -> Option<u64> {
        self.wake_deadline(now).map(|due| due.saturating_sub(now.mono))
    }

    fn wake_deadline(&self, now: Moment) -> Option<u64> {
        if self.environment.leaving {
            return None;
        }
        let recheck_due = |recheck: Recheck| match recheck {
            Recheck::At(due) => self.environment.visible.then_some(due),
            Recheck::Trying { since, .. } => Some(since.saturating_add(self.connect_timeout())),
            Recheck::OnReturn | Recheck::Never => None,
        };
        let phase = match self.phase {
            Phase::Idle | Phase::Stopped => None,
            Phase::Connecting { asked_at, .. } => Some(asked_at.saturating_add(self.connect_timeout())),
            Phase::Connected { liveness, .. } => Some(liveness.due()),
            Phase::Waiting { until, .. } => self.environment.visible.then_some(until),
            Phase::Offline { recheck, .. } | Phase::NeedsYou { recheck, .. } => recheck_due(recheck),
        };
        let connected = matches!(self.phase, Phase::Connected { .. });
        let alarm = self.shown.due(self.phase, self.outage.as_ref(), now);
        let recovered = self.recovered.map(|it| it.at.mono.saturating_add(RECOVERED_SHOWN));
        let upkeep = [self.inspect_at, self.refresh_at].into_iter().flatten().filter(|_| connected);
        let look = self.environment.visible.then(|| self.look_due()).flatten();
        [phase, alarm, recovered, look].into_iter().flatten().chain(upkeep).min()
    }
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod rules;
