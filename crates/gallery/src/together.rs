//! Frames beside each other scroll as one: the one under the pointer, or with the focus, leads, so that a shorter one never
//! holds a longer one back.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, HtmlIFrameElement, Node};

/// The frames that go together.
const FRAMES: &str = ".gallery-sides iframe";

/// Has each frame that is loaded from now on lead the others, until this owner is gone.
pub(super) fn scroll_together() {
    // A frame's `load` does not bubble, but it is met on the way down.
    let loaded = Closure::<dyn Fn(Event)>::new(|event: Event| {
        if let Some(frame) = event.target().and_then(|target| target.dyn_into().ok()) {
            lead(frame);
        }
    });
    let callback = loaded.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback_and_bool("load", callback, true);
    let loaded = StoredValue::new_local(loaded);
    on_cleanup(move || {
        let _ = loaded.try_with_value(|loaded| {
            let callback = loaded.as_ref().unchecked_ref();
            document().remove_event_listener_with_callback_and_bool("load", callback, true)
        });
    });
}

fn lead(frame: HtmlIFrameElement) {
    let Some(inside) = frame.content_window() else { return };
    let scrolled = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let leads = frame.matches(FRAMES).is_ok_and(|it| it) && frame.matches(":hover, :focus").is_ok_and(|it| it);
        let Some(target) = event.target().filter(|_| leads) else { return };
        // What is of another window is an instance of no class of this one.
        let in_dialog = target.unchecked_into::<Node>().node_type() == Node::ELEMENT_NODE;
        let Some(from) = frame.content_document().and_then(|it| scroller(&it, in_dialog)) else { return };
        for other in frames().filter(|other| *other != frame) {
            if let Some(to) = other.content_document().and_then(|it| scroller(&it, in_dialog)) {
                to.set_scroll_top(from.scroll_top());
            }
        }
    });
    // It lives as long as the frame's page.
    let callback = scrolled.into_js_value();
    let _ = inside.add_event_listener_with_callback_and_bool("scroll", callback.unchecked_ref(), true);
}

/// What scrolls in a page of the product: the dialog within itself, all else with the page.
fn scroller(document: &Document, in_dialog: bool) -> Option<Element> {
    if in_dialog { document.query_selector("dialog").ok().flatten() } else { document.scrolling_element() }
}

fn frames() -> impl Iterator<Item = HtmlIFrameElement> {
    let found = document().query_selector_all(FRAMES).ok();
    let all = found.into_iter().flat_map(|found| (0..found.length()).filter_map(move |place| found.item(place)));
    all.filter_map(|frame| frame.dyn_into().ok())
}
