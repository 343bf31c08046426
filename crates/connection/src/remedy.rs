//! What to do about it: ordered steps that a person can follow, with exact commands and addresses filled in.
//!
//! Commands fit the versions of DRP that they name. `drpcli` does not check the endpoint's certificate, so they work
//! while it is expired.

mod command;
mod steps;

use crate::cause::{Cause, Need};
use crate::close_code::Wire;
use crate::endpoint::Endpoint;
use crate::machine::{Machine, Phase};

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do, one or two sentences.
    pub text: String,
    /// The way to do it from here, if there is one.
    pub action: Option<Action>,
    /// Whether its button stays quiet: nobody should be led to what is to be weighed first.
    pub quiet: bool,
}

impl Step {
    /// The same with a quiet button.
    fn quiet(self) -> Self {
        Self { quiet: true, ..self }
    }
}

/// The way to carry a step out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Run this in a shell; `note` says where, or for which versions.
    Run {
        /// The command, ready to be copied; may have several lines.
        command: String,
        /// Where it runs, or for which versions of DRP.
        note: &'static str,
    },
    /// Open this address in a new tab.
    Open(String),
    /// Press this button.
    Press(Button),
}

/// Which of these steps has the one primary button: the first with something to open or to press, unless it is to be quiet.
pub fn primary(steps: &[Step]) -> Option<usize> {
    let way = |step: &Step| matches!(step.action, Some(Action::Open(_) | Action::Press(_)));
    let (place, first) = steps.iter().enumerate().find(|(_, step)| way(step))?;
    (!first.quiet).then_some(place)
}

/// What the portal itself can do as a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// Go to the sign-in.
    SignIn,
    /// Have the browser ask for its local-network permission.
    AskPermission,
    /// Sign out, and go to the form that connects, with the address in its field.
    ChangeAddress,
}

impl Button {
    /// What the button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::SignIn => "Sign in",
            Self::AskPermission => "Ask for permission",
            Self::ChangeAddress => "Sign out and change the address",
        }
    }
}

/// What to do: first what brings this person back, then how to look further, and what ends the fault for good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What brings this person back now, the first step first.
    pub now: Vec<Step>,
    /// What to do where that was not enough: how to look further, and other ways.
    pub further: Vec<Step>,
    /// What ends the fault for good.
    pub for_good: Vec<Step>,
}

impl Plan {
    /// All steps, one after the other.
    pub fn all(self) -> Vec<Step> {
        [self.now, self.further, self.for_good].concat()
    }
}

/// What to do in the state that the machine is in. Until something is known there is nothing to do but wait.
pub fn plan(machine: &Machine) -> Plan {
    let Some(endpoint) = machine.endpoint() else { return Plan::default() };
    if let (Phase::Offline { .. }, true) = (machine.phase(), machine.outage().is_some()) {
        return steps::for_cause(Cause::Offline, machine, endpoint);
    }
    if let Phase::NeedsYou { need: Need::Attention, .. } = machine.phase() {
        return steps::given_up(machine, endpoint);
    }
    match machine.diagnosis().findings().first() {
        Some(finding) => steps::for_cause(finding.cause, machine, endpoint),
        // The code of a close that the endpoint sent says by itself what to do; 1006 and the like say nothing.
        None => match machine.close_code().filter(|code| code.row().on_the_wire != Wire::Never) {
            Some(code) => steps::for_code(code, endpoint, machine.client()),
            None => Plan::default(),
        },
    }
}

/// What to do about a cause that was told rather than found: at the endpoint that was named with it, else at the one that
/// the portal is set on. Nothing where there is neither.
pub fn for_cause(cause: Cause, named: Option<&Endpoint>, machine: &Machine) -> Plan {
    let endpoint = named.or(machine.endpoint());
    endpoint.map(|endpoint| steps::for_cause(cause, machine, endpoint)).unwrap_or_default()
}

/// The steps for renewing a certificate before it ends.
pub fn renewal(machine: &Machine) -> Vec<Step> {
    machine.endpoint().map(steps::replace_certificate).unwrap_or_default()
}
