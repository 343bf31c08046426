//! The report for the person who helps: readable to the clipboard, machine-readable as a file. What writes it is a part of
//! its own, which nobody needs before the press.

use core::task::{Context, Poll, Waker};

use connection::report::{self, About};
use connection::time::Moment;
use connection::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};

use super::copy_button::{Answer, CopyButton};
use super::time::iso;
use crate::driver::losses_unread;
use crate::icon::{Icon, icon};
use crate::part::part;
use crate::portal::Portal;

/// Writes the report in its two forms, as of now.
#[derive(Clone, Copy)]
pub(crate) struct Writer {
    markdown: fn(Portal) -> String,
    /// Nothing only if it could not be written.
    json: fn(Portal) -> Option<String>,
}

part! {
    report, fetch fetch,
    /// What writes the report.
    pub(crate) fn writer() -> Writer {
        Writer {
            markdown: |portal| portal.machine.with_untracked(|it| report::markdown(it, &about(portal), now(portal))),
            json: |portal| {
                let json = |it: &_| serde_json::to_string(&report::report(it, about(portal), now(portal)));
                portal.machine.with_untracked(json).ok()
            },
        }
    }
}

/// That, if its part is here; if not, it is asked for, and `answer` tells if it does not come. At once, because a browser lets a
/// page copy only while it handles the press.
fn writer_here(answer: Answer) -> Option<Writer> {
    let mut asked = Box::pin(writer());
    match asked.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(here) => here.ok(),
        Poll::Pending => {
            spawn_local(async move {
                if asked.await.is_err() {
                    answer.say(words::DID_NOT_COME);
                }
            });
            None
        }
    }
}

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
        losses_unread: portal.machine.with_untracked(losses_unread),
    }
}

/// The readable report, to the clipboard.
#[component]
pub fn CopyReport(portal: Portal) -> impl IntoView {
    let answer = Answer::new();
    let markdown = move |()| writer_here(answer).map(|writer| (writer.markdown)(portal));
    view! { <CopyButton text=markdown label="Copy report" class="btn btn-quiet" answer /> }
}

/// The report for machines, as a file.
#[component]
pub fn DownloadReport(portal: Portal) -> impl IntoView {
    let answer = Answer::new();
    let download = move |_| match writer_here(answer) {
        Some(writer) => {
            answer.clear();
            // A browser that refuses leaves the way over the clipboard.
            let _ = (writer.json)(portal).map(|text| save(&text, "megaphone-report.json"));
        }
        None => answer.say(words::NOT_HERE),
    };
    view! {
        <button type="button" class="btn" on:click=download>
            {icon(Icon::Download)}
            {move || answer.get().unwrap_or("Download report").into_any()}
        </button>
        {answer.aloud()}
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
