//! The addresses of endpoints that this browser connected to before (`localStorage`), the newest first. Whatever is found
//! there may have been written by anyone; what is no address counts as not there.

use connection::endpoint::Endpoint;
use js_sys::{Array, JSON};

use crate::browser::kept_in_browser;

const RECENT: &str = "megaphone.endpoints";

/// How many endpoints are remembered, here and with their certificates.
pub(super) const REMEMBERED: usize = 8;

/// Those that are remembered.
pub(crate) fn recent() -> Vec<String> {
    let stored =
        kept_in_browser().and_then(|it| it.get_item(RECENT).ok().flatten()).and_then(|text| JSON::parse(&text).ok());
    let Some(stored) = stored.filter(Array::is_array) else { return Vec::new() };
    let texts = Array::from(&stored).iter().filter_map(|text| text.as_string()).collect::<Vec<_>>();
    let parsed = texts.iter().filter_map(|text| Endpoint::parse(text).ok());
    parsed.map(|endpoint| endpoint.to_string()).take(REMEMBERED).collect()
}

/// Puts an endpoint first among them.
pub(crate) fn remember(endpoint: &Endpoint) -> Vec<String> {
    let mut known = recent();
    let newest = endpoint.to_string();
    known.retain(|it| *it != newest);
    known.insert(0, newest);
    known.truncate(REMEMBERED);
    let texts: Array = known.iter().map(wasm_bindgen::JsValue::from).collect();
    // A full or forbidden storage costs the convenience, not the page.
    if let (Some(storage), Some(text)) = (kept_in_browser(), JSON::stringify(&texts).ok().and_then(|it| it.as_string()))
    {
        let _ = storage.set_item(RECENT, &text);
    }
    known
}
