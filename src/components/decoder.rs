//! What the browser's console says, read for the person: the one place where the reason of a 1006 stands in writing.

use connection::console::{self, Meaning, decode};
use connection::machine::Machine;
use connection::remedy::{self, Button};
use connection::words::{self, article};
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
    let meaning = Memo::new(move |_| pasted.with(|text| decode(text)));
    let steps = move |meaning: Meaning| {
        let Some(cause) = meaning.causes.first() else { return Vec::new() };
        let named = pasted.with(|text| console::endpoint(text));
        state.with_untracked(|machine| remedy::for_cause(*cause, named.as_ref(), machine).all())
    };
    let answer = move || match (meaning.get(), pasted.with(|text| text.trim().is_empty())) {
        (Some(meaning), _) => {
            let causes = meaning.causes.iter().map(|cause| view! { <li>{words::plain(*cause)}</li> }).collect_view();
            let steps = steps(meaning);
            let homeless = steps.is_empty().then(|| view! { <p class="mt-3">{article::CONSOLE_NO_ENDPOINT}</p> });
            let heading = if meaning.causes.len() > 1 { " stands for one of these:" } else { " means:" };
            view! {
                <p class="mt-4">
                    <code>{meaning.sign}</code>
                    {heading}
                </p>
                <ul class="list-disc ps-6">{causes}</ul>
                <Remedy steps=Signal::stored(steps) press />
                {homeless}
            }
            .into_any()
        }
        (None, false) => view! { <p class="mt-4">{article::CONSOLE_UNKNOWN}</p> }.into_any(),
        (None, true) => ().into_any(),
    };
    view! {
        <label class="label" for="console-line">
            "A line from the console"
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
            {article::CONSOLE_HINT}
        </p>
        <div aria-live="polite" data-decoded>
            {answer}
        </div>
    }
}
