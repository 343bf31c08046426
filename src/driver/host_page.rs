//! The contract between the app and the page around it: marks on `<html>`, the `connectionchange` event, the address.

use connection::view::Summary;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::browser::{document, kept_in_browser, window};

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

/// What the page says by itself of parts that have not come, by its mark on `<html>`.
#[derive(Clone, Copy)]
pub(crate) enum Gap {
    /// The whole app.
    App,
    /// What signs in and finds out why a connection was lost, and it is needed.
    Errands,
}

impl Gap {
    /// Says that it has not come, or takes that back.
    pub(crate) fn show(self, missing: bool) {
        let mark = match self {
            Self::App => "data-missing",
            Self::Errands => "data-incomplete",
        };
        let _ = document().document_element().map(|root| root.toggle_attribute_with_force(mark, missing));
    }
}

/// Names the part that follows on the app, by its file. Where answers are long in coming, the loader asks for it ahead
/// (`crates/xtask/src/build/parts.rs`).
pub(crate) fn name_next(part: &str) {
    let _ = document().document_element().map(|root| root.set_attribute("data-next", part));
}

/// How long it takes, in milliseconds, until what has not come is asked for again by itself. Nothing tells a page that the
/// portal's server is back.
const ASKED_AGAIN: u32 = 30_000;

/// Ends once there is a reason to ask again for what has not come: the browser has a network again, the person comes back to
/// the page or presses something on it, or time has passed. From the call on, not only while it is awaited. Says whether it
/// was more than time.
pub(crate) fn news() -> impl Future<Output = bool> {
    let happened = js_sys::Promise::new(&mut |resolve, _| {
        let (window, options) = (window(), web_sys::AddEventListenerOptions::new());
        options.set_once(true);
        options.set_signal(&web_sys::AbortSignal::timeout_with_u32(ASKED_AGAIN));
        for name in ["online", "focus", "click"] {
            // On its way down, so that the press during which this is called is past. A focus on its way down is any field's.
            options.set_capture(name == "click");
            let _ = window.add_event_listener_with_callback_and_add_event_listener_options(name, &resolve, &options);
        }
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ASKED_AGAIN as i32);
    });
    let happened = JsFuture::from(happened);
    // An event is handed over; a timer hands over nothing.
    async move { happened.await.is_ok_and(|event| event.is_object()) }
}

/// Has the fonts come, which the next page of this browser then shows from its first paint on (index.html). This page keeps
/// those it began with: a change would move what is being read.
pub(crate) async fn keep_fonts() {
    let fonts = document().fonts();
    let both = ["400 1em Lato", "700 1em Lato"].map(|font| JsFuture::from(fonts.load(font)));
    for font in both {
        // Those that did not come are asked for on the next visit.
        if font.await.is_err() {
            return;
        }
    }
    // A browser that keeps nothing keeps to its own fonts.
    let _ = kept_in_browser().map(|storage| storage.set_item("fonts", "here"));
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
