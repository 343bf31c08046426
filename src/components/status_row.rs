//! The row of status at the top of the overview, which keeps its place whatever happens; and the certificate's end.

use connection::machine::{Event, Machine};
use connection::remedy::{self, Button};
use connection::time::Moment;
use connection::view::{Control, Overview, Tone};
use connection::words;
use leptos::prelude::*;

use super::controls::Controls;
use super::remedy::Remedy;
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
            <span class="mark">{drawing}</span>
            <div class="status-text">
                <p class="status-title">{move || shown.with(|it| it.status.clone())}</p>
                <p class="hint" data-countdown>
                    {waiting}
                </p>
            </div>
            <div class="status-buttons">
                <button
                    type="button"
                    class=move || if help() { "btn btn-primary" } else { "btn btn-quiet" }
                    aria-haspopup="dialog"
                    on:click=move |_| open.run(())
                >
                    {move || if help() { "What to do" } else { "Details" }}
                </button>
                <Controls controls dispatch />
            </div>
        </section>
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
        let (text, ended) = notice.get()?;
        Some(view! {
            <section class="notice mt-6 p-5" data-alarm=if ended { "red" } else { "amber" } aria-label="Certificate">
                <details>
                    <summary class="flex cursor-pointer flex-wrap items-center gap-3">
                        {icon(Icon::Warning)}
                        <span class="min-w-0 flex-1 basis-60 [font-weight:700]">{text}</span>
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
