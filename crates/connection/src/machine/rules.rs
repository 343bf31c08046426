//! Each rule of the machine as a test, with the time passed in.

mod held_back;

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

#[test]
fn a_lost_connection_is_amber_at_once_and_red_after_a_second() {
    let mut rig = Rig::connected(60_000);
    rig.random = u32::MAX;
    assert_eq!(rig.machine.alarm(), Alarm::Calm);
    rig.close(1012);
    assert_eq!((rig.phase(), rig.machine.alarm()), ("waiting", Alarm::Amber));
    assert_eq!(rig.tick(), GRACE);
    assert_eq!(rig.machine.alarm(), Alarm::Red);
}

#[test]
fn the_first_failed_retry_makes_it_red_before_the_second_is_over() {
    let mut rig = Rig::connected(60_000);
    rig.random = 0;
    rig.close(1006).wait(0);
    assert_eq!((rig.phase(), rig.machine.alarm()), ("connecting", Alarm::Amber));
    rig.close(1006);
    assert_eq!(rig.machine.alarm(), Alarm::Red);
}

#[test]
fn a_shown_alarm_stays_three_seconds_after_it_rose() {
    let mut rig = Rig::connected(60_000);
    rig.random = 0;
    rig.close(1006).wait(0).open();
    assert_eq!((rig.phase(), rig.machine.alarm()), ("connected", Alarm::Amber));
    rig.wait(MINIMUM - 1);
    assert_eq!(rig.machine.alarm(), Alarm::Amber);
    rig.wait(1);
    assert_eq!(rig.machine.alarm(), Alarm::Calm);
}

#[test]
fn a_first_connection_that_takes_its_time_turns_amber_and_never_red_by_itself() {
    let mut rig = Rig::new();
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None));
    assert_eq!(rig.machine.alarm(), Alarm::Calm);
    rig.wait(GRACE);
    assert_eq!(rig.machine.alarm(), Alarm::Amber);
    rig.wait(CONNECT_TIMEOUT - GRACE - 1);
    assert_eq!(rig.machine.alarm(), Alarm::Amber);
}

#[test]
fn a_socket_that_does_not_open_is_given_up_after_ten_seconds() {
    let mut rig = Rig::new();
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None));
    let id = rig.live();
    rig.wait(CONNECT_TIMEOUT);
    assert_eq!(rig.effects[0], Effect::Discard(id, CloseCode::NORMAL));
    assert_eq!((rig.phase(), rig.machine.alarm()), ("waiting", Alarm::Red));
    let close = rig.machine.outage().unwrap().last_close.clone().unwrap();
    assert_eq!((close.code, close.given_up), (CloseCode::ABNORMAL, Some(GivenUp::ConnectTimeout)));
}

#[test]
fn retries_back_off_and_never_end_while_the_page_is_visible() {
    let mut rig = Rig::connected(60_000);
    rig.random = u32::MAX;
    rig.close(1006);
    let mut waits = Vec::new();
    for _ in 0..200 {
        let Phase::Waiting { since, until, .. } = rig.machine.phase() else { panic!("{}", rig.phase()) };
        waits.push(until - since.mono);
        while rig.phase() == "waiting" {
            rig.tick();
        }
        rig.close(1006);
    }
    assert_eq!(waits[..7], [500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000]);
    assert!(waits[7..].iter().all(|wait| *wait == backoff::CAP));
}

#[test]
fn only_five_seconds_of_uptime_start_the_backoff_anew() {
    let after = |up: u64| {
        let mut rig = Rig::connected(60_000);
        rig.random = 0;
        rig.close(1006).wait(0);
        rig.close(1006).wait(0);
        rig.close(1006).wait(0).open().wait(up);
        rig.random = u32::MAX;
        rig.close(1006);
        let Phase::Waiting { since, until, .. } = rig.machine.phase() else { panic!("{}", rig.phase()) };
        until - since.mono
    };
    assert_eq!(after(STABLE), backoff::BASE);
    assert_eq!(after(STABLE - 1), backoff::ceiling(3));
}

