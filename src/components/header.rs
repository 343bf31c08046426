//! The bar at the top of every page.

use leptos::prelude::*;
use leptos_router::components::A;

use super::megaphone::Megaphone;
use super::theme_switch::ThemeSwitch;
use crate::base_path::below_base;
use crate::portal::Portal;

/// Megaphone, pages, theme.
#[component]
pub fn Header() -> impl IntoView {
    let portal = expect_context::<Portal>();
    let open = Callback::new(move |()| portal.dialog.set(true));
    view! {
        <header class="bar">
            <div class="bar-start">
                <Megaphone state=portal.machine open />
                <span class="brand">"Megaphone"</span>
            </div>
            <BarRest />
        </header>
    }
}

/// What stands in the bar beside the megaphone.
#[component]
pub fn BarRest() -> impl IntoView {
    let portal = expect_context::<Portal>();
    view! {
        <div class="bar-rest">
            <nav class="bar-nav" aria-label="Pages">
                <A href=below_base("/") exact=true>
                    "Overview"
                </A>
                <A href=below_base("/troubleshooting")>"Troubleshooting"</A>
            </nav>
            <ThemeSwitch theme=portal.theme choose=portal.choose_theme />
        </div>
    }
}
