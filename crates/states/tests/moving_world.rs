//! A fault rarely stays what it was. Every ordered pair of faults is played: first one, then the other without a connection
//! between them, with tries that fail and looks that see what is there. What is said in the end must be true of the second.

use std::collections::BTreeSet;

use connection::cause::Cause;
use connection::client::{Browser, Client, System};
use connection::close_code::CloseCode;
use connection::endpoint::Endpoint;
use connection::loss::Close;
use connection::machine::{ConnectionId, Credential, Effect, Event, Machine, TokenLife};
use connection::remedy;
use connection::time::{Moment, SECOND};
use connection::words;

/// The faults that an endpoint, or what lies before it, can change between while a page stands.
const FAULTS: [Cause; 37] = [
    Cause::Offline,
    Cause::LocalNetwork,
    Cause::NoName,
    Cause::Down,
    Cause::NobodyBehind,
    Cause::SomeAddresses,
    Cause::NoAnswer,
    Cause::LargePackets,
    Cause::BrowserOnly,
    Cause::Expired,
    Cause::NotLoaded,
    Cause::NotYetValid,
    Cause::YourClock,
    Cause::WrongName,
    Cause::WrongSite,
    Cause::SelfSigned,
    Cause::UnknownCa,
    Cause::ChainIncomplete,
    Cause::StaleCa,
    Cause::BadCertificate,
    Cause::PlainHttp,
    Cause::OtherProtocol,
    Cause::OldTls,
    Cause::TlsFailed,
    Cause::TokenExpired,
    Cause::NoRights,
    Cause::NotDrp,
    Cause::LoginWall,
    Cause::Firewall,
    Cause::OriginRefused,
    Cause::BadGateway,
    Cause::NoUpgrade,
    Cause::Moved,
    Cause::TooMany,
    Cause::HeadTooLarge,
    Cause::ClientCertificate,
    Cause::Replaced,
];

/// Words that say of an endpoint what it does now.
const PRESENT: [&str; 18] = [
    "accepts", "allows", "answers", "asks", "breaks", "comes", "does", "ends", "gets", "has", "is", "keeps", "offers",
    "refuses", "sends", "serves", "shows", "speaks",
];

/// How long one fault stands before the other takes its place.
const FIRST: u64 = 30 * SECOND;
/// Within this time after the change the new cause is named, the time that its own checks take not counted.
const NOTICED: u64 = 15 * SECOND;

/// Something that the world does at a time.
enum Due {
    Close(ConnectionId),
    See,
}

/// The machine in a world in which one thing is wrong.
struct World {
    machine: Machine,
    now: Moment,
    endpoint: Endpoint,
    fault: Cause,
    due: Vec<(u64, Due)>,
}

impl World {
    fn new(fault: Cause) -> Self {
        let client = Client { browser: Browser::Chromium, system: System::Linux };
        let now = Moment { mono: 1_000, wall: 1_795_608_000_000 };
        let endpoint = Endpoint::named("drp.example.com", true);
        let machine = Machine::default().with_client(client);
        let mut world = Self { machine, now, endpoint: endpoint.clone(), fault, due: Vec::new() };
        let life = TokenLife { issued: now.wall, ttl: 3_600 * SECOND };
        world.send(Event::Connect(endpoint, Credential::Token(Some(life))));
        world
    }

    /// How long this fault's slowest check takes.
    fn slowness(&self) -> u64 {
        if self.fault == Cause::NoAnswer { 8 * SECOND } else { 100 }
    }

    fn send(&mut self, event: Event) {
        for effect in self.machine.step(event, self.now, u32::MAX / 3) {
            let now = self.now.mono;
            if let Effect::Open(id) = effect
                && self.fault != Cause::NoAnswer
            {
                self.due.push((now + 30, Due::Close(id)));
            } else if effect == Effect::Diagnose {
                self.due.push((now + self.slowness(), Due::See));
            } else if effect == Effect::CancelDiagnosis {
                self.due.retain(|(_, due)| !matches!(due, Due::See));
            }
        }
    }

