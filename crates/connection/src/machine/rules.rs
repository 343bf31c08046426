//! Each rule of the machine as a test, with the time passed in.

mod alarm;
mod held_back;
mod inspected;
mod liveness;
mod looks;
mod sign_in;
mod tries;

use super::*;
use crate::backoff;
use crate::cause::{Cause, Confidence, Need};
use crate::evidence::{Body, Check, Observation, Permission, Reach, ServerCheck};
use crate::policy;
use crate::words;

/// A machine with a hand on the clock.
struct Rig {
    machine: Machine,
    now: Moment,
    random: u32,
    effects: Vec<Effect>,
}

impl Rig {
    fn new() -> Self {
        let now = Moment { mono: 1_000, wall: 1_700_000_000_000 };
        Self { machine: Machine::default(), now, random: 1 << 31, effects: Vec::new() }
    }

    /// A machine whose connection has stood for `up` milliseconds.
    fn connected(up: u64) -> Self {
        let mut rig = Self::new();
        rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None));
        rig.open();
        rig.wait(up);
        rig
    }

    fn send(&mut self, event: Event) -> &mut Self {
        self.effects = self.machine.step(event, self.now, self.random);
        self
    }

    fn live(&self) -> ConnectionId {
        self.machine.phase().live().expect("a socket is alive")
    }

    fn open(&mut self) -> &mut Self {
        self.send(Event::Opened(self.live()))
    }

    /// The sign-in is answered with `status`.
    fn refuse(&mut self, status: u16) -> &mut Self {
        let body = if status == 401 { Body::Empty } else { Body::Foreign };
        let reach = Reach::Answered { status, body, ms: 1 };
        self.send(Event::SignInAnswered(self.live(), SignInAnswer::Refused(reach)))
    }

    fn close(&mut self, code: u16) -> &mut Self {
        let close = Close { code: CloseCode(code), reason: String::new(), clean: false, error: false, given_up: None };
        self.send(Event::Closed(self.live(), close))
    }

    /// Lets time pass while the endpoint speaks, with every tick in its place.
    fn wait(&mut self, ms: u64) -> &mut Self {
        let end = self.now.mono + ms;
        while let Some(wake) = self.machine.next_wake(self.now).filter(|wake| self.now.mono + wake <= end) {
            self.now = self.now.plus(wake);
            self.send(Event::Tick);
            if let Phase::Connected { id, .. } = self.machine.phase() {
                self.machine.message_received(id, self.now);
            }
        }
        self.now = self.now.plus(end - self.now.mono);
        self
    }

    /// Lets time pass in silence up to the next tick.
    fn tick(&mut self) -> u64 {
        let wake = self.machine.next_wake(self.now).expect("some time matters");
        self.now = self.now.plus(wake);
        self.send(Event::Tick);
        wake
    }

    fn phase(&self) -> &'static str {
        self.machine.phase().name()
    }

    fn opens(&self) -> usize {
        self.effects.iter().filter(|effect| matches!(effect, Effect::Open(_))).count()
    }
}

fn failed() -> Reach {
    Reach::Failed { ms: 9 }
}

/// All that the page can see when the endpoint is not reached or not trusted, and nobody else looks.
fn dark() -> Vec<Observation> {
    vec![
        Observation::Network(true),
        Observation::MixedContent(false),
        Observation::Portal(None),
        Observation::Permission(Permission::Unsupported),
        Observation::PlainHttp(None),
        Observation::Opaque(failed()),
        Observation::Info(failed()),
        Observation::Csp(None),
        Observation::SignedIn(None),
        Observation::Server(ServerCheck::Away),
    ]
}
