//! Heading, picture and checklist say the same of every mixture of what this page and the server can see.

use super::*;
use crate::verdict::Outcome;
use crate::way::{self, Mark, Station, Vantage, Way};
use crate::words;

/// What the page can see of itself: the request without credentials, the one in which only arrival is told, and the one with
/// the token.
fn seen_here() -> Vec<(Reach, Reach, Option<Reach>)> {
    let arrived = Reach::Arrived { ms: 1 };
    let mut all = vec![(FAILED, FAILED, None), (SILENT, SILENT, Some(SILENT)), (FAILED, arrived, Some(FAILED))];
    for status in [200, 401, 403, 404, 431, 500, 502] {
        for body in [Body::Empty, Body::Foreign, Body::Info, Body::Error] {
            let answer = answered(status, body);
            // Something else answers both; DRP answers, and this comes to the token; only the last request is answered.
            all.push((answered(status, Body::Foreign), arrived, Some(answer)));
            all.push((answered(401, Body::Empty), arrived, Some(answer)));
            all.push((FAILED, FAILED, Some(answer)));
        }
    }
    all
}

/// The same page with what a server can see.
fn every_mixture() -> impl Iterator<Item = (String, Machine)> {
    servers().into_iter().flat_map(|server| {
        seen_here().into_iter().flat_map(move |here| {
            let server = server.clone();
            befores().into_iter().map(move |mut machine| {
                look(&mut machine, 90_000, here.0, here.1, here.2, server.clone(), None);
                (format!("{here:?} and {server:?}"), machine)
            })
        })
    })
}

fn befores() -> Vec<Machine> {
    vec![never_opened(), was_connected(abnormal(false)), tls_refused(), refused_once()]
}

/// A machine to which the browser said in an earlier look that it refuses the endpoint's TLS.
fn refused_once() -> Machine {
    let mut machine = tls_refused();
    all(&mut machine, FAILED, FAILED, None, ServerCheck::Away, None);
    step(&mut machine, Event::Tick, 70_000);
    if let Some(id) = machine.phase().live() {
        step(&mut machine, Event::Knocked(id, SILENT), 78_000);
    }
    machine
}

fn servers() -> Vec<ServerCheck> {
    let both = |answer: HttpAnswer| Probe { http: passed(answer.clone()), upgrade: passed(answer), ..healthy() };
    let upgrade = |answer| Probe { upgrade: passed(answer), ..healthy() };
    let reset = Probe { tcp: why(dial(DialOutcome::Reset)), ..refused() };
    let mut probes = vec![healthy(), refused(), reset, untrusted(&[TrustProblem::SelfSigned])];
    probes.extend([broken_tls(TlsFailure::PlainHttp), broken_tls(TlsFailure::NoBytes { reset: true })]);
    for status in [200, 401, 403, 404, 431, 500, 502] {
        probes.extend([both(answer(status, false)), upgrade(answer(status, false))]);
    }
    let nameless = Probe { name: why(NameFailure::NotFound), tcp: StepResult::Skipped, ..refused() };
    probes.extend([nameless, Probe { tcp: why(dial(DialOutcome::Timeout)), ..refused() }]);
    let own = || untrusted(&[TrustProblem::SelfSigned]);
    for failure in [HttpFailure::Timeout, HttpFailure::Closed, HttpFailure::CertificateRequired] {
        probes.extend([healthy(), own()].map(|it| Probe {
            http: why(failure.clone()),
            upgrade: StepResult::Skipped,
            ..it
        }));
        probes.push(Probe { upgrade: why(failure), ..healthy() });
    }
    for status in [200, 302, 403, 502] {
        probes.push(Probe { http: passed(answer(status, false)), upgrade: passed(answer(status, false)), ..own() });
    }
    probes.into_iter().map(looked).chain([ServerCheck::Away]).collect()
}

fn page(way: &Way, station: Station) -> Option<Mark> {
    way.mark(Vantage::Page, station)
}

