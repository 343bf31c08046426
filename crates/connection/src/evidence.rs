//! What the checks saw. The driver fills it in, one [`Observation`] a check; [`crate::verdict`] reads it.

use serde::{Deserialize, Serialize};

use crate::probe::Probe;
use crate::time::MINUTE;

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
}

impl Check {
    /// Every check, in the order of the checklist.
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
    /// The look from the server's seat. Where the server was answered and this page had not been, the page asks again
    /// before this is reported, so that the two can be compared.
    Server(ServerCheck),
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

/// How far a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// An answer that the page could read.
    Answered {
        /// HTTP status.
        status: u16,
        /// What the body was.
        body: Body,
        /// Milliseconds.
        ms: u32,
    },
    /// An answer arrived; the browser hides it.
    Arrived {
        /// Milliseconds.
        ms: u32,
    },
    /// The browser failed the request and does not say why.
    Failed {
        /// Milliseconds.
        ms: u32,
    },
    /// No answer within the limit.
    TimedOut {
        /// Milliseconds.
        ms: u32,
    },
}

/// What the body of an answer was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// Nothing, as DRP answers 401 and 403.
    Empty,
    /// DRP's facts (`models.Info`).
    Info,
    /// DRP's error object (`models.Error`).
    Error,
    /// Something that DRP does not send.
    Foreign,
}

impl Reach {
    /// Whether the answer is one that DRP gives to `GET /api/v3/info`, with or without credentials.
    pub fn is_drp(self) -> bool {
        match self {
            Reach::Answered { status: 200, body, .. } => body == Body::Info,
            Reach::Answered { status: 401 | 403, body, .. } => matches!(body, Body::Empty | Body::Error),
            Reach::Answered { body, .. } => body == Body::Error,
            Reach::Arrived { .. } | Reach::Failed { .. } | Reach::TimedOut { .. } => false,
        }
    }

    /// Whether anything came back.
    pub fn arrived(self) -> bool {
        match self {
            Reach::Answered { .. } | Reach::Arrived { .. } => true,
            Reach::Failed { .. } | Reach::TimedOut { .. } => false,
        }
    }

    /// The status, where the page could read it.
    pub fn status(self) -> Option<u16> {
        match self {
            Reach::Answered { status, .. } => Some(status),
            Reach::Arrived { .. } | Reach::Failed { .. } | Reach::TimedOut { .. } => None,
        }
    }
}

/// What came of asking the portal's server to look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServerCheck {
    /// It looked.
    Looked {
        /// What it saw.
        probe: Box<Probe>,
        /// The fingerprint that this browser saw in use before, if it remembers one.
        known: Option<String>,
    },
    /// The operator did not name this endpoint, or the server cannot look at all.
    NotOffered,
    /// The server did not answer, or not with what was expected.
    Away,
}

impl ServerCheck {
    /// Whether the endpoint gave the server an answer in HTTP, whatever the server found wanting on the way.
    pub fn got_an_answer(&self) -> bool {
        match self {
            ServerCheck::Looked { probe, .. } => probe.http.passed().is_some(),
            ServerCheck::NotOffered | ServerCheck::Away => false,
        }
    }
}

/// Everything seen so far in one diagnosis.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    #[serde(rename = "sights")]
    observations: Vec<Observation>,
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
        }
    }
}

impl Evidence {
    /// Adds what a check saw; what it saw before is replaced.
    pub fn record(&mut self, observation: Observation) {
        self.observations.retain(|known| known.check() != observation.check());
        self.observations.push(observation);
    }

    /// What a check saw, if it is done.
    pub fn of(&self, check: Check) -> Option<&Observation> {
        self.observations.iter().find(|observation| observation.check() == check)
    }

    /// Whether every check is done.
    pub fn is_complete(&self) -> bool {
        self.observations.len() == Check::ALL.len()
    }

    /// The portal server's clock less this computer's, in milliseconds, where the two are too far apart to be the length
    /// of a request or a clock that drifts.
    pub fn clock_off(&self) -> Option<i64> {
        match self.of(Check::Portal) {
            Some(Observation::Portal(Some(PortalCheck { skew: Some(skew), .. }))) => {
                Some(*skew).filter(|skew| skew.unsigned_abs() > CLOCK_TOLERANCE)
            }
            Some(_) | None => None,
        }
    }

    /// What the portal's server saw, if it looked.
    pub fn probe(&self) -> Option<&Probe> {
        match self.of(Check::Server) {
            Some(Observation::Server(ServerCheck::Looked { probe, .. })) => Some(probe),
            Some(_) | None => None,
        }
    }

    /// The fingerprint that this browser remembers for the endpoint.
    pub fn known_fingerprint(&self) -> Option<&str> {
        match self.of(Check::Server) {
            Some(Observation::Server(ServerCheck::Looked { known, .. })) => known.as_deref(),
            Some(_) | None => None,
        }
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

    /// What the request with the token saw.
    pub fn signed_in(&self) -> Option<Reach> {
        match self.of(Check::SignedIn) {
            Some(Observation::SignedIn(reach)) => *reach,
            Some(_) | None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_made_again_replaces_what_it_saw() {
        let mut evidence = Evidence::default();
        evidence.record(Observation::Network(false));
        evidence.record(Observation::Network(true));
        assert_eq!(evidence.of(Check::Network), Some(&Observation::Network(true)));
        assert!(!evidence.is_complete());
    }
}
