//! Replays what happened in a state: its [`Setup`] becomes events for the machine, step by step.

mod named;

use connection::cause::{Cause, Need};
use connection::client::{Browser, Client, System};
use connection::close_code::CloseCode;
use connection::endpoint::Endpoint;
use connection::evidence::Observation;
use connection::machine::{Close, Event, Machine, Phase};
use connection::policy::BOUNDED_TRIES;
use connection::time::{MINUTE, Moment, SECOND};

use crate::evidence::{self, Facts};
use crate::inputs::{Inputs, LookedFrom};
use crate::messages::{self, Message};
use crate::runner::{Runner, abnormal};
use crate::setup::Setup;
use crate::warnings::{seconds_left, warnings};

/// A state as it is shown.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The connection.
    pub machine: Machine,
    /// The time.
    pub now: Moment,
    /// The feed, newest first.
    pub messages: Vec<(Moment, Message)>,
    /// What was asked for and cannot occur in this state, a sentence each.
    pub warnings: Vec<String>,
}

impl Snapshot {
    /// What the inputs come to in this state, those that nobody gave among them.
    pub fn values(&self) -> Inputs {
        let (machine, now) = (&self.machine, self.now);
        let seconds = seconds_left(machine, now).and_then(|seconds| u32::try_from(seconds).ok());
        Inputs {
            endpoint: machine.endpoint().cloned(),
            code: machine.close_code(),
            reason: machine.history().last().map(|loss| loss.reason.clone()).filter(|reason| !reason.is_empty()),
            attempt: machine.outage().map(|_| machine.attempt()),
            seconds,
            cause: machine.diagnosis().best().map(|(cause, _)| cause),
            losses: Some(machine.history().total()),
            events: u32::try_from(self.messages.len()).ok(),
            ..Inputs::default()
        }
    }
}

/// How long a connection stood before something happened to it.
const UP: u64 = 94 * MINUTE;

/// Replays a setup with the inputs asked for; where one is left out, with the state's own.
pub(crate) fn replay(setup: Setup, asked: &Inputs, given: &Inputs) -> Snapshot {
    let replay = Replay { inputs: asked.clone().or(given.clone()), runner: Runner::new(client(asked, given)) };
    let inputs = replay.inputs.clone();
    let setup = match (setup, inputs.cause, inputs.code) {
        (Setup::Named(_), Some(cause), _) => Setup::Named(cause),
        (Setup::Closed(_), _, Some(code)) => Setup::Closed(code),
        (setup, _, _) => setup,
    };
    let Runner { machine, now, .. } = replay.run(setup);
    // What a lost connection brought came before it was lost.
    let heard = machine.outage().map_or(now, |outage| outage.since);
    let messages = messages::fleet(inputs.events.unwrap_or_default(), heard);
    let warnings = warnings(asked, &machine, now);
    Snapshot { machine, now, messages, warnings }
}

/// The person's browser: the one that is asked for, or one that can show the cause.
fn client(asked: &Inputs, given: &Inputs) -> Client {
    let browser = asked.browser.or(given.browser).unwrap_or(Browser::Chromium);
    let system = if browser == Browser::Safari { System::MacOs } else { System::Linux };
    Client { browser, system }
}

/// One run of a setup.
struct Replay {
    inputs: Inputs,
    runner: Runner,
}

