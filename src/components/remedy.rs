//! What to do, step by step, each with the way to do it: a command to copy, an address to open, a button to press.

use connection::machine::Event;
use connection::remedy::{self, Action, Button, Step};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::copy_button::CopyButton;
use super::focus::focus_soon;
use crate::icon::{Icon, icon};
use crate::portal::Portal;

/// The steps as a numbered list; one alone has no number. At most one of them has the primary button: the first with a
/// link or a button, unless `primary` says which, or that none has.
#[component]
pub fn Remedy(
    #[prop(into)] steps: Signal<Vec<Step>>,
    press: Callback<Button>,
    #[prop(optional, into)] primary: Option<Signal<Option<usize>>>,
    /// The id of the first step's text, for what is described by it.
    #[prop(optional)]
    first_id: Option<&'static str>,
) -> impl IntoView {
    let item = move |step: Step, place: usize, is_primary: bool| {
        view! {
            <li>
                <p id=first_id.filter(|_| place == 0)>{step.text}</p>
                {step.action.map(|action| action_view(action, press, is_primary))}
            </li>
        }
        .into_any()
    };
    let list = move || {
        let steps = steps.get();
        let primary = primary.map_or_else(|| remedy::primary(&steps), |primary| primary.get());
        steps.into_iter().enumerate().map(|(place, step)| item(step, place, primary == Some(place))).collect_view()
    };
    view! { <ol class="steps">{move || list().into_any()}</ol> }
}

/// What the buttons of the steps do. Call it in a component below the router.
pub fn press(portal: Portal) -> Callback<Button> {
    let navigate = use_navigate();
    Callback::new(move |button: Button| match button {
        Button::AskPermission => portal.ask_permission.run(()),
        Button::SignIn => {
            portal.dialog.set(false);
            navigate("/", NavigateOptions::default());
            focus_soon("#user, #token".to_owned());
        }
        Button::ChangeAddress => {
            portal.dialog.set(false);
            // Where nobody is signed in there is the form, with the address that was used last in its field.
            portal.dispatch.run(Event::SignOut);
            navigate("/", NavigateOptions::default());
            focus_soon("#endpoint".to_owned());
        }
    })
}

fn action_view(action: Action, press: Callback<Button>, primary: bool) -> AnyView {
    let class = if primary { "btn btn-primary mt-2" } else { "btn mt-2" };
    match action {
        Action::Run { command, note } => view! { <Command command note /> }.into_any(),
        Action::Open(address) => view! { <OpenLink address class /> }.into_any(),
        Action::Press(button) => {
            let drawing = match button {
                Button::SignIn => Icon::SignIn,
                Button::AskPermission => Icon::Plugged,
                Button::ChangeAddress => Icon::Chevron,
            };
            view! {
                <button type="button" class=class on:click=move |_| press.run(button)>
                    {icon(drawing)}
                    {button.label()}
                </button>
            }
            .into_any()
        }
    }
}

/// A command with its button to copy it.
#[component]
pub fn Command(command: String, note: &'static str) -> impl IntoView {
    let text = command.clone();
    view! {
        <div class="command">
            <code>{command}</code>
            <CopyButton text=move |()| Some(text.clone()) />
        </div>
        <p class="hint mt-1">{note}</p>
    }
}

/// The way to an endpoint: always a new tab, so that this one can notice when it is back.
#[component]
pub fn OpenLink(
    address: String,
    /// The classes of its button.
    #[prop(default = "btn btn-primary mt-2")]
    class: &'static str,
) -> impl IntoView {
    let shown = address.trim_end_matches('/').to_owned();
    view! {
        <a class=class href=address target="_blank" rel="noopener">
            <span class="wrap-anywhere min-w-0">"Open " {shown}</span>
            {icon(Icon::External)}
            <span class="sr-only">"in a new tab"</span>
        </a>
    }
}
