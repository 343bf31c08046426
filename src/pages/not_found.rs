//! The page for addresses that lead nowhere.

use leptos::prelude::*;

use crate::base_path::below_base;
use crate::components::Heading;
use crate::portal::Portal;

/// Says so, and leads back.
#[component]
pub fn NotFound() -> impl IntoView {
    let portal = expect_context::<Portal>();
    view! {
        <div class="prose">
            <Heading tab="Page not found" alarm=move || portal.machine.with(|machine| machine.alarm())>
                "There is no page at this address"
            </Heading>
            <p>
                <a href=below_base("/")>"Overview"</a>
                " shows your connection, "
                <a href=below_base("/troubleshooting")>"Troubleshooting"</a>
                " says what to do when it is lost."
            </p>
        </div>
    }
}
