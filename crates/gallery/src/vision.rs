//! A state as somebody sees it who tells fewer colours apart: an SVG filter over the frame that holds it.

use leptos::prelude::*;
use states::Vision;

/// Each kind with the matrix that turns linear light into what is seen: Machado, Oliveira and Fernandes, "A Physiologically-based
/// Model for Simulation of Color Vision Deficiency" (2009), severity 1.0; without any colour, relative luminance (WCAG).
const MATRICES: [(Vision, &str); 4] = [
    (
        Vision::Protanopia,
        "0.152286 1.052583 -0.204868 0 0  0.114503 0.786281 0.099216 0 0  -0.003882 -0.048116 1.051998 0 0  0 0 0 1 0",
    ),
    (
        Vision::Deuteranopia,
        "0.367322 0.860646 -0.227968 0 0  0.280085 0.672501 0.047413 0 0  -0.011820 0.042940 0.968881 0 0  0 0 0 1 0",
    ),
    (
        Vision::Tritanopia,
        "1.255528 -0.076749 -0.178779 0 0  -0.078411 0.930809 0.147602 0 0  0.004733 0.691367 0.303900 0 0  0 0 0 1 0",
    ),
    (Vision::Achromatopsia, "0.2126 0.7152 0.0722 0 0  0.2126 0.7152 0.0722 0 0  0.2126 0.7152 0.0722 0 0  0 0 0 1 0"),
];

fn id(vision: Vision) -> &'static str {
    match vision {
        Vision::Protanopia => "protanopia",
        Vision::Deuteranopia => "deuteranopia",
        Vision::Tritanopia => "tritanopia",
        Vision::Achromatopsia => "achromatopsia",
    }
}

/// The value of the style's `filter`. [`Filters`] must be on the page.
pub(crate) fn filter(vision: Vision) -> String {
    format!("url(#{})", id(vision))
}

/// The filters themselves, which take no room.
#[component]
pub(crate) fn Filters() -> impl IntoView {
    let one = |(vision, values): (Vision, &'static str)| {
        view! {
            <filter id=id(vision)>
                <feColorMatrix values=values />
            </filter>
        }
    };
    view! { <svg class="gallery-filters" aria-hidden="true">{MATRICES.map(one).into_iter().collect_view()}</svg> }
}
