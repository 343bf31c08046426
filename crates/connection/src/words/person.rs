//! What the person is asked who opened the endpoint in a tab, in the words of their own browser. A question is put only
//! where an answer would change what is said.

use core::fmt;

use crate::cause::{Cause, Confidence};
use crate::client::Browser;
use crate::console;
use crate::evidence::{Check, PersonSaw};
use crate::machine::{Machine, Phase};

/// The question, with the answers that make a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub text: &'static str,
    /// What can be answered.
    pub answers: Vec<Answer>,
    /// What was answered.
    pub given: Option<PersonSaw>,
    /// Whether the heading says what the answer means.
    pub is_heading: bool,
}

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it stands for.
    pub saw: PersonSaw,
    /// How it reads.
    pub label: &'static str,
}

/// What to ask in this state, if anything.
pub fn question(machine: &Machine) -> Option<Question> {
    let endpoint = machine.endpoint().filter(|endpoint| endpoint.is_secure())?;
    let away = match machine.phase() {
        Phase::Connecting { .. } | Phase::Waiting { .. } | Phase::NeedsYou { .. } => machine.outage().is_some(),
        Phase::Idle | Phase::Connected { .. } | Phase::Offline { .. } | Phase::Stopped => false,
    };
    let given = machine.diagnosis().evidence().person();
    let (cause, confidence) = machine.diagnosis().best()?;
    let open = confidence < Confidence::Certain && could_be_another(cause);
    if !away || endpoint.has_bad_port() || !(open || given.is_some()) {
        return None;
    }
    let seen = machine.diagnosis().evidence().of(Check::Server).is_some();
    let answers = answers(machine.client().browser)
        .into_iter()
        .filter(|answer| seen || answer.saw != PersonSaw::OtherCertificate)
        .collect();
    let is_heading = given == Some(PersonSaw::Code(cause));
    Some(Question { text: "Not sure? Say what a tab shows", answers, given, is_heading })
}

/// The question in a line, with what was answered.
pub fn ask(question: &Question) -> String {
    match question.given {
        None => question.text.to_owned(),
        Some(PersonSaw::Code(_)) if question.is_heading => "From your browser's code".to_owned(),
        Some(saw @ PersonSaw::Code(_)) => person(saw),
        Some(saw) => format!("You saw: {}", person(saw)),
    }
}

/// Why an error code that was pasted says nothing here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The portal does not know it.
    Unknown,
    /// It is about another endpoint.
    Elsewhere(String),
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unread::Unknown => f.write_str("The portal does not know this code. It looks like ERR_CERT_DATE_INVALID."),
            Unread::Elsewhere(other) => write!(f, "This line is about {other}."),
        }
    }
}

/// Reads an error code, or lines of the console, about the endpoint at hand. Where a code fits several causes, one that the
/// checks found counts; else only what the causes have in common does.
///
/// # Errors
/// What was pasted tells nothing about this endpoint.
pub fn read_code(pasted: &str, machine: &Machine) -> Result<PersonSaw, Unread> {
    let endpoint = machine.endpoint().ok_or(Unread::Unknown)?;
    let found = |cause: &Cause| machine.diagnosis().findings().iter().any(|finding| finding.cause == *cause);
    let elsewhere = console::endpoint(pasted).filter(|named| named != endpoint);
    let Some(saw) = console::evidence(pasted, endpoint) else {
        return Err(elsewhere.map_or(Unread::Unknown, |other| Unread::Elsewhere(other.to_string())));
    };
    let named = console::decode(pasted).known().filter(|_| elsewhere.is_none());
    let borne_out = named.and_then(|meaning| meaning.causes.iter().copied().find(found));
    Ok(borne_out.map_or(saw, PersonSaw::Code))
}

