//! Fills in the sign-in of the portal beside the faults, as a person would; the press is theirs.

use core::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Document, Event, HtmlIFrameElement, HtmlInputElement};

/// Whom a simulator knows, as every example of DRP does.
pub(super) const USER: &str = "rocketskates";
/// And their password.
pub(super) const PASSWORD: &str = "r0cketsk8ts";

/// How often, and how many times, the form is looked for: it stands a moment after its page has loaded.
const POLL: Duration = Duration::from_millis(200);
const POLLS: u32 = 50;

/// Fills in the form of a frame that has loaded.
pub(super) fn fill_in(event: Event) {
    let frame = event_target::<HtmlIFrameElement>(&event);
    poll(frame, POLLS);
}

fn poll(frame: HtmlIFrameElement, polls_left: u32) {
    let filled = frame.content_document().is_some_and(|page| fill(&page));
    if let (false, Some(left)) = (filled, polls_left.checked_sub(1)) {
        set_timeout(move || poll(frame, left), POLL);
    }
}

/// Whether the form stands. What somebody has typed stays.
fn fill(page: &Document) -> bool {
    // Unchecked: a field of a frame is no instance of this window's class.
    let field =
        |selector: &str| page.query_selector(selector).ok().flatten().map(JsCast::unchecked_into::<HtmlInputElement>);
    let (Some(user), Some(password)) = (field("#connect #user"), field("#connect #password")) else { return false };
    if user.value().is_empty() && password.value().is_empty() {
        user.set_value(USER);
        password.set_value(PASSWORD);
    }
    true
}
