//! Faults of the certificate, and who accepts what.

use super::*;

#[test]
fn every_fault_of_a_certificate_has_its_name() {
    use TrustProblem::*;
    for (problems, cause) in [
        (vec![Expired, SelfSigned], Cause::Expired),
        (vec![NotYetValid], Cause::NotYetValid),
        (vec![WrongName, SelfSigned], Cause::WrongName),
        (vec![SelfSigned], Cause::SelfSigned),
        (vec![UnknownIssuer], Cause::UnknownCa),
        (vec![Malformed { text: "<b>".into() }], Cause::BadCertificate),
        (vec![BadSignature], Cause::BadCertificate),
    ] {
        let probe = untrusted(&problems);
        assert_eq!(dark(never_opened(), probe.clone()), (cause, Confidence::Probable), "{problems:?}");
        assert_eq!(dark(tls_refused(), probe), (cause, Confidence::Certain), "{problems:?}");
    }
}

#[test]
fn a_certificate_other_than_the_one_in_use_before_was_replaced() {
    let probe = Box::new(untrusted(&[TrustProblem::SelfSigned]));
    let seat = |known: &str| {
        let known = KnownCertificate { fingerprint: known.into(), ..KnownCertificate::default() };
        ServerCheck::Looked { probe: probe.clone(), known: Some(known) }
    };
    let cause = |known| verdict(was_connected(abnormal(false)), FAILED, FAILED, None, seat(known));
    assert_eq!(cause("CC:DD"), (Cause::Replaced, Confidence::Probable));
    assert_eq!(cause("AA:BB"), (Cause::Forgotten, Confidence::Probable), "this browser no longer accepts it");
}

#[test]
fn a_wrong_name_is_the_cause_after_a_cut_too() {
    let seat = looked(untrusted(&[TrustProblem::WrongName, TrustProblem::SelfSigned]));
    let seen = verdict(was_connected(abnormal(false)), FAILED, FAILED, None, seat);
    assert_eq!(seen, (Cause::WrongName, Confidence::Probable));
}

#[test]
fn a_certificate_is_no_cause_once_this_browser_is_answered_again() {
    let info = answered(401, Body::Empty);
    let seat = looked(untrusted(&[TrustProblem::SelfSigned]));
    let outage = was_connected(abnormal(false));
    let seen = verdict(outage, info, Reach::Arrived { ms: 1 }, Some(answered(200, Body::Info)), seat);
    assert_eq!(seen, (Cause::Cut, Confidence::Certain));
}

#[test]
fn a_clock_by_which_a_good_certificate_is_out_of_date_is_the_cause() {
    let day = 86_400_000;
    let seen = |skew, opaque, probe: Probe| {
        let mut machine = never_opened();
        let clock = Observation::Portal(Some(PortalCheck { ms: 1, skew: Some(skew) }));
        all(&mut machine, opaque, opaque, None, looked(probe), Some(clock));
        machine.diagnosis().best().unwrap()
    };
    let dated = |by: u64| {
        let date_ms = Some(START.wall - by);
        Probe { http: passed(HttpAnswer { date_ms, ..answer(401, true) }), ..healthy() }
    };
    let years = 3_650 * day;
    for skew in [years, -years] {
        assert_eq!(seen(skew, FAILED, dated(1_000)), (Cause::YourClock, Confidence::Certain));
        let unconfirmed = (Cause::YourClock, Confidence::Probable);
        assert_eq!(seen(skew, FAILED, healthy()), unconfirmed, "one of two clocks is wrong");
        assert_eq!(seen(skew, FAILED, dated(300 * 86_400_000)), unconfirmed, "the server's may be it");
        assert_ne!(seen(skew, SILENT, dated(0)).0, Cause::YourClock, "a certificate is refused at once");
    }
    let same_day = (Cause::BrowserOnly, Confidence::Probable);
    assert_eq!(seen(day, FAILED, dated(0)), same_day, "it is valid on that day, too");
}

#[test]
fn an_accepted_certificate_does_not_hide_what_the_server_sees_behind_it() {
    let (info, good) = (answered(401, Body::Empty), Some(answered(200, Body::Info)));
    let arrived = Reach::Arrived { ms: 1 };
    let behind = |upgrade| Probe { upgrade, ..untrusted(&[TrustProblem::SelfSigned]) };
    let seen = |probe| verdict(was_connected(abnormal(false)), info, arrived, good, looked(probe));
    assert_eq!(seen(behind(passed(answer(200, false)))), (Cause::NoUpgrade, Confidence::Certain));
    assert_eq!(seen(behind(why(HttpFailure::Timeout))), (Cause::NoAnswer, Confidence::Certain));
    let gateway = Probe { http: passed(answer(503, false)), ..behind(passed(answer(503, false))) };
    let unread = verdict(was_connected(abnormal(false)), FAILED, arrived, None, looked(gateway));
    assert_eq!(unread, (Cause::BadGateway, Confidence::Probable));
}

#[test]
fn a_certificate_that_this_browser_accepted_is_no_cause() {
    let probe = untrusted(&[TrustProblem::SelfSigned]);
    let info = answered(401, Body::Empty);
    let seen = verdict(never_opened(), info, Reach::Arrived { ms: 1 }, None, looked(probe));
    assert_eq!(seen, (Cause::SignIn, Confidence::Certain));
}

