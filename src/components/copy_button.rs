//! Copies a text and says so where the button is, because nothing else on the screen changes.

use core::time::Duration;

use connection::words;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::icon::{Icon, icon};

/// How long what a button says of a press stays.
const SHOWN: Duration = Duration::from_secs(3);

/// What a button says of the last press, in place of its name.
#[derive(Clone, Copy)]
pub struct Answer {
    said: RwSignal<Option<&'static str>>,
    presses: StoredValue<u32>,
}

impl Answer {
    pub(super) fn new() -> Self {
        Self { said: RwSignal::new(None), presses: StoredValue::new(0) }
    }

    pub(super) fn say(self, text: &'static str) {
        // The button may be gone by now, with the dialog that it stood in.
        self.said.try_set(Some(text));
        self.presses.try_update_value(|presses| *presses = presses.wrapping_add(1));
        let press = self.presses.try_get_value();
        set_timeout(
            move || {
                // Each press is answered for its whole time.
                if self.presses.try_get_value() == press {
                    self.said.try_set(None);
                }
            },
            SHOWN,
        );
    }

    /// Says nothing any more.
    pub(super) fn clear(self) {
        self.said.try_set(None);
    }

    pub(super) fn get(self) -> Option<&'static str> {
        self.said.get()
    }

    /// The same for screen readers: the name of a button that has the focus is not read again.
    pub(super) fn aloud(self) -> impl IntoView {
        view! {
            <span class="sr-only" role="status">
                {move || self.get().into_any()}
            </span>
        }
    }
}

/// A button that copies what `text` returns at the moment of the press: nothing where the part that writes it has not come yet.
/// Without `label` it is an icon named “Copy”.
#[component]
pub fn CopyButton(
    #[prop(into)] text: Callback<(), Option<String>>,
    #[prop(optional)] label: Option<&'static str>,
    /// What one with a label says when it is done.
    #[prop(default = "Copied")]
    copied: &'static str,
    /// The classes of one with a label.
    #[prop(default = "btn")]
    class: &'static str,
    /// For what else it has to say.
    #[prop(default = Answer::new())]
    answer: Answer,
) -> impl IntoView {
    let press = move |event: MouseEvent| {
        let Some(text) = text.run(()) else { return answer.say(words::NOT_HERE) };
        let done = move |done: bool| {
            answer.say(if done { copied } else { words::COPY_REFUSED });
        };
        // A page that came over plain HTTP from another host, as portals in a lab do, has no clipboard object.
        if window().is_secure_context() {
            let written = JsFuture::from(window().navigator().clipboard().write_text(&text));
            leptos::task::spawn_local(async move { done(written.await.is_ok()) });
        } else {
            done(copy_by_selection(&event_target::<web_sys::Element>(&event), &text).is_some());
        }
    };
    let drawing = move || icon(if answer.get() == Some(copied) { Icon::Check } else { Icon::Copy });
    let quiet = label.is_none();
    view! {
        <button
            type="button"
            class=if quiet { "btn btn-quiet btn-icon" } else { class }
            aria-label=quiet.then_some("Copy")
            title=quiet.then_some("Copy")
            on:click=press
        >
            {move || drawing()}
            {move || label.map(|label| answer.get().unwrap_or(label)).into_any()}
        </button>
        {answer.aloud()}
    }
}

/// The way before there was a clipboard object: select the text in a field beside the button and have it copied. The
/// field stands in the button's own dialog, outside of which nothing can be focused.
fn copy_by_selection(button: &web_sys::Element, text: &str) -> Option<()> {
    let place = button.closest("dialog, main").ok()??;
    let field = document().create_element("textarea").ok()?.dyn_into::<web_sys::HtmlTextAreaElement>().ok()?;
    field.set_class_name("sr-only");
    field.set_value(text);
    place.append_child(&field).ok()?;
    field.select();
    let copied = js_sys::Reflect::get(&document(), &JsValue::from_str("execCommand"))
        .and_then(|command| command.dyn_into::<js_sys::Function>())
        .and_then(|command| command.call1(&document(), &JsValue::from_str("copy")));
    field.remove();
    let back = button.closest("button").ok()??.dyn_into::<web_sys::HtmlElement>().ok()?;
    back.focus().ok()?;
    copied.ok().filter(JsValue::is_truthy).map(drop)
}
