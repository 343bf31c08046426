//! What the browser's console says, read for the person: the one place where the reason of a 1006 stands in writing.

use connection::console::{self, Decoded, Meaning, decode};
use connection::machine::Machine;
use connection::remedy::{self, Button, Step};
use connection::words;
use leptos::prelude::*;

use super::remedy::Remedy;

/// A field to paste into, and what the line means.
#[component]
pub fn Decoder(
    state: Signal<Machine>,
    press: Callback<Button>,
    /// What stands in the field before anybody touched it.
    start: &'static str,
) -> impl IntoView {
    let pasted = RwSignal::new(start.to_owned());
    let reading = Memo::new(move |_| pasted.with(|text| (!text.trim().is_empty()).then(|| decode(text))));
    let steps = move |meaning: &Meaning| {
        let Some(cause) = meaning.causes.first() else { return Vec::new() };
        let named = pasted.with(|text| console::endpoint(text));
        state.with_untracked(|machine| remedy::for_cause(*cause, named.as_ref(), machine).all())
    };
    let answer = move || {
        reading.get().map(|reading| match &reading {
            Decoded::Known(meaning) => known(meaning, steps(meaning), press).into_any(),
            Decoded::UnknownCode(_) | Decoded::Nothing => {
                view! { <p class="mt-4">{words::unread(&reading)}</p> }.into_any()
            }
        })
    };
    view! {
        <label class="label" for="console-line">
            "A line from the console, or a code from the browser's error page"
        </label>
        <textarea
            id="console-line"
            class="input"
            rows="3"
            maxlength="20000"
            spellcheck="false"
            aria-describedby="console-hint"
            prop:value=start
            on:input:target=move |event| pasted.set(event.target().value())
        ></textarea>
        <p class="hint" id="console-hint">
            {words::CONSOLE_HINT}
        </p>
        <div aria-live="polite" data-decoded>
            {answer}
        </div>
    }
}

fn known(meaning: &Meaning, steps: Vec<Step>, press: Callback<Button>) -> impl IntoView + use<> {
    let causes = meaning.causes.iter().map(|cause| view! { <li>{words::plain(*cause)}</li> }).collect_view();
    let homeless = (steps.is_empty() && !meaning.causes.is_empty()).then_some(words::CONSOLE_NO_ENDPOINT);
    let more = [meaning.hint, words::bypass(meaning.bypass), homeless].into_iter().flatten();
    view! {
        <p class="mt-4">
            <code>{meaning.sign.clone()}</code>
            {words::stands_for(meaning)}
        </p>
        <ul class="list-disc ps-6">{causes}</ul>
        {more.map(|text| view! { <p class="mt-3">{text}</p> }).collect_view()}
        <Remedy steps=Signal::stored(steps) press />
    }
}
