//! The report for the person who helps: readable to the clipboard, machine-readable as a file.

use connection::report::{self, About};
use connection::time::Moment;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::copy_button::CopyButton;
use super::time::iso;
use crate::icon::{Icon, icon};
use crate::portal::Portal;

fn now(portal: Portal) -> Moment {
    portal.now.with_value(|now| now.read())
}

/// Who writes the report. It is written at the moment of the press.
fn about(portal: Portal) -> About {
    About {
        written: iso(now(portal).wall),
        portal: env!("CARGO_PKG_VERSION").to_owned(),
        server: portal.config.get_untracked().map(|config| config.version).filter(|version| !version.is_empty()),
        browser: window().navigator().user_agent().unwrap_or_default(),
        messages: untrack(|| portal.feed.received()),
    }
}

/// The readable report, to the clipboard.
#[component]
pub fn CopyReport(portal: Portal) -> impl IntoView {
    let markdown =
        move |()| portal.machine.with_untracked(|machine| report::markdown(machine, &about(portal), now(portal)));
    view! { <CopyButton text=markdown label="Copy report" class="btn btn-quiet" /> }
}

/// The report for machines, as a file.
#[component]
pub fn DownloadReport(portal: Portal) -> impl IntoView {
    let download = move |_| {
        let json = portal
            .machine
            .with_untracked(|machine| serde_json::to_string(&report::report(machine, about(portal), now(portal))));
        if let Ok(text) = json {
            // A browser that refuses leaves the way over the clipboard.
            let _ = save(&text, "megaphone-report.json");
        }
    };
    view! {
        <button type="button" class="btn" on:click=download>
            {icon(Icon::Download)}
            "Download report"
        </button>
    }
}

/// Has the browser save a text as a file.
fn save(text: &str, name: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address)
}
