//! The looks of an outage, and what they lead to.

use super::*;
use crate::evidence::PersonSaw;
use crate::probe::{Certificate, StepResult, Tls, TrustProblem};
use crate::report::About;

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
    assert_eq!(cause(&rig), Some((Cause::SocketOnly, Confidence::Probable)));
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
fn a_try_that_outlasts_the_verdict_brings_another_look_and_no_later_one_does() {
    let mut rig = Rig::new();
    let refused = |rig: &mut Rig| {
        for observation in dark() {
            let answered = |status| Reach::Answered { status, body: Body::Empty, ms: 5 };
            rig.send(Event::Seen(match observation.check() {
                Check::Info => Observation::Info(answered(401)),
                Check::SignedIn => Observation::SignedIn(Some(answered(403))),
                _ => observation,
            }));
        }
        assert_eq!(rig.phase(), "needs-you");
    };
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None)).close(1006);
    rig.tick();
    assert_eq!(rig.phase(), "connecting");
    rig.now = rig.now.plus(1);
    refused(&mut rig);
    rig.close(1006);
    assert!(rig.effects.contains(&Effect::Diagnose), "what a person reads is older than this failure");
    refused(&mut rig);
    rig.wait(RECHECK_EVERY - 1).tick();
    rig.close(1006);
    assert!(!rig.effects.contains(&Effect::Diagnose));
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
fn what_was_seen_for_certain_stays_the_cause_of_a_loss_though_a_later_look_finds_all_well() {
    let drp = |status, body| Reach::Answered { status, body, ms: 1 };
    let look = |rig: &mut Rig, with_token| {
        rig.now = rig.now.plus(1);
        rig.send(Event::Diagnose);
        for observation in dark() {
            rig.send(Event::Seen(match observation.check() {
                Check::Info => Observation::Info(drp(401, Body::Empty)),
                Check::SignedIn => Observation::SignedIn(Some(with_token)),
                Check::Opaque => Observation::Opaque(Reach::Arrived { ms: 1 }),
                _ => observation,
            }));
        }
    };
    let mut rig = Rig::connected(60_000);
    rig.close(1006).tick();
    rig.close(1006);
    look(&mut rig, drp(403, Body::Empty));
    let seen = rig.machine.diagnosis().best();
    assert_eq!(seen, Some((Cause::TokenExpired, Confidence::Certain)));
    look(&mut rig, drp(200, Body::Info));
    assert_ne!(rig.machine.diagnosis().best(), seen, "while it lasts, the newest look counts");
    rig.send(Event::Retry).open();
    assert_eq!(rig.machine.history().last().unwrap().cause, seen);
    assert_eq!(rig.machine.diagnosis().best(), seen);
}

#[test]
fn what_a_person_took_back_does_not_stay_with_the_loss() {
    let mut rig = Rig::connected(60_000);
    rig.close(1006).tick();
    rig.close(1006).send(Event::Diagnose);
    dark().into_iter().for_each(|observation| _ = rig.send(Event::Seen(observation)));
    rig.send(Event::Told(Some(PersonSaw::Warning)));
    let told = Some((Cause::Untrusted, Confidence::Certain));
    assert_eq!(rig.machine.diagnosis().best(), told);
    let mut kept = Rig { machine: rig.machine.clone(), effects: Vec::new(), ..rig };
    kept.send(Event::Retry).open();
    assert_eq!(kept.machine.history().last().unwrap().cause, told, "said, and not taken back");
    let mut given_up = Rig { machine: rig.machine.clone(), effects: Vec::new(), ..rig };
    given_up.send(Event::Pause);
    assert_eq!(given_up.machine.history().last().unwrap().cause, told, "said, and not taken back");
    rig.send(Event::Told(None));
    rig.send(Event::Retry).open();
    assert_eq!(rig.machine.history().last().unwrap().cause, Some((Cause::Restart, Confidence::Probable)));
}

