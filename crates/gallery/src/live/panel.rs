//! The faults of one simulator on the left, the portal on the right.

use core::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value};

use super::control::{self, Abilities, Order, Problem, State};
use super::fault::FaultCard;
use super::order::OrderCard;
use super::sign_in::{PASSWORD, USER, fill_in};
use super::words;
use crate::fold::Fold;

/// How often the endpoint's state is asked for.
const POLL: Duration = Duration::from_secs(1);

/// What is known of one simulator, and how it is told what to do.
#[derive(Clone, Copy)]
struct Remote {
    control: StoredValue<String>,
    abilities: RwSignal<Option<Abilities>>,
    state: RwSignal<Option<State>>,
    /// Why the last order, or the last request, came to nothing.
    problem: RwSignal<Option<Problem>>,
    /// Whether a request is under way, so that a slow control is not asked twice at a time.
    polling: StoredValue<bool>,
}

impl Remote {
    fn new(control: String) -> Self {
        Self {
            control: StoredValue::new(control),
            abilities: RwSignal::new(None),
            state: RwSignal::new(None),
            problem: RwSignal::new(None),
            polling: StoredValue::new(false),
        }
    }

    /// Asks for the endpoint's state; the first request that is answered learns what the control can do as well.
    fn poll(self) {
        // The page may have been left meanwhile, here and wherever an answer is waited for.
        let Some(false) = self.polling.try_get_value() else { return };
        self.polling.set_value(true);
        let control = self.control.get_value();
        spawn_local(async move {
            if self.abilities.try_with_untracked(Option::is_none) == Some(true) {
                match control::abilities(&control).await {
                    Ok(abilities) => drop(self.abilities.try_set(Some(abilities))),
                    Err(problem) => drop(self.problem.try_set(Some(problem))),
                }
            }
            match control::state(&control).await {
                Ok(state) => self.see(state),
                Err(problem) => drop(self.problem.try_set(Some(problem))),
            }
            self.polling.try_set_value(false);
        });
    }

    /// A control that answers is not away any more. What it refused stays until the next order.
    fn see(self, state: State) {
        let away = self.problem.try_with_untracked(|problem| matches!(problem, Some(Problem::Away)));
        if away == Some(true) {
            self.problem.try_set(None);
        }
        if self.state.try_with_untracked(|known| known.as_ref() != Some(&state)) == Some(true) {
            self.state.try_set(Some(state));
        }
    }

    fn order(self, act: impl AsyncFnOnce(String) -> Result<State, Problem> + 'static) {
        let control = self.control.get_value();
        spawn_local(async move {
            match act(control).await {
                Ok(state) => {
                    self.problem.try_set(None);
                    self.see(state);
                }
                Err(problem) => drop(self.problem.try_set(Some(problem))),
            }
        });
    }

    fn set_fault(self, fault: Map<String, Value>) {
        self.order(async move |control| control::set_fault(&control, &fault).await);
    }

    fn heal(self) {
        self.order(async move |control| control::heal(&control).await);
    }

    fn send(self, order: Order, body: String) {
        self.order(async move |control| control::order(&control, &order, body).await);
    }
}

/// The panel of one simulator.
#[component]
pub(super) fn Panel(control: String, endpoints: StoredValue<Vec<String>>) -> impl IntoView {
    let remote = Remote::new(control);
    remote.poll();
    if let Ok(timer) = set_interval_with_handle(move || remote.poll(), POLL) {
        on_cleanup(move || timer.clear());
    }
    // The frame is loaded once: what the person has typed in it stays.
    let address = Memo::new(move |_| {
        remote.state.with(|state| state.as_ref().map(|state| frame_address(state, &endpoints.read_value())))
    });
    view! {
        <Standing remote />
        <div class="live">
            <div class="live-list" tabindex="0" role="region" aria-label="Faults and orders">
                {move || match remote.abilities.get() {
                    None => view! { <p role="status">"Asking the simulator for its faults…"</p> }.into_any(),
                    Some(abilities) => view! { <Buttons remote abilities /> }.into_any(),
                }}
            </div>
            {move || {
                address.get().map(|address| {
                    view! { <iframe class="live-frame" title="The portal" src=address on:load=fill_in></iframe> }
                })
            }}
        </div>
    }
}

