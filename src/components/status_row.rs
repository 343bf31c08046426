//! The row of status at the top of the overview, which keeps its place whatever happens.

use connection::machine::{Event, Machine};
use connection::time::Moment;
use connection::view::{Control, Overview, Tone};
use connection::words;
use leptos::prelude::*;

use super::controls::Controls;
use crate::icon::{Icon, icon};

/// Where the connection stands and what comes next. It is there while all is well, too, so nothing moves when it is not.
/// `open` opens the dialog, which knows what to do.
#[component]
pub fn StatusRow(
    state: Signal<Machine>,
    shown: Memo<Overview>,
    now: Signal<Moment>,
    dispatch: Callback<Event>,
    open: Callback<()>,
) -> impl IntoView {
    let waiting = Memo::new(move |_| state.with(|machine| words::waiting(machine, now.get())));
    let drawing = move || {
        icon(match shown.with(|it| it.tone) {
            Tone::Good => Icon::Plugged,
            Tone::Quiet => Icon::Stop,
            Tone::Trying | Tone::Bad => Icon::Unplugged,
        })
    };
    let controls = Signal::derive(move || shown.with(|it| it.control.map_or(&[][..], Control::alone)));
    let help = move || shown.with(|it| it.needs_help);
    view! {
        <section class="status-row" data-tone=move || shown.with(|it| it.tone.name()) aria-label="State of the connection">
            <span class="mark">{move || drawing()}</span>
            <div class="status-text">
                <p class="status-title">{move || shown.with(|it| it.status.clone()).into_any()}</p>
                <p class="hint" data-countdown>
                    {move || waiting.get().into_any()}
                </p>
            </div>
            <div class="status-buttons">
                <button
                    type="button"
                    class=move || if help() { "btn btn-primary" } else { "btn btn-quiet" }
                    aria-haspopup="dialog"
                    on:click=move |_| open.run(())
                >
                    {move || if help() { "What to do" } else { "Details" }.into_any()}
                </button>
                <Controls controls dispatch />
            </div>
        </section>
    }
}
