//! What the megaphone shows, and how long.

use super::*;

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
fn leaving_the_page_raises_no_alarm() {
    let mut rig = Rig::connected(60_000);
    rig.send(Event::Leaving).close(1001);
    assert_eq!((rig.phase(), rig.machine.alarm(), rig.machine.history().total()), ("connected", Alarm::Calm, 0));
    assert_eq!(rig.machine.next_wake(rig.now), None);
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
