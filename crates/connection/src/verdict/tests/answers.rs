//! Faults that an answer tells: refusals, other servers, proxies.

use super::*;

#[test]
fn sign_in_faults_are_certain_from_here() {
    let info = answered(401, Body::Empty);
    let with = |signed_in| from_here(never_opened(), info, Reach::Arrived { ms: 1 }, signed_in);
    assert_eq!(with(None), (Cause::SignIn, Confidence::Certain));
    assert_eq!(with(Some(answered(401, Body::Empty))), (Cause::SignIn, Confidence::Certain));
    assert_eq!(with(Some(answered(403, Body::Empty))), (Cause::TokenExpired, Confidence::Certain));
    assert_eq!(with(Some(answered(403, Body::Error))), (Cause::NoRights, Confidence::Certain));
    assert_eq!(with(Some(answered(400, Body::Error))), (Cause::ClockSkew, Confidence::Probable));
}

#[test]
fn an_answer_to_the_sign_in_without_a_token_has_its_cause() {
    for (status, body, cause) in [
        (401, Body::Empty, Cause::Credentials),
        (403, Body::Error, Cause::Credentials),
        (404, Body::Error, Cause::Credentials),
        (404, Body::Foreign, Cause::NotDrp),
        (400, Body::Error, Cause::ClockSkew),
        (503, Body::Foreign, Cause::BadGateway),
        (200, Body::Foreign, Cause::NotDrp),
    ] {
        assert_eq!(of_refusal(answered(status, body)).0, cause, "{status}");
    }
}

#[test]
fn another_server_and_a_gateway_are_told_by_what_they_answer() {
    let arrived = Reach::Arrived { ms: 1 };
    assert_eq!(
        from_here(never_opened(), answered(404, Body::Foreign), arrived, None),
        (Cause::NotDrp, Confidence::Certain)
    );
    assert_eq!(
        from_here(never_opened(), answered(502, Body::Foreign), arrived, None),
        (Cause::BadGateway, Confidence::Certain)
    );
    let unread = (Cause::NotDrpOrBadGateway, Confidence::Probable);
    assert_eq!(from_here(never_opened(), FAILED, arrived, None), unread);
    let gateway = Probe { http: passed(answer(502, false)), upgrade: passed(answer(502, false)), ..healthy() };
    assert_eq!(
        verdict(never_opened(), FAILED, arrived, None, looked(gateway)),
        (Cause::BadGateway, Confidence::Probable)
    );
    let other = Probe { http: passed(answer(404, false)), upgrade: passed(answer(404, false)), ..healthy() };
    assert_eq!(verdict(never_opened(), FAILED, arrived, None, looked(other)), (Cause::NotDrp, Confidence::Probable));
    let seen = verdict(never_opened(), SILENT, SILENT, None, looked(untrusted(&[TrustProblem::SelfSigned])));
    assert_eq!(seen, (Cause::BrowserOnly, Confidence::Probable), "a certificate is refused at once");
}

#[test]
fn a_stripped_upgrade_is_seen_by_the_server_and_guessed_from_here() {
    let (info, good) = (answered(401, Body::Empty), Some(answered(200, Body::Info)));
    let arrived = Reach::Arrived { ms: 1 };
    assert_eq!(from_here(never_opened(), info, arrived, good), (Cause::SocketOnly, Confidence::Probable));
    for status in [200, 426] {
        let probe = Probe { upgrade: passed(answer(status, false)), ..healthy() };
        let seen = verdict(never_opened(), info, arrived, good, looked(probe));
        assert_eq!(seen, (Cause::NoUpgrade, Confidence::Certain), "{status}");
    }
}

#[test]
fn a_close_that_asks_for_a_sign_in_is_the_endpoints_own_word() {
    let mut machine = Machine::default().with_client(CHROMIUM);
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap(), Credential::None), 0);
    step(&mut machine, Event::Opened(ConnectionId(1)), 1);
    let close = Close { code: CloseCode(1008), ..abnormal(false) };
    step(&mut machine, Event::Closed(ConnectionId(1), close), 60_001);
    let (info, good) = (answered(401, Body::Empty), Some(answered(200, Body::Info)));
    let seen = verdict(machine, info, Reach::Arrived { ms: 1 }, good, looked(healthy()));
    assert_eq!(seen, (Cause::Closed, Confidence::Certain));
}

#[test]
fn a_refused_sign_in_outweighs_the_refusal_that_the_server_always_gets() {
    let probe = Probe { upgrade: passed(answer(403, true)), ..healthy() };
    let info = answered(401, Body::Empty);
    let signed_in = Some(answered(403, Body::Empty));
    let seen = verdict(never_opened(), info, Reach::Arrived { ms: 1 }, signed_in, looked(probe));
    assert_eq!(seen, (Cause::TokenExpired, Confidence::Certain));
}

