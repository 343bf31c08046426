//! Inputs as the query of an address, read and written.

use super::field::FIELDS;
use super::values::Inputs;

impl Inputs {
    /// Reads the pairs of a query, decoded. What is wrong is left out and told, a sentence each: any value is safe.
    /// Empty values count as left out, as those of untouched controls are.
    pub fn read<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> (Self, Vec<String>) {
        let mut inputs = Self::default();
        let mut warnings = Vec::new();
        for (key, value) in pairs {
            let (key, value) = (key.as_ref(), value.as_ref());
            if value.is_empty() {
                continue;
            }
            match FIELDS.iter().find(|field| field.key == key) {
                Some(field) => {
                    if !(field.read)(&mut inputs, value) {
                        let (shown, expected) = (quoted(value), field.kind.expected());
                        warnings.push(format!("{key} takes {expected}, not “{shown}”; the default is shown."));
                    }
                }
                None => warnings.push(format!("There is no input called “{}”; it is passed over.", quoted(key))),
            }
        }
        (inputs, warnings)
    }

    /// The pairs of the query that says this, in the order of [`FIELDS`].
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        FIELDS.iter().filter_map(|field| Some((field.key, field.value(self)?))).collect()
    }
}

fn quoted(text: &str) -> String {
    let mut short: String = text.chars().filter(|letter| !letter.is_control()).take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
