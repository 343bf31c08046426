//! The megaphone: the one alarm of the portal, first thing at the top left of every page.

use connection::machine::{Alarm, Machine};
use connection::view::Summary;
use leptos::prelude::*;

use crate::icon::{Icon, icon};

/// The button. Calm, it is an icon with a name; amber and red, it says what is the matter. Only a press runs `open`.
#[component]
pub fn Megaphone(state: Signal<Machine>, open: Callback<()>) -> impl IntoView {
    let summary = Memo::new(move |_| state.with(Summary::of));
    let drawing = move || {
        icon(match summary.get().alarm {
            Alarm::Calm => Icon::Megaphone,
            Alarm::Amber => Icon::MegaphoneWaves,
            Alarm::Red => Icon::MegaphoneAlarm,
        })
    };
    Effect::new(move || show_in_tab(summary.get().alarm));
    view! {
        <button
            id="megaphone"
            type="button"
            aria-haspopup="dialog"
            aria-controls="connection-dialog"
            title="Connection details"
            data-phase=move || summary.get().phase
            data-alarm=move || summary.get().alarm.name()
            data-close-code=move || summary.get().code.map(|code| code.to_string())
            on:click=move |_| open.run(())
        >
            {drawing}
            <span class:sr-only=move || summary.get().alarm == Alarm::Calm>{move || summary.get().label}</span>
        </button>
    }
}

/// The alarm in the tab's icon, for when the portal is one tab among many.
fn show_in_tab(alarm: Alarm) {
    let file = match alarm {
        Alarm::Calm => "favicon.svg",
        Alarm::Amber => "favicon-amber.svg",
        Alarm::Red => "favicon-red.svg",
    };
    if let Some(link) = document().get_element_by_id("favicon") {
        // A tab that keeps its calm icon is no reason to fail.
        let _ = link.set_attribute("href", file);
    }
}
