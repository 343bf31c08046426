//! The report for whoever helps: to the clipboard, or as a file.

mod text;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::copy_button::CopyButton;
use super::time::iso;
use crate::app::Portal;
use crate::icon::{Icon, icon};

/// Both ways to take the report along. It is written at the moment of the press.
#[component]
pub fn Report(portal: Portal) -> impl IntoView {
    let text = Callback::new(move |()| {
        let now = portal.now.with_value(|now| now.read());
        portal.machine.with_untracked(|machine| text::report(machine, now, &iso(now.wall)))
    });
    // A browser that refuses leaves the way over the clipboard.
    let download = move |_| drop(save(&text.run(()), "megaphone-report.txt"));
    view! {
        <CopyButton text label="Copy report" />
        <button type="button" class="btn btn-quiet" on:click=download>
            {icon(Icon::Download)}
            "Download report"
        </button>
    }
}

/// Has the browser save a text as a file.
fn save(text: &str, name: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("text/plain;charset=utf-8");
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address)
}
