//! Any sequence of events from the world, against what must always hold. Sockets are modelled as the driver keeps them.

use proptest::prelude::*;

use super::*;
use crate::cause::{Cause, Need};
use crate::client::Browser;
use crate::evidence::{Body, Observation, Permission, PersonSaw, PortalCheck, Reach, ServerCheck};

/// What the world may do next. A socket is named by how long ago it was opened, so that old ones speak too.
#[derive(Clone, Debug)]
enum Move {
    Send(Event),
    Open { age: u32 },
    Close { age: u32, code: u16 },
    Answer { age: u32, answer: SignInAnswer },
    Knocked { age: u32, reach: Reach },
    Heard { age: u32 },
    Wait(u64),
    Sleep(u64),
    TickWhenDue,
}

fn reach() -> impl Strategy<Value = Reach> {
    let body = prop_oneof![Just(Body::Empty), Just(Body::Info), Just(Body::Error), Just(Body::Foreign)];
    let status = prop_oneof![Just(200), Just(400), Just(401), Just(403), Just(404), Just(502)];
    prop_oneof![
        (status, body).prop_map(|(status, body)| Reach::Answered { status, body, ms: 1 }),
        Just(Reach::Arrived { ms: 1 }),
        Just(Reach::Failed { ms: 1 }),
        Just(Reach::TimedOut { ms: 8_000 }),
    ]
}

fn observation() -> impl Strategy<Value = Observation> {
    prop_oneof![
        any::<bool>().prop_map(Observation::Network),
        Just(Observation::Portal(Some(PortalCheck { ms: 1, skew: None }))),
        Just(Observation::Portal(None)),
        any::<bool>().prop_map(Observation::MixedContent),
        Just(Observation::Csp(None)),
        Just(Observation::Csp(Some("connect-src".to_owned()))),
        Just(Observation::Permission(Permission::Denied)),
        Just(Observation::Permission(Permission::Granted)),
        reach().prop_map(Observation::Info),
        reach().prop_map(Observation::Opaque),
        proptest::option::of(reach()).prop_map(Observation::PlainHttp),
        proptest::option::of(reach()).prop_map(Observation::SignedIn),
        Just(Observation::Server(ServerCheck::Away)),
        Just(Observation::Server(ServerCheck::NotOffered)),
        Just(Observation::Server(ServerCheck::Absent)),
    ]
}

fn life() -> impl Strategy<Value = TokenLife> {
    (0..4u64).prop_map(|ttl| TokenLife { issued: 1_700_000_000_000, ttl: ttl * 30_000 })
}

fn endpoint() -> impl Strategy<Value = Endpoint> {
    any::<bool>().prop_map(|first| Endpoint::parse(if first { "one" } else { "two" }).unwrap())
}

fn credential() -> impl Strategy<Value = Credential> {
    prop_oneof![
        Just(Credential::None),
        Just(Credential::Password),
        proptest::option::of(life()).prop_map(Credential::Token),
    ]
}

fn answer() -> impl Strategy<Value = SignInAnswer> {
    prop_oneof![
        life().prop_map(SignInAnswer::Token),
        reach().prop_map(SignInAnswer::Refused),
        Just(SignInAnswer::Unanswered),
    ]
}

fn person() -> impl Strategy<Value = PersonSaw> {
    prop_oneof![
        Just(PersonSaw::Warning),
        Just(PersonSaw::DeadEnd),
        Just(PersonSaw::Unreachable),
        Just(PersonSaw::Endpoint),
        Just(PersonSaw::Code(Cause::Proxy)),
    ]
}

fn code() -> impl Strategy<Value = u16> {
    prop_oneof![3 => Just(1006), 1 => 1000..1016u16, 1 => any::<u16>(), 1 => Just(3000), 1 => Just(1009)]
}

fn world_moves() -> impl Strategy<Value = Move> {
    let plain = prop_oneof![
        Just(Event::Retry),
        Just(Event::Pause),
        Just(Event::SignOut),
        Just(Event::Diagnose),
        Just(Event::Tick),
        Just(Event::Online),
        Just(Event::Offline),
        Just(Event::Hidden),
        Just(Event::Returned),
        Just(Event::Leaving),
        Just(Event::Restored),
        observation().prop_map(Event::Seen),
        life().prop_map(Event::TokenRefreshed),
        (endpoint(), credential()).prop_map(|(endpoint, credential)| Event::Connect(endpoint, credential)),
        endpoint().prop_map(Event::PermissionAnswered),
        proptest::option::of(person()).prop_map(Event::Told),
    ];
    prop_oneof![
        4 => plain.prop_map(Move::Send),
        3 => (0..3u32).prop_map(|age| Move::Open { age }),
        3 => (0..3u32, code()).prop_map(|(age, code)| Move::Close { age, code }),
        2 => (0..2u32, answer()).prop_map(|(age, answer)| Move::Answer { age, answer }),
        2 => (0..2u32, reach()).prop_map(|(age, reach)| Move::Knocked { age, reach }),
        1 => (0..2u32).prop_map(|age| Move::Heard { age }),
        2 => (0..40_000u64).prop_map(Move::Wait),
        1 => (0..100_000u64).prop_map(Move::Sleep),
        4 => Just(Move::TickWhenDue),
    ]
}

