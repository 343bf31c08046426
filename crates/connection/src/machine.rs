//! The one reducer: what happens to the connection becomes an [`Event`], [`Machine::step`] turns it into a new state
//! and a list of [`Effect`]s, and the driver carries them out.
//!
//! There is one timer, and it is derived from the state: [`Machine::next_wake`]. There is at most one socket that may
//! speak, and it is derived from the phase: [`Phase::live`]. So neither can be left over.

mod alarm;
mod diagnosis;
mod event;
mod phase;
mod world;

pub use alarm::{Alarm, GRACE, MINIMUM};
pub use diagnosis::{Diagnosis, Stage};
pub use event::{Close, ConnectionId, Effect, Event, GivenUp, TokenLife};
pub use phase::{Liveness, Look, Phase};

use crate::backoff;
use crate::cause::{Cause, Need};
use crate::close_code::CloseCode;
use crate::endpoint::Endpoint;
use crate::history::{History, Loss};
use crate::policy::{self, Next};
use crate::probe::Certificate;
use crate::service::LossCount;
use crate::time::{MINUTE, Moment, SECOND};
use crate::verdict;

/// How long a socket may take to open, in milliseconds.
pub const CONNECT_TIMEOUT: u64 = 10 * SECOND;
/// How long a connection must stand before the count of failed tries starts anew, in milliseconds.
pub const STABLE: u64 = 5 * SECOND;
/// How long a connection must stand before a loss with the same code is no longer one of a row, in milliseconds.
pub const UNRELATED: u64 = MINUTE;
/// After how much silence the endpoint is asked for an answer, in milliseconds.
pub const PING_AFTER: u64 = 20 * SECOND;
/// How long the endpoint may take to answer, in milliseconds.
pub const PING_TIMEOUT: u64 = 8 * SECOND;
/// The time between two quiet looks while a person is needed or the network is away, in milliseconds.
pub const LOOK_EVERY: u64 = 30 * SECOND;
/// How long “Connected again” stays, in milliseconds.
pub const RECOVERED_SHOWN: u64 = 8 * SECOND;
/// How long a connection stands before the server is asked to look at the certificate, in milliseconds.
const INSPECT_AFTER: u64 = 3 * SECOND;
/// The time between two such looks, in milliseconds.
const INSPECT_EVERY: u64 = 12 * 60 * MINUTE;
/// The time between two tries to get a fresh token, in milliseconds.
const REFRESH_EVERY: u64 = 30 * SECOND;

/// The state of the connection. Read it by its methods; change it by [`Machine::step`].
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    endpoint: Option<Endpoint>,
    phase: Phase,
    shown: alarm::Shown,
    outage: Option<Outage>,
    recovered: Option<Recovered>,
    diagnosis: Diagnosis,
    history: History,
    certificate: Option<Certificate>,
    token: Option<TokenLife>,
    world: world::World,
    next_id: u32,
    failures: u32,
    row: (CloseCode, u32),
    inspect_at: Option<u64>,
    refresh_at: Option<u64>,
}

