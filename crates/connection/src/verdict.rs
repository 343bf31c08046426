//! Evidence → causes, the likeliest first, each with how sure it is and what speaks for it. Pure.
//!
//! What the page saw, what the server saw and what the person saw are compared; none overrules another. Certain is what
//! this page saw itself, or what the server saw together with something from this browser that fits no other cause. What
//! only the server saw is probable for this browser: it may be given another answer.

mod clock;
mod ending;
mod here;
mod https_record;
mod outcome;
mod person;
mod server;
mod status;

use serde::{Deserialize, Serialize};

use crate::cause::{Cause, Confidence};
use crate::client::Client;
use crate::credential::Credential;
use crate::endpoint::Endpoint;
use crate::evidence::{Body, Check, Evidence, KnownCertificate, Reach};
use crate::history::History;
use crate::loss::Outage;
use crate::probe::Probe;
use crate::time::Moment;

pub use here::is_offline;
pub use https_record::leading_astray;
pub use outcome::{Outcome, outcome};
pub use server::{APPLE_LONGEST_DAYS, Reading, Refusal, is_reset, read, some_addresses_fail, why_refused};

/// One cause that fits, with what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What is wrong.
    pub cause: Cause,
    /// How sure that is.
    #[serde(rename = "sure")]
    pub confidence: Confidence,
    /// What speaks for it, the weightiest first.
    pub why: Vec<Basis>,
}

/// Something that speaks for a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// What this check saw.
    Check(Check),
    /// The socket never opened.
    NeverOpened,
    /// The connection had stood before.
    WasConnected,
    /// The server had seen a healthy endpoint while the connection stood.
    SeenHealthy,
    /// The socket did not open within the time limit.
    ConnectTimeout,
    /// The browser reported an error on the standing connection before it ended.
    ErrorFirst,
    /// The endpoint gave this close code.
    CloseCode(u16),
    /// The browser closed with 1015: it refused the endpoint's TLS.
    TlsRefused,
    /// The endpoint did not answer the liveness check.
    NoAnswer,
    /// The newest connections all ended at this age, in milliseconds.
    SameUptime(u64),
    /// Data had come through less than so many milliseconds before each of them ended.
    InUse(u64),
    /// So many losses within so many milliseconds.
    Repeated(u32, u64),
    /// The portal server's clock less this computer's, in milliseconds.
    ClockOff(i64),
}

/// All that a verdict rests on.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The endpoint.
    pub endpoint: &'a Endpoint,
    /// The outage.
    pub outage: &'a Outage,
    /// When the look began that the evidence is of.
    pub began: Moment,
    /// The losses of the session, this one included.
    pub history: &'a History,
    /// What the checks of one look saw, and the person.
    pub evidence: &'a Evidence,
    /// The person's browser and system.
    pub client: Client,
    /// What the portal signs in with.
    pub credential: Credential,
}

