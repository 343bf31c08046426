//! What is unfolded below the first screen: the checks, what speaks for the cause and what else fits, and the certificate.

use super::standing::seen_certificate;
use crate::evidence::Check;
use crate::machine::{Machine, Progress};
use crate::time::Moment;
use crate::verdict::Outcome;
use crate::way::findings;
use crate::words;

/// The list of checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// Whether there is anything to show yet.
    pub begun: bool,
    /// Whether checks are being made, so that no more can be asked for.
    pub busy: bool,
    /// What the button says that has the checks made.
    pub button: &'static str,
    /// Each check's question, how it came out, and what it saw.
    pub rows: [(&'static str, Outcome, String); Check::ALL.len()],
}

impl Checklist {
    /// The checks of a state.
    pub fn of(machine: &Machine) -> Self {
        let progress = machine.diagnosis().progress();
        Self {
            begun: progress != Progress::Idle,
            busy: progress == Progress::Running,
            button: words::run_checks(progress),
            rows: Check::ALL.map(|check| {
                let (outcome, saw) = words::outcome(check, machine);
                (words::question(check), outcome, saw)
            }),
        }
    }
}

/// What speaks for the cause that is named, each in a sentence.
pub fn what_speaks_for_it(machine: &Machine) -> Vec<String> {
    findings(machine).iter().take(1).flat_map(|it| &it.why).filter_map(words::basis).collect()
}

/// The other causes that fit, the likeliest first.
pub fn what_else_fits(machine: &Machine, now: Moment) -> Vec<String> {
    findings(machine).iter().skip(1).map(|finding| words::finding(finding, machine, now)).collect()
}

/// What tells the endpoint's certificate from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Who issued it.
    pub issuer: String,
    /// Until when it is valid.
    pub until: String,
    /// SHA-256, as pairs of hexadecimal digits with colons between.
    pub fingerprint: String,
}

impl CertificateFacts {
    /// Of the certificate that was seen last.
    pub fn of(machine: &Machine) -> Option<Self> {
        let leaf = seen_certificate(machine)?;
        let (issuer, fingerprint) = (leaf.issuer.clone(), leaf.fingerprint.clone());
        Some(Self { issuer, until: words::date(leaf.not_after), fingerprint })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_rest_nothing_is_checked_and_nothing_speaks_for_anything() {
        let machine = Machine::default();
        let list = Checklist::of(&machine);
        assert_eq!((list.begun, list.busy, list.button), (false, false, "Run the checks"));
        assert!(list.rows.iter().all(|(_, outcome, saw)| *outcome == Outcome::Idle && saw.is_empty()));
        assert!(what_speaks_for_it(&machine).is_empty() && what_else_fits(&machine, Moment::default()).is_empty());
        assert_eq!(CertificateFacts::of(&machine), None);
    }
}
