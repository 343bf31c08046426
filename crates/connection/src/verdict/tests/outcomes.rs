//! How a check came out is judged as the verdict judges it, and its line says no more.

use super::*;
use crate::verdict::{Outcome, outcome};
use crate::words;

fn listed(check: Check, saw: Observation, browser: Browser) -> (Outcome, String) {
    let mut machine = never_opened().with_client(Client { browser, ..CHROMIUM });
    step(&mut machine, Event::Diagnose, 19);
    step(&mut machine, Event::Seen(saw), 20);
    words::outcome(check, &machine)
}

#[test]
fn a_resolver_that_does_not_answer_speaks_against_no_endpoint() {
    for (failure, line) in [
        (NameFailure::Timeout, "The server's resolver did not answer, so it could not look."),
        (NameFailure::Other { text: "no route".into() }, "The server could not look the name up: no route."),
    ] {
        let probe = Probe { name: why(failure), ..healthy() };
        let (outcome, saw) = listed(Check::Server, Observation::Server(looked(probe)), Browser::Firefox);
        assert_eq!((outcome, saw.as_str()), (Outcome::Unknown, line));
    }
}

#[test]
fn what_this_browser_lets_pass_has_passed() {
    let probe = untrusted(&[TrustProblem::KeyUsage]);
    let of = |browser| listed(Check::Server, Observation::Server(looked(probe.clone())), browser);
    let (outcome, saw) = of(Browser::Firefox);
    assert_eq!(outcome, Outcome::Passed, "{saw}");
    assert!(saw.ends_with("(key usage), which this browser lets pass."), "{saw}");
    let (outcome, saw) = of(Browser::Chromium);
    assert_eq!(outcome, Outcome::Failed, "{saw}");
    assert!(saw.ends_with("(key usage)."), "{saw}");
}

#[test]
fn a_refusal_that_is_not_drps_says_nothing_of_the_sign_in() {
    let of = |body| listed(Check::SignedIn, Observation::SignedIn(Some(answered(403, body))), Browser::Chromium);
    assert_eq!(of(Body::Foreign), (Outcome::Unknown, "Answered 403, which is not DRP's answer.".to_owned()));
    assert_eq!(of(Body::Empty).1, "Answered 403: the sign-in is no longer accepted.");
}

#[test]
fn what_nobody_could_read_is_unknown_and_what_nobody_asked_is_not_reached() {
    let endpoint = Endpoint::parse("drp.example.com").unwrap();
    for (saw, expected) in [
        (Observation::Opaque(Reach::Failed { ms: 1 }), Outcome::Unknown),
        (Observation::Info(Reach::Arrived { ms: 1 }), Outcome::Unknown),
        (Observation::PlainHttp(None), Outcome::NotReached),
        (Observation::SignedIn(Some(Reach::TimedOut { ms: 1 })), Outcome::NotReached),
        (Observation::Server(ServerCheck::Away), Outcome::Unknown),
        (Observation::Portal(None), Outcome::Failed),
    ] {
        let mut evidence = Evidence::default();
        evidence.record(saw.clone(), START);
        assert_eq!(outcome(&saw, &evidence, &endpoint, CHROMIUM), expected, "{saw:?}");
    }
}

#[test]
fn what_is_unfolded_has_the_grounds_the_other_causes_and_the_certificate() {
    use crate::view::{CertificateFacts, Checklist, what_else_fits, what_speaks_for_it};
    let mut machine = tls_refused();
    let now = START.plus(62_000);
    all(&mut machine, FAILED, FAILED, None, looked(untrusted(&[TrustProblem::SelfSigned])), None);
    assert_eq!(machine.diagnosis().best(), Some((Cause::SelfSigned, Confidence::Certain)));
    let refused = "The browser closed with 1015: it refused the endpoint's TLS or certificate.";
    assert_eq!(what_speaks_for_it(&machine), [refused]);
    assert!(what_else_fits(&machine, now).is_empty(), "what is seen leaves no guess");
    let facts = CertificateFacts::of(&machine).unwrap();
    assert_eq!((facts.issuer.as_str(), facts.fingerprint.as_str()), ("O=Acme Co", "AA:BB"));
    assert_eq!(facts.until, words::date(1_900_000_000));
    let list = Checklist::of(&machine);
    assert_eq!((list.begun, list.busy, list.button), (true, false, "Check again"));
    let mut machine = never_opened();
    all(&mut machine, FAILED, FAILED, None, looked(untrusted(&[TrustProblem::SelfSigned])), None);
    let others = what_else_fits(&machine, now);
    assert_eq!(others.len(), 1);
    assert!(others[0].starts_with("Possibly: Something keeps this browser from the endpoint"), "{others:?}");
}
