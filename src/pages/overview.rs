//! The first page: the form while there is no connection to speak of, then the connection's facts, losses and events.

use connection::endpoint::Endpoint;
use connection::machine::Event;
use connection::view::Overview as Shown;
use leptos::prelude::*;

use crate::components::{CertificateNotice, ConnectForm, ConnectionFacts, FeedList, Heading, Later, Losses, StatusRow};
use crate::driver::Credentials;
use crate::part::part;
use crate::portal::Portal;

part! {
    sign_in, fetch fetch,
    /// Draws the form, which nobody needs who is signed in.
    pub(crate) fn sign_in() -> fn(Form) -> AnyView {
        |form| SignIn(SignInProps { form }).into_any()
    }
}

/// What the form is drawn from.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    portal: Portal,
    shown: Memo<Shown>,
    submitted: RwSignal<bool>,
}

/// The overview. The form stays on the page unseen while it is not needed, so that what was typed is there again.
#[component]
pub fn Overview() -> impl IntoView {
    let portal = expect_context::<Portal>();
    let state = portal.machine;
    let submitted = RwSignal::new(false);
    let shown = Memo::new(move |_| state.with(|machine| Shown::of(machine, submitted.get())));
    let session = Memo::new(move |_| shown.with(|it| it.session));
    // From the first time on it stays.
    let asked = Memo::new(move |before: Option<&bool>| before == Some(&true) || shown.with(|it| it.form));
    // A later try, by Resume or by itself, is not the form's.
    Effect::new(move |_| {
        if !shown.with(|it| it.form) {
            submitted.set(false);
        }
    });
    view! {
        <div class:narrow=move || !session.get()>
            <Heading tab="Overview" alarm=move || state.with(|machine| machine.alarm())>
                {move || shown.with(|it| it.title.clone()).into_any()}
            </Heading>
        </div>
        {move || {
            if session.get() {
                view! { <Above portal shown /> }.into_any()
            } else {
                view! { <p class="narrow mt-2 text-muted">
                    "The portal keeps one live connection to it, says when it is lost and why, and comes back by itself."
                </p> }.into_any()
            }
        }}
        <div class="narrow mt-6" hidden=move || !shown.with(|it| it.form)>
            {move || {
                asked
                    .get()
                    .then(|| view! { <Later ask=sign_in with=Form { portal, shown, submitted } /> }.into_any())
                    .into_any()
            }}
        </div>
        {move || session.get().then(|| view! { <Session portal shown /> }.into_any()).into_any()}
    }
}

/// What is to be said before anything else.
#[component]
fn Above(portal: Portal, shown: Memo<Shown>) -> impl IntoView {
    let state = portal.machine;
    let now = portal.now.get_value().watch();
    let open = Callback::new(move |()| portal.dialog.set(true));
    view! {
        <StatusRow state shown now dispatch=portal.dispatch open />
        <CertificateNotice portal />
    }
}

#[component]
fn SignIn(form: Form) -> impl IntoView {
    let Form { portal, shown, submitted } = form;
    let state = portal.machine;
    let asked = portal.asked.get_value();
    let again = Signal::derive(move || shown.with(|it| it.again));
    let choices = Memo::new(move |_| {
        // Whoever signs in again has chosen already.
        if again.get() {
            return Vec::new();
        }
        let offered = portal.config.with(|config| config.as_ref().map(|it| it.endpoints.clone()).unwrap_or_default());
        let mut choices = portal.recent.get();
        for endpoint in offered {
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
    let submit = Callback::new(move |request: (Endpoint, Credentials)| {
        submitted.set(true);
        portal.connect.run(request);
    });
    let start = portal.preset.get_value();
    view! {
        <ConnectForm
            suggested
            choices
            again
            user=Callback::new(move |()| portal.user_to_offer())
            refused=Signal::derive(move || shown.with(|it| it.refused))
            busy=Signal::derive(move || shown.with(|it| it.busy))
            connected=Signal::derive(move || shown.with(|it| it.live))
            start
            submit
        />
    }
}

#[component]
fn Session(portal: Portal, shown: Memo<Shown>) -> impl IntoView {
    let state = portal.machine;
    let now = portal.now.get_value().watch();
    let dispatch = portal.dispatch;
    let live = Signal::derive(move || shown.with(|it| it.live));
    let endpoint = move || state.with(|machine| machine.endpoint().map(Endpoint::to_string));
    view! {
        <div class="mt-4 grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
            <FeedList feed=portal.feed live now />
            <section class="card" aria-labelledby="connection-title">
                <div class="card-head">
                    <h2 id="connection-title">"Connection"</h2>
                    <div class="flex flex-wrap gap-2">
                        <button
                            type="button"
                            class="btn"
                            // Out of sight it keeps its place, and the button beside it, too.
                            class:invisible=move || !live.get()
                            on:click=move |_| dispatch.run(Event::Pause)
                        >
                            "Disconnect"
                        </button>
                        <button type="button" class="btn" on:click=move |_| dispatch.run(Event::SignOut)>
                            "Sign out"
                        </button>
                    </div>
                </div>
                <div class="p-5">
                    <p class="mb-4 wrap-anywhere">{move || endpoint().into_any()}</p>
                    <ConnectionFacts state now />
                    <h3 class="mt-5 mb-2 flex flex-wrap items-center gap-2">
                        "Losses"
                        {move || {
                            shown
                                .with(|it| it.losses.clone())
                                .map(|count| view! { <span class="badge">{count}</span> }.into_any())
                                .into_any()
                        }}
                    </h3>
                    <Losses state now />
                </div>
            </section>
        </div>
    }
}
