//! The frame that holds a bare state, as the gallery shows it.

use core::time::Duration;

use leptos::prelude::*;
use leptos::{ev, html};
use portal::base_path::below_base;
use states::Vision;
use wasm_bindgen::prelude::*;

use super::SHOWN;
use crate::script;
use crate::vision::filter;

/// How far the frame is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Its page is on the way.
    Loading,
    /// Its page renders another query.
    Changing,
    /// The state is shown.
    Shown,
}

/// The bare state in a window of its own width. A change of the query is sent to it, so that nothing is loaded again.
///
/// Until the state stands, nothing in the frame can take the focus: a dialog that opens takes it, and would take it from
/// the person who goes through the list or moves a control. While the page loads it is hidden for that, because Chromium
/// does not tell a page that is only being made that its frame is inert.
#[component]
pub(crate) fn Frame(
    id: String,
    /// The query of the bare state.
    bare: Memo<String>,
    width: Signal<Option<u32>>,
    vision: Signal<Option<Vision>>,
    /// What the state says, once it stands.
    text: RwSignal<String>,
) -> impl IntoView {
    let around = NodeRef::<html::Div>::new();
    let room = RwSignal::new(None::<f64>);
    let measure = move || room.set(around.get_untracked().map(|around| f64::from(around.client_width())));
    around.on_load(move |around| {
        // What stands beside it can be folded, so its room changes without the window's.
        let resized = Closure::<dyn FnMut()>::new(measure);
        if let Ok(observer) = script::construct("ResizeObserver", resized.as_ref()) {
            let _ = script::call(&observer, "observe", &around);
            let observing = StoredValue::new_local((observer, resized));
            on_cleanup(move || {
                let _ = observing.try_with_value(|(it, _)| script::call(it, "disconnect", &JsValue::UNDEFINED));
            });
        }
    });
    // A screen that is wider than there is room for is drawn smaller, not cut off.
    let scale = Memo::new(move |_| match (width.get(), room.get()) {
        (Some(width), Some(room)) if room > 0.0 => (room / f64::from(width)).min(1.0),
        _ => 1.0,
    });
    let node = NodeRef::<html::Iframe>::new();
    let query = bare.get_untracked();
    let first = below_base(&format!("/preview/{id}{query}"));
    let shown = StoredValue::new(query);
    let progress = RwSignal::new(Progress::Loading);
    let inside = move || node.get_untracked().and_then(|frame| frame.content_window());
    let send = move |query: String| {
        if let (Some(inside), Ok(origin)) = (inside(), window().location().origin()) {
            progress.set(Progress::Changing);
            shown.set_value(query.clone());
            // A frame knows that it is inert only once this page has been drawn so.
            request_animation_frame(move || {
                set_timeout(
                    move || {
                        let _ = inside.post_message(&JsValue::from_str(&query), &origin);
                    },
                    Duration::ZERO,
                );
            });
        }
    };
    let listening = window_event_listener(ev::message, move |event| {
        let from_frame = event.source().map(JsValue::from) == inside().map(JsValue::from);
        if !from_frame || event.data().as_string().as_deref() != Some(SHOWN) {
            return;
        }
        let query = bare.get_untracked();
        if shown.with_value(|shown| *shown != query) {
            return send(query);
        }
        progress.set(Progress::Shown);
        text.set(inside().and_then(|inside| inside.document()?.body()?.text_content()).unwrap_or_default());
    });
    on_cleanup(move || listening.remove());
    Effect::new(move || {
        let query = bare.get();
        // A frame that is not there yet is sent what has changed when it says that it is.
        if progress.get_untracked() == Progress::Shown && shown.with_value(|shown| *shown != query) {
            send(query);
        }
    });
    view! {
        <div class="gallery-frame" node_ref=around data-scaled=move || (scale.get() < 1.0).then_some("true")>
            <iframe
                node_ref=node
                title="The state, as the product shows it"
                src=first
                hidden=move || progress.get() == Progress::Loading
                prop:inert=move || progress.get() != Progress::Shown
                style:width=move || width.get().map(|width| format!("{width}px"))
                style:height=move || (scale.get() < 1.0).then(|| format!("calc(var(--frame-height) / {})", scale.get()))
                style:transform=move || (scale.get() < 1.0).then(|| format!("scale({})", scale.get()))
                style:filter=move || vision.get().map(filter)
            ></iframe>
        </div>
        <p class="hint" role="status">
            {move || (scale.get() < 1.0).then(|| format!("Drawn at {:.0} % to fit.", scale.get() * 100.0))}
        </p>
    }
}