/// Whether what the person saw could speak for another cause: where this browser got nothing, or nothing it may read.
fn could_be_another(cause: Cause) -> bool {
    cause.is_about_trust()
        || matches!(
            cause,
            Cause::BrowserOnly
                | Cause::UnreachableOrUntrusted
                | Cause::NotDrpOrBadGateway
                | Cause::NoAnswer
                | Cause::NoName
                | Cause::PlainHttp
                | Cause::WrongSite
                | Cause::Down
                | Cause::Crash
                | Cause::OldTls
                | Cause::NobodyBehind
                | Cause::OtherProtocol
                | Cause::LargePackets
                | Cause::LocalNetwork
                | Cause::TlsFailed
        )
}

/// The answers in the words of a browser's own pages.
pub fn answers(browser: Browser) -> [Answer; 6] {
    let [warning, dead_end, unreachable] = match browser {
        Browser::Firefox => [
            "A warning, and under “Advanced” a button to proceed",
            "A warning without such a button",
            "“Unable to connect”, or “We’re having trouble finding that site”",
        ],
        Browser::Safari => [
            "“This Connection Is Not Private”, with “visit this website”",
            "A warning without that link",
            "“Safari Can’t Connect to the Server”",
        ],
        // What is around WebKitGTK has its own words for it, and so has whatever cannot be named.
        Browser::WebKitGtk | Browser::Other => [
            "A warning about the certificate, with a way to go on",
            "A warning or error without a way to go on",
            "That the site cannot be reached",
        ],
        Browser::Chromium => [
            "A warning, and under “Advanced” a link to proceed",
            "A warning or error without such a link",
            "“This site can’t be reached”",
        ],
    };
    [
        Answer { saw: PersonSaw::Warning, label: warning },
        Answer { saw: PersonSaw::DeadEnd, label: dead_end },
        Answer { saw: PersonSaw::Unreachable, label: unreachable },
        Answer { saw: PersonSaw::LoginPage, label: "Somebody else's sign-in page" },
        Answer { saw: PersonSaw::OtherCertificate, label: "A certificate by another issuer than the one here" },
        Answer { saw: PersonSaw::Endpoint, label: "The endpoint's own page" },
    ]
}

/// What was answered, as a line of the checklist.
pub fn person(saw: PersonSaw) -> String {
    match saw {
        PersonSaw::Warning => "A certificate warning with a way to go on.".to_owned(),
        PersonSaw::DeadEnd => "A certificate warning or error without a way to go on.".to_owned(),
        PersonSaw::Unreachable => "The browser cannot reach the endpoint.".to_owned(),
        PersonSaw::LoginPage => "Somebody else's sign-in page.".to_owned(),
        PersonSaw::OtherCertificate => "A certificate by another issuer than the server sees.".to_owned(),
        PersonSaw::Endpoint => "The endpoint's own page.".to_owned(),
        PersonSaw::Code(cause) => format!("Your browser's code means: {}.", cause.title()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::Endpoint;
    use crate::machine::{Credential, Event};
    use crate::time::Moment;

    fn machine() -> Machine {
        let mut machine = Machine::default();
        let endpoint = Endpoint::parse("drp.example.com").unwrap();
        machine.step(Event::Connect(endpoint, Credential::None), Moment::default(), 0);
        machine
    }

    #[test]
    fn a_code_counts_for_this_endpoint_or_for_none() {
        let machine = machine();
        let line = "WebSocket connection to 'wss://drp.example.com:8092/api/v3/ws' failed: net::ERR_CERT_DATE_INVALID";
        assert_eq!(read_code(line, &machine), Ok(PersonSaw::Warning), "its dates, or this computer's clock");
        assert_eq!(read_code("ERR_NAME_NOT_RESOLVED", &machine), Ok(PersonSaw::Code(Cause::NoName)));
        let other = line.replace("drp.example.com", "other.example.com");
        assert_eq!(read_code(&other, &machine), Err(Unread::Elsewhere("https://other.example.com:8092".to_owned())));
        assert_eq!(read_code("it is broken", &machine), Err(Unread::Unknown));
    }
}