#[test]
fn a_superseded_socket_cannot_speak() {
    let mut rig = Rig::connected(60_000);
    let old = rig.live();
    rig.send(Event::Connect(Endpoint::parse("other").unwrap(), Credential::None));
    assert_eq!(rig.effects, [Effect::Discard(old, CloseCode::NORMAL), Effect::Open(rig.live())]);
    rig.send(Event::Opened(old));
    assert_eq!(rig.phase(), "connecting");
    rig.send(Event::Closed(old, Close::given_up(GivenUp::NotMade)));
    assert_eq!((rig.phase(), rig.machine.outage()), ("connecting", None));
}

#[test]
fn refused_sign_ins_wait_for_the_person_and_go_on_after_the_sign_in() {
    for code in [1008, 3000, 3003] {
        let mut rig = Rig::connected(1_000);
        rig.close(code);
        assert_eq!((rig.phase(), rig.machine.alarm()), ("needs-you", Alarm::Red), "{code}");
        rig.send(Event::TokenRefreshed(TokenLife { issued: rig.now.wall, ttl: 1_000 }));
        assert_eq!(rig.phase(), "connecting", "{code}");
    }
}

#[test]
fn whoever_comes_too_early_after_a_restart_that_was_announced_waits_up_to_the_cap() {
    let mut rig = Rig::connected(60_000);
    rig.random = u32::MAX;
    rig.close(1012).wait(policy::RESTART_WAIT.1);
    rig.close(1006);
    let Phase::Waiting { until, .. } = rig.machine.phase() else { panic!("{}", rig.phase()) };
    assert_eq!(until - rig.now.mono, backoff::CAP);
}

#[test]
fn too_large_a_message_is_retried_five_times_and_not_for_ever() {
    let mut rig = Rig::connected(1_000);
    rig.random = 0;
    for _ in 1..policy::BOUNDED_TRIES {
        rig.close(1009).wait(0);
        assert_eq!(rig.phase(), "connecting");
        rig.open();
    }
    let gave_up = |rig: &Rig| matches!(rig.machine.phase(), Phase::NeedsYou { need: Need::Attention, .. });
    rig.close(1009).wait(600_000);
    assert!(gave_up(&rig), "{}", rig.phase());
    // Whoever comes back may have seen to it: one more try, and no more than that.
    rig.send(Event::Returned);
    rig.open().close(1009).wait(600_000);
    assert!(gave_up(&rig), "{}", rig.phase());
    rig.send(Event::Returned);
    rig.open();
    assert_eq!(rig.phase(), "connected");
}

#[test]
fn losses_with_the_same_code_that_are_far_apart_are_not_a_row() {
    let mut rig = Rig::connected(1_000);
    rig.random = 0;
    for _ in 0..20 {
        rig.close(1009);
        rig.wait(0).open().wait(UNRELATED);
    }
    assert_eq!(rig.phase(), "connected");
}

#[test]
fn a_silent_connection_is_asked_after_twenty_seconds_and_replaced_after_eight_more() {
    let mut rig = Rig::connected(0);
    rig.machine.inspect_at = None;
    let id = rig.live();
    assert_eq!(rig.tick(), PING_AFTER);
    assert_eq!(rig.effects, [Effect::Ping(id)]);
    assert_eq!(rig.tick(), PING_TIMEOUT);
    assert!(rig.effects.contains(&Effect::Discard(id, Close::SILENCE)));
    assert_eq!((rig.phase(), rig.machine.alarm()), ("waiting", Alarm::Amber));
    assert_eq!(rig.machine.close_code(), Some(Close::SILENCE));
}

#[test]
fn an_answer_to_the_question_keeps_the_connection() {
    let mut rig = Rig::connected(0);
    rig.machine.inspect_at = None;
    rig.tick();
    rig.now = rig.now.plus(PING_TIMEOUT - 1);
    rig.machine.message_received(rig.live(), rig.now);
    assert_eq!(rig.tick(), PING_AFTER);
    assert_eq!(rig.phase(), "connected");
}

#[test]
fn a_timer_that_comes_late_proves_nothing_and_asks_again_once() {
    let mut rig = Rig::connected(0);
    rig.machine.inspect_at = None;
    rig.send(Event::Hidden);
    let id = rig.live();
    rig.tick();
    rig.now = rig.now.plus(60_000);
    rig.send(Event::Tick);
    assert_eq!((rig.phase(), &rig.effects[..]), ("connected", &[Effect::Ping(id)][..]));
    rig.now = rig.now.plus(60_000);
    rig.send(Event::Tick);
    assert_eq!(rig.phase(), "waiting");
}

