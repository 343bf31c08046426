//! A message as somebody looks at it: parsed when it is shown, with every secret masked.

use connection::secret::{MASK, is_secret};
use js_sys::{Array, JSON, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A message as somebody looks at it.
pub struct Seen {
    /// `Type`, or nothing.
    pub kind: String,
    /// `Action`.
    pub action: String,
    /// `Key`.
    pub key: String,
    /// `Principal`.
    pub principal: String,
    /// Whether it is the endpoint's acknowledgement of a command of the portal's.
    pub is_acknowledgement: bool,
    value: JsValue,
}

/// Parses a message that somebody looks at; `None` if it is no JSON object.
pub fn see(text: &JsString) -> Option<Seen> {
    let value = JSON::parse(&String::from(text)).ok().filter(|value| value.is_object() && !Array::is_array(value))?;
    let field = |name: &str| {
        let text = Reflect::get(&value, &name.into()).ok().and_then(|field| field.as_string()).unwrap_or_default();
        if is_secret(name) { MASK.to_owned() } else { text }
    };
    let kind = field("Type");
    let is_acknowledgement = kind == "websocket";
    let (action, key, principal) = (field("Action"), field("Key"), field("Principal"));
    Some(Seen { kind, action, key, principal, is_acknowledgement, value })
}

impl Seen {
    /// The whole message as indented JSON, with every secret masked.
    pub fn pretty(&self) -> String {
        let masked = masked(&self.value, 0);
        let text = JSON::stringify_with_replacer_and_space(&masked, &JsValue::NULL, &JsValue::from(2));
        text.map(String::from).unwrap_or_default()
    }
}

/// How deep a message is followed; what lies below is not shown.
const DEPTH: u32 = 32;

fn masked(value: &JsValue, depth: u32) -> JsValue {
    if depth > DEPTH {
        return "…".into();
    }
    if Array::is_array(value) {
        return Array::from(value).iter().map(|item| masked(&item, depth + 1)).collect::<Array>().into();
    }
    let Some(object) = value.dyn_ref::<Object>() else { return value.clone() };
    let copy = Object::new();
    for entry in Object::entries(object).iter() {
        let entry = Array::from(&entry);
        let key = entry.get(0);
        let secret = key.as_string().is_some_and(|key| is_secret(&key));
        let shown = if secret && !entry.get(1).is_null() { MASK.into() } else { masked(&entry.get(1), depth + 1) };
        let _ = Reflect::set(&copy, &key, &shown);
    }
    copy.into()
}