    /// Lets time pass: what is due happens in its order.
    fn pass(&mut self, ms: u64) {
        let end = self.now.mono + ms;
        loop {
            let timer = self.machine.next_wake(self.now).map(|wake| self.now.mono + wake);
            let world = self.due.iter().map(|(at, _)| *at).min();
            let Some(next) = timer.into_iter().chain(world).min().filter(|at| *at <= end) else { break };
            self.now = self.now.plus(next - self.now.mono);
            match self.due.iter().position(|(at, _)| *at <= next) {
                Some(index) => match self.due.remove(index).1 {
                    Due::Close(id) => {
                        let code = CloseCode::ABNORMAL;
                        let (reason, clean, error, given_up) = (String::new(), false, true, None);
                        self.send(Event::Closed(id, Close { code, reason, clean, error, given_up }));
                    }
                    Due::See => {
                        for observation in states::recorded(self.fault, &self.endpoint, self.now) {
                            self.send(Event::Seen(observation));
                        }
                    }
                },
                None => self.send(Event::Tick),
            }
        }
        self.now = self.now.plus(end - self.now.mono);
    }

    fn named(&self) -> Option<Cause> {
        self.machine.diagnosis().best().map(|(cause, _)| cause)
    }

    /// Everything that is said of the cause; what else is possible may be what was there before.
    fn said(&self) -> Vec<String> {
        let mut all = vec![words::headline(&self.machine, self.now)];
        let findings = self.machine.diagnosis().findings();
        all.extend(findings.first().map(|finding| words::finding(finding, &self.machine, self.now)));
        all.extend(remedy::plan(&self.machine).all().into_iter().map(|step| step.text));
        all
    }
}

#[test]
fn whatever_a_fault_turns_into_is_named_within_15_seconds_and_the_old_one_is_not() {
    let mut wrong = Vec::new();
    for first in FAULTS {
        for second in FAULTS.into_iter().filter(|second| *second != first) {
            let mut world = World::new(first);
            world.pass(FIRST);
            assert_eq!(world.named(), Some(first), "before it turns into {second:?}");
            world.fault = second;
            world.pass(NOTICED + 2 * world.slowness());
            let (named, said) = (world.named(), world.said().join("\n"));
            if named != Some(second) {
                wrong.push(format!("{first:?} → {second:?}: {named:?}"));
            } else if said.contains(first.title()) {
                wrong.push(format!("{first:?} → {second:?} still says:\n{said}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), FAULTS.len() * (FAULTS.len() - 1), wrong.join("\n"));
}

#[test]
fn what_was_seen_before_the_last_failed_try_is_told_as_past() {
    let mut as_if_now = BTreeSet::new();
    for fault in FAULTS.into_iter().filter(|fault| fault.need().is_none() && *fault != Cause::NoAnswer) {
        let mut world = World::new(fault);
        world.pass(FIRST);
        // The world goes dark for the checks: what they saw grows old while tries go on failing.
        world.due.retain(|(_, due)| !matches!(due, Due::See));
        let seen = world.machine.diagnosis().as_of();
        let mut turns = 0;
        while world.machine.diagnosis().as_of() == seen && turns < 100 {
            world.pass(100);
            turns += 1;
            let outage = world.machine.outage().unwrap();
            let current = world.machine.diagnosis().is_current(Some(outage));
            let heading = words::heading(fault, &world.machine);
            assert_eq!(heading, if current { fault.title() } else { fault.past_title() }, "{fault:?}");
            if !current && let Some(facts) = words::facts(fault, &world.machine, world.now) {
                assert!(facts.contains("Seen "), "{fault:?} does not say when: {facts}");
                if facts.split([' ', '.', ',', ';']).any(|word| PRESENT.contains(&word)) {
                    as_if_now.insert(format!("{fault:?}: {facts}"));
                }
            }
        }
    }
    assert!(as_if_now.is_empty(), "{as_if_now:#?}");
}

#[test]
fn the_order_in_which_answers_arrive_changes_nothing_in_the_end() {
    for fault in FAULTS {
        let outcome = |order: &[usize]| {
            let mut world = World::new(fault);
            world.pass(20 * SECOND);
            world.send(Event::Diagnose);
            let seen = states::recorded(fault, &world.endpoint, world.now);
            for index in order {
                world.send(Event::Seen(seen[*index].clone()));
            }
            (world.machine.diagnosis().findings().to_vec(), world.machine.phase().name())
        };
        let straight: Vec<usize> = (0..10).collect();
        let expected = outcome(&straight);
        let mut random = 0x9E37_79B9_7F4A_7C15_u64;
        for _ in 0..300 {
            let mut order = straight.clone();
            for index in (1..order.len()).rev() {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                order.swap(index, (random % (index as u64 + 1)) as usize);
            }
            assert_eq!(outcome(&order), expected, "{fault:?} in the order {order:?}");
        }
    }
}