#[test]
fn waking_from_sleep_asks_at_once_whichever_clock_stood_still() {
    for asleep in [Moment { mono: 0, wall: 3_600_000 }, Moment { mono: 3_600_000, wall: 3_600_000 }] {
        let mut rig = Rig::connected(10_000);
        let id = rig.live();
        rig.now = Moment { mono: rig.now.mono + asleep.mono, wall: rig.now.wall + asleep.wall };
        rig.send(Event::Tick);
        assert!(rig.effects.contains(&Effect::Ping(id)), "{asleep:?}");
        rig.tick();
        assert_eq!(rig.phase(), "waiting", "no answer after the sleep");
    }
}

#[test]
fn retry_now_works_in_every_phase_but_idle() {
    let mut rig = Rig::new();
    rig.send(Event::Retry);
    assert_eq!(rig.phase(), "idle");
    let mut rig = Rig::connected(60_000);
    rig.close(1013).send(Event::Retry);
    assert_eq!((rig.phase(), rig.opens()), ("connecting", 1));
    let first = rig.live();
    rig.send(Event::Retry);
    assert_eq!(rig.effects[0], Effect::Discard(first, CloseCode::NORMAL));
    assert_ne!(rig.live(), first);
    rig.send(Event::Pause).send(Event::Retry);
    assert_eq!(rig.phase(), "connecting");
    rig.open().send(Event::Retry);
    assert!(matches!(rig.effects[..], [Effect::Ping(_)]));
}

#[test]
fn a_pause_lets_go_and_stays_calm() {
    let mut rig = Rig::connected(60_000);
    let id = rig.live();
    rig.send(Event::Pause);
    assert_eq!(rig.effects, [Effect::Discard(id, CloseCode::NORMAL)]);
    assert_eq!((rig.phase(), rig.machine.alarm()), ("stopped", Alarm::Calm));
    assert_eq!(rig.machine.next_wake(rig.now), None);
}

#[test]
fn a_hidden_page_does_not_retry_and_a_return_retries_at_once() {
    let mut rig = Rig::connected(60_000);
    rig.send(Event::Hidden).close(1006).wait(3_600_000);
    assert_eq!(rig.phase(), "waiting");
    rig.send(Event::Returned);
    assert_eq!(rig.phase(), "connecting");
}

#[test]
fn a_wait_that_the_endpoint_asked_for_is_cut_short_by_nobody_but_the_person() {
    for code in [1012, 1013] {
        let mut rig = Rig::connected(60_000);
        rig.close(code).send(Event::Hidden).send(Event::Returned).send(Event::Online);
        rig.wait(4_000);
        assert_eq!(rig.phase(), "waiting", "{code}");
        rig.send(Event::Retry);
        assert_eq!(rig.phase(), "connecting", "{code}");
    }
}

#[test]
fn leaving_the_page_raises_no_alarm() {
    let mut rig = Rig::connected(60_000);
    rig.send(Event::Leaving).close(1001);
    assert_eq!((rig.phase(), rig.machine.alarm(), rig.machine.history().total()), ("connected", Alarm::Calm, 0));
    assert_eq!(rig.machine.next_wake(rig.now), None);
}

#[test]
fn a_page_from_the_back_forward_cache_connects_anew() {
    let mut rig = Rig::connected(60_000);
    let old = rig.live();
    rig.send(Event::Leaving);
    rig.now = rig.now.plus(3_000);
    rig.send(Event::Restored);
    assert!(rig.effects.contains(&Effect::Discard(old, CloseCode::NORMAL)));
    assert_eq!((rig.phase(), rig.opens()), ("connecting", 1));
}

#[test]
fn the_word_offline_is_not_believed_while_the_connection_answers() {
    let mut rig = Rig::connected(60_000);
    rig.send(Event::Offline);
    assert!(matches!(rig.effects[..], [Effect::Ping(_)]));
    assert_eq!(rig.phase(), "connected");
    rig.close(1006);
    assert_eq!(rig.phase(), "offline");
    rig.random = 0;
    rig.send(Event::Online).wait(0);
    assert_eq!(rig.phase(), "connecting");
}

