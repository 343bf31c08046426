//! What the checks saw. The driver fills it in, one [`Observation`] a check; [`crate::verdict`] reads it.

mod reach;
mod server;

use serde::{Deserialize, Serialize};

pub use reach::{Body, Reach, TokenAnswer, is_gateway, is_head_too_large};
pub use server::{KnownCertificate, ServerCheck};

use crate::cause::Cause;
use crate::close_code::CloseCode;
use crate::endpoint::Endpoint;
use crate::probe::{Certificate, Probe};
use crate::time::{MINUTE, Moment};

/// One test that the page makes, or has the portal's server make, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// Does this computer have a network?
    Network,
    /// Does the server that serves the portal answer, and does its clock agree?
    Portal,
    /// Would the browser refuse the endpoint as mixed content?
    MixedContent,
    /// Does the portal's own policy allow the endpoint?
    #[serde(rename = "policy")]
    Csp,
    /// Does the browser let this page reach local networks?
    Permission,
    /// Does the endpoint answer a request that the page can read?
    Info,
    /// Does the endpoint answer at all?
    Opaque,
    /// Does the port answer in plain HTTP?
    PlainHttp,
    /// Does the endpoint accept the sign-in?
    SignedIn,
    /// What does the portal's server see?
    Server,
    /// What did the person see in a tab of their own, or in the browser's console?
    Person,
}

impl Check {
    /// Every check that a diagnosis makes, in the order of the checklist. The person is asked, not waited for.
    pub const ALL: [Self; 10] = [
        Self::Network,
        Self::Portal,
        Self::MixedContent,
        Self::Csp,
        Self::Permission,
        Self::Info,
        Self::Opaque,
        Self::PlainHttp,
        Self::SignedIn,
        Self::Server,
    ];
}

/// What one check saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Observation {
    /// `navigator.onLine`: worth something only when false.
    Network(bool),
    /// The portal's server; `None` if it did not answer.
    Portal(Option<PortalCheck>),
    /// Whether an `https:` page was asked to reach an `http:` endpoint that is not loopback.
    MixedContent(bool),
    /// The directive of the portal's policy that a request to the endpoint violated.
    #[serde(rename = "policy")]
    Csp(Option<String>),
    /// The browser's local-network permission.
    Permission(Permission),
    /// `GET /api/v3/info` without credentials, readable across origins.
    Info(Reach),
    /// The same in a mode in which only arrival can be told.
    Opaque(Reach),
    /// The same in plain HTTP; `None` where the browser would block it.
    PlainHttp(Option<Reach>),
    /// `GET /api/v3/info` with the token; `None` while there is none.
    SignedIn(Option<Reach>),
    /// The server's look. Where the server was answered and this page had not been, the page asks again
    /// before this is reported, so that the two can be compared.
    Server(ServerCheck),
    /// What the person saw.
    Person(PersonSaw),
}

/// What a person saw, who opened the endpoint in a tab or read the browser's console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonSaw {
    /// A certificate warning with a way to go on.
    Warning,
    /// A certificate warning, or an error of the secure connection, without a way to go on.
    DeadEnd,
    /// The browser cannot reach the endpoint.
    Unreachable,
    /// A sign-in page of somebody else.
    LoginPage,
    /// Another certificate than the one that the portal's server sees.
    OtherCertificate,
    /// The endpoint's own page.
    Endpoint,
    /// A line of the console or an error code that stands for this cause.
    Code(Cause),
}

/// How far two clocks may be apart before it is told, in milliseconds.
pub const CLOCK_TOLERANCE: u64 = 2 * MINUTE;

/// What the portal's server answered to its own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalCheck {
    /// Milliseconds until the answer.
    pub ms: u32,
    /// The server's clock less this computer's, in milliseconds, if it named a date.
    pub skew: Option<i64>,
}

impl PortalCheck {
    /// The server's clock less this computer's, in milliseconds, where the two are too far apart to be the length of a
    /// request or a clock that drifts.
    pub fn clock_off(&self) -> Option<i64> {
        self.skew.filter(|skew| skew.unsigned_abs() > CLOCK_TOLERANCE)
    }
}

/// The browser's permission to reach local networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// This browser has no such gate.
    Unsupported,
    /// The gate is open.
    Granted,
    /// The browser would ask.
    Prompt,
    /// The gate is shut.
    Denied,
}

/// What was seen, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// When.
    pub at: Moment,
    /// What.
    pub saw: Observation,
}

/// Everything seen so far in one outage, each check once and with its age.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    #[serde(rename = "sights")]
    observations: Vec<Seen>,
}

