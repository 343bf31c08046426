//! One event at a time: what is dispatched while an event is being taken, from inside an effect or by a listener to
//! what happens, waits for its turn. So no effect that is performed at once meets a state that has changed since it was
//! asked for: on a socket, on the sign-in that is forgotten, on checks that end.
//!
//! What takes long the driver leaves until a frame has been painted, so that it does not hold up the alarm: requests, checks,
//! storage. By then the state may be another one, so each of those bears what it belongs to, is taken back, or goes by the
//! state of that moment.

use core::cell::{Cell, RefCell};
use std::collections::VecDeque;

use super::{Effect, Event};

/// What surrounds the machine. The driver is one; a test has another.
pub trait Shell {
    /// Takes an event through the machine.
    fn step(&self, event: Event) -> Vec<Effect>;
    /// Carries an effect out, or takes note of it for after the frame.
    fn perform(&self, effect: Effect);
    /// Tells the world what changed. The shell has been given all effects of the event.
    fn announce(&self);
    /// Sets the one timer. No event waits any more.
    fn arm(&self);
}

/// The events that wait for their turn.
#[derive(Debug, Default)]
pub struct Queue {
    waiting: RefCell<VecDeque<Event>>,
    running: Cell<bool>,
}

impl Queue {
    /// Takes an event, now or after those that came before it.
    pub fn dispatch(&self, event: Event, shell: &impl Shell) {
        self.waiting.borrow_mut().push_back(event);
        if self.running.replace(true) {
            return;
        }
        while let Some(event) = self.next() {
            for effect in shell.step(event) {
                shell.perform(effect);
            }
            shell.announce();
        }
        self.running.set(false);
        shell.arm();
    }