/// The sockets and the requests before them as the driver keeps them, and the newest id.
#[derive(Default)]
struct Sockets {
    alive: Vec<ConnectionId>,
    asking: Vec<ConnectionId>,
    newest: u32,
}

impl Sockets {
    fn carry_out(&mut self, effects: &[Effect]) -> Result<(), TestCaseError> {
        for effect in effects {
            match effect {
                Effect::SignIn(id) | Effect::Knock(id) => {
                    prop_assert!(self.alive.is_empty() && self.asking.is_empty(), "{effect:?} beside another try");
                    prop_assert!(id.0 > self.newest, "{id:?} was used before");
                    self.newest = id.0;
                    self.asking.push(*id);
                }
                Effect::Open(id) => {
                    prop_assert!(self.alive.is_empty(), "opened {id:?} while {:?} is alive", self.alive);
                    prop_assert!(self.asking.is_empty(), "opened {id:?} while {:?} is being asked", self.asking);
                    prop_assert!(id.0 >= self.newest, "{id:?} was used before");
                    self.newest = id.0;
                    self.alive.push(*id);
                }
                Effect::Discard(id, code) => {
                    prop_assert!(code.row().page_may_send, "a page may not send {code}");
                    self.alive.retain(|alive| alive != id);
                    self.asking.retain(|asking| asking != id);
                }
                Effect::Ping(id) | Effect::Subscribe(id) => {
                    prop_assert!(self.alive.contains(id), "{effect:?} to a socket that is gone");
                }
                Effect::RefreshToken
                | Effect::Forget
                | Effect::Diagnose
                | Effect::CancelDiagnosis
                | Effect::Inspect(_)
                | Effect::Remember(..)
                | Effect::Save
                | Effect::Count(_) => {}
            }
        }
        Ok(())
    }

    /// A request that is under way ends; one that was never made, or was let go, has no answer.
    fn answered(&mut self, id: ConnectionId) -> bool {
        let asked = self.asking.contains(&id);
        self.asking.retain(|asking| *asking != id);
        asked
    }

    fn named(&self, age: u32) -> ConnectionId {
        ConnectionId(self.newest.saturating_sub(age))
    }
}