impl Observation {
    /// The check that saw this.
    pub fn check(&self) -> Check {
        match self {
            Observation::Network(_) => Check::Network,
            Observation::Portal(_) => Check::Portal,
            Observation::MixedContent(_) => Check::MixedContent,
            Observation::Csp(_) => Check::Csp,
            Observation::Permission(_) => Check::Permission,
            Observation::Info(_) => Check::Info,
            Observation::Opaque(_) => Check::Opaque,
            Observation::PlainHttp(_) => Check::PlainHttp,
            Observation::SignedIn(_) => Check::SignedIn,
            Observation::Server(_) => Check::Server,
            Observation::Person(_) => Check::Person,
        }
    }
}

impl Evidence {
    /// Adds what a check saw; what it saw before is replaced. The order among checks carries no meaning, so it is always
    /// the same one.
    pub fn record(&mut self, saw: Observation, at: Moment) {
        self.forget(saw.check());
        let place = self.observations.partition_point(|known| known.saw.check() < saw.check());
        self.observations.insert(place, Seen { at, saw });
    }

    /// Drops what a check saw.
    pub fn forget(&mut self, check: Check) {
        self.observations.retain(|known| known.saw.check() != check);
    }

    /// What a check saw, if it is done.
    pub fn of(&self, check: Check) -> Option<&Observation> {
        self.seen(check).map(|seen| &seen.saw)
    }

    /// What a check saw, and when.
    pub fn seen(&self, check: Check) -> Option<&Seen> {
        self.observations.iter().find(|seen| seen.saw.check() == check)
    }

    /// Only what was seen at `begin` or later, and what the person saw.
    #[must_use]
    pub fn since(&self, begin: Moment) -> Self {
        let fresh = |seen: &&Seen| seen.at.mono >= begin.mono || seen.saw.check() == Check::Person;
        Self { observations: self.observations.iter().filter(fresh).cloned().collect() }
    }

    /// Whether this page asks once more before the server's look is compared with its own: the endpoint may have come back
    /// between the two, and only what failed after the server got through says that this browser is refused where the server
    /// is not.
    pub fn wants_another_ask(&self, server: &ServerCheck) -> bool {
        server.got_an_answer() && self.opaque().is_none_or(|reach| !reach.arrived())
    }

    /// Whether every check is done.
    pub fn is_complete(&self) -> bool {
        Check::ALL.into_iter().all(|check| self.of(check).is_some())
    }

    /// What the person saw.
    pub fn person(&self) -> Option<PersonSaw> {
        match self.of(Check::Person) {
            Some(Observation::Person(saw)) => Some(*saw),
            Some(_) | None => None,
        }
    }

    /// What came of asking the portal's server.
    pub fn server(&self) -> Option<&ServerCheck> {
        match self.of(Check::Server) {
            Some(Observation::Server(check)) => Some(check),
            Some(_) | None => None,
        }
    }

    /// Whether this browser was answered in plain HTTP: by the port, or by a proxy that answers in its place.
    pub fn plain_http_arrived(&self) -> bool {
        matches!(self.of(Check::PlainHttp), Some(Observation::PlainHttp(Some(reach))) if reach.arrived())
    }

    /// [`PortalCheck::clock_off`], where the portal's server answered.
    pub fn clock_off(&self) -> Option<i64> {
        match self.of(Check::Portal) {
            Some(Observation::Portal(Some(portal))) => portal.clock_off(),
            Some(_) | None => None,
        }
    }

    /// Whether the browser refuses the endpoint as mixed content.
    pub fn is_mixed_content(&self) -> bool {
        self.of(Check::MixedContent) == Some(&Observation::MixedContent(true))
    }

    /// Whether the portal's own policy stopped a request to the endpoint.
    pub fn violates_the_policy(&self) -> bool {
        matches!(self.of(Check::Csp), Some(Observation::Csp(Some(_))))
    }

    /// The state of the browser's gate before local networks, where it stands between this page and the endpoint: nothing
    /// came through in plain HTTP either, and nothing stopped the request before.
    pub fn gate(&self, endpoint: &Endpoint) -> Option<Permission> {
        let local = endpoint.is_local() || self.probe().is_some_and(Probe::is_local);
        let elsewhere = self.plain_http_arrived() || endpoint.has_bad_port() || self.violates_the_policy();
        match self.of(Check::Permission) {
            Some(Observation::Permission(state)) if local && !elsewhere => Some(*state),
            Some(_) | None => None,
        }
    }

