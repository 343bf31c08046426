//! What screen readers hear. Both regions are there from the start, because text that arrives together with its region
//! is not read, and empty again when all is well, because text that stays is read again.

use connection::words;
use leptos::prelude::*;

use crate::portal::Portal;

/// The polite and the assertive region, filled from the one announcement of the state.
#[component]
pub fn LiveRegion() -> impl IntoView {
    let state = expect_context::<Portal>().machine;
    let polite = Memo::new(move |_| state.with(words::announcement).polite);
    let assertive = Memo::new(move |_| state.with(words::announcement).assertive);
    view! {
        <div class="sr-only" role="status" aria-live="polite" aria-atomic="true">
            {move || polite.get().into_any()}
        </div>
        <div class="sr-only" role="alert" aria-live="assertive" aria-atomic="true">
            {move || assertive.get().into_any()}
        </div>
    }
}
