//! What there is to know about a state, for whoever designs it.

use super::View;
use crate::machine::{Alarm, Machine};
use crate::time::Moment;
use crate::words;

/// What there is to know about a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notes {
    /// What it is called.
    pub title: String,
    /// When it occurs.
    pub when: String,
    /// What the person should understand and do.
    pub person: String,
    /// The faults that lead to it, by the ids of the simulator's control where it can make them.
    pub faults: Vec<String>,
}

/// The words that a state shows, each with the function that says them.
pub fn spoken(machine: &Machine, now: Moment) -> Vec<(&'static str, String)> {
    let heard = words::announcement(machine);
    let all = [
        ("words::megaphone", words::megaphone(machine).to_owned()),
        ("words::phase", words::phase(machine.phase()).to_owned()),
        ("words::headline", words::headline(machine, now)),
        ("words::waiting", words::waiting(machine, now)),
        ("words::announcement, polite", heard.polite),
        ("words::announcement, assertive", heard.assertive),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// The design tokens on which a state's look rests, beside those of every page.
pub fn tokens(view: View, machine: &Machine) -> Vec<&'static str> {
    let alarm: &[&str] = match machine.alarm() {
        Alarm::Calm => {
            &["--megaphone-calm-ground", "--megaphone-calm-ink", "--megaphone-calm-edge", "--megaphone-connected"]
        }
        Alarm::Amber => &["--megaphone-amber-ground", "--megaphone-amber-ink", "--megaphone-amber-edge"],
        Alarm::Red => &[
            "--megaphone-red-ground",
            "--megaphone-red-ink",
            "--megaphone-red-edge",
            "--megaphone-flash-ground",
            "--megaphone-flash-ink",
            "--megaphone-flash-period",
            "--megaphone-flash-count",
        ],
    };
    let soft: &[&str] = match machine.alarm() {
        Alarm::Calm => &["--color-good-soft", "--color-good-ink"],
        Alarm::Amber => &["--color-warn-soft", "--color-warn-ink", "--color-warn-mark"],
        Alarm::Red => &["--color-bad", "--color-bad-soft", "--color-bad-ink"],
    };
    let of_view: &[&str] = match view {
        View::Megaphone => &["--color-bar", "--color-bar-line"],
        View::Dialog => &["--color-surface", "--color-line", "--color-sunken", "--color-primary", "--shadow-float"],
        View::Overview => &["--color-canvas", "--color-surface", "--color-line", "--color-primary", "--shadow-panel"],
        View::Troubleshooting => &["--color-canvas", "--color-surface", "--color-link", "--color-info-soft"],
        View::NotFound | View::Shell(_) => &["--color-canvas", "--color-ink", "--color-link"],
    };
    match view {
        View::Shell(_) => of_view.to_vec(),
        View::Megaphone | View::Troubleshooting | View::NotFound => [alarm, of_view].concat(),
        View::Dialog | View::Overview => [alarm, soft, of_view].concat(),
    }
}
