//! What to do about it: ordered steps that a person can follow, with exact commands and addresses filled in.
//!
//! Commands fit the versions of DRP that they name. `drpcli` does not check the endpoint's certificate, so they work
//! while it is expired.

mod command;
mod steps;

use crate::cause::Cause;
use crate::close_code::CloseCode;
use crate::endpoint::Endpoint;
use crate::machine::Machine;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do, one or two sentences.
    pub text: String,
    /// The way to do it from here, if there is one.
    pub way: Option<Way>,
}

/// The way to carry a step out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
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

/// What the portal itself can do as a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// Try now.
    Retry,
    /// Go to the sign-in.
    SignIn,
    /// Have the browser ask for its local-network permission.
    AskPermission,
}

/// The browser that the person uses, as far as the way through differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Browser {
    /// Chrome, Edge and others of its family.
    Chromium,
    /// Firefox, which remembers accepted certificates for each port.
    Firefox,
    /// Safari, where accepting a certificate does not carry over to WebSockets.
    Safari,
    /// Another one.
    #[default]
    Other,
}

impl Browser {
    /// Tells the browser by its user agent string.
    pub fn of(user_agent: &str) -> Self {
        if user_agent.contains("Firefox/") {
            Self::Firefox
        } else if user_agent.contains("Chrome/") || user_agent.contains("Chromium/") {
            Self::Chromium
        } else if user_agent.contains("Safari/") {
            Self::Safari
        } else {
            Self::Other
        }
    }
}

/// The steps for the state that the machine is in: by its cause if one was found, else by its close code.
pub fn steps(machine: &Machine, browser: Browser) -> Vec<Step> {
    let Some(endpoint) = machine.endpoint() else { return Vec::new() };
    let best = machine.diagnosis().findings().first();
    match (best, machine.close_code()) {
        (Some(finding), _) => steps::for_cause(finding.cause, machine, endpoint, browser),
        (None, Some(code)) => steps::for_code(code, endpoint, browser),
        (None, None) => Vec::new(),
    }
}

/// The steps for a cause that was told rather than found: at the endpoint that was named with it, else at the one that
/// the portal is set on. Nothing where there is neither.
pub fn for_cause(cause: Cause, named: Option<&Endpoint>, machine: &Machine, browser: Browser) -> Vec<Step> {
    let endpoint = named.or(machine.endpoint());
    endpoint.map(|endpoint| steps::for_cause(cause, machine, endpoint, browser)).unwrap_or_default()
}

/// The steps for renewing a certificate before it ends.
pub fn renewal(machine: &Machine) -> Vec<Step> {
    machine.endpoint().map(steps::replace_certificate).unwrap_or_default()
}

/// The steps for a close code alone, as the dialog shows them before a cause is known.
pub fn for_code(code: CloseCode, machine: &Machine, browser: Browser) -> Vec<Step> {
    machine.endpoint().map(|endpoint| steps::for_code(code, endpoint, browser)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_apart() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36";
        let safari = "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15";
        assert_eq!(Browser::of(chrome), Browser::Chromium);
        assert_eq!(Browser::of(safari), Browser::Safari);
        assert_eq!(Browser::of("Mozilla/5.0 (X11; rv:150.0) Gecko/20100101 Firefox/150.0"), Browser::Firefox);
        assert_eq!(Browser::of(""), Browser::Other);
    }
}