#[test]
fn a_loss_that_is_given_up_keeps_what_was_seen_of_it_and_nothing_is_said_of_a_connection_that_never_stood() {
    let drp = |status, body| Reach::Answered { status, body, ms: 1 };
    let mut rig = Rig::new();
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None)).close(1006);
    for with_token in [drp(403, Body::Empty), drp(200, Body::Info)] {
        rig.now = rig.now.plus(1);
        rig.send(Event::Diagnose);
        for observation in dark() {
            rig.send(Event::Seen(match observation.check() {
                Check::Info => Observation::Info(drp(401, Body::Empty)),
                Check::Opaque => Observation::Opaque(Reach::Arrived { ms: 1 }),
                Check::SignedIn => Observation::SignedIn(Some(with_token)),
                _ => observation,
            }));
        }
    }
    let seen = Some((Cause::TokenExpired, Confidence::Certain));
    let mut given_up = Rig { machine: rig.machine.clone(), effects: Vec::new(), ..rig };
    given_up.send(Event::Pause);
    assert_eq!(given_up.machine.history().last().unwrap().cause, seen);
    assert!(given_up.effects.contains(&Effect::Save));
    rig.send(Event::Retry).open();
    assert_eq!(rig.machine.history().last().unwrap().cause, seen);
    let findings = rig.machine.diagnosis().findings();
    assert!(findings.iter().all(|it| !it.why.contains(&crate::verdict::Basis::WasConnected)), "{findings:?}");
}

#[test]
fn what_one_loss_was_about_is_not_said_of_the_next() {
    let mut rig = Rig::connected(60_000);
    rig.close(1006).tick();
    rig.close(1006).send(Event::Diagnose).send(Event::Seen(Observation::Network(false)));
    rig.send(Event::Retry).open();
    assert_eq!(rig.machine.history().last().unwrap().cause, Some((Cause::Offline, Confidence::Certain)));
    rig.wait(60_000).close(1006).tick();
    rig.open();
    assert_eq!(rig.machine.history().last().unwrap().cause, Some((Cause::Cut, Confidence::Certain)));
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

#[test]
fn a_pause_that_was_asked_for_has_its_bound_and_nobody_promises_more() {
    let mut rig = Rig::new();
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None)).close(1006);
    let mut probe = super::inspected::look("A", 429);
    if let StepResult::Passed { saw, .. } = &mut probe.http {
        (saw.drp, saw.retry_after_s) = (false, Some(3_600));
    }
    for observation in dark() {
        rig.send(Event::Seen(match observation.check() {
            Check::Info => Observation::Info(Reach::Answered { status: 429, body: Body::Foreign, ms: 1 }),
            Check::Server => Observation::Server(ServerCheck::Looked { probe: probe.clone(), known: None }),
            _ => observation,
        }));
    }
    let Phase::Waiting { until, not_before: true } = rig.machine.phase() else { panic!("{}", rig.phase()) };
    assert_eq!(until, rig.now.mono + 300_000);
    let steps = crate::remedy::plan(&rig.machine).all();
    assert!(steps.iter().all(|step| !step.text.contains("as it was asked")), "{steps:?}");
}

#[test]
fn what_the_server_was_shown_is_a_text_in_the_sentence_and_in_the_report() {
    let name = "O=![x](http://evil.example/a.png)";
    let mut probe = super::inspected::look("A", 401);
    let ended = TrustProblem::IssuerExpired { subject: name.to_owned(), not_after: 1_699_900_000 };
    let leaf = Certificate { issuer: name.to_owned(), ..Certificate::default() };
    let tls = Tls { protocol: name.to_owned(), chain: vec![leaf], problems: vec![ended], ..Tls::default() };
    probe.tls = super::inspected::passed(tls);
    let mut rig = Rig::new();
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None)).close(1006);
    for observation in dark() {
        rig.send(Event::Seen(match observation.check() {
            Check::Server => Observation::Server(ServerCheck::Looked { probe: probe.clone(), known: None }),
            _ => observation,
        }));
    }
    let sentence = words::cause(Cause::Expired, &rig.machine, rig.now);
    assert!(sentence.contains(&format!("That of its issuer “{name}” ended on")), "{sentence}");
    let about = About::default();
    // Between backquotes nothing is markup.
    let report = crate::report::markdown(&rig.machine, &about, rig.now).replace(&format!("`{name}`"), "");
    assert!(report.contains("\\!\\[x\\]") && !report.contains("![x]"), "{report}");
}
