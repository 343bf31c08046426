//! A control for each input; moving one changes the address. What only changes how the state is displayed stands in a bar
//! above the frame, the rest below it.

use connection::cause::Cause;
use leptos::prelude::*;
use portal::icon::{Icon, icon};
use states::{Appearance, FIELDS, Field, FieldKind, Inputs, Sets};

/// The widths that can be dragged to.
const NARROWEST: u32 = 320;
const WIDEST: u32 = 1_920;

/// The controls for what the state is. `change` gets the inputs with the one field changed; `values` is what the state
/// has where the address says nothing.
#[component]
pub(super) fn Controls(inputs: Signal<Inputs>, values: Signal<Inputs>, change: Callback<Inputs>) -> impl IntoView {
    let group = move |sets: Sets| {
        let fields = FIELDS.iter().filter(|field| field.sets == sets);
        view! {
            <fieldset>
                <legend>{sets.title()}</legend>
                {fields.map(|field| control(field, inputs, values, change)).collect_view()}
            </fieldset>
        }
    };
    let changed =
        move || inputs.with(|inputs| FIELDS.iter().any(|it| it.sets != Sets::Appearance && it.value(inputs).is_some()));
    let reset = move |_| {
        let appearance = inputs.with_untracked(|inputs| inputs.appearance);
        change.run(Inputs { appearance, ..Inputs::default() });
    };
    view! {
        <form class="gallery-controls" on:submit=|event| event.prevent_default()>
            {Sets::STATE.map(group).into_iter().collect_view()}
        </form>
        <button type="button" class="btn mt-4" hidden=move || !changed() on:click=reset>
            "Reset all"
        </button>
    }
}

/// The controls for how it is displayed.
#[component]
pub(super) fn Toolbar(inputs: Signal<Inputs>, change: Callback<Inputs>) -> impl IntoView {
    let none = Signal::stored(Inputs::default());
    let width = |width: Option<u32>, label: &'static str| {
        let pressed = move || (inputs.with(|inputs| inputs.appearance.width) == width).to_string();
        let press = move |_| {
            let inputs = inputs.get_untracked();
            let appearance = Appearance { width, ..inputs.appearance };
            change.run(Inputs { appearance, ..inputs });
        };
        view! { <button type="button" class="chip" aria-pressed=pressed on:click=press>{label}</button> }
    };
    let drag = move |event| {
        let inputs = inputs.get_untracked();
        let width = event_target_value(&event).parse().ok();
        change.run(Inputs { appearance: Appearance { width, ..inputs.appearance }, ..inputs });
    };
    let dragged = move || inputs.with(|inputs| inputs.appearance.width).unwrap_or(WIDEST).to_string();
    let fields = FIELDS.iter().filter(|field| field.sets == Sets::Appearance && field.key != "chrome");
    view! {
        <form class="gallery-toolbar" aria-label="How it is displayed" on:submit=|event| event.prevent_default()>
            {fields.map(|field| control(field, inputs, none, change)).collect_view()}
            <div class="gallery-widths" role="group" aria-label="Widths">
                {width(Some(360), "360")} {width(Some(390), "390")} {width(Some(768), "768")} {width(Some(1280), "1280")}
                {width(None, "As wide as there is room")}
                <input
                    class="gallery-drag"
                    type="range"
                    aria-label="Drag the width"
                    min=NARROWEST
                    max=WIDEST
                    step="10"
                    prop:value=dragged
                    on:input=drag
                />
            </div>
        </form>
    }
}

/// The control of one field.
fn control(
    field: &'static Field,
    inputs: Signal<Inputs>,
    values: Signal<Inputs>,
    change: Callback<Inputs>,
) -> impl IntoView {
    let value = move || inputs.with(|inputs| field.value(inputs)).unwrap_or_default();
    let set = move |value: String| {
        let others = inputs.with_untracked(Inputs::pairs).into_iter().filter(|(key, _)| *key != field.key);
        let (inputs, _) = Inputs::read(others.chain([(field.key, value)]));
        change.run(inputs);
    };
    let has = move || values.with(|values| field.value(values)).unwrap_or_default();
    let unsaid = move || match has() {
        has if field.sets == Sets::Appearance && has.is_empty() => "As it is".to_owned(),
        has if has.is_empty() => "As the state has it".to_owned(),
        has => format!("As the state has it: {has}"),
    };
    let is_changed = move || !value().is_empty();
    let changed = move || is_changed().then_some("true");
    let reset = {
        move || {
            is_changed().then(|| {
                view! {
                    <button
                        type="button"
                        class="gallery-reset"
                        aria-label=format!("Reset {}", field.label)
                        title="As the state has it"
                        on:click=move |_| set(String::new())
                    >
                        {icon(Icon::Retry)}
                    </button>
                }
            })
        }
    };
    let id = format!("input-{}", field.key);
    let choices = |choices: Vec<&'static str>| {
        view! {
            <select id=id.clone() class="input" prop:value=value on:change=move |event| set(event_target_value(&event))>
                <option value="">{unsaid}</option>
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
                        placeholder=has
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
                        placeholder=has
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
                        placeholder=has
        prop:value=value
                        on:change=move |event| set(event_target_value(&event))
                    />
                }
        .into_any(),
    };
    view! {
        <div data-changed=changed>
            <div class="gallery-label">
                <label class="label" for=id.clone()>{field.label}</label>
                {reset}
            </div>
            {input}
        </div>
    }
}