    /// What the portal's server saw, if it looked.
    pub fn probe(&self) -> Option<&Probe> {
        match self.server() {
            Some(ServerCheck::Looked { probe, .. }) => Some(probe),
            Some(ServerCheck::NotOffered | ServerCheck::Absent | ServerCheck::Away | ServerCheck::CouldNotLook)
            | None => None,
        }
    }

    /// The certificate that this browser remembers for the endpoint.
    pub fn known_certificate(&self) -> Option<&KnownCertificate> {
        match self.server() {
            Some(ServerCheck::Looked { known, .. }) => known.as_ref(),
            Some(ServerCheck::NotOffered | ServerCheck::Absent | ServerCheck::Away | ServerCheck::CouldNotLook)
            | None => None,
        }
    }

    /// The endpoint's own certificate as the portal's server saw it.
    pub fn leaf(&self) -> Option<&Certificate> {
        self.probe()?.leaf()
    }

    /// What the readable request saw.
    pub fn info(&self) -> Option<Reach> {
        match self.of(Check::Info) {
            Some(Observation::Info(reach)) => Some(*reach),
            Some(_) | None => None,
        }
    }

    /// What the unreadable request saw.
    pub fn opaque(&self) -> Option<Reach> {
        match self.of(Check::Opaque) {
            Some(Observation::Opaque(reach)) => Some(*reach),
            Some(_) | None => None,
        }
    }

    /// Whether anything came back to this page.
    pub fn arrived(&self) -> bool {
        [self.info(), self.opaque(), self.signed_in()].into_iter().flatten().any(Reach::arrived)
    }

    /// The answer by which this page knows who answers it: the one without credentials where it could read that, as the
    /// socket is refused like it; else the one to the token.
    pub fn answer(&self) -> Option<Reach> {
        let readable = |reach: &Reach| reach.status().is_some();
        self.info().filter(readable).or(self.signed_in().filter(readable))
    }

    /// Whether it is DRP that answers this page. Where nothing but the sign-in was asked, it is known by how DRP refuses one.
    pub fn is_drp(&self) -> bool {
        self.answer().is_some_and(|answer| {
            let refused = !matches!(answer.of_the_token(), TokenAnswer::Another(_) | TokenAnswer::None);
            answer.is_drp() || (self.info().is_none() && refused)
        })
    }

    /// What the answer to the token says of the sign-in: nothing where it is not DRP that answers.
    pub fn token_answer(&self) -> TokenAnswer {
        match self.signed_in() {
            Some(Reach::Answered { status, .. }) if !self.is_drp() => TokenAnswer::NotDrp(status),
            Some(reach) => reach.of_the_token(),
            None => TokenAnswer::None,
        }
    }

    /// What the request with the token saw.
    pub fn signed_in(&self) -> Option<Reach> {
        match self.of(Check::SignedIn) {
            Some(Observation::SignedIn(reach)) => *reach,
            Some(_) | None => None,
        }
    }
}

/// Whether a close code says for certain that the browser refused the endpoint's TLS: Firefox alone tells a page.
pub fn is_tls_refusal(code: CloseCode) -> bool {
    code == CloseCode::TLS_HANDSHAKE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_made_again_replaces_what_it_saw() {
        let mut evidence = Evidence::default();
        let now = Moment::default();
        evidence.record(Observation::Network(false), now);
        evidence.record(Observation::Network(true), now.plus(5));
        assert_eq!(evidence.of(Check::Network), Some(&Observation::Network(true)));
        assert_eq!(evidence.since(now.plus(5)), evidence);
        assert_eq!(evidence.since(now.plus(6)), Evidence::default());
        assert!(!evidence.is_complete());
    }

    #[test]
    fn the_order_of_arrival_leaves_no_trace() {
        let now = Moment::default();
        let (one, two) = (Observation::Network(true), Observation::Csp(None));
        let mut forwards = Evidence::default();
        let mut backwards = Evidence::default();
        [one.clone(), two.clone()].into_iter().for_each(|it| forwards.record(it, now));
        [two, one].into_iter().for_each(|it| backwards.record(it, now));
        assert_eq!(forwards, backwards);
    }

    #[test]
    fn a_number_without_a_fingerprint_is_not_drp() {
        let answered = |status, body| Reach::Answered { status, body, ms: 1 };
        assert!(answered(401, Body::Empty).is_drp() && answered(403, Body::Error).is_drp());
        for status in [200, 302, 401, 403, 404] {
            assert!(!answered(status, Body::Foreign).is_drp(), "{status}");
        }
        assert!(!answered(403, Body::Empty).is_drp());
    }
}
