//! The one message that DRP sends on its socket, `models.Event`: capitalised keys, always all seven of them.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Something that happened to an object of the endpoint. Keys that a JSON text leaves out are filled: `Time` with now,
/// words with the empty string, objects with null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Event {
    /// When, RFC 3339 in UTC with up to nine digits of fraction.
    pub time: String,
    /// The prefix of the object: `machines`, `jobs`, `log`, … or anything that was posted.
    #[serde(rename = "Type")]
    pub kind: String,
    /// `create`, `update`, `save`, `delete`, a plugin's own word, or for `log` the level.
    pub action: String,
    /// The object's key: a uuid, a name, an address.
    pub key: String,
    /// Who did it, such as `user:rocketskates`.
    pub principal: String,
    /// The object after the change.
    pub object: Value,
    /// The object before an update or save.
    pub original: Value,
}

impl Event {
    /// The keys of the JSON form, in the order in which DRP writes them.
    pub const KEYS: [&str; 7] = ["Time", "Type", "Action", "Key", "Principal", "Object", "Original"];

    /// An event of this moment, with nothing but its subject.
    pub fn new(kind: &str, action: &str, key: &str) -> Self {
        Self { kind: kind.to_owned(), action: action.to_owned(), key: key.to_owned(), ..Self::default() }
    }

    /// The answer to a `register` or `deregister`, without which DRP's own clients wait for ever.
    pub(crate) fn acknowledgement(verb: &str, pattern: &str) -> Self {
        Self::new("websocket", verb, pattern)
    }

    /// One line of JSON, the keys in DRP's order.
    pub(crate) fn to_json(&self) -> String {
        // Strings and JSON values only: nothing in it can fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Default for Event {
    fn default() -> Self {
        Self {
            time: timestamp(OffsetDateTime::now_utc()),
            kind: String::new(),
            action: String::new(),
            key: String::new(),
            principal: String::new(),
            object: Value::Null,
            original: Value::Null,
        }
    }
}

/// A moment as DRP writes it. Only a year past 9999 cannot be written; it becomes Go's zero time.
pub(crate) fn timestamp(moment: OffsetDateTime) -> String {
    moment.format(&Rfc3339).unwrap_or_else(|_| "0001-01-01T00:00:00Z".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_written_even_when_empty() {
        let json: Value = serde_json::from_str(&Event::new("profiles", "create", "x").to_json()).unwrap();
        for key in Event::KEYS {
            assert!(json.get(key).is_some(), "{key} is missing in {json}");
        }
    }

    #[test]
    fn keys_left_out_are_filled() {
        let event: Event = serde_json::from_str(r#"{"Type":"machines","Action":"update","Key":"a.b"}"#).unwrap();
        assert_eq!(event.kind, "machines");
        assert_eq!(event.object, Value::Null);
        assert!(event.time.ends_with('Z'));
    }
}
