//! Where the browser holds new sockets back after one has failed, a request asks first whether anybody answers.

use super::*;
use crate::client::{Browser, Client, System};
use crate::service::REQUEST_LIMIT;

/// A machine in Firefox whose connection was lost, and whose first socket after that has failed too.
fn lost(credential: Credential) -> Rig {
    let mut rig = Rig::new();
    rig.machine = Machine::default().with_client(Client { browser: Browser::Firefox, system: System::Linux });
    rig.random = 0;
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), credential));
    if credential == Credential::Password {
        rig.send(Event::SignInAnswered(rig.live(), SignInAnswer::Unanswered));
    } else {
        rig.open();
        rig.close(1006).wait(0);
    }
    assert_eq!(rig.opens(), 1, "how the first socket ends says most");
    rig.close(1006).wait(0);
    rig
}

fn knocks(rig: &Rig) -> bool {
    rig.effects == [Effect::Knock(rig.live())]
}

#[test]
fn after_a_failed_socket_a_try_begins_with_a_request() {
    let mut rig = lost(Credential::None);
    assert!(knocks(&rig), "{:?}", rig.effects);
    rig.send(Event::Knocked(rig.live(), failed()));
    assert_eq!((rig.phase(), rig.opens()), ("waiting", 0));
    rig.wait(0);
    assert!(knocks(&rig), "{:?}", rig.effects);
    rig.send(Event::Knocked(rig.live(), Reach::Arrived { ms: 1 }));
    assert_eq!(rig.effects, [Effect::Open(rig.live())]);
}

#[test]
fn retry_now_asks_at_once() {
    let mut rig = lost(Credential::None);
    rig.random = u32::MAX;
    rig.send(Event::Knocked(rig.live(), failed())).send(Event::Retry);
    assert_eq!(rig.phase(), "connecting");
    assert!(rig.effects.contains(&Effect::Knock(rig.live())), "{:?}", rig.effects);
}

#[test]
fn a_socket_that_the_browser_holds_back_is_not_given_up_after_ten_seconds() {
    let mut rig = lost(Credential::None);
    rig.send(Event::Knocked(rig.live(), Reach::Arrived { ms: 1 })).wait(CONNECT_TIMEOUT + 1);
    assert_eq!(rig.phase(), "connecting");
}

#[test]
fn a_sign_in_that_nobody_answered_is_such_a_request_too() {
    let mut rig = lost(Credential::Password);
    assert_eq!(rig.effects, [Effect::SignIn(rig.live())]);
    rig.send(Event::SignInAnswered(rig.live(), SignInAnswer::Unanswered));
    assert_eq!((rig.phase(), rig.opens()), ("waiting", 0));
}

#[test]
fn what_is_waited_for_is_said_and_each_limit_is_its_own() {
    let waiting = |rig: &Rig| crate::words::waiting(&rig.machine, rig.now);
    let mut rig = lost(Credential::None);
    assert!(waiting(&rig).starts_with("Trying now"), "{}", waiting(&rig));
    rig.now = rig.now.plus(5);
    rig.send(Event::Knocked(rig.live(), Reach::Arrived { ms: 5 }));
    assert!(waiting(&rig).starts_with("Trying now"), "a socket takes its time: {}", waiting(&rig));
    rig.now = rig.now.plus(12_000);
    assert_eq!(
        waiting(&rig),
        "The endpoint answered. Firefox may hold the connection back for up to a minute: 12 s so far"
    );
    assert_eq!(rig.machine.gave_up_after(), CONNECT_TIMEOUT, "the try before had only its own time");
    rig.wait(HELD_BACK_TIMEOUT);
    assert_eq!(rig.machine.gave_up_after(), HELD_BACK_TIMEOUT);
    rig.send(Event::Retry);
    rig.send(Event::Knocked(rig.live(), Reach::TimedOut { ms: 8_000 }));
    assert_eq!(rig.machine.gave_up_after(), REQUEST_LIMIT, "and a request has its own");
}

#[test]
fn no_limit_is_told_that_no_try_had() {
    let mut rig = Rig::new();
    rig.machine = Machine::default().with_client(Client { browser: Browser::Firefox, system: System::Linux });
    rig.random = 0;
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None)).wait(CONNECT_TIMEOUT);
    assert_eq!(words::title(&rig.machine), "DRP did not answer within 10 s");
    rig.send(Event::Retry);
    rig.send(Event::Knocked(rig.live(), Reach::TimedOut { ms: 8_000 }));
    assert_eq!(words::title(&rig.machine), "DRP did not answer within 8 s");
}