/// The time since the connection was lost, or since the first try failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    /// Since when.
    pub since: Moment,
    /// How the last socket ended; `None` if none could even be tried.
    pub close: Option<Close>,
    /// How the connection ended whose loss began this; `None` if it had never opened.
    pub cut: Option<Close>,
    /// How long that connection had stood, in milliseconds; `None` if it had never opened.
    pub up: Option<u64>,
    /// How many tries have failed since.
    pub attempts: u32,
    /// Whether the server was told.
    counted: bool,
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
        Self {
            endpoint: None,
            phase: Phase::Idle,
            shown: alarm::Shown::default(),
            outage: None,
            recovered: None,
            diagnosis: Diagnosis::default(),
            history: history.restored(),
            certificate: None,
            token: None,
            world: world::World::default(),
            next_id: 0,
            failures: 0,
            row: (CloseCode::NORMAL, 0),
            inspect_at: None,
            refresh_at: None,
        }
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
        self.outage.as_ref().and_then(|outage| outage.close.as_ref()).map(|close| close.code)
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

    /// The endpoint's certificate as the server saw it last.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.certificate.as_ref()
    }

    /// The life of the current token, if the portal asked for it itself.
    pub fn token(&self) -> Option<TokenLife> {
        self.token
    }

    /// The number of the try that is on its way or comes next, counted from 1 since the loss.
    pub fn attempt(&self) -> u32 {
        self.outage.as_ref().map_or(1, |outage| outage.attempts.saturating_add(1))
    }

    /// Something was heard on a socket: the path that every message takes, so it does no more than note the time.
    pub fn heard(&mut self, id: ConnectionId, now: Moment) {
        if let Phase::Connected { id: live, liveness, .. } = &mut self.phase
            && *live == id
        {
            *liveness = Liveness { heard: now, asked: None, asked_again: false };
        }
    }

    /// Takes one event. `random` is any 32 random bits, used for waiting times alone.
    pub fn step(&mut self, event: Event, now: Moment, random: u32) -> Vec<Effect> {
        let mut effects = Vec::new();
        let fx = &mut effects;
        let ended = matches!(event, Event::Closed(..) | Event::Refused(..));
        if self.world.slept(&event, now, self.wake_deadline(now)) && !ended {
            self.woke(now, random, fx);
        }
        match event {
            Event::Connect(endpoint) => self.connect(endpoint, now, fx),
            Event::Retry => self.retry(now, fx),
            Event::Pause => self.rest(Phase::Stopped, fx),
            Event::SignOut => {
                self.rest(Phase::Idle, fx);
                self.token = None;
                fx.push(Effect::Forget);
            }
            Event::Diagnose => self.diagnose(fx),
            Event::SignedIn(life) => self.signed_in(life, now, fx),
            Event::Opened(id) if self.phase.live() == Some(id) => self.opened(id, now, fx),
            Event::Closed(id, close) if self.phase.live() == Some(id) => self.closed(close, now, random, fx),
            Event::Refused(id, cause) if self.phase.live() == Some(id) => self.refused(cause, now, random, fx),
            Event::Opened(_) | Event::Closed(..) | Event::Refused(..) => {}
            Event::Tick => self.tick(now, random, fx),
            Event::Online => self.online(now, random, fx),
            Event::Offline => self.offline(now, fx),
            Event::Hidden => self.world.visible = false,
            Event::Returned => self.returned(now, fx),
            Event::Leaving => self.world.leaving = true,
            Event::Restored => self.restored(now, fx),
            Event::Seen(sight) => self.seen(sight, now, random, fx),
            Event::Inspected(probe) => self.inspected(&probe),
        }
        if !self.world.leaving {
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
        if self.world.leaving {
            return None;
        }
        let look_due = |look: Look| match look {
            Look::At(due) => self.world.visible.then_some(due),
            Look::Trying { since, .. } => Some(since.saturating_add(CONNECT_TIMEOUT)),
            Look::Never => None,
        };
        let phase = match self.phase {
            Phase::Idle | Phase::Stopped => None,
            Phase::Connecting { since, .. } => Some(since.mono.saturating_add(CONNECT_TIMEOUT)),
            Phase::Connected { liveness, .. } => Some(liveness.due()),
            Phase::Waiting { until, .. } => self.world.visible.then_some(until),
            Phase::Offline { look, .. } | Phase::NeedsYou { look, .. } => look_due(look),
        };
        let connected = matches!(self.phase, Phase::Connected { .. });
        let alarm = self.shown.due(self.phase, self.outage.as_ref(), now);
        let recovered = self.recovered.map(|it| it.at.mono.saturating_add(RECOVERED_SHOWN));
        let upkeep = [self.inspect_at, self.refresh_at].into_iter().flatten().filter(|_| connected);
        [phase, alarm, recovered].into_iter().flatten().chain(upkeep).min()
    }

    fn connect(&mut self, endpoint: Endpoint, now: Moment, fx: &mut Vec<Effect>) {
        self.rest(Phase::Idle, fx);
        if self.endpoint.as_ref() != Some(&endpoint) {
            self.certificate = None;
        }
        self.endpoint = Some(endpoint);
        (self.failures, self.row) = (0, (CloseCode::NORMAL, 0));
        self.open(now, fx);
    }

    fn retry(&mut self, now: Moment, fx: &mut Vec<Effect>) {
        match self.phase {
            Phase::Connected { .. } => self.ping(now, fx),
            Phase::Idle
            | Phase::Connecting { .. }
            | Phase::Waiting { .. }
            | Phase::Offline { .. }
            | Phase::NeedsYou { .. }
            | Phase::Stopped => {
                if self.endpoint.is_some() {
                    self.discard(CloseCode::NORMAL, fx);
                    self.diagnosis.forget();
                    self.open(now, fx);
                }
            }
        }
    }

    /// Lets go of everything that is under way.
    fn rest(&mut self, phase: Phase, fx: &mut Vec<Effect>) {
        self.discard(CloseCode::NORMAL, fx);
        self.cancel_diagnosis(fx);
        self.diagnosis = Diagnosis::default();
        self.phase = phase;
        self.outage = None;
        self.recovered = None;
    }

    fn signed_in(&mut self, life: TokenLife, now: Moment, fx: &mut Vec<Effect>) {
        self.token = Some(life);
        self.refresh_at = Some(life.refresh_due(now));
        if let Phase::NeedsYou { need: Need::SignIn | Need::Rights, .. } = self.phase {
            self.discard(CloseCode::NORMAL, fx);
            self.open(now, fx);
        }
    }

    fn opened(&mut self, id: ConnectionId, now: Moment, fx: &mut Vec<Effect>) {
        self.phase = Phase::Connected { id, since: now, liveness: Liveness::heard_at(now) };
        self.inspect_at = Some(now.mono.saturating_add(INSPECT_AFTER));
        self.cancel_diagnosis(fx);
        fx.push(Effect::Subscribe(id));
        if let Some(outage) = self.outage.take() {
            let down = now.since_wall(outage.since);
            let cause = self.diagnosis.best().or_else(|| verdict::of_recovery(&outage, &self.history));
            if let Some(loss) = self.history.last_mut() {
                (loss.down, loss.attempts, loss.cause) = (Some(down), outage.attempts.saturating_add(1), cause);
            }
            self.recovered = Some(Recovered { at: now, down });
            if !outage.counted {
                self.count(&outage, cause.map(|(cause, _)| cause), fx);
            }
            fx.push(Effect::Save);
        }
    }

    fn closed(&mut self, close: Close, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        if self.world.leaving {
            return;
        }
        match self.phase {
            Phase::Connected { since, .. } => self.lost(close, now.since(since), now, random, fx),
            Phase::Connecting { .. } => self.failed(Some(close), now, random, fx),
            Phase::Offline { .. } | Phase::NeedsYou { .. } => self.look_failed(now, fx),
            Phase::Idle | Phase::Waiting { .. } | Phase::Stopped => {}
        }
    }

    /// A connection that had stood has ended.
    fn lost(&mut self, close: Close, up: u64, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        if up >= STABLE {
            self.failures = 0;
        }
        let in_a_row = if self.row.0 == close.code && up < UNRELATED { self.row.1.saturating_add(1) } else { 1 };
        self.row = (close.code, in_a_row);
        self.begin_outage(Some(close.clone()), Some(up), now, fx);
        match policy::after(close.code, self.failures, in_a_row, random) {
            Next::Retry(wait) => self.wait(wait, false, now),
            Next::RetryNotBefore(wait) => self.wait(wait, true, now),
            Next::Person(need) => {
                self.phase = Phase::NeedsYou { need, since: now, look: Look::Never };
                self.diagnose(fx);
            }
        }
        self.failures = self.failures.saturating_add(1);
    }

    /// A try has failed before a connection stood.
    fn failed(&mut self, close: Option<Close>, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        match &mut self.outage {
            Some(outage) => outage.close = close.or(outage.close.take()),
            None => self.begin_outage(close, None, now, fx),
        }
        if let Some(outage) = &mut self.outage {
            outage.attempts = outage.attempts.saturating_add(1);
            if let Some(loss) = self.history.last_mut() {
                loss.attempts = outage.attempts;
            }
        }
        self.wait(backoff::full_jitter(self.failures, random), false, now);
        self.failures = self.failures.saturating_add(1);
        if self.diagnosis.stage() == Stage::Idle {
            self.diagnose(fx);
        }
    }

    fn refused(&mut self, cause: Cause, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        if matches!(self.phase, Phase::Offline { .. } | Phase::NeedsYou { .. }) {
            return self.look_failed(now, fx);
        }
        self.cancel_diagnosis(fx);
        self.diagnosis.settle(cause);
        match cause.need() {
            Some(need) => self.phase = Phase::NeedsYou { need, since: now, look: Look::Never },
            None => self.failed(None, now, random, fx),
        }
    }

    fn begin_outage(&mut self, close: Option<Close>, up: Option<u64>, now: Moment, fx: &mut Vec<Effect>) {
        self.cancel_diagnosis(fx);
        let known = close.is_none();
        if !known {
            self.diagnosis = Diagnosis::default();
        }
        self.recovered = None;
        let (code, reason, clean) = close
            .as_ref()
            .map_or((CloseCode::ABNORMAL, String::new(), false), |it| (it.code, it.reason.clone(), it.clean));
        let cause = self.diagnosis.best();
        self.history.push(Loss { number: 0, at: now.wall, code, reason, clean, up, down: None, attempts: 0, cause });
        let cut = close.clone().filter(|_| up.is_some());
        self.outage = Some(Outage { since: now, close, cut, up, attempts: 0, counted: false });
        fx.push(Effect::Save);
    }

    fn wait(&mut self, wait: u64, firm: bool, now: Moment) {
        self.phase = if self.world.online {
            Phase::Waiting { since: now, until: now.mono.saturating_add(wait), firm }
        } else {
            Phase::Offline { since: now, look: Look::next(now) }
        };
    }

    fn open(&mut self, now: Moment, fx: &mut Vec<Effect>) {
        let id = self.fresh_id();
        self.phase = Phase::Connecting { id, since: now };
        if self.token.is_some_and(|token| token.is_worth_refreshing(now)) {
            fx.push(Effect::RefreshToken);
        }
        fx.push(Effect::Open(id));
    }

    fn fresh_id(&mut self) -> ConnectionId {
        self.next_id = self.next_id.wrapping_add(1);
        ConnectionId(self.next_id)
    }

    fn discard(&mut self, code: CloseCode, fx: &mut Vec<Effect>) {
        if let Some(id) = self.phase.live() {
            fx.push(Effect::Discard(id, code));
        }
    }

    fn count(&mut self, outage: &Outage, cause: Option<Cause>, fx: &mut Vec<Effect>) {
        let Some(endpoint) = &self.endpoint else { return };
        let first = outage.cut.as_ref().or(outage.close.as_ref());
        let code = first.map_or(CloseCode::ABNORMAL, |close| close.code).0;
        let cause = cause.map(|cause| cause.id().to_owned());
        fx.push(Effect::Count(LossCount { endpoint: endpoint.to_string(), code, cause }));
    }

    fn tick(&mut self, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        if self.recovered.is_some_and(|it| now.since(it.at) >= RECOVERED_SHOWN) {
            self.recovered = None;
        }
        match self.phase {
            Phase::Idle | Phase::Stopped => {}
            Phase::Connecting { id, since } => {
                if now.since(since) >= CONNECT_TIMEOUT {
                    fx.push(Effect::Discard(id, CloseCode::NORMAL));
                    self.failed(Some(Close::given_up(GivenUp::ConnectTimeout)), now, random, fx);
                }
            }
            Phase::Connected { id, since, liveness } => match liveness.verdict(now) {
                phase::Pulse::Fine => self.upkeep(now, fx),
                phase::Pulse::Ask => self.ping(now, fx),
                phase::Pulse::AskAgain => {
                    self.ping(now, fx);
                    if let Phase::Connected { liveness, .. } = &mut self.phase {
                        liveness.asked_again = true;
                    }
                }
                phase::Pulse::Dead => {
                    fx.push(Effect::Discard(id, Close::SILENCE));
                    self.lost(Close::given_up(GivenUp::Silence), now.since(since), now, random, fx);
                }
            },
            Phase::Waiting { until, .. } => {
                if self.world.visible && now.mono >= until {
                    self.open(now, fx);
                }
            }
            Phase::Offline { look, .. } | Phase::NeedsYou { look, .. } => match look {
                Look::At(due) if self.world.visible && now.mono >= due => self.look(false, now, fx),
                Look::Trying { id, since, .. } if now.mono.saturating_sub(since) >= CONNECT_TIMEOUT => {
                    fx.push(Effect::Discard(id, CloseCode::NORMAL));
                    self.look_failed(now, fx);
                }
                Look::At(_) | Look::Trying { .. } | Look::Never => {}
            },
        }
    }

    /// What a standing connection wants done from time to time.
    fn upkeep(&mut self, now: Moment, fx: &mut Vec<Effect>) {
        if self.inspect_at.is_some_and(|due| now.mono >= due) {
            self.inspect_at = Some(now.mono.saturating_add(INSPECT_EVERY));
            fx.push(Effect::Inspect);
        }
        if self.refresh_at.is_some_and(|due| now.mono >= due) {
            self.refresh_at = Some(now.mono.saturating_add(REFRESH_EVERY));
            fx.push(Effect::RefreshToken);
        }
    }

    fn ping(&mut self, now: Moment, fx: &mut Vec<Effect>) {
        if let Phase::Connected { id, liveness, .. } = &mut self.phase {
            liveness.asked = Some(now.mono);
            fx.push(Effect::Ping(*id));
        }
    }

    fn look(&mut self, returned: bool, now: Moment, fx: &mut Vec<Effect>) {
        let id = self.fresh_id();
        if let Phase::Offline { look, .. } | Phase::NeedsYou { look, .. } = &mut self.phase {
            *look = Look::Trying { id, since: now.mono, returned };
            fx.push(Effect::Open(id));
        }
    }

    fn look_failed(&mut self, now: Moment, fx: &mut Vec<Effect>) {
        if let Phase::Offline { look, .. } | Phase::NeedsYou { look, .. } = &mut self.phase {
            let returned = matches!(look, Look::Trying { returned: true, .. });
            *look = Look::next(now);
            if returned {
                self.diagnose(fx);
            }
        }
    }
}

impl Look {
    fn next(now: Moment) -> Self {
        Look::At(now.mono.saturating_add(LOOK_EVERY))
    }
}

impl TokenLife {
    /// When it ends, milliseconds since 1970 (UTC).
    pub fn ends(self) -> u64 {
        self.issued.saturating_add(self.ttl)
    }

    /// When half of its life is over, by the clock that never jumps.
    fn refresh_due(self, now: Moment) -> u64 {
        let half = self.issued.saturating_add(self.ttl / 2);
        now.mono.saturating_add(half.saturating_sub(now.wall))
    }

    /// Whether it is in the second half of its life, and still alive.
    fn is_worth_refreshing(self, now: Moment) -> bool {
        now.wall < self.ends() && self.ends().saturating_sub(now.wall) <= self.ttl / 2
    }
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod rules;
