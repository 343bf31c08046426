//! What is to be said above everything else on the overview.

use connection::machine::{Event, Machine, Phase};
use connection::remedy::{self, Button};
use connection::time::Moment;
use connection::words;
use leptos::prelude::*;

use super::remedy::Remedy;
use super::status::Controls;
use crate::icon::{Icon, icon};

/// What happened and what comes next, while the connection is away, paused or just back. `open` opens the dialog.
#[component]
pub fn Notice(
    state: Signal<Machine>,
    now: Signal<Moment>,
    dispatch: Callback<Event>,
    press: Callback<Button>,
    open: Callback<()>,
) -> impl IntoView {
    let shown = Memo::new(move |_| state.with(is_worth_telling));
    let face = Memo::new(move |_| state.with(|machine| (machine.alarm().name(), machine.phase().name())));
    // Nothing is put into words, and no second counted, while nobody is told.
    let told = move |say: fn(&Machine, Moment) -> String| {
        Memo::new(move |_| if shown.get() { state.with(|machine| say(machine, now.get())) } else { String::new() })
    };
    let headline = told(words::headline);
    let waiting = told(words::waiting);
    let connected = Memo::new(move |_| state.with(|machine| matches!(machine.phase(), Phase::Connected { .. })));
    // A certificate or a right is seen to by a person, who is told how in the dialog.
    let needs_you = Memo::new(move |_| {
        state.with(|machine| matches!(machine.phase(), Phase::NeedsYou { need, .. } if !need.is_sign_in()))
    });
    view! {
        <section
            class="notice mt-6 flex flex-wrap items-start gap-4 p-5"
            hidden=move || !shown.get()
            data-alarm=move || face.get().0
            aria-label="State of the connection"
        >
            <span class="mark" data-alarm=move || face.get().0 data-phase=move || face.get().1>
                {move || icon(if connected.get() { Icon::Check } else { Icon::Unplugged })}
            </span>
            <div class="min-w-0 flex-1 basis-72">
                <p class="text-lg font-bold break-words">{headline}</p>
                <p class="mt-1" data-countdown>
                    {waiting}
                </p>
            </div>
            <div class="flex flex-wrap gap-2" hidden=connected>
                <button type="button" class="btn" class:btn-primary=needs_you aria-haspopup="dialog" on:click=move |_| open.run(())>
                    "Why, and what to do"
                </button>
                <Controls state dispatch press />
            </div>
        </section>
    }
}

fn is_worth_telling(machine: &Machine) -> bool {
    match machine.phase() {
        Phase::Idle => false,
        Phase::Connecting { .. } => machine.outage().is_some(),
        Phase::Connected { .. } => machine.recovered().is_some(),
        Phase::Waiting { .. } | Phase::Offline { .. } | Phase::NeedsYou { .. } | Phase::Stopped => true,
    }
}

/// That the endpoint's certificate ends soon, while there is still time, and how to replace it.
#[component]
pub fn CertificateNotice(state: Signal<Machine>, now: Signal<Moment>, press: Callback<Button>) -> impl IntoView {
    let notice = Memo::new(move |_| {
        state.with(|machine| machine.certificate().and_then(|it| words::certificate_notice(it, now.get())))
    });
    let steps = Memo::new(move |_| state.with(remedy::renewal));
    move || {
        let (text, soon) = notice.get()?;
        Some(view! {
            <section class="notice mt-6 p-5" data-alarm=if soon { "red" } else { "amber" } aria-label="Certificate">
                <details>
                    <summary class="flex cursor-pointer flex-wrap items-center gap-3">
                        {icon(Icon::Warning)}
                        <span class="min-w-0 flex-1 basis-60 font-bold">{text}</span>
                        <span class="btn">"How to replace it"</span>
                    </summary>
                    <div class="mt-4">
                        <Remedy steps press />
                    </div>
                </details>
            </section>
        })
    }
}