/// What is said in this state that cannot all be true.
fn odds(machine: &Machine) -> Vec<String> {
    let mut odd = Vec::new();
    let Some(way) = way::way(machine) else { return odd };
    let outcome = |check| words::outcome(check, machine).0;
    let passed = |check| outcome(check) == Outcome::Passed;
    for (check, station) in [(Check::SignedIn, Station::SignIn), (Check::Opaque, Station::Port)] {
        if passed(check) && page(&way, station) != Some(Mark::Passed) {
            odd.push(format!("{check:?} passed, and the picture has {:?}", page(&way, station)));
        }
    }
    let reached = [(Check::Info, Station::Drp), (Check::Opaque, Station::Tls), (Check::SignedIn, Station::SignIn)];
    for (check, station) in reached {
        // A certificate may hold for requests alone.
        let held = way::leading(machine).is_some_and(|(cause, _)| cause.is_about_trust());
        if passed(check) && !held && way.broken.is_some_and(|it| it.to <= station) {
            odd.push(format!("{check:?} passed, and it breaks at {:?}", way.broken));
        }
    }
    for lane in way.lanes.iter().filter(|lane| lane.vantage != Vantage::Server) {
        let stopped = lane.marks.iter().position(|it| matches!(it, Some(Mark::Failed(_) | Mark::NotReached)));
        if lane.marks.iter().skip(stopped.unwrap_or(usize::MAX)).any(|it| *it == Some(Mark::Passed)) {
            odd.push(format!("something passed behind where it ended: {lane:?}"));
        }
    }
    if outcome(Check::Info) == Outcome::Failed && page(&way, Station::Drp) == Some(Mark::Passed) {
        odd.push("DRP does not answer in the list, and passed in the picture".to_owned());
    }
    if let (Some(broken), Some((cause, _))) = (way.broken, way::leading(machine)) {
        let stopped = |station: &&Station| matches!(page(&way, **station), Some(Mark::Failed(_)));
        if let Some(before) = way.stations.iter().filter(|it| **it < broken.from).find(stopped) {
            odd.push(format!("this page was stopped at {before:?}, before {broken:?}"));
        }
        let open = way.lanes.iter().any(|lane| way.mark(lane.vantage, Station::Port) == Some(Mark::Passed));
        if cause == Cause::NobodyBehind && !open {
            odd.push("the port is open in the heading, and passed in no lane".to_owned());
        }
        let server = way.lanes.iter().find(|lane| lane.vantage == Vantage::Server);
        let failed = server.is_some_and(|lane| lane.marks.iter().any(|it| matches!(it, Some(Mark::Failed(_)))));
        if failed != (outcome(Check::Server) == Outcome::Failed) {
            odd.push(format!(
                "the server's look is {:?} in the list, and its lane is {server:?}",
                outcome(Check::Server)
            ));
        }
        // Of a live connection that is not answered the heading says just that.
        let of_requests = cause != Cause::NoAnswer || !machine.diagnosis().evidence().is_drp();
        let unanswered = [
            Cause::UnreachableOrUntrusted,
            Cause::Down,
            Cause::Crash,
            Cause::NoName,
            Cause::NobodyBehind,
            Cause::NoAnswer,
        ];
        if !of_requests && !words::heading(cause, machine).ends_with("answer the live connection") {
            odd.push("DRP answers, and the heading says that it does not".to_owned());
        }
        if of_requests && unanswered.contains(&cause) && (passed(Check::Opaque) || passed(Check::Info)) {
            odd.push("nothing answers in the heading, and something did in the list".to_owned());
        }
        let uncertain = cause == Cause::UnreachableOrUntrusted;
        if uncertain && page(&way, Station::Port) == Some(Mark::Passed) {
            odd.push("the endpoint may be unreachable, and its port passed".to_owned());
        }
        let refused = page(&way, Station::Tls) == Some(Mark::Failed("refused"));
        if refused && matches!(cause, Cause::NoAnswer | Cause::Down | Cause::NoName) {
            odd.push("this browser refuses TLS in the picture, and does not get there in the heading".to_owned());
        }
        let is_foreign = matches!(cause, Cause::NotDrp | Cause::NotDrpOrBadGateway);
        if is_foreign && passed(Check::Info) {
            odd.push("it is not DRP in the heading, and answers in the list".to_owned());
        }
    }
    odd
}

