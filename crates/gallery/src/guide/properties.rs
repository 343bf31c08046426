//! The megaphone's own custom properties, each with a field that restyles it at once.

use std::collections::BTreeMap;

use leptos::html;
use leptos::prelude::*;
use portal::components::CopyButton;
use web_sys::HtmlElement;

use crate::style_sheet::{self, Token};
use crate::tokens::{Pair, TEXT_CONTRAST};

/// Ground and ink of each alarm, which need the contrast of text.
const PAIRS: [(&str, &str, &str); 3] = [
    ("--megaphone-amber-ink", "--megaphone-amber-ground", "Amber"),
    ("--megaphone-red-ink", "--megaphone-red-ground", "Red"),
    ("--megaphone-flash-ink", "--megaphone-flash-ground", "Red, in the other half of a flash"),
];

/// The fields; what they say is set on `styled`, around the megaphone.
#[component]
pub(super) fn Properties(styled: NodeRef<html::Div>) -> impl IntoView {
    let changed = RwSignal::new(BTreeMap::<&'static str, String>::new());
    let tokens = style_sheet::tokens("--megaphone-");
    let names: Vec<&'static str> = tokens.iter().map(|token| token.name).collect();
    let samples = NodeRef::<html::Ul>::new();
    let restyled = RwSignal::new(0_u32);
    Effect::new(move || {
        let (styled, samples) = (styled.get().map(HtmlElement::from), samples.get().map(HtmlElement::from));
        for element in [styled, samples].into_iter().flatten() {
            for name in &names {
                // A value that the browser refuses changes nothing, and the field shows what was typed.
                let _ = match changed.with(|changed| changed.get(name).cloned()) {
                    Some(value) => element.style().set_property(name, &value),
                    None => element.style().remove_property(name).map(drop),
                };
            }
        }
        restyled.update(|times| *times = times.wrapping_add(1));
    });
    let css = move || {
        let lines: Vec<String> =
            changed.with(|changed| changed.iter().map(|(name, value)| format!("  {name}: {value};\n")).collect());
        if lines.is_empty() { String::new() } else { format!("#megaphone {{\n{}}}", lines.concat()) }
    };
    view! {
        <h2 class="mt-8">"Its custom properties"</h2>
        <p class="hint mt-1">
            "All that stand in style/tokens.css. Set them on the button or on anything around it. A pair of ground and ink needs a contrast of 4.5 : 1, a flash lasts at least 1 s."
        </p>
        <div class="gallery-controls">
            {tokens.into_iter().map(|token| view! { <Property token changed /> }).collect_view()}
        </div>
        <ul class="gallery-palette mt-4" node_ref=samples aria-label="Contrast of ground and ink">
            {PAIRS
                .map(|(ink, ground, about)| view! { <Pair ink ground about least=TEXT_CONTRAST again=restyled /> })
                .into_iter()
                .collect_view()}
        </ul>
        <h3 class="mt-6">"Your style"</h3>
        <pre class="command mt-2" tabindex="0">
            <code>
                {move || if css().is_empty() { "/* Change a property above. */".to_owned() } else { css() }}
            </code>
        </pre>
        <div class="mt-2 flex flex-wrap gap-3">
            <CopyButton text=move |()| Some(css()) label="Copy the style" copied="Style copied" />
            <button type="button" class="btn" on:click=move |_| changed.update(BTreeMap::clear)>"Reset"</button>
        </div>
    }
}

#[component]
fn Property(token: Token, changed: RwSignal<BTreeMap<&'static str, String>>) -> impl IntoView {
    let Token { name, written } = token;
    let value = move || changed.with(|changed| changed.get(name).cloned()).unwrap_or_else(|| written.to_owned());
    let set = move |event| {
        let text = event_target_value(&event);
        changed.update(|changed| {
            if text == written || text.trim().is_empty() {
                changed.remove(name)
            } else {
                changed.insert(name, text)
            };
        });
    };
    // What is a colour by number has a field that shows it.
    let kind = if written.starts_with('#') { "color" } else { "text" };
    view! {
        <div>
            <label class="live-label" for=name>{name}</label>
            <input id=name class="input" type=kind spellcheck="false" prop:value=value on:input=set />
        </div>
    }
}
