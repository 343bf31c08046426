//! One fault: a button that makes it, with a control for each parameter.

use leptos::prelude::*;
use serde_json::{Map, Value};

use super::control::{Allowed, Fault, Param};
use crate::fold::Fold;

/// The fault, filled in with its defaults. `set` gets it as the control takes it.
#[component]
pub(super) fn FaultCard(
    fault: Fault,
    #[prop(into)] active: Signal<bool>,
    set: Callback<Map<String, Value>>,
) -> impl IntoView {
    let id = fault.id.clone();
    let line_id = format!("line-{id}");
    let values: Vec<(String, RwSignal<Value>)> =
        fault.params.iter().map(|param| (param.name.clone(), RwSignal::new(default(&param.allowed)))).collect();
    let fields: Vec<_> = fault
        .params
        .into_iter()
        .zip(&values)
        .map(|(param, (_, value))| view! { <ParamField fault=id.clone() param value=*value /> })
        .collect();
    let has_fields = !fields.is_empty();
    let press = {
        let id = id.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let said = values.iter().map(|(name, value)| (name.clone(), value.get_untracked()));
            set.run([("id".to_owned(), Value::from(id.clone()))].into_iter().chain(said).collect());
        }
    };
    view! {
        <li class="live-fault" data-fault=id.clone() data-active=move || active.get().to_string()>
            <form class="flex flex-wrap items-center gap-x-3" on:submit=press>
                <p class="flex flex-wrap items-center gap-2">
                    <button class="btn" aria-describedby=line_id.clone()>{id.clone()}</button>
                    {move || active.get().then(|| view! { <span class="badge badge-bad">"Broken now"</span> })}
                </p>
                <Fold class="live-params" open=active summary=move || if has_fields { "About, parameters" } else { "About" }>
                    <p class="hint" id=line_id>{fault.line}</p>
                    {fields}
                </Fold>
            </form>
        </li>
    }
}

#[component]
fn ParamField(fault: String, param: Param, value: RwSignal<Value>) -> impl IntoView {
    let id = format!("{fault}-{}", param.name);
    let about_id = format!("{id}-about");
    let shown = move || value.with(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    // What is no number goes as it was typed, so that the control says what would be right.
    let number = move |event| {
        let text = event_target_value(&event);
        value.set(text.parse::<u64>().map_or_else(|_| Value::from(text.clone()), Value::from));
    };
    let text = move |event| value.set(Value::from(event_target_value(&event)));
    let choice = |choices: Vec<String>| {
        let options = choices.into_iter().map(|choice| view! { <option>{choice}</option> }).collect_view();
        (options, shown)
    };
    let input = match param.allowed {
        Allowed::Number { min, max, .. } => view! {
            <input
                id=id.clone()
                class="input"
                type="text"
                inputmode="numeric"
                placeholder=format!("{min} to {max}")
                aria-describedby=about_id.clone()
                prop:value=shown
                on:input=number
            />
        }
        .into_any(),
        Allowed::Word { one_of, .. } => {
            let (options, shown) = choice(one_of);
            view! { <select id=id.clone() class="input" aria-describedby=about_id.clone() prop:value=shown on:change=text>{options}</select> }
                .into_any()
        }
        Allowed::Status { one_of, .. } => {
            let (options, shown) = choice(one_of.iter().map(ToString::to_string).collect());
            view! { <select id=id.clone() class="input" aria-describedby=about_id.clone() prop:value=shown on:change=number>{options}</select> }
                .into_any()
        }
        Allowed::Flag { .. } => view! {
            <input
                id=id.clone()
                type="checkbox"
                aria-describedby=about_id.clone()
                prop:checked=move || value.with(|value| *value == Value::Bool(true))
                on:change=move |event| value.set(Value::from(event_target_checked(&event)))
            />
        }
        .into_any(),
        Allowed::Text { .. } => view! {
            <input
                id=id.clone()
                class="input"
                type="text"
                aria-describedby=about_id.clone()
                prop:value=shown
                on:input=text
            />
        }
        .into_any(),
    };
    view! {
        <div class="mt-2">
            <label class="live-label me-2" for=id>{param.name}</label>
            {input}
            <p class="hint" id=about_id>{param.about}</p>
        </div>
    }
}

fn default(allowed: &Allowed) -> Value {
    match allowed {
        Allowed::Number { default, .. } => Value::from(*default),
        Allowed::Word { default, .. } | Allowed::Text { default } => Value::from(default.as_str()),
        Allowed::Status { default, .. } => Value::from(*default),
        Allowed::Flag { default } => Value::from(*default),
    }
}
