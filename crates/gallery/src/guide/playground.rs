//! The megaphone in any of its states, restyled as the person likes.

use connection::view::Summary;
use leptos::html;
use leptos::prelude::*;
use portal::components::{ConnectionDialog, Megaphone};
use portal::driver::host_page;
use states::{Appearance, Group, Inputs, State, Time, all};

use super::events::EventLog;
use super::properties::Properties;
use crate::replayed_portal;

/// The megaphone, the buttons that put it into a state, its properties, and the log of its events.
#[component]
pub(super) fn Playground() -> impl IntoView {
    let states: Vec<State> = all().into_iter().filter(|state| state.group == Group::Megaphone).collect();
    let chosen = RwSignal::new(0_usize);
    let runs = RwSignal::new(false);
    let announced = StoredValue::new(None::<Summary>);
    let styled = NodeRef::<html::Div>::new();
    let buttons: Vec<_> = states
        .iter()
        .enumerate()
        .map(|(index, state)| {
            let title = state.notes.title.clone();
            view! {
                <button
                    type="button"
                    class="btn"
                    aria-pressed=move || (chosen.get() == index).to_string()
                    on:click=move |_| chosen.set(index)
                >
                    {title}
                </button>
            }
        })
        .collect();
    let states = StoredValue::new(states);
    let preview = move || {
        let appearance = Appearance { time: runs.get().then_some(Time::Run), ..Appearance::default() };
        let state = states.with_value(|states| states.get(chosen.get()).cloned());
        state.map(|state| view! { <Preview state appearance announced /> })
    };
    // The tab's icon shows the alarm; it goes back with the page that played it.
    on_cleanup(|| {
        let _ = document().get_element_by_id("favicon").map(|icon| icon.set_attribute("href", "favicon.svg"));
    });
    view! {
        <div class="gallery-bar mt-4" node_ref=styled>{preview}</div>
        <div class="mt-3 flex flex-wrap gap-2" role="group" aria-label="States of the megaphone">{buttons}</div>
        <p class="mt-3">
            <label class="inline-flex items-center gap-2">
                <input
                    type="checkbox"
                    prop:checked=runs
                    on:change=move |event| runs.set(event_target_checked(&event))
                />
                "Let time run, in a world in which nothing answers"
            </label>
        </p>
        <EventLog />
        <Properties styled />
    }
}

/// One state: the megaphone with its dialog, and the event at each change, as the portal's driver dispatches it.
#[component]
fn Preview(state: State, appearance: Appearance, announced: StoredValue<Option<Summary>>) -> impl IntoView {
    let portal = replayed_portal::portal(&state, state.snapshot(&Inputs::default()), appearance);
    provide_context(portal);
    Effect::new(move || {
        let summary = portal.machine.with(Summary::of);
        if announced.get_value().is_some_and(|before| summary.is_news_after(&before)) {
            host_page::announce(&summary);
        }
        announced.set_value(Some(summary));
    });
    view! {
        <div class="bar">
            <div class="bar-start">
                <Megaphone state=portal.machine open=Callback::new(move |()| portal.dialog.set(true)) />
                <span class="brand">"Megaphone"</span>
            </div>
        </div>
        <ConnectionDialog />
    }
}
