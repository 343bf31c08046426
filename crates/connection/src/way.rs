//! The way from this browser to live data, station by station, as each vantage saw it, and where it breaks. Pure; a view
//! draws it.
//!
//! *Failed* is only what was asked and said no. What the browser was not told is *unknown*, what lies behind it is *not
//! reached*.

mod lanes;
mod place;

use crate::cause::{Cause, Confidence};
use crate::evidence::Check;
use crate::machine::{Machine, Phase, Progress};
use crate::verdict::{Basis, Finding};

/// One station of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Station {
    /// This browser, or the server that serves the portal: where a look starts.
    Browser,
    /// The endpoint's name becomes an address.
    Name,
    /// Something accepts connections there.
    Port,
    /// The connection is secured, and the certificate is accepted.
    Tls,
    /// DRP answers.
    Drp,
    /// DRP accepts the sign-in.
    SignIn,
    /// The WebSocket stands.
    Live,
}

impl Station {
    /// All of them, in their order.
    pub const ALL: [Self; 7] = [Self::Browser, Self::Name, Self::Port, Self::Tls, Self::Drp, Self::SignIn, Self::Live];
}

/// Who looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vantage {
    /// This page.
    Page,
    /// The portal's server.
    Server,
    /// The person.
    Person,
}

/// How far one vantage came at one station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Asked, and fine.
    Passed,
    /// Asked, and it said no: what was seen, in at most 14 characters.
    Failed(&'static str),
    /// Asked, and the answer tells nothing about this station.
    Unknown,
    /// The look ended before.
    NotReached,
    /// This vantage cannot see it.
    CannotLook,
    /// This vantage did not look at all: why, in at most nine characters, as much as the narrowest lane holds.
    DidNotLook(&'static str),
    /// A step asks the person to look.
    Asked,
    /// On its way.
    Looking,
}

impl Mark {
    /// Its stable name, for views and tests.
    pub fn name(self) -> &'static str {
        match self {
            Mark::Passed => "passed",
            Mark::Failed(_) => "failed",
            Mark::Unknown => "unknown",
            Mark::NotReached => "not-reached",
            Mark::CannotLook => "cannot-look",
            Mark::DidNotLook(_) => "did-not-look",
            Mark::Asked => "asked",
            Mark::Looking => "looking",
        }
    }
}

/// What one vantage saw: a mark for each station of [`Way::stations`]; none where it says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Who looked.
    pub vantage: Vantage,
    /// The marks.
    pub marks: Vec<Option<Mark>>,
}

/// Where the way breaks: from one station to another, which are mostly the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// The first station.
    pub from: Station,
    /// The last one.
    pub to: Station,
    /// Whether that was seen rather than concluded.
    pub certain: bool,
}

/// The whole picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The stations; TLS is absent where the endpoint has none.
    pub stations: Vec<Station>,
    /// One lane for each vantage.
    pub lanes: Vec<Lane>,
    /// Where it breaks, once that is known.
    pub broken: Option<Break>,
}

impl Way {
    /// The mark of a vantage at a station.
    pub fn mark(&self, vantage: Vantage, station: Station) -> Option<Mark> {
        let place = self.stations.iter().position(|it| *it == station)?;
        self.lanes.iter().find(|lane| lane.vantage == vantage)?.marks.get(place).copied().flatten()
    }
}

/// The cause that the screen is about: a computer without a network needs no look.
pub fn leading(machine: &Machine) -> Option<(Cause, Confidence)> {
    if is_offline(machine) { Some((Cause::Offline, Confidence::Certain)) } else { machine.diagnosis().best() }
}

/// The causes that fit, the one that the screen is about first.
pub fn findings(machine: &Machine) -> Vec<Finding> {
    let mut findings = machine.diagnosis().findings().to_vec();
    if is_offline(machine) {
        findings.retain(|it| it.cause != Cause::Offline);
        let why = vec![Basis::Check(Check::Network)];
        findings.insert(0, Finding { cause: Cause::Offline, confidence: Confidence::Certain, why });
    }
    findings
}

fn is_offline(machine: &Machine) -> bool {
    matches!(machine.phase(), Phase::Offline { .. }) && machine.outage().is_some()
}

/// The way as it stands while a connection is away. All marks are there from the first moment, so that a picture of them
/// keeps its size.
pub fn way(machine: &Machine) -> Option<Way> {
    let endpoint = machine.endpoint()?;
    let away = match machine.phase() {
        Phase::Connecting { .. } | Phase::Waiting { .. } | Phase::Offline { .. } | Phase::NeedsYou { .. } => true,
        Phase::Idle | Phase::Connected { .. } | Phase::Stopped => false,
    };
    // Nobody looks while the endpoint has asked for a pause.
    let pauses = matches!(machine.phase(), Phase::Waiting { not_before: true, .. })
        && machine.diagnosis().progress() == Progress::Idle;
    if !away || pauses || (machine.outage().is_none() && machine.diagnosis().best().is_none()) {
        return None;
    }
    let stations: Vec<Station> =
        Station::ALL.into_iter().filter(|it| endpoint.is_secure() || *it != Station::Tls).collect();
    let lane = |vantage, mark: &dyn Fn(Station) -> Option<Mark>| Lane {
        vantage,
        marks: stations.iter().map(|station| mark(*station)).collect(),
    };
    let page = lanes::Page::of(machine);
    let server = lanes::Server::of(machine);
    let mut lanes = vec![
        lane(Vantage::Page, &|station| Some(page.mark(station))),
        lane(Vantage::Server, &|station| Some(server.mark(station))),
    ];
    let saw = machine.diagnosis().evidence().person();
    if let Some(saw) = saw {
        lanes.push(lane(Vantage::Person, &|station| lanes::person(saw, station)));
    }
    let mut way = Way { stations, lanes, broken: None };
    way.broken = leading(machine)
        .filter(|(_, confidence)| *confidence >= Confidence::Probable)
        .map(|(cause, confidence)| place::of(cause, confidence, &way));
    if let (None, Some(station)) = (saw, asked(machine, &way)) {
        let marks = way.stations.iter().map(|it| (*it == station).then_some(Mark::Asked)).collect();
        way.lanes.push(Lane { vantage: Vantage::Person, marks });
    }
    Some(way)
}

/// Where a step asks the person to look: at the last station of the break.
fn asked(machine: &Machine, way: &Way) -> Option<Station> {
    use crate::remedy::{Action, Button, Step, plan};
    let steps = plan(machine).now;
    let looks = |step: &Step| {
        matches!(step.action, Some(Action::Open(_) | Action::Press(Button::SignIn | Button::AskPermission)))
    };
    steps.iter().any(looks).then_some(way.broken?.to)
}
