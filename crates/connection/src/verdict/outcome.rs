//! How a check came out: the one judge of it, for the checklist and for the report.

use super::server::{Reading, read};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::evidence::{Evidence, Observation, Permission, ServerCheck, TokenAnswer};

/// How a check stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Not begun.
    Idle,
    /// Under way.
    Running,
    /// Asked, and fine.
    Passed,
    /// Asked, and it said no.
    Failed,
    /// Nobody asked: the look ended before, or it does not apply.
    NotReached,
    /// Asked, and the answer does not tell.
    Unknown,
}

impl Outcome {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Idle => "idle",
            Outcome::Running => "running",
            Outcome::Passed => "passed",
            Outcome::Failed => "failed",
            Outcome::NotReached => "not reached",
            Outcome::Unknown => "unknown",
        }
    }
}

/// How a check came out, by what it saw, and the answer to the token by who answers. A look of the server is judged for
/// this person's browser, as the verdict does.
pub fn outcome(observation: &Observation, evidence: &Evidence, endpoint: &Endpoint, client: Client) -> Outcome {
    use Outcome::{Failed, NotReached, Passed, Unknown};
    let passed = |passed: bool| if passed { Passed } else { Failed };
    match observation {
        Observation::Network(online) => passed(*online),
        Observation::Portal(portal) => passed(portal.is_some_and(|it| it.clock_off().is_none())),
        Observation::MixedContent(mixed) => passed(!mixed),
        Observation::Csp(violated) => passed(violated.is_none()),
        Observation::Permission(Permission::Unsupported | Permission::Granted) | Observation::Person(_) => Passed,
        Observation::Permission(Permission::Prompt) => Unknown,
        Observation::Permission(Permission::Denied) => Failed,
        Observation::Info(reach) => reach.status().map_or(Unknown, |_| passed(reach.is_drp())),
        Observation::Opaque(reach) | Observation::PlainHttp(Some(reach)) => {
            if reach.arrived() {
                Passed
            } else {
                Unknown
            }
        }
        Observation::PlainHttp(None) | Observation::SignedIn(None) => NotReached,
        Observation::SignedIn(Some(_)) => match evidence.token_answer() {
            TokenAnswer::Accepted => Passed,
            TokenAnswer::NotSignedIn
            | TokenAnswer::NoRights
            | TokenAnswer::Expired
            | TokenAnswer::ClocksDiffer
            | TokenAnswer::Another(_) => Failed,
            TokenAnswer::NotDrp(_) => Unknown,
            TokenAnswer::None => NotReached,
        },
        Observation::Server(ServerCheck::NotOffered | ServerCheck::Absent) => NotReached,
        Observation::Server(ServerCheck::Away | ServerCheck::CouldNotLook) => Unknown,
        Observation::Server(ServerCheck::Looked { probe, known }) => {
            match read(probe, endpoint, client, known.as_ref()) {
                Reading::Healthy => Passed,
                Reading::OnTheWay(_) | Reading::AtTheSocket(_) => Failed,
                Reading::Unknown => Unknown,
            }
        }
    }
}
