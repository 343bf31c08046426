//! Where the focus goes when the page changes below it: a keyboard must never be left nowhere.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

use crate::portal::Portal;

/// Puts the focus on the first element of a selector, once what was just asked for stands on the page.
pub fn focus_soon(selector: String) {
    request_animation_frame(move || focus(&selector, true));
}

/// What has the focus, if anything has: the body stands for nothing.
pub fn focused() -> Option<HtmlElement> {
    let element = document().active_element()?.dyn_into::<HtmlElement>().ok()?;
    (element.tag_name() != "BODY").then_some(element)
}

/// After each change of phase, and when the dialog closes: if what had the focus is gone, as a button is whose press was
/// successful, the heading of the dialog or of the page takes it. Nothing scrolls by that, for the person may be
/// reading elsewhere; only where a form was sent in, which is gone with what it led to, the page begins at its top.
pub fn keep_focus(portal: Portal) {
    let last = StoredValue::new_local(None::<HtmlElement>);
    window_event_listener(ev::focusin, move |event| {
        last.set_value(event.target().and_then(|target| target.dyn_into().ok()));
    });
    let turn = Memo::new(move |_| {
        let phase = portal.machine.with(|machine| machine.phase().name());
        [phase, if portal.dialog.get() { " in the dialog" } else { "" }].concat()
    });
    Effect::new(move || {
        // Read, not only watched: what nobody has read never changes.
        turn.with(|_| ());
        let heading = if portal.dialog.get_untracked() { "dialog h2" } else { "h1" };
        request_animation_frame(move || {
            let gone = last.with_value(|last| last.clone().filter(is_out_of_sight));
            // Firefox tells of no focus that the page takes while the browser's own bar has it.
            let taken = focused().is_some_and(|focused| Some(&focused) != gone.as_ref());
            if let Some(gone) = gone.filter(|_| !taken) {
                focus(heading, gone.closest("form").is_ok_and(|form| form.is_some()));
            }
        });
    });
}

/// Whether it is gone, not shown, or only keeps its place.
fn is_out_of_sight(element: &HtmlElement) -> bool {
    element.offset_parent().is_none() || element.class_list().contains("invisible")
}

/// What is not there, or not shown, cannot take the focus, and need not.
fn focus(selector: &str, scroll: bool) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(!scroll);
        let _ = element.focus_with_options(&options);
    }
}
