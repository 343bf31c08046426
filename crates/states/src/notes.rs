//! What there is to know about a state, for the people who design it.

use connection::evidence::Check;
use connection::machine::Machine;
use connection::remedy;
use connection::time::Moment;
use connection::words;

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

/// The sentences that a state can show, each with the function that returns it. The view decides which of them appear.
pub fn sentences(machine: &Machine, now: Moment) -> Vec<(&'static str, String)> {
    let announced = words::announcement(machine);
    let diagnosis = machine.diagnosis();
    let mut all = vec![
        ("words::megaphone", words::megaphone(machine).to_owned()),
        ("words::title", words::title(machine)),
        ("words::lead", words::lead(machine, now).unwrap_or_default()),
        ("words::phase", words::phase(machine.phase()).to_owned()),
        ("words::headline", words::headline(machine, now)),
        ("words::waiting", words::waiting(machine, now)),
        ("words::announcement, polite", announced.polite),
        ("words::announcement, assertive", announced.assertive),
        ("words::count_losses", words::count_losses(machine.history())),
    ];
    for finding in diagnosis.findings() {
        all.push(("words::finding", words::finding(finding, machine, now)));
        all.extend(finding.why.iter().filter_map(words::basis).map(|text| ("words::basis", text)));
    }
    all.extend(
        Check::ALL.map(|check| {
            ("words::outcome", [words::question(check), ": ", &words::outcome(check, machine).1].concat())
        }),
    );
    all.extend(remedy::plan(machine).all().into_iter().map(|step| ("remedy::plan", step.text)));
    all.extend(machine.close_code().map(|code| ("close_code::table", code.name().to_owned())));
    all.extend(machine.history().last().map(|loss| ("words::loss_line", words::loss_line(loss))));
    all.retain(|(_, text)| !text.is_empty());
    all
}