impl Replay {
    fn run(mut self, setup: Setup) -> Runner {
        match setup {
            Setup::Idle => {}
            Setup::FirstTry => {
                self.begin(Cause::Down, false);
                self.runner.wait(2 * SECOND);
            }
            Setup::Connected => {
                self.begin(Cause::Closed, true);
                let probe = evidence::probe(Cause::Closed, &self.facts(Cause::Closed).facts());
                self.runner.inspected(probe);
            }
            Setup::Interrupted => {
                self.lose(Cause::Crash);
                self.runner.wait(200);
            }
            Setup::Waiting => self.away(self.inputs.cause.unwrap_or(Cause::Crash), 4),
            Setup::Trying => {
                self.away(self.inputs.cause.unwrap_or(Cause::Crash), 4);
                self.runner.next_try();
                self.runner.wait(2 * SECOND);
            }
            Setup::FindingOut => self.finding_out(),
            Setup::Named(cause) => self.named(cause),
            Setup::Closed(code) => self.closed(code),
            Setup::GivenUp => self.given_up(),
            Setup::Offline => self.offline(Vec::new()),
            Setup::Paused => {
                self.begin(Cause::Closed, true);
                self.runner.send(Event::Pause);
            }
            Setup::Recovered => self.recovered(self.inputs.attempt.unwrap_or(3)),
        }
        self.runner
    }

    /// The endpoint of a replay: one without TLS where the cause needs that.
    fn endpoint(&self, cause: Cause) -> Endpoint {
        let asked = self.inputs.endpoint.clone();
        let host = if cause == Cause::CannotAccept { "drp.example.dev" } else { "drp.example.com" };
        let port = (cause == Cause::BrowserRefuses).then(|| Endpoint::parse("https://drp.example.com:6000").ok());
        asked.or(port.flatten()).unwrap_or_else(|| Endpoint::named(host, cause != Cause::Mixed))
    }

    /// Up to where the replay begins: a connection that stands, or a first try that is on its way.
    fn begin(&mut self, cause: Cause, stood: bool) {
        let endpoint = self.endpoint(cause);
        let losses = self.inputs.losses.unwrap_or_default();
        self.runner.sign_in(endpoint.clone());
        if stood || losses > 0 {
            self.runner.open();
        }
        for n in 0..u64::from(losses) {
            self.runner.flap((7 + n * 13 % 29) * MINUTE);
        }
        if stood {
            self.runner.wait(UP);
        } else if losses > 0 {
            self.runner.sign_in(endpoint);
        }
    }

    fn lose(&mut self, cause: Cause) {
        self.begin(cause, true);
        let close = self.close_with(CloseCode::ABNORMAL);
        self.runner.close(close);
    }

    /// The end of a connection: by the code that was asked for, else by this one.
    fn close_with(&self, code: CloseCode) -> Close {
        let code = self.inputs.code.unwrap_or(code);
        let reason = self.inputs.reason.clone().unwrap_or_default();
        if code == CloseCode::ABNORMAL {
            return Close { reason, ..abnormal(false) };
        }
        Close { code, reason, clean: true, error: false, given_up: None }
    }

