//! Holds the states of the gallery and the faults of the simulator to each other.

use std::collections::BTreeSet;

use simulator::fault::table::FAULTS;

/// Made by a command to the control, by the browser, its computer and network, by the address that is chosen, or by the
/// portal's own server.
const ELSEWHERE: [&str; 20] = [
    "blocked",
    "browser-only",
    "browser-refuses",
    "closed",
    "crash",
    "csp",
    "forgotten",
    "intercepted",
    "local-network",
    "mixed",
    "no-name",
    "no-portal",
    "offline",
    "proxy",
    "restart",
    "too-large",
    "too-many-sockets",
    "untrusted",
    "violation",
    "your-clock",
];

#[test]
fn every_fault_that_a_state_names_can_be_made_and_every_fault_is_named_by_a_state() {
    let states = states::all();
    let named: BTreeSet<&str> = states.iter().flat_map(|state| &state.notes.faults).map(String::as_str).collect();
    let made: BTreeSet<&str> = FAULTS.iter().map(|fault| fault.id).chain(ELSEWHERE).collect();
    let unknown: Vec<_> = named.difference(&made).collect();
    assert!(unknown.is_empty(), "nothing makes {unknown:?}");
    let hostile = |id: &str| FAULTS.iter().any(|fault| fault.id == id && fault.line.starts_with("Hostile"));
    let unnamed: Vec<_> = made.difference(&named).filter(|id| !hostile(id)).collect();
    assert!(unnamed.is_empty(), "no state names {unnamed:?}");
}
