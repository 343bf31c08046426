//! The first heading of a page: it names the tab, and takes the focus after navigation, which the router leaves where
//! it was.

use connection::machine::Alarm;
use connection::words;
use leptos::html;
use leptos::prelude::*;

use crate::driver::host_page;

/// The page's `<h1>`. `tab` is the page's name in the tab, behind the alarm's if there is one.
#[component]
pub fn Heading(tab: &'static str, #[prop(into)] alarm: Signal<Alarm>, children: Children) -> impl IntoView {
    let node = NodeRef::<html::H1>::new();
    Effect::new(move || {
        document().set_title(&[words::tab(alarm.get()), tab, " – Megaphone"].concat());
    });
    // On the first page nobody has navigated: it is ready with its heading.
    let first = document().document_element().is_none_or(|root| !root.has_attribute("data-ready"));
    Effect::new(move || {
        host_page::mark_ready();
        // An address with a fragment names its own place.
        let fragment = window().location().hash().is_ok_and(|hash| !hash.is_empty());
        if let (Some(heading), false, false) = (node.get(), first, fragment) {
            let _ = heading.focus();
        }
    });
    view! {
        <h1 node_ref=node tabindex="-1" class="min-w-0 break-words">
            {children()}
        </h1>
    }
}
