//! What each vantage saw of each station.

use super::{Mark, Station, place};
use crate::cause::Cause;
use crate::endpoint::Endpoint;
use crate::evidence::{
    Check, Evidence, Observation, Permission, PersonSaw, PortalCheck, Reach, ServerCheck, TokenAnswer, is_gateway,
    is_head_too_large, is_tls_refusal,
};
use crate::machine::{Machine, Phase, Progress};
use crate::probe::{DialOutcome, HttpAnswer, HttpFailure, NameFailure, Probe, StepResult, TlsFailure, TrustProblem};
use crate::verdict::{self, Basis, Reading};

/// This page's own look.
pub(super) struct Page<'a> {
    machine: &'a Machine,
    evidence: &'a Evidence,
    /// Whether anything came back to it.
    arrived: bool,
    blocked: Option<&'static str>,
    looking: bool,
}

impl<'a> Page<'a> {
    pub(super) fn of(machine: &'a Machine) -> Self {
        let evidence = machine.diagnosis().evidence();
        let arrived = evidence.arrived();
        let looking = machine.diagnosis().progress() != Progress::Done;
        Self { machine, evidence, arrived, blocked: blocked(machine, evidence, arrived), looking }
    }

    /// What stands where there is no answer yet.
    fn pending(&self, otherwise: Mark) -> Mark {
        if self.looking { Mark::Looking } else { otherwise }
    }

    pub(super) fn mark(&self, station: Station) -> Mark {
        match (self.blocked, station) {
            (Some(remark), Station::Browser) => return Mark::Failed(remark),
            (Some(_), _) => return Mark::NotReached,
            (None, _) => {}
        }
        match station {
            Station::Browser if self.arrived || self.tls_refused() => Mark::Passed,
            // The person read what the page is not told.
            Station::Browser if self.stopped_in_the_browser() => Mark::Unknown,
            Station::Browser if self.evidence.of(Check::Opaque).is_some() => Mark::Passed,
            Station::Browser => self.pending(Mark::Unknown),
            Station::Name | Station::Port | Station::Tls => self.on_the_way(station),
            Station::Drp => self.drp(),
            Station::SignIn => self.sign_in(),
            Station::Live => self.live(),
        }
    }

    fn on_the_way(&self, station: Station) -> Mark {
        if self.arrived {
            return Mark::Passed;
        }
        if self.tls_refused() {
            return if station == Station::Tls { Mark::Failed("refused") } else { Mark::Passed };
        }
        match self.evidence.opaque() {
            Some(_) => Mark::Unknown,
            None => self.pending(Mark::Unknown),
        }
    }

    fn drp(&self) -> Mark {
        if self.evidence.is_drp() {
            return Mark::Passed;
        }
        if self.tls_refused() {
            return Mark::NotReached;
        }
        match (self.evidence.answer().and_then(Reach::status), self.evidence.opaque()) {
            (Some(status), _) => Mark::Failed(answered(status)),
            (None, _) if self.arrived => Mark::Unknown,
            (None, Some(_)) => Mark::NotReached,
            (None, None) => self.pending(Mark::NotReached),
        }
    }

    fn sign_in(&self) -> Mark {
        match self.evidence.of(Check::SignedIn) {
            _ if self.drp() == Mark::Looking => Mark::Looking,
            _ if self.drp() != Mark::Passed => Mark::NotReached,
            Some(Observation::SignedIn(Some(_))) => match self.evidence.token_answer() {
                TokenAnswer::Accepted => Mark::Passed,
                TokenAnswer::NotSignedIn => Mark::Failed("refused"),
                TokenAnswer::NoRights | TokenAnswer::Expired => Mark::Failed(answered(403)),
                TokenAnswer::ClocksDiffer => Mark::Failed(answered(400)),
                TokenAnswer::Another(status) => Mark::Failed(answered(status)),
                TokenAnswer::NotDrp(_) | TokenAnswer::None => Mark::NotReached,
            },
            Some(_) => Mark::NotReached,
            None => self.pending(Mark::NotReached),
        }
    }

    /// Nothing asks for the live connection but the socket itself: it failed if all before it is fine, or if it was just lost.
    fn live(&self) -> Mark {
        match self.sign_in() {
            Mark::Passed => Mark::Failed(if self.was_cut() { "ended" } else { "does not open" }),
            Mark::Looking if self.was_cut() => Mark::Failed("ended"),
            Mark::Looking => Mark::Looking,
            Mark::Failed(_)
            | Mark::Unknown
            | Mark::NotReached
            | Mark::CannotLook
            | Mark::DidNotLook(_)
            | Mark::Asked => Mark::NotReached,
        }
    }

    /// The browser said so itself of the last try; of a connection that had stood, the code says something else. What that
    /// is still worth once the checks have been made, the verdict has weighed.
    fn tls_refused(&self) -> bool {
        let findings = self.machine.diagnosis().findings();
        let bears = findings.is_empty() || findings.iter().any(|it| it.why.contains(&Basis::TlsRefused));
        bears && self.machine.close_code().is_some_and(is_tls_refusal) && !self.was_cut()
    }