#[test]
fn a_status_without_drps_marks_is_not_drps() {
    let good = (answered(401, Body::Empty), Reach::Arrived { ms: 1 }, Some(answered(200, Body::Info)));
    let html = |status| HttpAnswer { content_type: Some("text/html".into()), ..answer(status, false) };
    let redirect = |status, to: &str| HttpAnswer { location: Some(to.into()), ..answer(status, false) };
    let busy = HttpAnswer { retry_after_s: Some(30), ..answer(503, false) };
    for (upgrade, cause) in [
        (html(403), Cause::Firewall),
        (HttpAnswer { firewall: Some("cloudflare".into()), ..answer(403, false) }, Cause::Firewall),
        (redirect(302, "https://sso.example/login"), Cause::LoginWall),
        (redirect(301, "https://other.example/"), Cause::Moved),
        (answer(429, false), Cause::TooMany),
        (busy, Cause::TooMany),
        (answer(431, false), Cause::HeadTooLarge),
        (answer(525, false), Cause::BadGateway),
        (answer(200, false), Cause::NoUpgrade),
    ] {
        let probe = Probe { upgrade: passed(upgrade.clone()), ..healthy() };
        let seen = verdict(never_opened(), good.0, good.1, good.2, looked(probe));
        assert_eq!(seen, (cause, Confidence::Certain), "{upgrade:?}");
    }
}

#[test]
fn the_servers_own_401_is_evidence_for_nothing() {
    let (info, good) = (answered(401, Body::Empty), Some(answered(200, Body::Info)));
    let seen = |probe| verdict(never_opened(), info, Reach::Arrived { ms: 1 }, good, looked(probe));
    assert_eq!(seen(healthy()), (Cause::SocketOnly, Confidence::Probable));
    let compared = Compared { without_origin: Some(HttpOutcome::Answered(401)), ..Compared::default() };
    let refused = Probe { upgrade: passed(answer(403, false)), compared, ..healthy() };
    assert_eq!(seen(refused), (Cause::OriginRefused, Confidence::Certain));
    let compared = Compared { large_head: Some(HttpOutcome::Answered(431)), ..Compared::default() };
    assert_eq!(seen(Probe { compared, ..healthy() }), (Cause::HeadTooLarge, Confidence::Probable));
}

#[test]
fn a_promise_of_http_2_that_is_not_kept_is_named_with_what_it_is() {
    let (info, good) = (answered(401, Body::Empty), Some(answered(200, Body::Info)));
    let compared = Compared { http2_refuses: true, ..Compared::default() };
    let mut machine = never_opened();
    all(&mut machine, info, Reach::Arrived { ms: 1 }, good, looked(Probe { compared, ..healthy() }), None);
    assert_eq!(machine.diagnosis().best(), Some((Cause::NoUpgrade, Confidence::Probable)));
    let facts = crate::words::facts(Cause::NoUpgrade, &machine, START.plus(62_000));
    assert_eq!(facts.as_deref(), Some("It promises WebSockets over HTTP/2 and refuses them."));
}

#[test]
fn a_password_in_hand_is_no_missing_sign_in() {
    let mut machine = Machine::default().with_client(CHROMIUM);
    step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap(), Credential::Password), 0);
    step(&mut machine, Event::SignInAnswered(ConnectionId(1), SignInAnswer::Unanswered), 1);
    step(&mut machine, Event::Closed(ConnectionId(1), abnormal(true)), 2);
    all(&mut machine, answered(401, Body::Empty), Reach::Arrived { ms: 1 }, None, looked(healthy()), None);
    assert_eq!(machine.diagnosis().best(), None);
    assert!(matches!(machine.phase(), Phase::Waiting { .. } | Phase::Connecting { .. }), "{:?}", machine.phase());
}

#[test]
fn a_pause_that_an_answer_asks_for_is_kept() {
    let mut machine = never_opened();
    let busy = || passed(HttpAnswer { retry_after_s: Some(30), ..answer(429, false) });
    let probe = Probe { http: busy(), upgrade: busy(), ..healthy() };
    all(&mut machine, answered(429, Body::Foreign), Reach::Arrived { ms: 1 }, None, looked(probe), None);
    assert_eq!(machine.diagnosis().best(), Some((Cause::TooMany, Confidence::Certain)));
    let Phase::Waiting { until, not_before: true, .. } = machine.phase() else { panic!("{:?}", machine.phase()) };
    assert_eq!(until, 61_003 + 30_000);
}
