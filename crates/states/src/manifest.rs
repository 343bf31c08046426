//! The list of states for programs: what the suite and other tools read.

use serde::Serialize;

use crate::inputs::{FIELDS, FieldKind};
use crate::list::all;
use crate::pictures::pictures;

/// Every state and every input.
#[derive(Debug, Serialize)]
pub struct Manifest {
    states: Vec<Entry>,
    inputs: Vec<Input>,
}

#[derive(Debug, Serialize)]
struct Entry {
    id: String,
    group: &'static str,
    title: String,
    when: String,
    person: String,
    faults: Vec<String>,
    /// Where it is shown, below the portal's address.
    address: String,
    /// The pictures that the suite keeps of it, by their folders.
    pictures: Vec<&'static str>,
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
    let states = all().into_iter().map(|it| Entry {
        address: format!("/preview/{}", it.id),
        pictures: pictures(&it).iter().map(|picture| picture.name()).collect(),
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
        takes: field.kind.expected(),
        choices: match field.kind {
            FieldKind::Choice(words) => Some(words),
            FieldKind::Number { .. } | FieldKind::Cause | FieldKind::Text(_) | FieldKind::Endpoint => None,
        },
    });
    Manifest { states: states.collect(), inputs: inputs.collect() }
}