/// What is broken now, and the way back.
#[component]
fn Standing(remote: Remote) -> impl IntoView {
    let broken = Memo::new(move |_| {
        remote.state.with(|state| {
            state.as_ref().map(|state| match (state.fault_id(), state.listening) {
                (Some(fault), _) => format!("Broken now: {fault}"),
                (None, false) => "Broken now: the port is closed".to_owned(),
                (None, true) => "Nothing is broken".to_owned(),
            })
        })
    });
    let is_broken = Memo::new(move |_| {
        remote.state.with(|state| state.as_ref().is_some_and(|state| state.fault.is_some() || !state.listening))
    });
    let counts = move || {
        remote.state.with(|state| {
            state.as_ref().map(|state| {
                let State { address, tls, sockets_open, upgrade_attempts, .. } = state;
                format!(
                    "{address}, certificate: {tls}, open sockets: {sockets_open}, tries to open one: {upgrade_attempts}"
                )
            })
        })
    };
    let problem = move || {
        let control = remote.control.get_value();
        remote.problem.get().map(|problem| match problem {
            Problem::Away => words::control_away(&control),
            Problem::Foreign => words::not_a_control(&control),
            Problem::Refused(error) => words::order_refused(&error),
        })
    };
    view! {
        <p class="mt-3">
            "Connect in the portal as " <span class="code">{USER}</span> " with the password "
            <span class="code">{PASSWORD}</span> ", which are filled in, press a fault, and watch the megaphone."
        </p>
        <div class="mt-3 flex flex-wrap items-center gap-3">
            <p class="font-bold" role="status">{broken}</p>
            <button
                type="button"
                class="btn"
                class:btn-primary=is_broken
                disabled=move || !is_broken.get()
                on:click=move |_| remote.heal()
            >
                "Heal everything"
            </button>
        </div>
        <p class="hint mt-1 tabular">{counts}</p>
        <p class="gallery-warnings" role="alert">{problem}</p>
    }
}

#[component]
fn Buttons(remote: Remote, abilities: Abilities) -> impl IntoView {
    let fault = move |fault: control::Fault| {
        let id = fault.id.clone();
        let active = Memo::new(move |_| {
            remote.state.with(|state| state.as_ref().and_then(State::fault_id) == Some(id.as_str()))
        });
        view! { <FaultCard fault active set=Callback::new(move |fault| remote.set_fault(fault)) /> }
    };
    // The faults have buttons of their own.
    let orders = abilities.routes.into_iter().filter(|order| order.method != "GET" && order.path != "/fault");
    let order = move |order: Order| {
        let sent = order.clone();
        view! { <OrderCard order send=Callback::new(move |body| remote.send(sent.clone(), body)) /> }
    };
    view! {
        <h2>"Faults"</h2>
        <ul>{abilities.faults.into_iter().map(fault).collect_view()}</ul>
        <Fold class="mt-4" open=false summary=|| view! { <h2>"Orders"</h2> }>
            <ul>{orders.map(order).collect_view()}</ul>
        </Fold>
    }
}

/// The portal with this simulator's endpoint in its form: the offered one on the same port.
fn frame_address(state: &State, endpoints: &[String]) -> String {
    let port = state.address.rsplit_once(':').map(|(_, port)| format!(":{port}")).unwrap_or_default();
    match endpoints.iter().find(|endpoint| endpoint.ends_with(&port)) {
        Some(endpoint) => format!("/?endpoint={}", String::from(js_sys::encode_uri_component(endpoint))),
        None => "/".to_owned(),
    }
}
