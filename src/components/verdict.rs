//! Why the connection was lost, how sure that is, and what speaks for it.

use connection::cause::Confidence;
use connection::machine::Machine;
use connection::time::Moment;
use connection::words;
use leptos::prelude::*;

/// The likeliest cause with its grounds, and what else is possible. Draws nothing while nothing is known.
#[component]
pub fn Verdict(state: Signal<Machine>, now: Signal<Moment>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        state.with(|machine| {
            let of = |finding| (words::finding(finding, machine, now.get()), finding.confidence);
            machine.diagnosis().findings().iter().map(of).collect::<Vec<_>>()
        })
    });
    let grounds = Memo::new(move |_| {
        state.with(|machine| {
            let best = machine.diagnosis().findings().first();
            best.map(|finding| finding.why.iter().filter_map(words::basis).collect::<Vec<_>>()).unwrap_or_default()
        })
    });
    move || {
        let mut lines = lines.get().into_iter();
        let (best, confidence) = lines.next()?;
        let others: Vec<_> = lines.map(|(line, _)| view! { <li>{line}</li> }).collect();
        let grounds = grounds.get().into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        Some(view! {
            <h3 class="flex flex-wrap items-center gap-2">"Why" <span class=badge(confidence)>{label(confidence)}</span></h3>
            <p class="mt-2 break-words">{best}</p>
            <ul class="hint mt-1">{grounds}</ul>
            {(!others.is_empty())
                .then(|| view! {
                    <p class="mt-3 font-bold">"Other findings"</p>
                    <ul class="list-disc ps-5">{others}</ul>
                })}
        })
    }
}

fn label(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Certain => "Certain",
        Confidence::Probable => "Probable",
        Confidence::Possible => "Possible",
    }
}

fn badge(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Certain => "badge badge-info",
        Confidence::Probable | Confidence::Possible => "badge",
    }
}