#[test]
fn a_good_certificate_from_the_servers_seat_does_not_overrule_this_browser() {
    assert_eq!(dark(never_opened(), healthy()), (Cause::BrowserOnly, Confidence::Probable));
    assert_eq!(dark(tls_refused(), healthy()), (Cause::Untrusted, Confidence::Probable));
}

#[test]
fn accepting_is_not_offered_where_the_browser_does_not_offer_it() {
    let under = |host: &str| {
        let mut machine = Machine::default().with_client(CHROMIUM);
        step(&mut machine, Event::Connect(Endpoint::parse(host).unwrap(), Credential::None), 0);
        step(&mut machine, Event::Closed(ConnectionId(1), abnormal(true)), 1);
        dark(machine, untrusted(&[TrustProblem::SelfSigned])).0
    };
    assert_eq!(under("drp.dev"), Cause::CannotAccept);
    assert_eq!(under("drp.example"), Cause::SelfSigned);
    let hsts = |subdomains| {
        let told = Hsts { host: "example".into(), max_age_s: 60, subdomains };
        let compared = Compared { hsts: vec![told], ..Compared::default() };
        dark(never_opened(), Probe { compared, ..untrusted(&[TrustProblem::SelfSigned]) }).0
    };
    assert_eq!([hsts(true), hsts(false)], [Cause::CannotAccept, Cause::SelfSigned]);
    let key_usage = untrusted(&[TrustProblem::KeyUsage, TrustProblem::SelfSigned]);
    assert_eq!(dark(never_opened(), key_usage.clone()).0, Cause::CannotAccept);
    assert_eq!(dark(tls_refused(), key_usage).0, Cause::SelfSigned, "Firefox takes it");
}

#[test]
fn what_the_person_saw_counts_at_once_and_can_be_taken_back() {
    let mut machine = never_opened();
    all(&mut machine, FAILED, FAILED, None, looked(untrusted(&[TrustProblem::SelfSigned])), None);
    let mut told = |saw| {
        step(&mut machine, Event::Told(saw), 61_100);
        machine.diagnosis().best().unwrap()
    };
    assert_eq!(told(Some(PersonSaw::Unreachable)), (Cause::BrowserOnly, Confidence::Certain));
    assert_eq!(told(Some(PersonSaw::Warning)), (Cause::SelfSigned, Confidence::Certain));
    assert_eq!(told(Some(PersonSaw::OtherCertificate)), (Cause::Intercepted, Confidence::Probable));
    assert_eq!(told(Some(PersonSaw::DeadEnd)), (Cause::CannotAccept, Confidence::Certain));
    assert_eq!(told(None), (Cause::SelfSigned, Confidence::Probable));
}

#[test]
fn an_authority_that_was_recreated_since_the_last_connection_is_stale_in_this_browser() {
    let issued = |key: &str, self_signed| Certificate {
        issuer: "CN=Lab CA".into(),
        issuer_key: key.into(),
        fingerprint: ["AA:", key].concat(),
        self_signed,
        ..certificate()
    };
    let seen = |before: &str, now: &str, self_signed| {
        let chain = vec![issued(now, self_signed)];
        let tls = Tls { chain, problems: vec![TrustProblem::UnknownIssuer], ..Tls::default() };
        let probe = Box::new(Probe { tls: passed(tls), ..healthy() });
        let known = Some(KnownCertificate::from(&issued(before, self_signed)));
        verdict(never_opened(), FAILED, FAILED, None, ServerCheck::Looked { probe, known })
    };
    assert_eq!(seen("01", "02", false), (Cause::StaleCa, Confidence::Probable));
    assert_eq!(seen("01", "", false), (Cause::Replaced, Confidence::Probable), "the key is not told");
    assert_eq!(seen("01", "02", true), (Cause::Replaced, Confidence::Probable), "there is no authority");
    assert_eq!(seen("01", "01", false), (Cause::Forgotten, Confidence::Probable));
}

#[test]
fn a_reason_why_it_cannot_be_accepted_is_said_only_where_it_holds() {
    let mut machine = never_opened();
    let over = Hsts { host: "drp.example".into(), max_age_s: 0, subdomains: true };
    let compared = Compared { hsts: vec![over], ..Compared::default() };
    let probe = Probe { compared, ..untrusted(&[TrustProblem::SelfSigned]) };
    all(&mut machine, FAILED, FAILED, None, looked(probe), None);
    step(&mut machine, Event::Told(Some(PersonSaw::DeadEnd)), 61_100);
    let facts = crate::words::facts(Cause::CannotAccept, &machine, START.plus(61_100));
    assert!(!facts.unwrap_or_default().contains("HSTS"), "its host has taken that back");

    let leaf = Certificate { serial: "01".into(), ..certificate() };
    let known =
        |fingerprint: &str| KnownCertificate { fingerprint: fingerprint.into(), ..KnownCertificate::from(&leaf) };
    let reason = |known: KnownCertificate| {
        let mut machine = tls_refused();
        let tls = Tls { chain: vec![leaf.clone()], problems: vec![TrustProblem::SelfSigned], ..Tls::default() };
        let probe = Box::new(Probe { tls: passed(tls), ..healthy() });
        all(&mut machine, FAILED, FAILED, None, ServerCheck::Looked { probe, known: Some(known) }, None);
        why_refused(machine.diagnosis().evidence(), machine.endpoint().unwrap(), machine.client())
    };
    assert_eq!(reason(known(&leaf.fingerprint)), None, "the very certificate that is remembered repeats nothing");
    assert_eq!(reason(known("AA:00")), Some(Refusal::Reused));
}
