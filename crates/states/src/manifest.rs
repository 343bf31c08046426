//! The list of states for programs: what the suite and other tools go through.

use serde::Serialize;

use super::{FIELDS, Kind, all};

/// Every state and every input.
#[derive(Debug, Serialize)]
pub struct Manifest {
    states: Vec<State>,
    inputs: Vec<Input>,
}

#[derive(Debug, Serialize)]
struct State {
    id: String,
    group: &'static str,
    title: String,
    when: String,
    person: String,
    faults: Vec<String>,
    /// Where it is shown, below the portal's address.
    address: String,
}

#[derive(Debug, Serialize)]
struct Input {
    key: &'static str,
    label: &'static str,
    takes: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    choices: Option<&'static [&'static str]>,
}

/// Every state and every input, to be written as JSON.
pub fn manifest() -> Manifest {
    let states = all().into_iter().map(|it| State {
        address: format!("/preview/{}", it.id),
        group: it.group.title(),
        title: it.notes.title,
        when: it.notes.when,
        person: it.notes.person,
        faults: it.notes.faults,
        id: it.id,
    });
    let inputs = FIELDS.iter().map(|field| Input {
        key: field.key,
        label: field.label,
        takes: field.kind.wanted(),
        choices: match field.kind {
            Kind::Choice(words) => Some(words),
            Kind::Number { .. } | Kind::Cause | Kind::Text(_) | Kind::Endpoint => None,
        },
    });
    Manifest { states: states.collect(), inputs: inputs.collect() }
}