#[test]
fn heading_picture_and_checklist_are_at_odds_in_no_mixture() {
    let mut odd: Vec<String> = Vec::new();
    for (seen, machine) in every_mixture() {
        let named = machine.diagnosis().best();
        odd.extend(odds(&machine).into_iter().map(|it| format!("{named:?}: {it}, with {seen}")));
    }
    assert!(odd.is_empty(), "{} of them:\n{}", odd.len(), odd[..odd.len().min(12)].join("\n"));
}

#[test]
fn an_answer_to_the_token_says_something_of_the_sign_in_only_where_drp_answers() {
    let arrived = Reach::Arrived { ms: 1 };
    for (status, body) in [(200, Body::Foreign), (200, Body::Empty), (403, Body::Empty), (401, Body::Empty)] {
        let mut machine = never_opened();
        let info = answered(404, Body::Foreign);
        all(&mut machine, info, arrived, Some(answered(status, body)), ServerCheck::Away, None);
        assert_eq!(machine.diagnosis().best(), Some((Cause::NotDrp, Confidence::Certain)));
        let line = format!("Answered {status}, which is not DRP's answer.");
        assert_eq!(words::outcome(Check::SignedIn, &machine), (Outcome::Unknown, line));
    }
    let mut machine = never_opened();
    all(&mut machine, answered(401, Body::Empty), arrived, Some(answered(403, Body::Empty)), ServerCheck::Away, None);
    assert_eq!(words::outcome(Check::SignedIn, &machine).0, Outcome::Failed);
    assert_eq!(machine.diagnosis().best(), Some((Cause::TokenExpired, Confidence::Certain)));
}

#[test]
fn a_password_that_drp_refuses_has_reached_drp() {
    for (status, body) in [(401, Body::Empty), (403, Body::Empty), (403, Body::Error), (404, Body::Error)] {
        let mut machine = Machine::default().with_client(CHROMIUM);
        step(&mut machine, Event::Connect(Endpoint::parse("drp.example").unwrap(), Credential::Password), 0);
        let refused = SignInAnswer::Refused(answered(status, body));
        step(&mut machine, Event::SignInAnswered(ConnectionId(1), refused), 1);
        assert_eq!(machine.diagnosis().best(), Some((Cause::Credentials, Confidence::Certain)), "{status}");
        let way = way::way(&machine).unwrap();
        assert_eq!(page(&way, Station::Drp), Some(Mark::Passed), "{status}");
        assert!(matches!(page(&way, Station::SignIn), Some(Mark::Failed(_))), "{status}");
    }
}

#[test]
fn an_error_is_no_proof_of_another_server_whoever_is_given_it() {
    let both = |answer: HttpAnswer| Probe { http: passed(answer.clone()), upgrade: passed(answer), ..healthy() };
    for (status, cause, confidence) in [
        (500, Cause::NotDrpOrBadGateway, Confidence::Probable),
        (400, Cause::NotDrpOrBadGateway, Confidence::Probable),
        (401, Cause::LoginWall, Confidence::Probable),
        (403, Cause::Firewall, Confidence::Probable),
        (404, Cause::NotDrp, Confidence::Certain),
        (200, Cause::NotDrp, Confidence::Certain),
    ] {
        let arrived = Reach::Arrived { ms: 1 };
        let info = answered(status, Body::Foreign);
        let server = || looked(both(answer(status, false)));
        assert_eq!(verdict(never_opened(), info, arrived, None, server()), (cause, confidence), "{status}");
        assert_eq!(verdict(never_opened(), FAILED, arrived, None, server()), (cause, Confidence::Probable), "{status}");
        assert_eq!(verdict(never_opened(), FAILED, FAILED, None, server()).0, cause, "{status}");
        assert_eq!(from_here(never_opened(), info, arrived, None), (cause, confidence), "{status}, from here alone");
    }
}

