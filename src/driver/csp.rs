//! What the page's own content security policy has blocked so far.

use std::cell::RefCell;
use std::rc::Rc;

use connection::endpoint::Endpoint;
use web_sys::SecurityPolicyViolationEvent;

use crate::browser::{document, listen};

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
        // The driver lives as long as the page, so the listener may too.
        listen(&document(), "securitypolicyviolation", move |event: SecurityPolicyViolationEvent| {
            let mut seen = seen.borrow_mut();
            if seen.len() < LIMIT {
                seen.push((event.blocked_uri(), event.effective_directive()));
            }
        });
        violations
    }

    /// The directive that blocked a request to the endpoint.
    pub(super) fn against(&self, endpoint: &Endpoint) -> Option<String> {
        let authority = endpoint.authority();
        let seen = self.0.borrow();
        seen.iter().find(|(uri, _)| uri.contains(&authority)).map(|(_, directive)| directive.clone())
    }
}
