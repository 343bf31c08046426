//! What the page's own content security policy has blocked so far.

use std::cell::RefCell;
use std::rc::Rc;

use connection::endpoint::Endpoint;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::SecurityPolicyViolationEvent;

/// How many violations are remembered; a page that violates its policy more often tells nothing new.
const LIMIT: usize = 20;

/// The address and the directive of each violation.
#[derive(Default)]
pub(super) struct Violations(Rc<RefCell<Vec<(String, String)>>>);

impl Violations {
    /// Listens as long as the page stands.
    pub(super) fn listen() -> Self {
        let violations = Self::default();
        let seen = Rc::clone(&violations.0);
        let listener = Closure::<dyn FnMut(_)>::new(move |event: SecurityPolicyViolationEvent| {
            let mut seen = seen.borrow_mut();
            if seen.len() < LIMIT {
                seen.push((event.blocked_uri(), event.effective_directive()));
            }
        });
        let name = "securitypolicyviolation";
        // The driver lives as long as the page, so the listener may too.
        let _ = document().add_event_listener_with_callback(name, listener.into_js_value().unchecked_ref());
        violations
    }

    /// The directive that blocked a request to the endpoint.
    pub(super) fn against(&self, endpoint: &Endpoint) -> Option<String> {
        let authority = endpoint.authority();
        let seen = self.0.borrow();
        seen.iter().find(|(uri, _)| uri.contains(&authority)).map(|(_, directive)| directive.clone())
    }
}
