//! Where the connection stands, what comes next, and the buttons that change it.

use connection::machine::{Event, Machine, Phase};
use connection::remedy::Button;
use connection::time::Moment;
use connection::words;
use leptos::prelude::*;

use crate::icon::{Icon, icon};

/// The phase, the countdown to the next try, and the buttons that make sense now. The countdown stands in no live
/// region: a screen reader that read it out each second would say nothing else.
#[component]
pub fn Status(
    state: Signal<Machine>,
    now: Signal<Moment>,
    dispatch: Callback<Event>,
    press: Callback<Button>,
) -> impl IntoView {
    let phase = Memo::new(move |_| state.with(|machine| words::phase(machine.phase())));
    let waiting = Memo::new(move |_| state.with(|machine| words::waiting(machine, now.get())));
    view! {
        <div class="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-md bg-sunken p-3">
            <div class="min-w-0 flex-1 basis-56">
                <p class="font-bold">{phase}</p>
                <p class="hint" data-countdown>
                    {waiting}
                </p>
            </div>
            <Controls state dispatch press />
        </div>
    }
}

/// What can be done now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Control {
    Retry,
    Check,
    Resume,
    Pause,
    SignIn,
}

fn controls(machine: &Machine) -> &'static [Control] {
    match machine.phase() {
        Phase::Idle => &[],
        Phase::Connecting { .. } => &[Control::Pause],
        Phase::Connected { .. } => &[Control::Pause, Control::Check],
        Phase::Waiting { .. } | Phase::Offline { .. } => &[Control::Pause, Control::Retry],
        Phase::NeedsYou { need, .. } if need.is_sign_in() => &[Control::Pause, Control::Retry, Control::SignIn],
        Phase::NeedsYou { .. } => &[Control::Pause, Control::Retry],
        Phase::Stopped => &[Control::Resume],
    }
}

/// The buttons alone; the last one is the one to press.
#[component]
pub fn Controls(state: Signal<Machine>, dispatch: Callback<Event>, press: Callback<Button>) -> impl IntoView {
    let controls = Memo::new(move |_| state.with(controls));
    let button = move |control: Control, primary: bool| {
        let (drawing, label) = match control {
            Control::Retry => (Icon::Retry, "Retry now"),
            Control::Check => (Icon::Retry, "Check it now"),
            Control::Resume => (Icon::Resume, "Resume"),
            Control::Pause => (Icon::Pause, "Pause"),
            Control::SignIn => (Icon::SignIn, "Sign in"),
        };
        let run = move |_| match control {
            Control::Retry | Control::Check | Control::Resume => dispatch.run(Event::Retry),
            Control::Pause => dispatch.run(Event::Pause),
            Control::SignIn => press.run(Button::SignIn),
        };
        view! {
            <button type="button" class=if primary { "btn btn-primary" } else { "btn" } on:click=run>
                {icon(drawing)}
                {label}
            </button>
        }
    };
    view! {
        <div class="flex flex-wrap gap-2">
            {move || {
                let controls = controls.get();
                let last = controls.len().saturating_sub(1);
                let primary = move |at: usize, control| at == last && control != Control::Check && control != Control::Pause;
                controls.iter().enumerate().map(|(at, it)| button(*it, primary(at, *it))).collect_view()
            }}
        </div>
    }
}
