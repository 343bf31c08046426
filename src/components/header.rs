//! The bar at the top of every page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::megaphone::Megaphone;
use super::theme_switch::ThemeSwitch;
use crate::base_path::{Page, below_base};
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
                <PageLink page=Page::Overview address="/" name="Overview" />
                <PageLink page=Page::Troubleshooting address="/troubleshooting" name="Troubleshooting" />
            </nav>
            <ThemeSwitch theme=portal.theme choose=portal.choose_theme />
        </div>
    }
}

/// A link that says when its page is the one on the screen.
#[component]
fn PageLink(page: Page, address: &'static str, name: &'static str) -> impl IntoView {
    let path = use_location().pathname;
    view! {
        <a href=below_base(address) aria-current=move || path.with(|path| Page::at(path) == page).then_some("page")>
            {name}
        </a>
    }
}
