//! The form that connects: which endpoint, and who. It holds a password only in the field itself, and passes it on once.

use connection::endpoint::Endpoint;
use connection::sign_in::{self, Kind, Mistakes, Typed};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::field::{Field, FieldError};
use crate::driver::Credentials;
use crate::icon::{Icon, icon};
use crate::portal::FormPreset;

/// The form. What was typed stays until a connection stands; then the secret is cleared from its field.
#[component]
pub fn ConnectForm(
    /// The endpoint that stands in the field until the person types another.
    #[prop(into)]
    suggested: Signal<String>,
    /// Endpoints to choose from: those used before and those that the operator offers.
    #[prop(into)]
    choices: Signal<Vec<String>>,
    /// Whether the person signs in again, at an endpoint that is already chosen.
    #[prop(into)]
    again: Signal<bool>,
    /// With whom to begin, where somebody signs in again.
    user: Callback<(), Option<String>>,
    /// Why the last sign-in was refused.
    #[prop(into)]
    refused: Signal<Option<&'static str>>,
    /// Whether a try is under way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Whether a connection stands.
    #[prop(into)]
    connected: Signal<bool>,
    /// What the form holds before anybody touched it.
    start: FormPreset,
    submit: Callback<(Endpoint, Credentials)>,
) -> impl IntoView {
    let typed = RwSignal::new(start.typed.map(str::to_owned));
    let endpoint = Memo::new(move |_| typed.get().unwrap_or_else(|| suggested.get()));
    let kind = RwSignal::new(start.kind);
    let mistakes = RwSignal::new(start.mistakes);
    let endpoint_field = NodeRef::<html::Input>::new();
    let user_field = NodeRef::<html::Input>::new();
    let secret_field = NodeRef::<html::Input>::new();

    Effect::new(move || {
        if let (true, Some(field)) = (connected.get(), secret_field.get()) {
            field.set_value("");
        }
    });

    Effect::new(move || {
        if let (true, Some(field)) = (again.get(), user_field.get())
            && field.value().is_empty()
        {
            field.set_value(&user.run(()).unwrap_or_default());
        }
    });

    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let user = user_field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let secret = secret_field.get_untracked().map(|field| field.value()).unwrap_or_default();
        match read(&endpoint.get_untracked(), kind.get_untracked(), &user, secret) {
            Ok(request) => {
                mistakes.set(Mistakes::default());
                submit.run(request);
            }
            Err(found) => {
                let first = match &found {
                    Mistakes { endpoint: Some(_), .. } => endpoint_field,
                    Mistakes { user: Some(_), .. } => user_field,
                    Mistakes { .. } => secret_field,
                };
                mistakes.set(found);
                let _ = first.get_untracked().map(|field| field.focus());
            }
        }
    };
    let choose = move |choice: String| {
        typed.set(Some(choice));
        mistakes.update(|mistakes| mistakes.endpoint = None);
        let _ = user_field.get_untracked().or(secret_field.get_untracked()).map(|field| field.focus());
    };
    let endpoint_error = Signal::derive(move || mistakes.with(|mistakes| mistakes.endpoint.clone()));
    let user_error = Signal::derive(move || mistakes.with(|mistakes| mistakes.user.map(str::to_owned)));
    let secret_error = Signal::derive(move || mistakes.with(|mistakes| mistakes.secret.map(str::to_owned)));

    view! {
        <form id="connect" class="card grid gap-5 p-5 sm:p-6" novalidate on:submit=on_submit>
            {move || {
                refused
                    .get()
                    .map(|text| view! { <div role="alert"><FieldError id="refused" text=text.to_owned() /></div> }.into_any())
                    .into_any()
            }}
            // Whoever signs in again has chosen: the field reads as text until somebody changes it.
            <div class="endpoint" class:chosen=move || again.get()>
                <h2>"Sign in again"</h2>
                <div class="flex items-center justify-between">
                    <label class="label" for="endpoint">
                        "Endpoint"
                    </label>
                    <button
                        type="button"
                        class="btn btn-quiet"
                        on:click=move |_| _ = endpoint_field.get_untracked().map(|field| field.focus())
                    >
                        "Change"
                    </button>
                </div>
                <p class="hint mb-1.5" id="endpoint-hint">
                    {sign_in::ENDPOINT_HINT}
                </p>
                <input
                    id="endpoint"
                    class="input"
                    type="text"
                    inputmode="url"
                    autocomplete="url"
                    autocapitalize="none"
                    spellcheck="false"
                    list="endpoints"
                    placeholder="https://drp.example.com:8092"
                    node_ref=endpoint_field
                    prop:value=endpoint
                    aria-describedby="endpoint-error endpoint-hint"
                    aria-invalid=move || endpoint_error.get().map(|_| "true")
                    // From here on the person edits the text: a suggestion that arrives late would change it under the cursor.
                    on:focus=move |_| typed.update(|typed| *typed = Some(endpoint.get_untracked()))
                    on:input=move |event| typed.set(Some(event_target_value(&event)))
                />
                <datalist id="endpoints">
                    {move || choices.get().into_iter().map(|value| view! { <option value=value></option> }.into_any()).collect_view().into_any()}
                </datalist>
                {move || endpoint_error.get().map(|text| view! { <FieldError id="endpoint-error" text /> }.into_any()).into_any()}
            </div>
            <fieldset>
                <legend class="label">"Sign in with"</legend>
                <div class="segments w-full *:flex-1">
                    {Kind::ALL
                        .map(|it| view! {
                            <label>
                                <input
                                    type="radio"
                                    name="kind"
                                    prop:checked=move || kind.get() == it
                                    on:change=move |_| kind.set(it)
                                />
                                {it.label()}
                            </label>
                        }.into_any()).into_iter().collect_view()}
                </div>
            </fieldset>
            {move || {
                match kind.get() {
                    Kind::Password => {
                        view! {
                            <Field id="user" label="User" kind="text" autocomplete="username" node=user_field error=user_error />
                            <Field
                                id="password"
                                label="Password"
                                kind="password"
                                autocomplete="current-password"
                                node=secret_field
                                error=secret_error
                            />
                        }
                            .into_any()
                    }
                    Kind::Token => {
                        view! {
                            <Field id="token" label="Token" kind="password" autocomplete="off" node=secret_field error=secret_error />
                        }
                            .into_any()
                    }
                }
            }}
            <button type="submit" class="btn btn-primary min-h-11" aria-busy=move || busy.get().then_some("true")>
                {move || busy.get().then(|| icon(Icon::Spinner)).into_any()}
                {move || match (busy.get(), again.get()) {
                    (true, _) => "Connecting…",
                    (false, true) => "Sign in",
                    (false, false) => "Connect",
                }.into_any()}
            </button>
        </form>
        {move || {
            let choices = choices.get();
            (!choices.is_empty()).then(|| view! { <Choices choices choose=Callback::new(choose) /> }.into_any()).into_any()
        }}
    }
}

