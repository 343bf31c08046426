//! Ends requests: one for all that belong together.

use web_sys::AbortController;

/// What ends them. Where the browser knows no such thing, their time limits do.
#[derive(Clone)]
pub(super) struct Abort(pub(super) Option<AbortController>);

impl Abort {
    pub(super) fn new() -> Self {
        Self(AbortController::new().ok())
    }

    pub(super) fn abort(&self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}
