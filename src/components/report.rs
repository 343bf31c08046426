//! The report for whoever helps: to the clipboard, or as a file.

use leptos::prelude::*;

use super::copy_button::CopyButton;
use crate::app::Portal;
use crate::icon::{Icon, icon};

/// Both ways to take the report along.
#[component]
pub fn Report(portal: Portal) -> impl IntoView {
    let _ = portal;
    let text = Callback::new(move |()| String::new());
    view! {
        <CopyButton text label="Copy report" />
        <button type="button" class="btn btn-quiet" on:click=move |_| {}>
            {icon(Icon::Download)}
            "Download report"
        </button>
    }
}
