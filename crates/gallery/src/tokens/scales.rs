//! Type, spacing, corners, shadows, sizes and motion, each by a piece of the product.

use leptos::prelude::*;
use portal::icon::{Icon, icon};

use super::specimen::Specimen;
use crate::style_sheet::{self, computed};

const TYPE: &[&str] = &["font-family", "font-size", "font-weight", "line-height"];
const MOTION: &[&str] =
    &["animation-name", "animation-duration", "animation-iteration-count", "animation-timing-function"];

/// The steps of the spacing scale that the product uses.
const STEPS: [u32; 9] = [1, 2, 3, 4, 5, 6, 8, 12, 16];

/// Headings, text, buttons, hints, badges, code.
#[component]
pub(super) fn TypeScale() -> impl IntoView {
    view! {
        <ul class="gallery-specimens">
            <Specimen about="The heading of a page" properties=TYPE><h1 data-measured="">"Unable to access DRP"</h1></Specimen>
            <Specimen about="The heading of a section" properties=TYPE><h2 data-measured="">"What to do"</h2></Specimen>
            <Specimen about="The heading of a part" properties=TYPE><h3 data-measured="">"Last loss"</h3></Specimen>
            <Specimen about="Text" properties=TYPE><p data-measured="">"The endpoint is down."</p></Specimen>
            <Specimen about="Hints" properties=TYPE><p class="hint" data-measured="">"Next try in 7 s, by itself"</p></Specimen>
            <Specimen about="Badges" properties=TYPE><span class="badge" data-measured="">"3 losses"</span></Specimen>
            <Specimen about="Buttons" properties=TYPE><button class="btn" data-measured="">"Retry now"</button></Specimen>
            <Specimen about="Code" properties=TYPE><span class="code" data-measured="">"1006"</span></Specimen>
        </ul>
    }
}

/// The steps between things.
#[component]
pub(super) fn SpacingScale() -> impl IntoView {
    let step = |steps: u32| {
        let width = format!("calc(var(--spacing) * {steps})");
        view! {
            <Specimen about=steps.to_string() properties=&["width"]>
                <span class="gallery-step" data-measured="" style:width=width></span>
            </Specimen>
        }
    };
    view! {
        <p class="mt-1">"A step is " <span class="code">{computed("--spacing")}</span> "."</p>
        <ul class="gallery-specimens">{STEPS.map(step).into_iter().collect_view()}</ul>
    }
}

/// Corners and shadows, by the names of their tokens.
#[component]
pub(super) fn Shapes() -> impl IntoView {
    let corners = style_sheet::tokens("--radius-").into_iter().map(|token| {
        view! {
            <Specimen about=token.name properties=&["border-top-left-radius"]>
                <span class="gallery-shape" data-measured="" style:border-radius=format!("var({})", token.name)></span>
            </Specimen>
        }
    });
    let shadows = style_sheet::tokens("--shadow-").into_iter().map(|token| {
        view! {
            <Specimen about=token.name properties=&["box-shadow"]>
                <span class="gallery-shape" data-measured="" style:box-shadow=format!("var({})", token.name)></span>
            </Specimen>
        }
    });
    view! { <ul class="gallery-specimens">{corners.collect_view()} {shadows.collect_view()}</ul> }
}

/// How small what is pressed may be: 24 by 24 at the least (WCAG 2.2, 2.5.8), 44 where fingers press.
#[component]
pub(super) fn Sizes() -> impl IntoView {
    const SIZE: &[&str] = &["min-height", "min-width", "padding"];
    view! {
        <ul class="gallery-specimens">
            <Specimen about="The megaphone" properties=SIZE>
                <span class="megaphone" data-alarm="amber" data-measured="">{icon(Icon::MegaphoneWaves)} "Reconnecting…"</span>
            </Specimen>
            <Specimen about="A button" properties=SIZE><button class="btn" data-measured="">"Retry now"</button></Specimen>
            <Specimen about="A button of one drawing" properties=SIZE>
                <button class="btn btn-icon" data-measured="">{icon(Icon::Cross)}</button>
            </Specimen>
            <Specimen about="A field" properties=SIZE><input class="input" data-measured="" /></Specimen>
        </ul>
    }
}

/// All that moves. Where the person wants less motion, the browser says so here too.
#[component]
pub(super) fn Motion() -> impl IntoView {
    view! {
        <ul class="gallery-specimens">
            <Specimen about="The megaphone turns red: a flash a second, then steady" properties=MOTION>
                <span class="megaphone" data-alarm="red" data-measured="">{icon(Icon::MegaphoneAlarm)} "Unable to access DRP"</span>
            </Specimen>
            <Specimen about="Something is under way" properties=MOTION>
                <span class="icon-spin inline-block" data-measured="">{icon(Icon::Retry)}</span>
            </Specimen>
            <Specimen about="The dialog appears" properties=MOTION>
                <div hidden><dialog id="connection-dialog" open data-measured=""></dialog></div>
            </Specimen>
            <Specimen about="A button answers to the pointer" properties=&["transition-property", "transition-duration"]>
                <button class="btn" data-measured="">"Retry now"</button>
            </Specimen>
        </ul>
    }
}
