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
    /// What stands in it before anybody touched it.
    #[prop(optional)]
    start: String,
) -> impl IntoView {
    let error_id = [id, "-error"].concat();
    let described = error_id.clone();
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
                value=start
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
            />
            {move || error.get().map(|text| view! { <FieldError id=error_id.clone() text /> }.into_any()).into_any()}
        </div>
    }
}

/// What is wrong, for `aria-describedby`.
#[component]
pub fn FieldError(#[prop(into)] id: String, text: String) -> impl IntoView {
    view! {
        <p class="field-error" id=id>
            {icon(Icon::Mistake)}
            <span class="min-w-0 break-words">{text}</span>
        </p>
    }
}