    fn stopped_in_the_browser(&self) -> bool {
        let code = self.evidence.person();
        matches!(code, Some(PersonSaw::Code(cause)) if place::met_at(cause) == Station::Browser)
    }

    fn was_cut(&self) -> bool {
        self.machine.outage().is_some_and(|outage| outage.first_close.is_some() && outage.attempts == 0)
    }
}

/// What keeps the page from asking at all.
fn blocked(machine: &Machine, evidence: &Evidence, arrived: bool) -> Option<&'static str> {
    let endpoint = machine.endpoint()?;
    if matches!(machine.phase(), Phase::Offline { .. }) || verdict::is_offline(evidence, endpoint) {
        return Some("no network");
    }
    if evidence.is_mixed_content() {
        return Some("http on https");
    }
    if evidence.violates_the_policy() {
        return Some("policy");
    }
    if endpoint.has_bad_port() {
        return Some("port refused");
    }
    (!arrived && evidence.gate(endpoint) == Some(Permission::Denied)).then_some("not allowed")
}

const ANOTHER_SERVER: &str = "another server";

/// A status as a remark.
fn answered(status: u16) -> &'static str {
    match status {
        200..=299 => ANOTHER_SERVER,
        300..=399 => "redirects",
        400 => "answers 400",
        401 => "answers 401",
        403 => "answers 403",
        404 => "answers 404",
        429 => "too many",
        status if is_head_too_large(status) => "too large",
        402 | 405..=412 | 415..=428 | 430 | 432..=499 => "refuses",
        status if is_gateway(status) => "no DRP behind",
        _ => "another answer",
    }
}

/// The look of the portal's server.
pub(super) struct Server<'a> {
    machine: &'a Machine,
    evidence: &'a Evidence,
    /// Whether its own name for the certificate speaks against it in this browser.
    distrusted: bool,
}

impl<'a> Server<'a> {
    pub(super) fn of(machine: &'a Machine) -> Self {
        let evidence = machine.diagnosis().evidence();
        let reading = evidence
            .probe()
            .zip(machine.endpoint())
            .map(|(probe, endpoint)| verdict::read(probe, endpoint, machine.client(), evidence.known_certificate()));
        let distrusted = matches!(reading, Some(Reading::OnTheWay(cause)) if place::met_at(cause) == Station::Tls);
        Self { machine, evidence, distrusted }
    }

    pub(super) fn mark(&self, station: Station) -> Mark {
        let probe = match self.evidence.server() {
            Some(ServerCheck::Looked { probe, .. }) => probe,
            Some(ServerCheck::NotOffered | ServerCheck::Absent | ServerCheck::CouldNotLook) => {
                return self.without_a_look(station);
            }
            Some(ServerCheck::Away) => return Mark::DidNotLook("no answer"),
            None if matches!(self.machine.phase(), Phase::Offline { .. }) => return Mark::DidNotLook("not asked"),
            None if self.machine.diagnosis().progress() == Progress::Done => return Mark::DidNotLook("not asked"),
            None => return Mark::Looking,
        };
        match station {
            Station::Browser => Mark::Passed,
            Station::Name => match &probe.name {
                StepResult::Passed { .. } => Mark::Passed,
                StepResult::Failed { why: NameFailure::NotFound, .. } => Mark::Failed("no address"),
                // A want of the server's resolver says nothing of the endpoint.
                StepResult::Failed { why: NameFailure::Timeout | NameFailure::Other { .. }, .. } => Mark::CannotLook,
                StepResult::Skipped => Mark::NotReached,
            },
            Station::Port => self.port(probe),
            // The port took the connection; what should be behind it did not.
            Station::Tls | Station::Drp if verdict::is_reset(probe) && station == self.behind_the_port() => {
                Mark::Failed("reset")
            }
            Station::Tls => self.tls(probe),
            Station::Drp => http(&probe.http, HttpAnswer::is_healthy),
            Station::SignIn => Mark::CannotLook,
            Station::Live => {
                let mark = http(&probe.upgrade, HttpAnswer::opens);
                // What answers there was met a station before.
                if mark == Mark::Failed(ANOTHER_SERVER) { Mark::Failed("no upgrade") } else { mark }
            }
        }
    }

    fn behind_the_port(&self) -> Station {
        if self.machine.endpoint().is_some_and(Endpoint::is_secure) { Station::Tls } else { Station::Drp }
    }

    fn without_a_look(&self, station: Station) -> Mark {
        let answers = matches!(self.evidence.of(Check::Portal), Some(Observation::Portal(Some(PortalCheck { .. }))));
        if station == Station::Browser && answers { Mark::Passed } else { Mark::DidNotLook("no look") }
    }

