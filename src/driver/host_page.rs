//! The contract between the app and the page around it: marks on `<html>`, the `connectionchange` event, the address.

use connection::view::Summary;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Dispatches `connectionchange` on `window`, with `{phase, alarm, closeCode, attempt}` in its detail.
pub fn announce(summary: &Summary) {
    let detail = js_sys::Object::new();
    let code = summary.code.map_or(JsValue::NULL, |code| JsValue::from(code.0));
    let entries: [(&str, JsValue); 4] = [
        ("phase", summary.phase.into()),
        ("alarm", summary.alarm.name().into()),
        ("closeCode", code),
        ("attempt", summary.attempt.into()),
    ];
    for (key, value) in entries {
        let _ = js_sys::Reflect::set(&detail, &key.into(), &value);
    }
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&detail);
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("connectionchange", &init) {
        let _ = window().dispatch_event(&event);
    }
}

/// Whether the page itself came over HTTPS.
pub(super) fn is_secure() -> bool {
    window().location().protocol().is_ok_and(|protocol| protocol == "https:")
}

/// The endpoint that the address asks for with `?endpoint=`, as it stands there.
pub fn preselected() -> Option<String> {
    let search = window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search).ok()?.get("endpoint")
}

/// Takes the static frame away that the page was first painted with.
pub fn remove_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}

/// Tells the world that the app is interactive.
pub fn mark_ready() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-ready", "true");
    }
}

/// After a panic nothing renders any more; this was rendered before.
pub fn reveal_panic() {
    if let Some(block) = document().get_element_by_id("panic") {
        let _ = block.remove_attribute("hidden");
    }
}
