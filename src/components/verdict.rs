//! What speaks for the cause, and what else fits. The cause itself is the dialog's heading.

use connection::machine::Machine;
use connection::time::Moment;
use connection::view::{what_else_fits, what_speaks_for_it};
use leptos::prelude::*;

/// The basis of the verdict and the other findings. Draws nothing where there are none.
#[component]
pub fn Verdict(state: Signal<Machine>, now: Signal<Moment>) -> impl IntoView {
    let basis = Memo::new(move |_| state.with(what_speaks_for_it));
    let others = Memo::new(move |_| state.with(|machine| what_else_fits(machine, now.get())));
    let part = |heading: &'static str, lines: Vec<String>| {
        (!lines.is_empty()).then(|| {
            view! {
                <section>
                    <h3>{heading}</h3>
                    <ul class="list-disc ps-5">
                        {lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                    </ul>
                </section>
            }
        })
    };
    move || view! { {part("What speaks for it", basis.get())} {part("What else fits", others.get())} }
}
