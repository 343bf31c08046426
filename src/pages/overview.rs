//! The first page: the form while there is no connection to speak of, then the connection's facts, losses and events.

use connection::cause::Cause;
use connection::endpoint::Endpoint;
use connection::machine::{Event, Machine, Phase};
use connection::words;
use leptos::prelude::*;

use crate::components::{CertificateNotice, ConnectForm, ConnectionFacts, FeedList, Heading, Notice, Timeline, press};
use crate::driver::Credentials;
use crate::portal::Portal;

/// What the page shows.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Parts {
    /// The form to connect or sign in.
    form: bool,
    /// The connection with everything about it.
    session: bool,
}

impl Parts {
    /// `submitted` is whether the form was sent in on this visit: then it stays until it is known how that came out.
    fn of(machine: &Machine, submitted: bool) -> Self {
        let first_try = machine.outage().is_none();
        let form = match machine.phase() {
            Phase::Idle => true,
            Phase::Connecting { .. } => submitted && first_try,
            Phase::NeedsYou { need, .. } => need.is_sign_in(),
            Phase::Connected { .. } | Phase::Waiting { .. } | Phase::Offline { .. } | Phase::Stopped => false,
        };
        Self { form, session: !form || !first_try }
    }
}

/// The overview. The form stays on the page unseen while it is not needed, so that what was typed is there again.
#[component]
pub fn Overview() -> impl IntoView {
    let portal = expect_context::<Portal>();
    let state = portal.machine;
    let submitted = RwSignal::new(false);
    let parts = Memo::new(move |_| state.with(|machine| Parts::of(machine, submitted.get())));
    let title = Memo::new(move |_| match (parts.get().session, state.with(|machine| machine.endpoint().cloned())) {
        (true, Some(endpoint)) => endpoint.authority(),
        (true, None) | (false, _) => "Connect to a DRP endpoint".to_owned(),
    });
    view! {
        <div class="flex flex-wrap items-center gap-x-4 gap-y-2" class:narrow=move || !parts.get().session>
            <Heading tab="Overview" alarm=move || state.with(|machine| machine.alarm())>
                {title}
            </Heading>
            <Show when=move || parts.get().session>
                <PhaseBadge state />
            </Show>
        </div>
        <Show
            when=move || parts.get().session
            fallback=|| view! { <p class="narrow mt-2 text-muted">
                    "The portal keeps one live connection to it, says when it is lost and why, and comes back by itself."
                </p> }
        >
            <Above portal />
        </Show>
        <div class="narrow mt-6" hidden=move || !parts.get().form>
            <SignIn portal submitted />
        </div>
        <Show when=move || parts.get().session>
            <Session portal />
        </Show>
    }
}

#[component]
fn PhaseBadge(state: Signal<Machine>) -> impl IntoView {
    let badge = Memo::new(move |_| {
        state.with(|machine| {
            let class = match machine.phase() {
                Phase::Connected { .. } => "badge badge-good",
                Phase::Connecting { .. } => "badge badge-warn",
                Phase::Waiting { .. } | Phase::Offline { .. } | Phase::NeedsYou { .. } => "badge badge-bad",
                Phase::Idle | Phase::Stopped => "badge",
            };
            (class, words::phase(machine.phase()))
        })
    });
    view! { <span class=move || badge.get().0>{move || badge.get().1}</span> }
}

/// What is to be said before anything else.
#[component]
fn Above(portal: Portal) -> impl IntoView {
    let state = portal.machine;
    let now = portal.now.get_value().watch();
    let dispatch = portal.dispatch;
    let press = press(portal);
    let open = Callback::new(move |()| portal.dialog.set(true));
    view! {
        <Notice state now dispatch press open />
        <CertificateNotice state now press />
    }
}

#[component]
fn SignIn(portal: Portal, submitted: RwSignal<bool>) -> impl IntoView {
    let state = portal.machine;
    let asked = portal.asked.get_value();
    let offered = Memo::new(move |_| {
        portal.config.with(|config| config.as_ref().map(|it| it.endpoints.clone()).unwrap_or_default())
    });
    let choices = Memo::new(move |_| {
        // Whoever signs in again has chosen already.
        if state.with(|machine| machine.outage().is_some()) {
            return Vec::new();
        }
        let mut choices = portal.recent.get();
        for endpoint in offered.get() {
            if !choices.contains(&endpoint) {
                choices.push(endpoint);
            }
        }
        choices
    });
    let suggested = Memo::new(move |_| {
        let current = state.with(|machine| machine.endpoint().map(Endpoint::to_string));
        asked.clone().or(current).or_else(|| choices.with(|choices| choices.first().cloned())).unwrap_or_default()
    });
    let refused = Memo::new(move |_| {
        state.with(|machine| {
            let best = machine.diagnosis().best().map(|(cause, _)| cause);
            (best == Some(Cause::Credentials)).then_some(words::SIGN_IN_REFUSED)
        })
    });
    let busy = Memo::new(move |_| state.with(|machine| matches!(machine.phase(), Phase::Connecting { .. })));
    let connected = Memo::new(move |_| state.with(|machine| matches!(machine.phase(), Phase::Connected { .. })));
    let submit = Callback::new(move |request: (Endpoint, Credentials)| {
        submitted.set(true);
        portal.connect.run(request);
    });
    let start = portal.preset.get_value();
    view! { <ConnectForm suggested choices refused busy connected start submit /> }
}

/// How many losses there were, once there was one.
#[component]
fn LossCount(state: Signal<Machine>) -> impl IntoView {
    let count = Memo::new(move |_| {
        state.with(|machine| (machine.history().total() > 0).then(|| words::count_losses(machine.history())))
    });
    move || count.get().map(|count| view! { <span class="badge">{count}</span> })
}

#[component]
fn Session(portal: Portal) -> impl IntoView {
    let state = portal.machine;
    let now = portal.now.get_value().watch();
    let dispatch = portal.dispatch;
    let feed = portal.feed;
    let live = Memo::new(move |_| state.with(|machine| matches!(machine.phase(), Phase::Connected { .. })));
    view! {
        <div class="mt-6 grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
            <div class="grid grid-cols-[minmax(0,1fr)] gap-6 lg:order-2">
                <section class="card" aria-labelledby="connection-title">
                    <div class="card-head">
                        <h2 id="connection-title">"Connection"</h2>
                        <div class="flex flex-wrap gap-2">
                            <Show when=move || live.get()>
                                <button type="button" class="btn" on:click=move |_| dispatch.run(Event::Pause)>
                                    "Pause"
                                </button>
                            </Show>
                            <button type="button" class="btn" on:click=move |_| dispatch.run(Event::SignOut)>
                                "Sign out"
                            </button>
                        </div>
                    </div>
                    <div class="p-5">
                        <ConnectionFacts state now events=move || feed.received() />
                    </div>
                </section>
                <section class="card" aria-labelledby="losses-title">
                    <div class="card-head">
                        <h2 id="losses-title">"Losses"</h2>
                        <LossCount state />
                    </div>
                    <div class="p-5">
                        <Timeline state now />
                    </div>
                </section>
            </div>
            <FeedList feed live now />
        </div>
    }
}