fn run(moves: Vec<Move>, random: u32) -> Result<(), TestCaseError> {
    let browser = if random.is_multiple_of(2) { Browser::Chromium } else { Browser::Firefox };
    let mut machine = Machine::default().with_client(Client { browser, ..Client::default() });
    let mut sockets = Sockets::default();
    let mut now = Moment { mono: 5, wall: 1_700_000_000_000 };
    let mut visible = true;
    let mut leaving = false;
    for step in moves {
        let event = match step {
            Move::Send(event) => event,
            // What has not been opened yet can neither open nor close.
            Move::Open { age } | Move::Close { age, .. } if sockets.asking.contains(&sockets.named(age)) => continue,
            Move::Open { age } => Event::Opened(sockets.named(age)),
            Move::Close { age, code } => {
                let id = sockets.named(age);
                // A closed socket is gone whatever the machine makes of it; while leaving, the machine is not told.
                if leaving {
                    continue;
                }
                sockets.alive.retain(|alive| *alive != id);
                let (reason, clean, error, given_up) = (String::new(), false, false, None);
                Event::Closed(id, Close { code: CloseCode(code), reason, clean, error, given_up })
            }
            Move::Answer { age, answer } => {
                let id = sockets.named(age);
                if (leaving && answer == SignInAnswer::Unanswered) || !sockets.answered(id) {
                    continue;
                }
                Event::SignInAnswered(id, answer)
            }
            Move::Knocked { age, reach } => {
                let id = sockets.named(age);
                if leaving || !sockets.answered(id) {
                    continue;
                }
                Event::Knocked(id, reach)
            }
            Move::Heard { age } => {
                machine.message_received(sockets.named(age), now);
                continue;
            }
            Move::Wait(ms) => {
                now = now.plus(machine.next_wake(now).map_or(ms, |wake| wake.min(ms)));
                continue;
            }
            Move::Sleep(ms) => {
                now.wall += ms;
                continue;
            }
            Move::TickWhenDue => match machine.next_wake(now) {
                Some(wake) => {
                    now = now.plus(wake);
                    Event::Tick
                }
                None => continue,
            },
        };
        match event {
            Event::Hidden => visible = false,
            Event::Returned => visible = true,
            Event::Leaving => leaving = true,
            Event::Restored => (visible, leaving) = (true, false),
            _ => {}
        }
        let opened_before = matches!(event, Event::Opened(_));
        let permission_missing = matches!(machine.phase(), Phase::NeedsYou { need: Need::Permission, .. });
        let live_before = machine.phase().live();
        let effects = machine.step(event.clone(), now, random);
        sockets.carry_out(&effects)?;
        if let Event::PermissionAnswered(asked) = &event {
            let wanted = permission_missing && machine.endpoint() == Some(asked);
            let tries = effects.iter().any(begins_a_try);
            prop_assert_eq!(wanted, tries, "{:?} with {:?}", event, machine.phase());
        }

        let phase = machine.phase();
        let trying = [sockets.alive.clone(), sockets.asking.clone()].concat();
        prop_assert_eq!(phase.live().into_iter().collect::<Vec<_>>(), trying, "{:?}", phase);
        if let Some(live) = phase.live() {
            prop_assert_eq!(live, ConnectionId(sockets.newest), "only the newest connection speaks");
        }
        if opened_before && let Event::Opened(id) = event {
            let connected = matches!(phase, Phase::Connected { id: live, .. } if live == id);
            prop_assert_eq!(connected, live_before == Some(id));
        }
        match phase {
            Phase::Idle | Phase::Stopped => {
                prop_assert!(machine.outage().is_none(), "nothing is lost while nothing is wanted");
            }
            Phase::Waiting { .. } | Phase::Offline { .. } if visible && !leaving => {
                prop_assert!(machine.next_wake(now).is_some(), "stuck in {phase:?}");
            }
            Phase::Connecting { .. } | Phase::Connected { .. } if !leaving => {
                prop_assert!(machine.next_wake(now).is_some(), "nobody watches {phase:?}");
            }
            _ => {}
        }
        prop_assert!(machine.history().losses().len() <= crate::history::LIMIT);
        if matches!(phase, Phase::Connected { .. }) {
            prop_assert!(machine.outage().is_none());
        }
    }
    if visible && !leaving {
        settle(machine, now, random)?;
    }
    Ok(())
}

fn begins_a_try(effect: &Effect) -> bool {
    matches!(effect, Effect::Open(_) | Effect::Knock(_) | Effect::SignIn(_))
}

/// Left alone, with ticks when they are due and an endpoint that is not there, a timer never spins, and a machine that
/// waits tries again.
fn settle(mut machine: Machine, mut now: Moment, random: u32) -> Result<(), TestCaseError> {
    let wants_retry = matches!(machine.phase(), Phase::Waiting { .. });
    let (mut opened, mut standing) = (false, 0);
    for _ in 0..40 {
        let before = now;
        let Some(wake) = machine.next_wake(now) else { break };
        now = now.plus(wake);
        let effects = machine.step(Event::Tick, now, random);
        opened |= effects.iter().any(begins_a_try);
        if let Some(id) = machine.phase().live().filter(|_| !matches!(machine.phase(), Phase::Connected { .. })) {
            now = now.plus(1);
            machine.step(Event::Closed(id, Close::given_up(GivenUp::NotMade)), now, random);
        }
        standing = if now == before { standing + 1 } else { 0 };
        // A tick takes all that is due, but for the upkeep of a connection that is asked for an answer first.
        prop_assert!(standing <= 2, "the timer spins in {:?}", machine.phase());
    }
    prop_assert!(opened || !wants_retry, "a due retry never came");
    Ok(())
}

/// 2,000 random histories, or as many as `PROPTEST_CASES` says: `cargo xtask test` asks for 100,000.
fn config() -> ProptestConfig {
    let cases = std::env::var_os("PROPTEST_CASES").is_none().then_some(2_000);
    let config = ProptestConfig::default();
    ProptestConfig { cases: cases.unwrap_or(config.cases), ..config }
}

proptest! {
    // The shape of the failure is in the assertion; nothing is written beside the sources.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..config() })]

    #[test]
    fn whatever_the_world_does_there_is_one_socket_and_a_way_on(
        moves in proptest::collection::vec(world_moves(), 1..40),
        random in any::<u32>(),
    ) {
        let start = Move::Send(Event::Connect(Endpoint::parse("one").unwrap(), Credential::None));
        run([vec![start], moves].concat(), random)?;
    }
}