/// The endpoints to choose from, as buttons that fill the field.
#[component]
fn Choices(choices: Vec<String>, choose: Callback<String>) -> impl IntoView {
    let button = move |choice: String| {
        let value = choice.clone();
        view! {
            <li>
                <button type="button" class="choice" on:click=move |_| choose.run(value.clone())>
                    {icon(Icon::Recent)}
                    <span class="min-w-0 flex-1 break-all">{choice}</span>
                    {icon(Icon::Chevron)}
                </button>
            </li>
        }
        .into_any()
    };
    view! {
        <section class="mt-6">
            <h2 class="text-base">"Known endpoints"</h2>
            <ul class="card ruled mt-2 overflow-hidden">{choices.into_iter().map(button).collect_view()}</ul>
        </section>
    }
}

/// Reads the form; what is missing or wrong is said for every field at once.
pub(super) fn read(
    endpoint: &str,
    kind: Kind,
    user: &str,
    secret: String,
) -> Result<(Endpoint, Credentials), Mistakes> {
    let secret = if kind == Kind::Token { secret.trim().to_owned() } else { secret };
    let endpoint = sign_in::read(Typed { endpoint, kind, user, has_secret: !secret.is_empty() })?;
    let credentials = match kind {
        Kind::Password => Credentials::Password { user: user.trim().to_owned(), password: secret },
        Kind::Token => Credentials::Token { user: None, token: secret, life: None },
    };
    Ok((endpoint, credentials))
}