#[test]
fn one_loss_brings_one_diagnosis() {
    let mut rig = Rig::connected(60_000);
    rig.random = 0;
    rig.close(1006).wait(0);
    let mut diagnoses = 0;
    for _ in 0..10 {
        rig.close(1006);
        diagnoses += rig.effects.iter().filter(|effect| **effect == Effect::Diagnose).count();
        while rig.phase() == "waiting" {
            rig.tick();
        }
    }
    assert_eq!(diagnoses, 1);
}

#[test]
fn an_endpoint_that_answers_and_gives_no_socket_is_thought_over_with_every_try() {
    let mut rig = Rig::connected(60_000);
    rig.close(1006).tick();
    rig.close(1006);
    let drp = |status, body| Reach::Answered { status, body, ms: 1 };
    for observation in dark() {
        rig.send(Event::Seen(match observation.check() {
            Check::Info => Observation::Info(drp(401, Body::Empty)),
            Check::Opaque => Observation::Opaque(Reach::Arrived { ms: 1 }),
            Check::SignedIn => Observation::SignedIn(Some(drp(200, Body::Info))),
            _ => observation,
        }));
    }
    let cause = |rig: &Rig| rig.machine.history().last().unwrap().cause;
    assert_eq!(cause(&rig), Some((Cause::Cut, Confidence::Certain)));
    rig.tick();
    rig.close(1006);
    assert_eq!(cause(&rig), Some((Cause::NoUpgrade, Confidence::Probable)));
    assert!(!rig.effects.contains(&Effect::Diagnose), "the same evidence");
}

#[test]
fn a_certain_cause_is_kept_with_its_loss_before_the_slow_checks_are_done() {
    let mut rig = Rig::connected(60_000);
    rig.close(1011).tick();
    rig.close(1006).send(Event::Seen(Observation::Network(true)));
    assert_eq!(rig.machine.diagnosis().progress(), Progress::Running);
    assert_eq!(rig.machine.history().last().unwrap().cause, Some((Cause::Closed, Confidence::Certain)));
    let mut rig = Rig::connected(60_000);
    rig.close(1006).tick();
    rig.close(1006).send(Event::Seen(Observation::Network(true)));
    assert_eq!(rig.machine.history().last().unwrap().cause, None, "a cut is what the checks are to explain");
}

#[test]
fn what_cannot_be_told_from_here_keeps_trying() {
    let mut rig = Rig::new();
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None)).close(1006);
    assert!(rig.effects.contains(&Effect::Diagnose));
    dark().into_iter().for_each(|observation| _ = rig.send(Event::Seen(observation)));
    assert_eq!(rig.machine.diagnosis().best(), Some((Cause::UnreachableOrUntrusted, Confidence::Probable)));
    assert_eq!((rig.phase(), rig.machine.diagnosis().progress()), ("waiting", Progress::Done));
}

#[test]
fn a_cause_that_needs_a_person_stops_the_retries_and_is_looked_at_quietly() {
    let mut rig = Rig::new();
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None)).close(1006);
    let answered = Reach::Answered { status: 401, body: Body::Empty, ms: 5 };
    for observation in dark() {
        rig.send(Event::Seen(match observation.check() {
            Check::Info => Observation::Info(answered),
            Check::SignedIn => Observation::SignedIn(Some(Reach::Answered { status: 403, body: Body::Empty, ms: 5 })),
            _ => observation,
        }));
    }
    assert!(matches!(rig.machine.phase(), Phase::NeedsYou { need: Need::SignIn, .. }));
    rig.wait(RECHECK_EVERY);
    assert_eq!((rig.phase(), rig.opens()), ("needs-you", 1));
    let attempts = rig.machine.outage().unwrap().attempts;
    rig.close(1006);
    assert_eq!((rig.phase(), rig.machine.outage().unwrap().attempts), ("needs-you", attempts));
    rig.send(Event::Returned).open();
    assert_eq!(rig.phase(), "connected");
    assert!(rig.machine.recovered().is_some());
}

#[test]
fn a_wrong_password_is_no_loss_and_raises_no_alarm() {
    let mut rig = Rig::new();
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None));
    rig.refuse(401);
    assert_eq!(rig.effects, [Effect::Forget]);
    rig.wait(60_000);
    assert_eq!((rig.phase(), rig.machine.alarm(), rig.machine.history().total()), ("needs-you", Alarm::Calm, 0));
}

