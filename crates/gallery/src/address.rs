//! The address of a state: its name in the path, its inputs in the query.

use leptos::prelude::*;
use portal::base_path::below_base;
use states::Inputs;

/// The state that the page's address names; empty on the gallery's first page.
pub(super) fn state() -> String {
    let path = window().location().pathname().unwrap_or_default();
    path.strip_prefix(&*below_base("/preview/")).unwrap_or_default().trim_matches('/').to_owned()
}

/// What the page's address says, and what is wrong with it.
pub(super) fn inputs() -> (Inputs, Vec<String>) {
    read(&window().location().search().unwrap_or_default())
}

/// What a query says, with or without its question mark.
pub(super) fn read(query: &str) -> (Inputs, Vec<String>) {
    Inputs::read(pairs(query))
}

/// The query that says this; empty for nothing.
pub(super) fn query(inputs: &Inputs) -> String {
    let Ok(query) = web_sys::UrlSearchParams::new() else { return String::new() };
    for (key, value) in inputs.pairs() {
        query.append(key, &value);
    }
    let text = String::from(query.to_string());
    if text.is_empty() { text } else { format!("?{text}") }
}

/// A query's pairs, decoded.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    let Ok(query) = web_sys::UrlSearchParams::new_with_str(query) else { return Vec::new() };
    let pairs = js_sys::Array::from(&query);
    let pair = |pair: wasm_bindgen::JsValue| {
        let pair = js_sys::Array::from(&pair);
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    pairs.iter().filter_map(pair).collect()
}
