//! When it tries again, and when it does not.

use super::*;

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
        let Phase::Waiting { until, .. } = rig.machine.phase() else { panic!("{}", rig.phase()) };
        waits.push(until - rig.now.mono);
        while rig.phase() == "waiting" {
            rig.tick();
        }
        rig.close(1006);
    }
    assert_eq!(waits[..7], [500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000]);
    assert!(waits[7..].iter().all(|wait| *wait == backoff::CAP));
}

#[test]
fn only_five_seconds_of_uptime_reset_the_backoff() {
    let after = |up: u64| {
        let mut rig = Rig::connected(60_000);
        rig.random = 0;
        rig.close(1006).wait(0);
        rig.close(1006).wait(0);
        rig.close(1006).wait(0).open().wait(up);
        rig.random = u32::MAX;
        rig.close(1006);
        let Phase::Waiting { until, .. } = rig.machine.phase() else { panic!("{}", rig.phase()) };
        until - rig.now.mono
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
fn a_try_too_early_after_an_announced_restart_waits_up_to_the_cap() {
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
    let said = words::waiting(&rig.machine, rig.now);
    assert_eq!(said, "Next try when you come back to this tab or press Retry now.");
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

/// A machine at an endpoint that the browser does not let the page reach without the person's permission.
fn without_permission() -> Rig {
    let mut rig = Rig::new();
    rig.send(Event::Connect(Endpoint::parse("10.0.0.7").unwrap(), Credential::None)).close(1006);
    for observation in dark() {
        rig.send(Event::Seen(match observation.check() {
            Check::Permission => Observation::Permission(Permission::Denied),
            _ => observation,
        }));
    }
    assert!(matches!(rig.machine.phase(), Phase::NeedsYou { need: Need::Permission, .. }));
    rig
}

#[test]
fn a_permission_that_was_given_is_used_at_once_where_it_is_still_missing() {
    let here = || Endpoint::parse("10.0.0.7").unwrap();
    let connects = |before: &[Event], endpoint: Endpoint| {
        let mut rig = without_permission();
        before.iter().for_each(|event| _ = rig.send(event.clone()));
        let (phase, live) = (rig.machine.phase(), rig.machine.phase().live());
        rig.send(Event::PermissionAnswered(endpoint));
        assert!(rig.machine.phase() == phase || rig.phase() == "connecting");
        rig.machine.phase().live() != live
    };
    assert!(connects(&[], here()) && connects(&[Event::Returned], here()));
    assert!(!connects(&[], Endpoint::parse("10.0.0.8").unwrap()));
    assert!(!connects(&[Event::Pause], here()) && !connects(&[Event::SignOut], here()));
    let again = Event::Connect(here(), Credential::None);
    assert!(!connects(&[Event::Retry], here()) && !connects(&[again], here()), "a try is under way");
}
