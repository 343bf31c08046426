//! Whether a standing connection still lives, and what the page and its computer do meanwhile.

use super::*;

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
fn a_hidden_page_does_not_retry_and_a_return_retries_at_once() {
    let mut rig = Rig::connected(60_000);
    rig.send(Event::Hidden).close(1006).wait(3_600_000);
    assert_eq!(rig.phase(), "waiting");
    rig.send(Event::Returned);
    assert_eq!(rig.phase(), "connecting");
}

#[test]
fn a_page_from_the_back_forward_cache_connects_again() {
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
