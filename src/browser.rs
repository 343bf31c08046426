//! What the first part needs of the browser. The framework has the same helpers, and would come with them.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Event, EventTarget, Storage, Window};

/// How long what waits for the next frame waits at most, in milliseconds: a hidden page has no frames.
const FRAME_LIMIT: u64 = 250;

/// The window. There always is one where this program runs.
pub fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// The document of the page. A window always has one.
pub fn document() -> Document {
    window().document().unwrap_or_else(|| JsValue::UNDEFINED.unchecked_into())
}

/// What is kept for this tab, over a reload too; `None` where the browser keeps nothing for this page.
pub fn kept_for_tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// What is kept in this browser, for later visits; `None` where it keeps nothing for this page.
pub fn kept_in_browser() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Calls `act` for every event of this name, as long as the page stands.
pub(crate) fn listen<E: JsCast + 'static>(target: &EventTarget, name: &str, mut act: impl FnMut(E) + 'static) {
    let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| act(event.unchecked_into()));
    let _ = target.add_event_listener_with_callback(name, listener.into_js_value().unchecked_ref());
}

/// Something that is done later, unless this is dropped before.
pub(crate) struct Timeout(i32);

impl Timeout {
    /// Does it in `ms` milliseconds; in some weeks at the latest, because a browser does at once what is later than that.
    pub(crate) fn set(ms: u64, act: impl FnOnce() + 'static) -> Self {
        let act = Closure::once_into_js(act);
        let ms = i32::try_from(ms).unwrap_or(i32::MAX);
        let handle = window().set_timeout_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), ms);
        Self(handle.unwrap_or_default())
    }

    /// Does it whatever becomes of this.
    pub(crate) fn forget(self) {
        core::mem::forget(self);
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        window().clear_timeout_with_handle(self.0);
    }
}

/// Calls `act` before the next frame is painted. On a hidden page that may be when somebody looks at it.
pub(crate) fn before_frame(act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(move |_: f64| act());
    let _ = window().request_animation_frame(act.unchecked_ref());
}

/// Calls `act` once the next frame is painted; on a hidden page soon.
pub(crate) fn after_frame(act: impl FnOnce() + 'static) {
    let act = std::rc::Rc::new(core::cell::Cell::new(Some(act)));
    let run = {
        let act = std::rc::Rc::clone(&act);
        move || {
            if let Some(act) = act.take() {
                act();
            }
        }
    };
    if window().document().is_some_and(|document| document.hidden()) {
        Timeout::set(0, run).forget();
        return;
    }
    let late = run.clone();
    Timeout::set(FRAME_LIMIT, late).forget();
    // The callback runs before the frame; what it sets up runs behind it.
    before_frame(move || Timeout::set(0, run).forget());
}

/// How long what waits for an idle browser waits at most, in milliseconds: it may have no time for as long as many messages come.
const IDLE_LIMIT: u32 = 1_000;

/// Calls `act` once the browser has nothing else to do; at once where it does not say so, as WebKit.
pub(crate) fn when_idle(act: &js_sys::Function) {
    let limit = web_sys::IdleRequestOptions::new();
    limit.set_timeout(IDLE_LIMIT);
    if window().request_idle_callback_with_options(act, &limit).is_err() {
        let _ = act.call0(&JsValue::UNDEFINED);
    }
}