#[test]
fn a_refusal_of_tls_is_over_in_the_picture_when_it_is_in_the_heading() {
    let marks = |machine: &Machine| page(&way::way(machine).unwrap(), Station::Tls);
    let mut machine = tls_refused();
    assert_eq!(marks(&machine), Some(Mark::Failed("refused")), "it is known before the checks are");
    all(&mut machine, FAILED, FAILED, None, ServerCheck::Away, None);
    assert_eq!(marks(&machine), Some(Mark::Failed("refused")));
    let mut machine = refused_once();
    look(&mut machine, 90_000, SILENT, SILENT, None, ServerCheck::Away, None);
    assert_eq!(machine.close_code(), Some(CloseCode::TLS_HANDSHAKE), "a request says nothing of how a socket ends");
    assert_eq!(machine.diagnosis().best(), Some((Cause::NoAnswer, Confidence::Probable)));
    assert_eq!(marks(&machine), Some(Mark::Unknown));
}

#[test]
fn an_answer_in_plain_http_may_be_a_proxys_wherever_it_is_told() {
    let mut machine = never_opened();
    let plain = Observation::PlainHttp(Some(Reach::Arrived { ms: 3 }));
    all(&mut machine, FAILED, FAILED, None, ServerCheck::Away, Some(plain));
    assert_eq!(machine.diagnosis().best(), Some((Cause::UnreachableOrUntrusted, Confidence::Probable)));
    assert!(odds(&machine).is_empty(), "{:?}", odds(&machine));
    let line = "An answer came in plain HTTP, from the port or a proxy before it.".to_owned();
    assert_eq!(words::outcome(Check::PlainHttp, &machine), (Outcome::Passed, line));
}

#[test]
fn a_port_that_resets_connections_is_open_and_nobody_is_behind_it() {
    for (address, behind) in [("https://drp.example", Station::Tls), ("http://drp.example", Station::Drp)] {
        let mut machine = Machine::default().with_client(CHROMIUM);
        step(&mut machine, Event::Connect(Endpoint::parse(address).unwrap(), Credential::None), 0);
        step(&mut machine, Event::Closed(ConnectionId(1), abnormal(true)), 1);
        let reset = Probe { tcp: why(dial(DialOutcome::Reset)), ..refused() };
        all(&mut machine, FAILED, FAILED, None, looked(reset), None);
        assert_eq!(machine.diagnosis().best(), Some((Cause::NobodyBehind, Confidence::Probable)));
        let way = way::way(&machine).unwrap();
        assert_eq!(way.mark(Vantage::Server, Station::Port), Some(Mark::Passed));
        assert_eq!(way.mark(Vantage::Server, behind), Some(Mark::Failed("reset")));
        assert_eq!(way.broken.map(|it| (it.from, it.to)), Some((behind, behind)));
    }
}

#[test]
fn a_computer_that_goes_offline_is_the_one_cause_wherever_it_is_told() {
    let mut machine = never_opened();
    all(&mut machine, FAILED, FAILED, None, looked(refused()), None);
    assert_eq!(machine.diagnosis().best(), Some((Cause::Down, Confidence::Probable)));
    let now = START.plus(61_200);
    let grounds = crate::view::what_speaks_for_it(&machine);
    let down = machine.diagnosis().findings()[0].clone();
    assert_eq!(grounds, down.why.iter().filter_map(words::basis).collect::<Vec<_>>());
    step(&mut machine, Event::Offline, 61_100);
    assert_eq!(way::leading(&machine), Some((Cause::Offline, Confidence::Certain)));
    assert_eq!(words::title(&machine), Cause::Offline.title());
    let others = crate::view::what_else_fits(&machine, now);
    assert_eq!(others.first(), Some(&words::finding(&down, &machine, now)), "what was found before still fits");
    assert!(crate::view::what_speaks_for_it(&machine).is_empty(), "the list of checks says it");
    assert!(
        words::headline(&machine, now).ends_with("This computer is offline."),
        "{}",
        words::headline(&machine, now)
    );
    let about = crate::report::About::default();
    let text = crate::report::markdown(&machine, &about, now);
    assert!(text.contains("## Cause\n\n- This computer is offline"), "{text}");
}
