//! The product beside the buttons that break its endpoint for real, where a simulator stands beside the portal.

mod control;
mod fault;
mod order;
mod panel;
mod sign_in;
mod words;

use connection::service::{Config, Simulators};
use gloo_net::http::Request;
use leptos::prelude::*;
use serde::Deserialize;

use panel::Panel;

/// What the portal's server offers, both parts of it.
#[derive(Clone, Default, Deserialize)]
struct Offer {
    #[serde(flatten)]
    config: Config,
    #[serde(flatten)]
    simulators: Simulators,
}

/// The page.
#[component]
pub(super) fn Live() -> impl IntoView {
    document().set_title("Break it for real – Every state of Megaphone");
    let offer = LocalResource::new(offer);
    let chosen = RwSignal::new(0_usize);
    view! {
        <h1 tabindex="-1">"Break it for real"</h1>
        {move || match offer.get() {
            None => view! { <p class="mt-4" role="status">"Asking the portal for its simulators…"</p> }.into_any(),
            Some(offer) if offer.simulators.simulators.is_empty() => view! { <NoSimulator /> }.into_any(),
            Some(offer) => {
                let controls = StoredValue::new(offer.simulators.simulators);
                let endpoints = StoredValue::new(offer.config.endpoints);
                view! {
                    <Choice controls chosen />
                    {move || {
                        let control = controls.with_value(|all| all.get(chosen.get()).cloned()).unwrap_or_default();
                        view! { <Panel control endpoints /> }
                    }}
                }
                    .into_any()
            }
        }}
    }
}

/// Which simulator, where there are several.
#[component]
fn Choice(controls: StoredValue<Vec<String>>, chosen: RwSignal<usize>) -> impl IntoView {
    let several = controls.with_value(|all| all.len() > 1);
    several.then(|| {
        let options = controls.get_value().into_iter().enumerate();
        let choose = move |event| chosen.set(event_target_value(&event).parse().unwrap_or_default());
        view! {
            <div class="mt-3 max-w-md">
                <label class="label" for="simulator">"Simulator"</label>
                <select id="simulator" class="input" on:change=choose>
                    {options.map(|(index, control)| view! { <option value=index.to_string()>{control}</option> }).collect_view()}
                </select>
            </div>
        }
    })
}

#[component]
fn NoSimulator() -> impl IntoView {
    view! {
        <div class="prose">
            <p>{words::NO_SIMULATOR}</p>
            <pre class="command mt-3"><code>"cargo xtask demo"</code></pre>
            <pre class="command mt-3">
                <code>
                    "drp-simulator --tls none --listen 127.0.0.1:8092 --control 127.0.0.1:8093\nmegaphone serve --endpoint http://localhost:8092 --simulator http://127.0.0.1:8093"
                </code>
            </pre>
        </div>
    }
}

/// An answer that cannot be read offers nothing.
async fn offer() -> Offer {
    let Ok(response) = Request::get("/api/config").send().await else { return Offer::default() };
    response.json().await.unwrap_or_default()
}
