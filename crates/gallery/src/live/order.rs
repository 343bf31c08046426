//! One of the control's own requests, with a body to be changed.

use leptos::prelude::*;

use super::control::Order;

/// The order, filled in with the example that the control gives. `send` gets the body.
#[component]
pub(super) fn OrderCard(order: Order, send: Callback<String>) -> impl IntoView {
    let body = RwSignal::new(order.example.clone());
    let name = format!("{} {}", order.method, order.path);
    let line_id = format!("line{}", order.path.replace('/', "-"));
    let field = (!order.example.is_empty()).then(|| {
        view! {
            <input
                class="input"
                type="text"
                spellcheck="false"
                autocapitalize="none"
                aria-label=format!("Body of {name}")
                prop:value=body
                on:input=move |event| body.set(event_target_value(&event))
            />
        }
    });
    let press = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send.run(body.get_untracked());
    };
    view! {
        <li class="live-fault">
            <form class="grid gap-1" on:submit=press>
                <p><button class="btn" aria-describedby=line_id.clone()>{name.clone()}</button></p>
                <p class="hint" id=line_id>{order.line}</p>
                {field}
            </form>
        </li>
    }
}
