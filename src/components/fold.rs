//! What can be unfolded, remembered for the tab as the person left it.

use leptos::prelude::*;

use crate::browser::kept_for_tab;
use crate::icon::{Icon, icon};

/// A summary, and below it what is there only while it is open.
#[component]
pub fn Fold(
    /// Its name in the tab's memory.
    name: &'static str,
    summary: &'static str,
    #[prop(into)] hidden: Signal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(remembered(name));
    let toggled = move |event: web_sys::Event| {
        let is_open = event_target::<web_sys::Element>(&event).has_attribute("open");
        if open.try_get_untracked() == Some(!is_open) {
            remember(name, is_open);
            open.set(is_open);
        }
    };
    view! {
        <details class="fold" data-fold=name open=open.get_untracked() hidden=hidden on:toggle=toggled>
            <summary>
                {icon(Icon::Chevron)}
                <span>{summary}</span>
            </summary>
            <Show when=move || open.get()>{children()}</Show>
        </details>
    }
}

fn key(name: &str) -> String {
    ["fold-", name].concat()
}

fn remembered(name: &str) -> bool {
    kept_for_tab().and_then(|tab| tab.get_item(&key(name)).ok().flatten()).is_some()
}

/// A browser that keeps nothing for this page forgets it with the dialog.
fn remember(name: &str, open: bool) {
    let key = key(name);
    let _ = kept_for_tab().map(|tab| if open { tab.set_item(&key, "open") } else { tab.remove_item(&key) });
}
