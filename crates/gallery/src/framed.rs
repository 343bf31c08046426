//! The bare state as wide as its address asks: a frame has a screen of its own, so that what the styles ask of the screen
//! is answered for this width.

use connection::scenario::{Inputs, Looks, Scenario};
use leptos::prelude::*;

use super::address;

/// The state in a frame of `width` CSS pixels.
#[component]
pub(super) fn Framed(scenario: Scenario, inputs: Inputs, width: u32) -> impl IntoView {
    document().set_title(&scenario.notes.title);
    let looks = Looks { width: None, ..inputs.looks };
    let address = format!("/preview/{}{}", scenario.id, address::query(&Inputs { looks, ..inputs }));
    view! {
        <iframe class="gallery-framed" title=scenario.notes.title src=address style:width=format!("{width}px")></iframe>
    }
}