    fn facts(&self, cause: Cause) -> FactsOf<'_> {
        FactsOf { replay: self, endpoint: self.endpoint(cause) }
    }

    fn observations(&self, cause: Cause) -> Vec<Observation> {
        evidence::observations(cause, &self.facts(cause).facts())
    }

    /// A cause that keeps the portal from connecting, found after the first failed try.
    fn away(&mut self, cause: Cause, attempt: u32) {
        // Events came through a connection that stood.
        let stood = self.inputs.events.is_some_and(|events| events > 0)
            || matches!(cause, Cause::Crash | Cause::TokenExpired | Cause::Replaced | Cause::Forgotten);
        if stood {
            self.lose(cause);
            self.runner.next_try();
        } else {
            self.begin(cause, false);
        }
        if cause == Cause::NoAnswer {
            self.runner.time_out();
        } else if cause.is_about_trust() && self.runner.machine.client().browser == Browser::Firefox {
            self.runner.fail_with(CloseCode::TLS_HANDSHAKE);
        } else {
            self.runner.fail();
        }
        let observations = self.observations(cause);
        self.runner.see(observations);
        let attempt = self.inputs.attempt.unwrap_or(attempt);
        while self.runner.machine.attempt() < attempt && matches!(self.runner.machine.phase(), Phase::Waiting { .. }) {
            self.runner.next_try();
            self.runner.fail();
        }
        self.count_down();
    }

    /// Goes on until as many seconds are left as were asked for.
    fn count_down(&mut self) {
        let Phase::Waiting { until, .. } = self.runner.machine.phase() else { return };
        let left = until.saturating_sub(self.runner.now.mono);
        let wanted = self.inputs.seconds.map_or(7 * SECOND, |seconds| u64::from(seconds) * SECOND);
        // At its end the next try begins: one millisecond before it is “now”.
        self.runner.wait(left.saturating_sub(wanted.max(1)));
    }

    fn finding_out(&mut self) {
        self.lose(Cause::Crash);
        self.runner.next_try();
        self.runner.fail();
        let observations = self.observations(self.inputs.cause.unwrap_or(Cause::Crash));
        let half = observations.len() / 2;
        self.runner.see(observations.into_iter().take(half));
    }

    /// A connection that stood has ended in this way.
    fn ended(&mut self, cause: Cause, close: Close) {
        self.begin(cause, true);
        self.runner.close(close);
        self.looked(cause);
    }

    /// The person had the checks made right after the loss, and the next try is on its way.
    fn looked(&mut self, cause: Cause) {
        let observations = self.observations(cause);
        self.runner.see(observations);
        if let Phase::Waiting { not_before: false, .. } = self.runner.machine.phase() {
            self.runner.next_try();
            self.runner.wait(2 * SECOND);
        }
    }

    fn closed(&mut self, code: CloseCode) {
        self.begin(Cause::Closed, true);
        let close = self.close_with(code);
        self.runner.close(close);
        match self.runner.machine.phase() {
            Phase::Waiting { not_before: true, .. } => {
                self.runner.wait(2 * SECOND);
                self.count_down();
            }
            Phase::NeedsYou { need, .. } => {
                let cause = if need == Need::Rights { Cause::NoRights } else { Cause::TokenExpired };
                let observations = self.observations(cause);
                self.runner.see(observations);
            }
            Phase::Idle
            | Phase::Connecting { .. }
            | Phase::Connected { .. }
            | Phase::Waiting { .. }
            | Phase::Offline { .. }
            | Phase::Stopped => {
                self.runner.next_try();
                self.runner.wait(2 * SECOND);
            }
        }
    }

    fn given_up(&mut self) {
        self.begin(Cause::TooLarge, true);
        for _ in 0..BOUNDED_TRIES {
            let close = self.close_with(CloseCode::MESSAGE_TOO_BIG);
            self.runner.close(close);
            if let Phase::Waiting { .. } = self.runner.machine.phase() {
                self.runner.next_try();
                self.runner.open();
                self.runner.wait(2 * SECOND);
            }
        }
        let observations = self.observations(Cause::TooLarge);
        self.runner.see(observations);
    }

    fn offline(&mut self, observations: Vec<Observation>) {
        self.lose(Cause::Offline);
        self.runner.send(Event::Offline);
        if !observations.is_empty() {
            self.runner.see(observations);
        }
        self.runner.wait(5 * SECOND);
    }

    /// After this many tries, the one that succeeded included. A first one comes so soon that the amber still stands.
    fn recovered(&mut self, attempt: u32) {
        self.lose(Cause::Crash);
        for _ in 1..attempt {
            self.runner.next_try();
            self.runner.fail();
        }
        self.runner.next_try();
        self.runner.open();
        self.runner.wait(if attempt <= 1 { 500 } else { 4 * SECOND });
    }
}

/// [`Facts`] with the endpoint that they borrow.
struct FactsOf<'a> {
    replay: &'a Replay,
    endpoint: Endpoint,
}

impl FactsOf<'_> {
    fn facts(&self) -> Facts<'_> {
        let inputs = &self.replay.inputs;
        Facts {
            endpoint: &self.endpoint,
            now: self.replay.runner.now,
            looked_from: inputs.looked_from.unwrap_or(LookedFrom::Server),
            days: inputs.days,
            issuer: inputs.issuer.as_deref(),
            names: inputs.names.as_deref(),
        }
    }
}
