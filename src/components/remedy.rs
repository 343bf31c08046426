//! What to do, step by step, each with the way to do it: a command to copy, an address to open, a button to press.

use connection::remedy::{Button, Step, Way};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::copy_button::CopyButton;
use super::focus::focus_soon;
use crate::icon::{Icon, icon};
use crate::portal::Portal;

/// The steps as a numbered list.
#[component]
pub fn Remedy(#[prop(into)] steps: Signal<Vec<Step>>, press: Callback<Button>) -> impl IntoView {
    let item = move |step: Step| {
        view! {
            <li>
                <p>{step.text}</p>
                {step.way.map(|way| way_view(way, press))}
            </li>
        }
    };
    view! { <ol class="steps">{move || steps.get().into_iter().map(item).collect_view()}</ol> }
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
    })
}

fn way_view(way: Way, press: Callback<Button>) -> AnyView {
    match way {
        Way::Run { command, note } => view! { <Command command note /> }.into_any(),
        Way::Open(address) => view! { <OpenLink address /> }.into_any(),
        Way::Press(button) => {
            let (drawing, label) = match button {
                Button::SignIn => (Icon::SignIn, "Sign in"),
                Button::AskPermission => (Icon::Plugged, "Ask for permission"),
            };
            view! {
                <button type="button" class="btn btn-primary mt-2" on:click=move |_| press.run(button)>
                    {icon(drawing)}
                    {label}
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
            <CopyButton text=move |()| text.clone() />
        </div>
        <p class="hint mt-1">{note}</p>
    }
}

/// The way to an endpoint: always a new tab, so that this one can notice when it is back.
#[component]
pub fn OpenLink(address: String) -> impl IntoView {
    let href = address.clone();
    view! {
        <a class="btn btn-primary mt-2" href=href target="_blank" rel="noopener">
            <span class="min-w-0 break-all">"Open " {address}</span>
            {icon(Icon::External)}
            <span class="sr-only">"in a new tab"</span>
        </a>
    }
}
