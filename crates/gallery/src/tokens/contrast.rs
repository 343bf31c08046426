//! A pair of ink and ground with its contrast, as this browser shows it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The least contrast of text (WCAG 2.2, 1.4.3).
pub(crate) const TEXT_CONTRAST: f64 = 4.5;

/// The least contrast of marks, edges and focus rings (WCAG 2.2, 1.4.11).
pub(super) const MARK_CONTRAST: f64 = 3.0;

/// A pair of ink and ground with its contrast, measured when it is there and whenever `again` changes.
#[component]
pub(crate) fn Pair(
    ink: &'static str,
    ground: &'static str,
    about: &'static str,
    least: f64,
    #[prop(optional, into)] again: Signal<u32>,
) -> impl IntoView {
    let node = NodeRef::<html::Span>::new();
    let seen = RwSignal::new(None::<f64>);
    Effect::new(move || {
        again.track();
        if let Some(sample) = node.get() {
            seen.set(measured(&sample));
        }
    });
    let shown = move || seen.get().map(formatted);
    let holds = move || seen.get().map(|ratio| (ratio >= least).to_string());
    // What needs less than text is shown as what it is: no text.
    let sample = match least >= TEXT_CONTRAST {
        true => "Aa".into_any(),
        false => view! { <span class="gallery-mark"></span> }.into_any(),
    };
    view! {
        <li data-contrast-holds=holds>
            <span class="gallery-sample" node_ref=node style:color=format!("var({ink})") style:background-color=format!("var({ground})")>
                {sample}
            </span>
            <span class="min-w-0 flex-1">
                <span class="block">{about}</span>
                <span class="gallery-names">{ink} " on " {ground}</span>
            </span>
            <span class="tabular font-bold">{shown}</span>
        </li>
    }
}

/// The contrast of an element's text to its own ground.
fn measured(sample: &web_sys::HtmlElement) -> Option<f64> {
    let style = window().get_computed_style(sample.unchecked_ref()).ok()??;
    let [ink, ground] = ["color", "background-color"].map(|name| style.get_property_value(name).unwrap_or_default());
    ratio(&ink, &ground)
}

/// The contrast of two colours, each as `rgb(r, g, b)` (WCAG 2.2, “contrast ratio”); `None` for any other form.
pub(super) fn ratio(one: &str, other: &str) -> Option<f64> {
    let (one, other) = (luminance(one)?, luminance(other)?);
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

/// A ratio in words, cut after its first decimal: 4.49 is not 4.5.
pub(super) fn formatted(ratio: f64) -> String {
    format!("{}.{} : 1", ratio as u32, (ratio * 10.0) as u32 % 10)
}

/// Relative luminance of `rgb(r, g, b)`; `None` for any other form.
fn luminance(colour: &str) -> Option<f64> {
    let inner = colour.strip_prefix("rgb(")?.strip_suffix(')')?;
    let mut parts = inner.split(',').map(|part| part.trim().parse::<f64>().ok());
    let mut channel = || {
        let value = parts.next()?? / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel()? + 0.7152 * channel()? + 0.0722 * channel()?)
}
