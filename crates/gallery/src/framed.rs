//! The bare state as wide as its address asks: a frame has a screen of its own, so that what the styles ask of the screen
//! is answered for this width.

use leptos::prelude::*;
use portal::base_path::below_base;
use states::{Appearance, Inputs, State};

use crate::address;
use crate::vision::{Filters, filter};

/// The state in a frame as wide as the address asks, seen as it asks.
#[component]
pub(super) fn Framed(state: State, inputs: Inputs) -> impl IntoView {
    document().set_title(&state.notes.title);
    let Appearance { width, vision, .. } = inputs.appearance;
    let appearance = Appearance { width: None, vision: None, ..inputs.appearance };
    let query = address::query(&Inputs { appearance, ..inputs });
    let address = below_base(&format!("/preview/{}{query}", state.id));
    view! {
        <Filters />
        <iframe
            class="gallery-framed"
            title=state.notes.title
            src=address
            style:width=width.map_or_else(|| "100%".to_owned(), |width| format!("{width}px"))
            style:filter=vision.map(filter)
        ></iframe>
    }
}
