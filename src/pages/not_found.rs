//! The page for addresses that lead nowhere.

use leptos::prelude::*;
use leptos_router::components::A;

use super::{Overview, Troubleshooting};
use crate::base_path::below_base;
use crate::components::Heading;
use crate::portal::Portal;

/// What stands at an address that is no route: a page by the name of its file, as hosts of files may serve it (DRP does),
/// or nothing.
#[component]
pub fn NotFound() -> impl IntoView {
    let path = document().location().and_then(|it| it.pathname().ok()).unwrap_or_default();
    match path.strip_suffix("/index.html") {
        Some(folder) if folder == below_base("/troubleshooting") => view! { <Troubleshooting /> }.into_any(),
        Some(folder) if folder == below_base("") => view! { <Overview /> }.into_any(),
        Some(_) | None => view! { <Nowhere /> }.into_any(),
    }
}

/// Says so, and leads back.
#[component]
fn Nowhere() -> impl IntoView {
    let portal = expect_context::<Portal>();
    view! {
        <div class="prose">
            <Heading tab="Page not found" alarm=move || portal.machine.with(|machine| machine.alarm())>
                "There is no page at this address"
            </Heading>
            <p>
                <A href=below_base("/")>"Overview"</A>
                " shows your connection, "
                <A href=below_base("/troubleshooting")>"Troubleshooting"</A>
                " says what to do when it is lost."
            </p>
        </div>
    }
}
