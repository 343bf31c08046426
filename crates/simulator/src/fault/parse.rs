//! From the control's JSON to a fault. What is unknown or out of range is refused with what would be right.

use serde_json::{Map, Value};

use super::entry::{Allowed, CUT, Entry, Param};
use super::table::FAULTS;
use super::{ExistingConnections, Fault};

/// Reads `{"id": …, params…}`. The error is a sentence for the sender.
pub(crate) fn fault(mut body: Map<String, Value>) -> Result<(Fault, ExistingConnections), String> {
    let entry = entry(body.get("id"))?;
    if let Some(unknown) = body.keys().find(|key| *key != "id" && entry.params.iter().all(|param| param.name != *key)) {
        return Err(format!("\"{unknown}\" is not a parameter of \"{}\", {}", entry.id, takes(entry)));
    }
    for param in entry.params {
        let value = body.entry(param.name).or_insert_with(|| param.allowed.default_value());
        if !param.allowed.holds(value) {
            return Err(format!("\"{}\" must be {}", param.name, param.allowed.in_words()));
        }
    }
    let existing = match body.remove(CUT.name) {
        Some(Value::Bool(true)) => ExistingConnections::Cut,
        Some(_) | None => ExistingConnections::Keep,
    };
    let fault = serde_json::from_value(Value::Object(body)).map_err(|error| error.to_string())?;
    Ok((fault, existing))
}

fn entry(id: Option<&Value>) -> Result<&'static Entry, String> {
    let known = || FAULTS.iter().map(|entry| entry.id).collect::<Vec<_>>().join(", ");
    match id {
        Some(Value::String(id)) => FAULTS
            .iter()
            .find(|entry| entry.id == id)
            .ok_or_else(|| format!("no fault is called {id:?}; there are: {}", known())),
        Some(_) => Err(format!("\"id\" must be a string, one of: {}", known())),
        None => Err(format!("\"id\" is missing; it is one of: {}", known())),
    }
}

fn takes(entry: &Entry) -> String {
    let names: Vec<&str> = entry.params.iter().map(|Param { name, .. }| *name).collect();
    if names.is_empty() { "which takes none".to_owned() } else { format!("which takes: {}", names.join(", ")) }
}

impl Allowed {
    fn default_value(&self) -> Value {
        match *self {
            Self::Number { default, .. } => default.into(),
            Self::Status { default, .. } => default.into(),
            Self::Word { default, .. } | Self::Text { default, .. } => default.into(),
            Self::Flag { default } => default.into(),
        }
    }

    fn holds(&self, value: &Value) -> bool {
        match *self {
            Self::Number { min, max, .. } => value.as_u64().is_some_and(|number| (min..=max).contains(&number)),
            Self::Status { one_of, .. } => one_of.iter().any(|status| value.as_u64() == Some(u64::from(*status))),
            Self::Word { one_of, .. } => value.as_str().is_some_and(|word| one_of.contains(&word)),
            Self::Text { max_bytes, .. } => value.as_str().is_some_and(|text| text.len() <= max_bytes),
            Self::Flag { .. } => value.is_boolean(),
        }
    }

    fn in_words(&self) -> String {
        match *self {
            Self::Number { min, max, .. } => format!("a whole number from {min} to {max}"),
            Self::Status { one_of, .. } => format!("one of {one_of:?}"),
            Self::Word { one_of, .. } => format!("one of {one_of:?}"),
            Self::Text { max_bytes, .. } => format!("text of at most {max_bytes} bytes"),
            Self::Flag { .. } => "true or false".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::{Layer, NewConnections};
    use serde_json::json;

    fn read(body: Value) -> Result<(Fault, ExistingConnections), String> {
        fault(body.as_object().unwrap().clone())
    }

    #[test]
    fn every_entry_is_a_fault_by_its_id_alone_and_shows_itself_as_it_was_set() {
        for entry in FAULTS {
            let (fault, _) = read(json!({"id": entry.id})).unwrap();
            let shown = json!(fault);
            assert_eq!(shown["id"], entry.id);
            let params = entry.params.iter().filter(|param| param.name != CUT.name);
            for param in params.clone() {
                assert_eq!(shown[param.name], param.allowed.default_value(), "{}", entry.id);
            }
            assert_eq!(shown.as_object().unwrap().len(), params.count() + 1, "{}: a field without a row", entry.id);
            assert_eq!(read(shown).unwrap().0, fault);
        }
    }

    #[test]
    fn every_fault_has_an_entry() {
        let error = serde_json::from_value::<Fault>(json!({"id": "?"})).unwrap_err().to_string();
        let variants = error.matches('`').count() / 2 - 1;
        assert_eq!(variants, FAULTS.len(), "{error}");
    }

    #[test]
    fn parameters_reach_the_fault() {
        assert_eq!(read(json!({"id": "idle-cut", "seconds": 3})).unwrap().0, Fault::IdleCut { seconds: 3 });
        let upgrade = read(json!({"id": "no-answer", "stage": "upgrade", "cut": false})).unwrap();
        assert_eq!(upgrade, (Fault::NoAnswer { stage: Layer::Upgrade }, ExistingConnections::Keep));
        let silence = read(json!({"id": "silence", "new_connections": "work"})).unwrap();
        assert_eq!(silence, (Fault::Silence { new_connections: NewConnections::Work }, ExistingConnections::Keep));
    }

    #[test]
    fn faults_of_new_connections_cut_the_existing_ones_unless_told_otherwise() {
        assert_eq!(read(json!({"id": "expired"})).unwrap().1, ExistingConnections::Cut);
        assert_eq!(read(json!({"id": "expired", "cut": false})).unwrap().1, ExistingConnections::Keep);
    }

    #[test]
    fn what_is_wrong_is_refused_with_what_would_be_right() {
        for (body, told) in [
            (json!({}), "\"id\" is missing; it is one of: down, "),
            (json!({"id": 7}), "\"id\" must be a string"),
            (json!({"id": "expird"}), "no fault is called \"expird\"; there are: down, "),
            (json!({"id": "down", "cut": true}), "\"cut\" is not a parameter of \"down\", which takes none"),
            (json!({"id": "idle-cut", "secs": 3}), "which takes: seconds"),
            (json!({"id": "idle-cut", "seconds": 0}), "\"seconds\" must be a whole number from 1 to 3600"),
            (json!({"id": "idle-cut", "seconds": 1.5}), "whole number"),
            (json!({"id": "idle-cut", "seconds": -1}), "whole number"),
            (json!({"id": "bad-gateway", "status": 500}), "\"status\" must be one of [502, 503, 504]"),
            (json!({"id": "not-drp", "cors": "yes"}), "\"cors\" must be true or false"),
            (json!({"id": "other-protocol", "banner": "x".repeat(256)}), "at most 255 bytes"),
        ] {
            let error = read(body.clone()).unwrap_err();
            assert!(error.contains(told), "{body}: {error}");
        }
    }
}
