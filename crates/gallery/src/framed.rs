//! The bare state as wide as its address asks: a frame has a screen of its own, so that what the styles ask of the screen
//! is answered for this width.

use leptos::prelude::*;
use portal::base_path::below_base;
use states::{Appearance, Inputs, State};

use crate::address;

/// The state in a frame of `width` CSS pixels.
#[component]
pub(super) fn Framed(state: State, inputs: Inputs, width: u32) -> impl IntoView {
    document().set_title(&state.notes.title);
    let appearance = Appearance { width: None, ..inputs.appearance };
    let query = address::query(&Inputs { appearance, ..inputs });
    let address = below_base(&format!("/preview/{}{query}", state.id));
    view! {
        <iframe class="gallery-framed" title=state.notes.title src=address style:width=format!("{width}px")></iframe>
    }
}
