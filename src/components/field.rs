//! One labelled field with its mistake beside it.

use leptos::html;
use leptos::prelude::*;

use crate::icon::{Icon, icon};

/// A label, an input, and what is wrong with what stands in it.
#[component]
pub fn Field(
    id: &'static str,
    label: &'static str,
    /// The input's `type`.
    kind: &'static str,
    autocomplete: &'static str,
    node: NodeRef<html::Input>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let error_id = match id {
        "user" => "user-error",
        "password" => "password-error",
        _ => "token-error",
    };
    view! {
        <div>
            <label class="label" for=id>
                {label}
            </label>
            <input
                id=id
                name=id
                class="input"
                type=kind
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                node_ref=node
                aria-describedby=error_id
                aria-invalid=move || error.get().map(|_| "true")
            />
            {move || error.get().map(|text| view! { <FieldError id=error_id text /> })}
        </div>
    }
}

/// What is wrong, for `aria-describedby`.
#[component]
pub fn FieldError(id: &'static str, text: String) -> impl IntoView {
    view! {
        <p class="field-error" id=id>
            {icon(Icon::Mistake)}
            <span class="min-w-0 break-words">{text}</span>
        </p>
    }
}
