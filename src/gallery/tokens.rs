//! The design tokens, as the browser computes them, each pair of ink and ground with its contrast in both themes.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The least contrast of text (WCAG 2.2, 1.4.3).
pub(super) const TEXT_CONTRAST: f64 = 4.5;

/// The least contrast of marks, edges and focus rings (WCAG 2.2, 1.4.11).
const MARK_CONTRAST: f64 = 3.0;

/// Ink, ground, what the pair is for, and the least contrast that it needs.
const PAIRS: [(&str, &str, &str, f64); 22] = [
    ("--color-ink", "--color-canvas", "Text on the page", TEXT_CONTRAST),
    ("--color-ink", "--color-surface", "Text on cards and in the dialog", TEXT_CONTRAST),
    ("--color-ink", "--color-sunken", "Text in panels", TEXT_CONTRAST),
    ("--color-muted", "--color-canvas", "Hints on the page", TEXT_CONTRAST),
    ("--color-muted", "--color-surface", "Hints on cards", TEXT_CONTRAST),
    ("--color-muted", "--color-sunken", "Hints in panels", TEXT_CONTRAST),
    ("--color-link", "--color-canvas", "Links on the page", TEXT_CONTRAST),
    ("--color-link", "--color-surface", "Links on cards", TEXT_CONTRAST),
    ("--color-on-primary", "--color-primary", "The button to press", TEXT_CONTRAST),
    ("--color-on-primary", "--color-primary-strong", "The same, pointed at", TEXT_CONTRAST),
    ("--color-bad-ink", "--color-bad-soft", "What went wrong", TEXT_CONTRAST),
    ("--color-bad-ink", "--color-surface", "Mistakes in a form", TEXT_CONTRAST),
    ("--color-warn-ink", "--color-warn-soft", "What may go wrong", TEXT_CONTRAST),
    ("--color-good-ink", "--color-good-soft", "What is well", TEXT_CONTRAST),
    ("--color-info-ink", "--color-info-soft", "What is worth knowing", TEXT_CONTRAST),
    ("--color-edge", "--color-surface", "Edges of buttons and fields", MARK_CONTRAST),
    ("--color-focus", "--color-canvas", "The ring of the focus", MARK_CONTRAST),
    ("--color-bad", "--color-surface", "Marks of a loss", MARK_CONTRAST),
    ("--color-good", "--color-surface", "Marks of a connection", MARK_CONTRAST),
    ("--megaphone-amber-ink", "--megaphone-amber-ground", "The megaphone, amber", TEXT_CONTRAST),
    ("--megaphone-red-ink", "--megaphone-red-ground", "The megaphone, red", TEXT_CONTRAST),
    ("--megaphone-flash-ink", "--megaphone-flash-ground", "The megaphone, in the other half of a flash", TEXT_CONTRAST),
];

const TYPE: [(&str, &str); 5] = [
    ("1.625rem, bold", "The heading of a page"),
    ("1.1875rem, bold", "The heading of a section"),
    ("1rem", "Text"),
    ("0.9375rem, bold", "Buttons"),
    ("0.875rem", "Hints"),
];

const MOTION: [(&str, &str); 4] = [
    ("1 s, five times", "The flash of the red megaphone; steady afterwards, and at once where motion is unwanted"),
    ("1.2 s", "One turn of the mark of something under way"),
    ("140 ms", "The dialog appears"),
    ("120 ms", "A button answers to the pointer"),
];

/// The page.
#[component]
pub(super) fn Tokens() -> impl IntoView {
    document().set_title("Design tokens – Every state of Megaphone");
    let rows = |rows: &'static [(&str, &str)]| {
        rows.iter()
            .map(|(name, text)| view! { <div><dt class="code">{*name}</dt><dd>{*text}</dd></div> })
            .collect_view()
    };
    view! {
        <h1 tabindex="-1">"Design tokens"</h1>
        <p class="mt-2 text-muted">"They stand in style/tokens.css. Contrasts are computed here, from what this browser shows."</p>
        <h2 class="mt-8">"Colour"</h2>
        <div class="mt-3 grid gap-6 lg:grid-cols-2">
            {["light", "dark"].map(|theme| view! { <Palette theme /> }).into_iter().collect_view()}
        </div>
        <h2 class="mt-8">"Type"</h2>
        <p>"Lato, in two weights; code in the system's own."</p>
        <dl class="gallery-notes">{rows(&TYPE)}</dl>
        <h2 class="mt-8">"Spacing"</h2>
        <p>"Steps of 0.25rem. Corners of 0.25rem, 0.5rem and 0.75rem. Nothing to press is smaller than 2rem, and 2.75rem for fingers."</p>
        <h2 class="mt-8">"Motion"</h2>
        <dl class="gallery-notes">{rows(&MOTION)}</dl>
    }
}

#[component]
fn Palette(theme: &'static str) -> impl IntoView {
    let scheme = if theme == "light" { "gallery-palette gallery-light" } else { "gallery-palette gallery-dark" };
    let pairs = PAIRS.map(|(ink, ground, about, least)| view! { <Pair ink ground about least /> });
    view! {
        <section class=scheme aria-label=theme>
            <h3 class="first-letter:uppercase">{theme}</h3>
            <ul>{pairs.into_iter().collect_view()}</ul>
        </section>
    }
}

/// A pair of ink and ground with its contrast, measured when it is there and whenever `again` changes.
#[component]
pub(super) fn Pair(
    ink: &'static str,
    ground: &'static str,
    about: &'static str,
    least: f64,
    #[prop(optional, into)] again: Signal<u32>,
) -> impl IntoView {
    let node = NodeRef::<html::Span>::new();
    let ratio = RwSignal::new(None::<f64>);
    Effect::new(move || {
        again.track();
        if let Some(sample) = node.get() {
            ratio.set(measured(&sample));
        }
    });
    let told = move || ratio.get().map(|ratio| format!("{}.{} : 1", ratio as u32, (ratio * 10.0) as u32 % 10));
    let holds = move || ratio.get().map(|ratio| (ratio >= least).to_string());
    view! {
        <li data-contrast-holds=holds>
            <span class="gallery-sample" node_ref=node style:color=format!("var({ink})") style:background-color=format!("var({ground})")>
                "Aa"
            </span>
            <span class="min-w-0 flex-1">
                <span class="block">{about}</span>
                <span class="gallery-names">{ink} " on " {ground}</span>
            </span>
            <span class="tabular font-bold">{told}</span>
        </li>
    }
}

/// The contrast of an element's text to its own ground (WCAG 2.2, “contrast ratio”).
fn measured(sample: &web_sys::HtmlElement) -> Option<f64> {
    let style = window().get_computed_style(sample.unchecked_ref()).ok()??;
    let [ink, ground] = ["color", "background-color"].map(|name| style.get_property_value(name).unwrap_or_default());
    let (ink, ground) = (luminance(&ink)?, luminance(&ground)?);
    Some((ink.max(ground) + 0.05) / (ink.min(ground) + 0.05))
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