    fn port(&self, probe: &Probe) -> Mark {
        if verdict::some_addresses_fail(probe) {
            return Mark::Failed("one of them");
        }
        let any = |dials: &[crate::probe::Dial], outcome| dials.iter().any(|dial| dial.outcome == outcome);
        match &probe.tcp {
            StepResult::Passed { .. } => Mark::Passed,
            StepResult::Failed { .. } if verdict::is_reset(probe) => Mark::Passed,
            StepResult::Failed { why, .. } if any(why, DialOutcome::Refused) => Mark::Failed("refused"),
            StepResult::Failed { why, .. } if any(why, DialOutcome::Timeout) => Mark::Failed("no answer"),
            StepResult::Failed { .. } => Mark::Failed("unreachable"),
            StepResult::Skipped => Mark::NotReached,
        }
    }

    fn tls(&self, probe: &Probe) -> Mark {
        match &probe.tls {
            StepResult::Passed { saw, .. } if self.distrusted => {
                Mark::Failed(saw.problems.first().map_or("no certificate", problem))
            }
            StepResult::Passed { .. } => Mark::Passed,
            StepResult::Failed { why, .. } => Mark::Failed(match why {
                TlsFailure::Timeout => "no answer",
                TlsFailure::PlainHttp => "plain HTTP",
                TlsFailure::OtherProtocol { .. } => "not TLS",
                TlsFailure::OldVersion => "too old",
                TlsFailure::Alert { .. } => "refused",
                TlsFailure::NoBytes { .. } | TlsFailure::Closed => "ended",
                TlsFailure::CertificateRequired => "asks for yours",
                TlsFailure::Malformed { .. } => "broken",
            }),
            StepResult::Skipped => Mark::NotReached,
        }
    }
}

fn http(step: &StepResult<HttpAnswer, HttpFailure>, well: fn(&HttpAnswer) -> bool) -> Mark {
    match step {
        StepResult::Passed { saw, .. } if well(saw) => Mark::Passed,
        StepResult::Passed { saw, .. } => Mark::Failed(answered(saw.status)),
        StepResult::Failed { why, .. } => Mark::Failed(match why {
            HttpFailure::Timeout => "no answer",
            HttpFailure::Closed => "ended",
            HttpFailure::TooLarge | HttpFailure::Malformed { .. } => "not HTTP",
            HttpFailure::CertificateRequired => "asks for yours",
        }),
        StepResult::Skipped => Mark::NotReached,
    }
}

fn problem(problem: &TrustProblem) -> &'static str {
    match problem {
        TrustProblem::Expired | TrustProblem::IssuerExpired { .. } => "expired",
        TrustProblem::NotYetValid | TrustProblem::IssuerNotYetValid { .. } => "not yet valid",
        TrustProblem::WrongName | TrustProblem::NoNames => "other names",
        TrustProblem::SelfSigned => "self-signed",
        TrustProblem::UnknownIssuer | TrustProblem::OtherIssuerKey | TrustProblem::NameConstraint => "unknown issuer",
        TrustProblem::ChainIncomplete => "incomplete",
        TrustProblem::KeyKind { .. } | TrustProblem::WeakKey => "unfit key",
        TrustProblem::BadSignature | TrustProblem::WeakSignature => "bad signature",
        TrustProblem::KeyUsage | TrustProblem::WrongPurpose | TrustProblem::WrongPurposeForFirefox => "wrong purpose",
        TrustProblem::Malformed { .. } | TrustProblem::Other { .. } => "refused",
    }
}

/// What the browser's own code says that the person read.
fn by_code(cause: Cause) -> &'static str {
    let words = [(Cause::Blocked, "blocked"), (Cause::TooManySockets, "too many"), (Cause::Proxy, "proxy refuses")];
    words.into_iter().find(|(it, _)| *it == cause).map_or("browser's code", |(_, words)| words)
}

/// What the person saw, who opened the endpoint or read the console.
pub(super) fn person(saw: PersonSaw, station: Station) -> Option<Mark> {
    let up_to = |end: Station, mark: Mark| {
        Some(match station.cmp(&end) {
            core::cmp::Ordering::Less => Mark::Passed,
            core::cmp::Ordering::Equal => mark,
            core::cmp::Ordering::Greater => Mark::NotReached,
        })
    };
    match saw {
        PersonSaw::Warning => up_to(Station::Tls, Mark::Failed("warning")),
        PersonSaw::DeadEnd => up_to(Station::Tls, Mark::Failed("no way past")),
        PersonSaw::OtherCertificate => up_to(Station::Tls, Mark::Failed("other issuer")),
        PersonSaw::LoginPage => up_to(Station::Drp, Mark::Failed("sign-in page")),
        PersonSaw::Code(cause) => up_to(place::met_at(cause), Mark::Failed(by_code(cause))),
        PersonSaw::Unreachable => Some(match station {
            Station::Browser => Mark::Passed,
            Station::Name | Station::Port | Station::Tls => Mark::Unknown,
            Station::Drp | Station::SignIn | Station::Live => Mark::NotReached,
        }),
        PersonSaw::Endpoint => match station {
            Station::Browser | Station::Name | Station::Port | Station::Tls | Station::Drp => Some(Mark::Passed),
            Station::SignIn | Station::Live => None,
        },
    }
}
