//! Asks the person what only they can see: what the tab showed, or the error code that the browser wrote there.

use connection::evidence::PersonSaw;
use connection::machine::{Event, Machine};
use connection::words::{self, Question, Unread};
use leptos::prelude::*;

use crate::icon::{Icon, icon};

/// The question with its answers, folded until somebody has one.
#[component]
pub fn Ask(
    state: Signal<Machine>,
    #[prop(into)] question: Signal<Option<Question>>,
    dispatch: Callback<Event>,
) -> impl IntoView {
    let wrong = RwSignal::new(None::<Unread>);
    let tell = move |saw: PersonSaw, given: bool| dispatch.run(Event::Told((!given).then_some(saw)));
    let read = move |pasted: String| {
        if pasted.trim().is_empty() {
            wrong.set(None);
            return;
        }
        match state.with_untracked(|machine| words::read_code(&pasted, machine)) {
            Ok(saw) => {
                wrong.set(None);
                tell(saw, false);
            }
            Err(unread) => wrong.set(Some(unread)),
        }
    };
    let answers = move || {
        let question = question.get()?;
        let given = question.given;
        let known = question.answers.iter().any(|answer| Some(answer.saw) == given);
        let button = move |saw: PersonSaw, label: String| {
            let is_given = given == Some(saw);
            view! {
                <li>
                    <button
                        type="button"
                        class="choice"
                        aria-pressed=is_given.to_string()
                        on:click=move |_| tell(saw, is_given)
                    >
                        {icon(if is_given { Icon::Check } else { Icon::Circle })}
                        <span>{label}</span>
                    </button>
                </li>
            }
        };
        let read = given.filter(|_| !known).map(|saw| button(saw, words::person(saw)));
        let answers = question.answers.into_iter().map(|answer| button(answer.saw, answer.label.to_owned()));
        Some(view! { <ul class="answers">{answers.collect_view()} {read}</ul> })
    };
    view! {
        <details class="fold" data-fold="ask" hidden=move || question.with(Option::is_none)>
            <summary>
                {icon(Icon::Chevron)}
                <span>{move || question.with(|it| it.as_ref().map(words::ask))}</span>
            </summary>
            {answers}
            <label class="label mt-3" for="browser-code">
                "Or paste the browser's error code, or its line from the console"
            </label>
            <input
                id="browser-code"
                class="input"
                type="text"
                maxlength="20000"
                autocapitalize="none"
                autocomplete="off"
                spellcheck="false"
                placeholder="ERR_CERT_DATE_INVALID"
                aria-describedby="browser-code-answer"
                on:change:target=move |event| read(event.target().value())
            />
            <p class="hint mt-1" id="browser-code-answer" role="status">
                {move || wrong.with(|wrong| wrong.as_ref().map(ToString::to_string))}
            </p>
        </details>
    }
}