/// How evidence is judged, as values that a machine is given: a program can begin before the code for it has come.
#[derive(Clone, Copy, Debug)]
pub struct Judge {
    pub(crate) rank: fn(&Case<'_>) -> Vec<Finding>,
    pub(crate) read: fn(&Probe, &Endpoint, Client, Option<&KnownCertificate>) -> Reading,
    pub(crate) read_answers: fn(&Probe, &Endpoint) -> Reading,
    pub(crate) kept: fn(Named, Named) -> Named,
}

/// A cause and how sure it is, if one was named.
pub(crate) type Named = Option<(Cause, Confidence)>;

impl Judge {
    /// The one that there is.
    pub const ONLY: Self = Self { rank, read, read_answers: server::read_answers, kept };
}

impl PartialEq for Judge {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The causes that fit, the likeliest first.
pub fn rank(case: &Case<'_>) -> Vec<Finding> {
    let known = case.evidence.known_certificate();
    let reading = case.evidence.probe().map(|probe| read(probe, case.endpoint, case.client, known));
    let mut findings = here::certain(case);
    findings.extend(person::of_person(case, reading));
    findings.extend(here::compared(case, reading));
    let first = case.outage.first_close.as_ref();
    findings.extend(first.and_then(|close| ending::of_close(close, case.history, case.client)));
    tidy(findings)
}

/// What an answer to the sign-in that gave no token means, and how sure that is.
pub fn of_refusal(reach: Reach) -> (Cause, Confidence) {
    use Confidence::{Certain, Probable};
    match reach {
        Reach::Answered { status: 404, body: Body::Error, .. } => (Cause::Credentials, Certain),
        Reach::Answered { status: 401 | 403, body: Body::Empty | Body::Error, .. } => (Cause::Credentials, Certain),
        // DRP gives 400 for other reasons too.
        Reach::Answered { status: 400, body: Body::Error | Body::Empty, .. } => (Cause::ClockSkew, Probable),
        Reach::Answered { status, .. } => match status::of_foreign(status) {
            Some(cause @ (Cause::LoginWall | Cause::Firewall)) => (cause, Probable),
            Some(cause) => (cause, Certain),
            None => (Cause::NotDrpOrBadGateway, Probable),
        },
        // A page that may not read an answer cannot know whose it is.
        Reach::Arrived { .. } => (Cause::NotDrpOrBadGateway, Probable),
        Reach::Failed { .. } | Reach::TimedOut { .. } => (Cause::UnreachableOrUntrusted, Probable),
    }
}

/// Which of two causes stays with a loss: the one that was `named` before, or that of a look since.
///
/// The look since may have met the endpoint when it was mended already, or while it restarted with what mended it. So
/// what explained the loss gives way to another explanation that is at least as sure, and to an endpoint that is away
/// only where that is surer.
fn kept(named: Named, since: Named) -> Named {
    let explains =
        |it: &(Cause, Confidence)| it.1 >= Confidence::Probable && !is_being_away(it.0) && !tells_only_the_end(it.0);
    let Some(before) = named.filter(explains) else { return since.or(named) };
    let stays = |since: &(Cause, Confidence)| match since {
        (cause, _) if tells_only_the_end(*cause) => true,
        (cause, confidence) if is_being_away(*cause) => *confidence <= before.1,
        (_, confidence) => *confidence < before.1,
    };
    since.filter(|since| !stays(since)).or(named)
}

/// What was behind a loss that has been made good, given the cause that was named of it.
///
/// An endpoint that was only away has restarted: that it could not be reached meanwhile is no longer the news.
pub(crate) fn of_recovery(outage: &Outage, history: &History, client: Client, named: Named) -> Named {
    let Some(first) = outage.first_close.as_ref() else { return named };
    let only_away = named.is_none_or(|(cause, confidence)| confidence == Confidence::Possible || is_being_away(cause));
    if !only_away {
        return named;
    }
    let finding = ending::of_close(first, history, client).filter(|it| it.cause != Cause::Cut || outage.attempts == 0);
    Some(finding.map_or((Cause::Restart, Confidence::Probable), |finding| (finding.cause, finding.confidence)))
}

/// Whether a cause says no more than that nothing came through.
fn is_being_away(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::Crash
            | Cause::Down
            | Cause::NobodyBehind
            | Cause::Cut
            | Cause::UnreachableOrUntrusted
            | Cause::SocketOnly
            | Cause::BrowserOnly
    )
}

/// Puts the surest first, keeps the order of the rules otherwise, and lets each cause stand once.
///
/// How a connection was cut explains less than why it does not come back, so that is listed after what the checks
/// found, except that a silent endpoint which still does not answer is one cause, not two.
fn tidy(mut findings: Vec<Finding>) -> Vec<Finding> {
    let silent = findings.iter().any(|it| it.cause == Cause::Silence);
    findings.retain(|it| !(silent && it.cause == Cause::NoAnswer));
    let why_away = findings.iter().any(|it| it.confidence >= Confidence::Probable && !tells_only_the_end(it.cause));
    if why_away {
        findings.retain(|it| it.cause != Cause::Cut);
    }
    // Once the reason is seen, a guess at the reason adds nothing.
    if findings.iter().any(|it| it.confidence == Confidence::Certain && !tells_only_the_end(it.cause)) {
        findings.retain(|it| it.confidence == Confidence::Certain || tells_only_the_end(it.cause));
    }
    findings.sort_by_key(|it| (why_away && tells_only_the_end(it.cause), core::cmp::Reverse(it.confidence)));
    let mut seen = Vec::new();
    findings.retain(|it| {
        !seen.contains(&it.cause) && {
            seen.push(it.cause);
            true
        }
    });
    findings
}

/// Whether a cause says how a connection ended rather than why there is none now.
fn tells_only_the_end(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::Cut
            | Cause::Closed
            | Cause::TooLarge
            | Cause::Violation
            | Cause::Silence
            | Cause::IdleCut
            | Cause::CutInUse
            | Cause::Flapping
    )
}

/// Shorthand for a finding that rests on checks.
fn found(cause: Cause, confidence: Confidence, why: &[Check]) -> Finding {
    Finding { cause, confidence, why: why.iter().copied().map(Basis::Check).collect() }
}

#[cfg(test)]
mod tests;
