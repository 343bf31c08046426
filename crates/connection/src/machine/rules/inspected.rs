//! What the server sees of a connection that stands.

use super::*;
use crate::evidence::KnownCertificate;
use crate::probe::{Certificate, Compared, HttpAnswer, Probe, StepResult, Tls};

pub(super) fn passed<T, F>(saw: T) -> StepResult<T, F> {
    StepResult::Passed { ms: 1, saw }
}

/// A look of the server, which was shown this certificate and answered with `status` by DRP.
pub(super) fn look(certificate: &str, status: u16) -> Box<Probe> {
    let leaf = Certificate { fingerprint: certificate.to_owned(), ..Certificate::default() };
    let answer = || HttpAnswer { status, drp: true, ..HttpAnswer::default() };
    Box::new(Probe {
        endpoint: String::new(),
        at_ms: 1,
        took_ms: 1,
        name: StepResult::Skipped,
        tcp: StepResult::Skipped,
        tls: passed(Tls { chain: vec![leaf], ..Tls::default() }),
        http: passed(answer()),
        upgrade: passed(answer()),
        compared: Compared::default(),
        https_record: None,
    })
}

fn seen(rig: &Rig) -> Option<&str> {
    rig.machine.certificate().map(|it| it.fingerprint.as_str())
}

#[test]
fn a_look_at_another_endpoint_or_connection_says_nothing_of_this_one() {
    let mut rig = Rig::connected(INSPECT_AFTER - 1);
    let (one, here) = (rig.live(), rig.machine.endpoint().unwrap().clone());
    rig.wait(1);
    assert_eq!(rig.effects, [Effect::Inspect(one)]);
    let other = Endpoint::parse("other").unwrap();
    rig.send(Event::SignOut).send(Event::Connect(other, Credential::None)).open();
    rig.send(Event::Inspected(one, look("A", 401)));
    assert_eq!((seen(&rig), &rig.effects), (None, &vec![]));
    rig.send(Event::Connect(here.clone(), Credential::None)).open();
    rig.send(Event::Inspected(rig.live(), look("B", 401)));
    assert_eq!(seen(&rig), Some("B"));
    let leaf = Certificate { fingerprint: "B".to_owned(), ..Certificate::default() };
    assert_eq!(rig.effects, [Effect::Remember(here, KnownCertificate::from(&leaf))]);
}

#[test]
fn checks_that_a_retry_makes_useless_are_ended_so_that_no_other_endpoint_gets_their_answers() {
    let mut rig = Rig::new();
    rig.send(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None)).close(1006);
    assert_eq!(rig.machine.diagnosis().progress(), Progress::Running);
    rig.send(Event::Retry);
    assert!(rig.effects.contains(&Effect::CancelDiagnosis), "{:?}", rig.effects);
}

#[test]
fn an_endpoint_was_seen_healthy_only_where_it_answered_well_while_this_connection_stood() {
    let healthy = |statuses: &[u16]| {
        let mut rig = Rig::connected(0);
        for (nth, status) in statuses.iter().enumerate() {
            if nth > 0 {
                rig.close(1006).send(Event::Retry).open();
            }
            if *status > 0 {
                rig.send(Event::Inspected(rig.live(), look("A", *status)));
            }
        }
        rig.close(1006);
        rig.machine.outage().unwrap().seen_healthy
    };
    assert!(healthy(&[401]) && healthy(&[502, 401]));
    assert!(!healthy(&[502]) && !healthy(&[401, 502]), "it had a certificate, and was not well");
    assert!(!healthy(&[401, 0]), "nobody looked while this one stood");
}

#[test]
fn the_certificate_that_is_shown_is_the_one_that_was_seen_last_by_whichever_look() {
    let mut rig = Rig::connected(0);
    rig.random = 0;
    let loss_sees = |rig: &mut Rig, look: Box<Probe>| {
        rig.close(1006).wait(0).close(1006);
        rig.send(Event::Seen(Observation::Server(ServerCheck::Looked { probe: look, known: None })));
    };
    let shown = |rig: &Rig| {
        let facts = crate::view::CertificateFacts::of(&rig.machine).map(|it| it.fingerprint);
        assert_eq!(facts.as_deref(), seen(rig), "facts, report and notice");
        facts.unwrap_or_default()
    };
    rig.send(Event::Inspected(rig.live(), look("A", 401)));
    loss_sees(&mut rig, look("B", 401));
    assert_eq!(shown(&rig), "B");
    rig.wait(0).open().send(Event::Inspected(ConnectionId(0), look("A", 401)));
    rig.send(Event::Inspected(rig.live(), look("C", 401)));
    assert_eq!(shown(&rig), "C");
    loss_sees(&mut rig, Box::new(Probe { tls: StepResult::Skipped, ..*look("D", 401) }));
    assert_eq!(shown(&rig), "C", "a look that sees none says nothing of it");
}
