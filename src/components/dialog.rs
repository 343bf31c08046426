//! The connection dialog: the frame, which never opens by itself. What it holds comes as a part of its own.

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::dialog_content::content;
use super::focus::focused;
use super::later::Later;
use super::live_region::LiveRegion;
use crate::portal::Portal;

/// The native `<dialog>`: the browser keeps the focus in it, gives it back, and closes it on Escape. What it holds is
/// there only while it is open, so that a closed one costs nothing.
#[component]
pub fn ConnectionDialog() -> impl IntoView {
    let portal = expect_context::<Portal>();
    let open = portal.dialog;
    let node = NodeRef::<html::Dialog>::new();
    let is_open = Memo::new(move |_| open.get());
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
            // Fails only for what is not in the document.
            let _ = dialog.show_modal();
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
    view! {
        <dialog
            id="connection-dialog"
            node_ref=node
            closedby="any"
            aria-labelledby="connection-dialog-title"
            aria-describedby="connection-dialog-lead connection-dialog-step"
            on:close=move |_| open.set(false)
            on:click=leave
        >
            {move || {
                is_open
                    .get()
                    .then(|| view! { <Later ask=content with=portal title="connection-dialog-title" /> }.into_any())
                    .into_any()
            }}
            // While a dialog is open, nobody hears what is said behind it.
            <LiveRegion />
        </dialog>
    }
}
