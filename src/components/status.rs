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

/// The buttons of a state, and the one of them that is the thing to do. Where a person has to see to something else
/// first, none of them is.
fn controls(machine: &Machine) -> (&'static [Control], Option<Control>) {
    match machine.phase() {
        Phase::Idle => (&[], None),
        // Between two tries the buttons stay where they are: whoever was about to press one is still there.
        Phase::Connecting { .. } if machine.outage().is_some() => {
            (&[Control::Pause, Control::Retry], Some(Control::Retry))
        }
        Phase::Connecting { .. } => (&[Control::Pause], None),
        Phase::Connected { .. } => (&[Control::Pause, Control::Check], None),
        Phase::Waiting { .. } | Phase::Offline { .. } => (&[Control::Pause, Control::Retry], Some(Control::Retry)),
        Phase::NeedsYou { need, .. } if need.is_sign_in() => {
            (&[Control::Pause, Control::Retry, Control::SignIn], Some(Control::SignIn))
        }
        Phase::NeedsYou { .. } => (&[Control::Pause, Control::Retry], None),
        Phase::Stopped => (&[Control::Resume], Some(Control::Resume)),
    }
}

/// The buttons alone.
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
                let (controls, primary) = controls.get();
                controls.iter().map(|it| button(*it, primary == Some(*it))).collect_view()
            }}
        </div>
    }
}
