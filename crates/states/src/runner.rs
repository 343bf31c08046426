//! Sends events to the machine as the driver would: it keeps time, answers the liveness checks for an endpoint that
//! responds, and fires the one timer when it is due.

use connection::client::Client;
use connection::close_code::CloseCode;
use connection::endpoint::Endpoint;
use connection::evidence::Observation;
use connection::machine::{Close, Credential, Effect, Event, GivenUp, Machine, Phase, TokenLife};
use connection::probe::Probe;
use connection::time::{MINUTE, Moment, SECOND};

/// When every replay starts: 25 November 2026, 12:00 UTC.
const START: Moment = Moment { mono: 1_000, wall: 1_795_608_000_000 };

/// The longest waiting time: what is shown counts down from it.
const LONGEST: u32 = u32::MAX;

/// The machine and the time around it.
pub(super) struct Runner {
    pub(super) machine: Machine,
    pub(super) now: Moment,
    /// Whether the endpoint answers on a standing connection.
    pub(super) answers: bool,
}

impl Runner {
    pub(super) fn new(client: Client) -> Self {
        Self { machine: Machine::default().with_client(client), now: START, answers: true }
    }

    pub(super) fn send(&mut self, event: Event) {
        let effects = self.machine.step(event, self.now, LONGEST);
        for effect in effects {
            if let (Effect::Ping(id), true) = (&effect, self.answers) {
                self.machine.message_received(*id, self.now);
            }
        }
    }

    /// Lets time pass.
    pub(super) fn wait(&mut self, ms: u64) {
        let end = self.now.plus(ms);
        while let Some(due) = self.machine.next_wake(self.now) {
            if self.now.plus(due).mono > end.mono {
                break;
            }
            self.now = self.now.plus(due);
            self.send(Event::Tick);
        }
        self.now = end;
    }

    pub(super) fn sign_in(&mut self, endpoint: Endpoint) {
        let life = TokenLife { issued: self.now.wall, ttl: 60 * MINUTE };
        self.send(Event::Connect(endpoint, Credential::Token(Some(life))));
    }

    pub(super) fn open(&mut self) {
        self.now = self.now.plus(300);
        if let Some(id) = self.machine.phase().live() {
            self.send(Event::Opened(id));
        }
    }

    pub(super) fn close(&mut self, close: Close) {
        if let Some(id) = self.machine.phase().live() {
            self.send(Event::Closed(id, close));
        }
    }

    /// The server has looked at the connection that stands.
    pub(super) fn inspected(&mut self, probe: Probe) {
        if let Some(id) = self.machine.phase().live() {
            self.send(Event::Inspected(id, Box::new(probe)));
        }
    }

    /// The try that is on its way fails as nearly all do: an error, and 1006.
    pub(super) fn fail(&mut self) {
        self.fail_with(CloseCode::ABNORMAL);
    }

    /// It fails with a code of the browser's own.
    pub(super) fn fail_with(&mut self, code: CloseCode) {
        self.now = self.now.plus(60);
        self.close(Close { code, ..abnormal(true) });
    }

    /// The try that is on its way is never answered.
    pub(super) fn time_out(&mut self) {
        self.wait(10 * SECOND);
    }

    /// Goes on until the next try is on its way.
    pub(super) fn next_try(&mut self) {
        if let Phase::Waiting { until, .. } = self.machine.phase() {
            self.wait(until.saturating_sub(self.now.mono));
        }
    }

    /// Runs the checks and reports what each saw.
    pub(super) fn see(&mut self, observations: impl IntoIterator<Item = Observation>) {
        self.send(Event::Diagnose);
        for observation in observations {
            self.now = self.now.plus(20);
            self.send(Event::Seen(observation));
        }
    }

    /// Something comes through the standing connection.
    pub(super) fn hear(&mut self) {
        if let Some(id) = self.machine.phase().live() {
            self.machine.message_received(id, self.now);
        }
    }

    /// A connection that stood for so long is cut, and stands again.
    pub(super) fn flap(&mut self, up: u64) {
        self.wait(up);
        self.close(abnormal(false));
        self.next_try();
        self.open();
    }
}

/// The end of which a browser says nothing: 1006, after an error event or without.
pub(super) fn abnormal(error: bool) -> Close {
    Close { code: CloseCode::ABNORMAL, reason: String::new(), clean: false, error, given_up: None::<GivenUp> }
}
