//! What the gallery and the bare state in its frame say to each other: the gallery sends a query, the frame answers once
//! it shows that.

mod view;

use core::time::Duration;

use leptos::prelude::*;
use states::Inputs;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::address;

pub(crate) use view::Frame;

/// The frame's message to the gallery around it: the state is shown.
pub(crate) const SHOWN: &str = "shown";

/// Passes on each query that the gallery around this frame sends.
pub(crate) fn on_query(act: impl Fn(Inputs) + 'static) {
    let listener = Closure::<dyn FnMut(_)>::new(move |event: web_sys::MessageEvent| {
        let own = window().location().origin().is_ok_and(|origin| origin == event.origin());
        if let (true, Some(query)) = (own, event.data().as_string()) {
            act(address::read(&query).0);
        }
    });
    // The frame lives as long as its page.
    let _ = window().add_event_listener_with_callback("message", listener.into_js_value().unchecked_ref());
}

/// Tells the gallery around this frame that the state is shown, once everything that follows from showing it is done.
pub(crate) fn report_shown() {
    set_timeout(
        || {
            let parent = window().parent().ok().flatten().filter(|parent| *parent != window());
            if let (Some(parent), Ok(origin)) = (parent, window().location().origin()) {
                // A page of another origin cannot hold this frame, and would not receive it.
                let _ = parent.post_message(&JsValue::from_str(SHOWN), &origin);
            }
        },
        Duration::ZERO,
    );
}
