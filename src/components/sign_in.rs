//! Signs in again where the person already is: at the endpoint that is chosen, as the user who signed in last, unless another one is asked for.

use connection::endpoint::Endpoint;
use connection::remedy::Button;
use connection::sign_in::{Kind, Mistakes};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::connect_form;
use super::field::Field;
use crate::icon::{Icon, icon};
use crate::portal::Portal;

/// User, password and the one button. It holds the password only in its field and passes it on once.
#[component]
pub fn SignInAgain(
    portal: Portal,
    /// Whether a try is under way.
    #[prop(into)]
    busy: Signal<bool>,
    /// The way to everything else that can be signed in with.
    press: Callback<Button>,
    /// Told when the form was sent.
    sent: Callback<()>,
) -> impl IntoView {
    let user_field = NodeRef::<html::Input>::new();
    let password_field = NodeRef::<html::Input>::new();
    let mistakes = RwSignal::new(Mistakes::default());
    let user_error = Signal::derive(move || mistakes.with(|mistakes| mistakes.user.map(str::to_owned)));
    let password_error = Signal::derive(move || mistakes.with(|mistakes| mistakes.secret.map(str::to_owned)));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(endpoint) = portal.machine.with_untracked(|machine| machine.endpoint().map(Endpoint::to_string))
        else {
            return;
        };
        let text = |field: NodeRef<html::Input>| field.get_untracked().map(|it| it.value()).unwrap_or_default();
        let (user, password) = (text(user_field), text(password_field));
        match connect_form::read(&endpoint, Kind::Password, &user, password) {
            Ok(request) => {
                mistakes.set(Mistakes::default());
                sent.run(());
                portal.connect.run(request);
                let _ = password_field.get_untracked().map(|field| field.set_value(""));
            }
            Err(found) => {
                let first = if found.user.is_some() { user_field } else { password_field };
                mistakes.set(found);
                let _ = first.get_untracked().map(|field| field.focus());
            }
        }
    };
    let user = portal.user_to_offer().unwrap_or_default();
    view! {
        <form class="sign-in" id="sign-in-again" novalidate on:submit=submit>
            <Field id="again-user" label="User" kind="text" autocomplete="username" node=user_field error=user_error start=user />
            <Field
                id="again-password"
                label="Password"
                kind="password"
                autocomplete="current-password"
                node=password_field
                error=password_error
            />
            <button type="submit" class="btn btn-primary" aria-busy=move || busy.get().then_some("true")>
                {move || icon(if busy.get() { Icon::Spinner } else { Icon::SignIn })}
                {move || if busy.get() { "Signing in…" } else { "Sign in" }}
            </button>
            <button type="button" class="btn btn-quiet" on:click=move |_| press.run(Button::SignIn)>
                "Use a token"
            </button>
        </form>
    }
}