#[test]
fn a_sign_in_that_another_server_answers_names_the_number_and_is_tried_again_quietly() {
    let mut rig = Rig::new();
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None)).refuse(404);
    let says = |rig: &Rig| words::finding(&rig.machine.diagnosis().findings()[0], &rig.machine, rig.now);
    assert!(says(&rig).contains("404"), "{}", says(&rig));
    assert_eq!((rig.phase(), rig.tick()), ("needs-you", RECHECK_EVERY));
    rig.refuse(404);
    assert_eq!(rig.phase(), "needs-you");
    rig.tick();
    rig.refuse(502);
    assert!(says(&rig).contains("502"), "{}", says(&rig));
    assert_eq!(rig.phase(), "waiting", "what a person had to deal with is gone");
}

#[test]
fn a_token_is_renewed_at_half_its_life_and_before_a_late_reconnect() {
    let mut rig = Rig::new();
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None));
    rig.send(Event::TokenRefreshed(TokenLife { issued: rig.now.wall, ttl: 100_000 })).open();
    let mut refreshed_at = None;
    while refreshed_at.is_none() {
        rig.tick();
        rig.machine.message_received(rig.live(), rig.now);
        refreshed_at = rig.effects.contains(&Effect::RefreshToken).then_some(rig.now.mono);
    }
    assert_eq!(refreshed_at, Some(51_000));
    rig.random = 0;
    rig.close(1006).wait(0);
    assert_eq!(rig.effects, [Effect::RefreshToken, Effect::Open(rig.live())]);
}

#[test]
fn a_recovery_is_told_with_how_long_it_took_and_then_forgotten() {
    let mut rig = Rig::connected(60_000);
    rig.close(1006).wait(42_000);
    while rig.machine.phase().live().is_none() {
        rig.tick();
    }
    let down = rig.now.mono - rig.machine.outage().unwrap().since.mono;
    rig.open();
    assert_eq!(rig.machine.recovered().map(|it| it.down), Some(down));
    assert_eq!(rig.machine.history().last().and_then(|loss| loss.down), Some(down));
    rig.wait(RECOVERED_SHOWN);
    assert_eq!(rig.machine.recovered(), None);
}

#[test]
fn a_loss_that_is_over_has_the_same_cause_in_the_dialog_as_in_the_history() {
    let mut rig = Rig::connected(60_000);
    rig.random = 0;
    rig.close(1006).wait(0).close(1006);
    for observation in dark() {
        rig.send(Event::Seen(observation));
    }
    assert_eq!(rig.machine.diagnosis().best(), Some((Cause::UnreachableOrUntrusted, Confidence::Probable)));
    rig.wait(1_000).open();
    let restart = Some((Cause::Restart, Confidence::Probable));
    assert_eq!((rig.machine.diagnosis().best(), rig.machine.history().last().unwrap().cause), (restart, restart));
}

#[test]
fn the_checks_still_running_are_ended_when_the_connection_is_back() {
    let mut rig = Rig::new();
    rig.random = 0;
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None)).close(1006).wait(0).open();
    assert!(rig.effects.contains(&Effect::CancelDiagnosis));
    rig.send(Event::Seen(Observation::Network(false)));
    assert_eq!((rig.phase(), rig.machine.diagnosis().evidence().of(Check::Network)), ("connected", None));
}

#[test]
fn each_loss_is_counted_once() {
    let mut rig = Rig::connected(60_000);
    rig.random = 0;
    let mut counted = Vec::new();
    let mut note = |rig: &Rig| {
        counted.extend(rig.effects.iter().filter_map(|effect| match effect {
            Effect::Count(loss) => Some((loss.code, loss.cause.clone())),
            _ => None,
        }));
    };
    rig.close(1011);
    note(&rig);
    rig.wait(0).close(1006);
    note(&rig);
    for observation in dark() {
        rig.send(Event::Seen(observation));
        note(&rig);
    }
    while rig.phase() == "waiting" {
        rig.tick();
    }
    rig.open();
    note(&rig);
    assert_eq!(counted, [(1011, Some("unreachable-or-untrusted".to_owned()))]);
}