    fn next(&self) -> Option<Event> {
        self.waiting.borrow_mut().pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::Endpoint;
    use crate::machine::{Close, ConnectionId, Credential, GivenUp, Machine, Phase, Progress, SignInAnswer};
    use crate::time::Moment;

    /// A shell that keeps its socket as the driver does, and calls back with one of these events wherever it is called.
    struct Nested {
        queue: Queue,
        machine: RefCell<Machine>,
        now: Cell<Moment>,
        sockets: RefCell<Vec<ConnectionId>>,
        within: Event,
        calls_left: Cell<u32>,
        /// Whether an event is being taken: from its step to the end of what is announced.
        taking: Cell<bool>,
        /// Events that were dispatched and have not had their turn.
        sent: RefCell<VecDeque<Event>>,
        /// Effects that the event being taken asked for and that are not performed yet.
        asked: RefCell<VecDeque<Effect>>,
        most_sockets: Cell<usize>,
        /// Whether it leaves for later what the driver leaves for after the frame.
        defers: bool,
        later: RefCell<VecDeque<Effect>>,
    }

    impl Nested {
        fn new(within: Event, calls: u32, defers: bool) -> Self {
            let (taking, most_sockets) = (Cell::new(false), Cell::new(0));
            let now = Cell::new(Moment { mono: 1, wall: 1_800_000_000_000 });
            let (queue, machine, sockets) = (Queue::default(), RefCell::default(), RefCell::default());
            let (sent, asked, later) = (RefCell::default(), RefCell::default(), RefCell::default());
            let calls_left = Cell::new(calls);
            Self { queue, machine, now, sockets, within, calls_left, taking, sent, asked, most_sockets, defers, later }
        }

        /// An event of the world, and the frame after it.
        fn meet(&self, event: Event) {
            self.dispatch(event);
            while let Some(effect) = self.after_the_frame() {
                self.carry_out(effect);
            }
        }

        fn after_the_frame(&self) -> Option<Effect> {
            self.later.borrow_mut().pop_front()
        }

        fn dispatch(&self, event: Event) {
            self.sent.borrow_mut().push_back(event.clone());
            self.queue.dispatch(event, self);
        }

        fn call_back(&self) {
            if let Some(left) = self.calls_left.get().checked_sub(1) {
                self.calls_left.set(left);
                self.dispatch(self.within.clone());
            }
        }

        fn socket(&self) -> Option<ConnectionId> {
            self.sockets.borrow().last().copied()
        }
    }

    impl Shell for Nested {
        fn step(&self, event: Event) -> Vec<Effect> {
            assert!(!self.taking.replace(true), "an event is taken inside another");
            assert_eq!(self.sent.borrow_mut().pop_front().as_ref(), Some(&event), "not its turn");
            self.now.set(self.now.get().plus(10));
            // A closed socket is gone, whatever the machine makes of it.
            if let Event::Closed(closed, _) = &event {
                self.sockets.borrow_mut().retain(|open| open != closed);
            }
            let effects = self.machine.borrow_mut().step(event, self.now.get(), 0);
            self.asked.borrow_mut().extend(effects.iter().cloned());
            effects
        }

        fn perform(&self, effect: Effect) {
            assert_eq!(self.asked.borrow_mut().pop_front().as_ref(), Some(&effect), "another effect was asked for");
            if self.defers && has_time(&effect) {
                self.later.borrow_mut().push_back(effect);
            } else {
                self.carry_out(effect);
            }
        }

        fn announce(&self) {
            assert_eq!(*self.asked.borrow(), [], "announced before it is done");
            self.call_back();
            self.taking.set(false);
        }

        fn arm(&self) {
            assert!(!self.taking.get(), "armed while an event is taken");
            assert_eq!(*self.sent.borrow(), [], "armed while events wait");
        }
    }

    impl Nested {
        fn carry_out(&self, effect: Effect) {
            match effect {
                Effect::SignIn(id) => self.dispatch(Event::SignInAnswered(id, SignInAnswer::Unanswered)),
                Effect::Open(id) => {
                    if self.machine.borrow().phase().live() == Some(id) {
                        self.sockets.borrow_mut().push(id);
                    }
                }
                Effect::Discard(id, _) => self.sockets.borrow_mut().retain(|open| *open != id),
                Effect::Diagnose if self.defers => {
                    let progress = self.machine.borrow().diagnosis().progress();
                    assert_eq!(progress, Progress::Running, "checks that nobody wants any more");
                }
                Effect::CancelDiagnosis => self.later.borrow_mut().retain(|it| *it != Effect::Diagnose),
                Effect::Knock(_)
                | Effect::Subscribe(_)
                | Effect::Ping(_)
                | Effect::RefreshToken
                | Effect::Forget
                | Effect::Diagnose
                | Effect::Inspect(_)
                | Effect::Remember(..)
                | Effect::Save
                | Effect::Count(_) => {}
            }
            self.most_sockets.set(self.most_sockets.get().max(self.sockets.borrow().len()));
            self.call_back();
        }
    }

    /// What the driver leaves for after the frame.
    fn has_time(effect: &Effect) -> bool {
        match effect {
            Effect::SignIn(_)
            | Effect::Knock(_)
            | Effect::RefreshToken
            | Effect::Diagnose
            | Effect::Inspect(_)
            | Effect::Remember(..)
            | Effect::Save
            | Effect::Count(_) => true,
            Effect::Open(_)
            | Effect::Discard(..)
            | Effect::Subscribe(_)
            | Effect::Ping(_)
            | Effect::Forget
            | Effect::CancelDiagnosis => false,
        }
    }

    #[test]
    fn whatever_calls_back_from_inside_any_effect_leaves_the_machines_one_socket_and_no_other() {
        let endpoint = || Endpoint::parse("drp").unwrap();
        for within in [
            Event::Pause,
            Event::Retry,
            Event::SignOut,
            Event::Connect(endpoint(), Credential::None),
            Event::Connect(endpoint(), Credential::Password),
            Event::Diagnose,
            Event::Closed(ConnectionId(1), Close::given_up(GivenUp::NotMade)),
        ] {
            for calls in 0..6 {
                for (credential, defers) in [
                    (Credential::None, false),
                    (Credential::None, true),
                    (Credential::Password, false),
                    (Credential::Password, true),
                ] {
                    let shell = Nested::new(within.clone(), calls, defers);
                    shell.meet(Event::Connect(endpoint(), credential));
                    if let Some(id) = shell.socket() {
                        shell.meet(Event::Opened(id));
                    }
                    shell.meet(Event::Retry);
                    shell.meet(Event::Tick);
                    shell.calls_left.set(calls);
                    if let Some(id) = shell.socket() {
                        shell.meet(Event::Closed(id, Close::given_up(GivenUp::NotMade)));
                    }
                    shell.meet(Event::Retry);
                    let phase = shell.machine.borrow().phase();
                    let expected: Vec<_> = phase.live().into_iter().collect();
                    assert_eq!(*shell.sockets.borrow(), expected, "{within:?} × {calls}: {phase:?}");
                    assert!(shell.most_sockets.get() <= 1, "{within:?} × {calls}");
                    if within == Event::Pause && calls > 4 {
                        assert!(!matches!(phase, Phase::Connected { .. }));
                    }
                }
            }
        }
    }
}
