//! The megaphone as a component, for pages that have none of their own: the portal's stands in its static page.

use connection::machine::Machine;
use connection::view::Summary;
use leptos::html;
use leptos::prelude::*;

use crate::face;

/// The button. Calm, it is a drawing with a name; amber and red, it says what is the matter. Only a press runs `open`.
#[component]
pub fn Megaphone(state: Signal<Machine>, open: Callback<()>) -> impl IntoView {
    let summary = Memo::new(move |_| state.with(Summary::of));
    let node = NodeRef::<html::Button>::new();
    Effect::new(move || {
        let summary = summary.get();
        if let Some(button) = node.get() {
            face::show(&button, &summary);
        }
        face::show_in_tab(summary.alarm);
    });
    view! {
        <button
            id="megaphone"
            type="button"
            aria-haspopup="dialog"
            aria-controls="connection-dialog"
            title="Connection details"
            node_ref=node
            on:click=move |_| open.run(())
        >
            <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"></svg>
            <span></span>
        </button>
    }
}
