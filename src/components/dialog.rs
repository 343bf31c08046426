//! The connection dialog: what happened, why, what to do, and what was seen. It never opens by itself.

use connection::history::Loss;
use connection::machine::{Machine, Phase};
use connection::remedy;
use connection::time::Moment;
use connection::words;
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::checklist::Checklist;
use super::close_badge::CloseBadge;
use super::facts::{ConnectionFacts, LossFacts};
use super::focus::focused;
use super::live_region::LiveRegion;
use super::remedy::{Remedy, press};
use super::report::Report;
use super::status::Status;
use super::timeline::Timeline;
use super::verdict::Verdict;
use crate::icon::{Icon, icon};
use crate::portal::Portal;

/// The native `<dialog>`: the browser keeps the focus in it, gives it back, and closes it on Escape. What it holds is
/// there only while it is open, so that a closed one costs nothing.
#[component]
pub fn ConnectionDialog() -> impl IntoView {
    let portal = expect_context::<Portal>();
    let open = portal.dialog;
    let node = NodeRef::<html::Dialog>::new();
    let title_node = NodeRef::<html::H2>::new();
    let opener = StoredValue::new_local(None);
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if !open.get() {
            dialog.close();
            // Firefox gives the focus back only if the dialog has it, not once Tab has gone on to the browser's own bar.
            if focused().is_none() {
                opener.with_value(|opener: &Option<HtmlElement>| opener.as_ref().map(HtmlElement::focus));
            }
        } else if !dialog.open() {
            opener.set_value(focused());
            // Both fail only for what is not in the document.
            let _ = dialog.show_modal();
            let _ = title_node.get_untracked().map(|title| title.focus());
        }
    });
    // A press on the backdrop arrives at the dialog itself, which closes by that where `closedby` is not known. A link
    // to another page of the portal leads out of the dialog.
    let leave = move |event: MouseEvent| {
        let target = event_target::<web_sys::Element>(&event);
        let leads_away = target.closest("a:not([target])").is_ok_and(|link| link.is_some());
        if leads_away || event.target() == event.current_target() {
            open.set(false);
        }
    };
    let title = Memo::new(move |_| portal.machine.with(words::megaphone));
    let alarm = Memo::new(move |_| portal.machine.with(|machine| (machine.alarm().name(), machine.phase().name())));
    let endpoint = Memo::new(move |_| portal.machine.with(|machine| machine.endpoint().map(ToString::to_string)));
    view! {
        <dialog
            id="connection-dialog"
            node_ref=node
            closedby="any"
            aria-labelledby="connection-dialog-title"
            on:close=move |_| open.set(false)
            on:click=leave
        >
            <div class="dialog-head">
                <span class="mark" data-alarm=move || alarm.get().0 data-phase=move || alarm.get().1>
                    {move || icon(if alarm.get().0 == "red" { Icon::MegaphoneAlarm } else { Icon::Megaphone })}
                </span>
                <div class="min-w-0 flex-1">
                    <h2 id="connection-dialog-title" tabindex="-1" node_ref=title_node>
                        {title}
                    </h2>
                    <p class="hint wrap-anywhere">{endpoint}</p>
                </div>
                <button
                    type="button"
                    class="btn btn-quiet btn-icon"
                    aria-label="Close"
                    title="Close"
                    on:click=move |_| open.set(false)
                >
                    {icon(Icon::Cross)}
                </button>
            </div>
            <Show when=move || open.get()>
                <Content portal />
            </Show>
            // While a dialog is open, nobody hears what is said behind it.
            <LiveRegion />
        </dialog>
    }
}

#[component]
fn Content(portal: Portal) -> impl IntoView {
    let state = portal.machine;
    let now = portal.now.get_value().watch();
    let dispatch = portal.dispatch;
    let press = press(portal);
    let headline = Memo::new(move |_| state.with(|machine| words::headline(machine, now.get())));
    let code = Memo::new(move |_| state.with(Machine::close_code));
    let steps = Memo::new(move |_| state.with(|machine| remedy::plan(machine).all()));
    let loss = Memo::new(move |_| state.with(|machine| machine.history().last().cloned()));
    let unexplained = Memo::new(move |_| state.with(|machine| machine.diagnosis().findings().is_empty()));
    let connected = Memo::new(move |_| state.with(|machine| matches!(machine.phase(), Phase::Connected { .. })));
    let known = Memo::new(move |_| state.with(|machine| machine.endpoint().is_some()));
    view! {
        <section class="dialog-section grid gap-4">
            <p class="text-lg">{headline}</p>
            {move || code.get().map(|code| view! { <CloseBadge code /> })}
            <Status state now dispatch press />
        </section>
        <section class="dialog-section" hidden=unexplained>
            <Verdict state now />
        </section>
        <section class="dialog-section grid gap-4" hidden=move || steps.with(Vec::is_empty)>
            <h3>"What to do"</h3>
            <Remedy steps press />
        </section>
        <section class="dialog-section" hidden=move || !known.get()>
            <Checklist state dispatch />
        </section>
        {move || loss.get().map(|loss| last_loss(loss, now))}
        <section class="dialog-section" hidden=move || !connected.get()>
            <h3 class="mb-3">"This connection"</h3>
            <ConnectionFacts state now events=move || portal.feed.received() />
        </section>
        <section class="dialog-section">
            <h3 class="mb-3">"Losses in this tab"</h3>
            <Timeline state now />
        </section>
        <div class="dialog-foot">
            <Report portal />
        </div>
    }
}

fn last_loss(loss: Loss, now: Signal<Moment>) -> impl IntoView {
    view! {
        <section class="dialog-section">
            <h3 class="mb-3">"The last loss, as the browser reported it"</h3>
            <LossFacts loss now />
        </section>
    }
}
