//! Where the stored pictures are, and how one is passed on: the build puts them beside the gallery.

use core::time::Duration;

use js_sys::Object;
use leptos::prelude::*;
use portal::base_path::below_base;
use portal::icon::{Icon, icon};
use states::{Appearance, Colors, Picture, Theme};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::Response;

use crate::script::construct;

/// How long the outcome of a press stays.
const SHOWN: Duration = Duration::from_secs(3);

/// The address of a state's picture.
pub(crate) fn picture_address(picture: Picture, id: &str) -> String {
    below_base(&format!("/preview/pictures/{}/{id}.png", picture.name()))
}

/// Of the pictures that are kept, the one that comes nearest to an appearance.
pub(crate) fn nearest(kept: &[Picture], appearance: Appearance) -> Option<Picture> {
    let wanted = if appearance.colors == Some(Colors::Forced) {
        Picture::ForcedColors
    } else if appearance.theme == Some(Theme::Dark) || appearance.width.is_some_and(|width| width < 600) {
        Picture::DarkNarrow
    } else {
        Picture::LightWide
    };
    kept.iter().find(|it| **it == wanted).or(kept.first()).copied()
}

/// The stored picture to copy and to download, or that there is none.
#[component]
pub(crate) fn PictureButtons(
    kept: &'static [Picture],
    id: StoredValue<String>,
    appearance: Signal<Appearance>,
) -> impl IntoView {
    if kept.is_empty() {
        return view! { <p class="hint">"No picture is stored of this state: its shape is that of another."</p> }
            .into_any();
    }
    let picture = Memo::new(move |_| nearest(kept, appearance.get()));
    let address = move || picture.get().map(|picture| picture_address(picture, &id.get_value()));
    let file = move || picture.get().map(|picture| format!("{}-{}.png", id.get_value(), picture.name()));
    let outcome = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let Some(address) = address() else { return };
        spawn_local(async move {
            outcome.try_set(Some(copy_picture(address).await.is_ok()));
            set_timeout(
                move || {
                    outcome.try_set(None);
                },
                SHOWN,
            );
        });
    };
    let label = move || match outcome.get() {
        None => "Copy as image",
        Some(true) => "Image copied",
        Some(false) => "Not allowed here; download it",
    };
    let drawing = move || icon(if outcome.get() == Some(true) { Icon::Check } else { Icon::Copy });
    view! {
        <button type="button" class="btn" on:click=copy>
            {drawing}
            {label}
        </button>
        <span class="sr-only" role="status">{move || outcome.get().map(|_| label())}</span>
        <a class="btn btn-quiet" rel="external" href=address download=file>
            {icon(Icon::Download)}
            "Download"
        </a>
    }
    .into_any()
}

/// Puts a picture on the clipboard. The item is made at once and the picture comes later, because some browsers allow it only
/// in the press itself.
async fn copy_picture(address: String) -> Result<(), JsValue> {
    if !window().is_secure_context() {
        return Err(JsValue::UNDEFINED);
    }
    let blob = future_to_promise(async move {
        let response: Response = JsFuture::from(window().fetch_with_str(&address)).await?.dyn_into()?;
        JsFuture::from(response.blob()?).await
    });
    let kinds = Object::new();
    js_sys::Reflect::set(&kinds, &"image/png".into(), &blob)?;
    let items = js_sys::Array::of1(&construct("ClipboardItem", &kinds)?);
    JsFuture::from(window().navigator().clipboard().write(&items)).await?;
    Ok(())
}
