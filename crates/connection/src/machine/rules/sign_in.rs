//! Passwords and tokens.

use super::*;

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
