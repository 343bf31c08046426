//! A control for each input; moving one changes the address.

use connection::cause::Cause;
use leptos::prelude::*;
use states::{FIELDS, Field, FieldKind, Inputs};

/// The controls for what the address says. `change` gets the inputs with the one field changed.
#[component]
pub(super) fn Controls(inputs: Signal<Inputs>, change: Callback<Inputs>) -> impl IntoView {
    let control = move |field: &'static Field| {
        let value = move || inputs.with(|inputs| field.value(inputs)).unwrap_or_default();
        let set = move |value: String| {
            let others = inputs.with_untracked(Inputs::pairs).into_iter().filter(|(key, _)| *key != field.key);
            let (inputs, _) = Inputs::read(others.chain([(field.key, value)]));
            change.run(inputs);
        };
        let id = format!("input-{}", field.key);
        let choices = |choices: Vec<&'static str>| {
            view! {
                <select id=id.clone() class="input" prop:value=value on:change=move |event| set(event_target_value(&event))>
                    <option value="">"As the state has it"</option>
                    {choices.into_iter().map(|choice| view! { <option value=choice>{choice}</option> }).collect_view()}
                </select>
            }
            .into_any()
        };
        let input = match field.kind {
            FieldKind::Choice(words) => choices(words.to_vec()),
            FieldKind::Cause => choices(Cause::all().map(Cause::id).collect()),
            FieldKind::Number { min, max } => view! {
                <input
                    id=id.clone()
                    class="input"
                    type="number"
                    min=min
                    max=max
                    prop:value=value
                    on:change=move |event| set(event_target_value(&event))
                />
            }
            .into_any(),
            FieldKind::Text(limit) => view! {
                <input
                    id=id.clone()
                    class="input"
                    type="text"
                    maxlength=limit
                    prop:value=value
                    on:change=move |event| set(event_target_value(&event))
                />
            }
            .into_any(),
            FieldKind::Endpoint => view! {
                <input
                    id=id.clone()
                    class="input"
                    type="text"
                    inputmode="url"
                    prop:value=value
                    on:change=move |event| set(event_target_value(&event))
                />
            }
            .into_any(),
        };
        view! {
            <div>
                <label class="label" for=id.clone()>{field.label}</label>
                {input}
            </div>
        }
    };
    let shown = FIELDS.iter().filter(|field| field.key != "chrome");
    view! { <form class="gallery-controls" on:submit=|event| event.prevent_default()>{shown.map(control).collect_view()}</form> }
}
