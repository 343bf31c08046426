//! Every colour in one theme, and the pairs that are used as ink and ground.

use leptos::html;
use leptos::prelude::*;

use super::contrast::{MARK_CONTRAST, Pair, TEXT_CONTRAST, formatted, ratio};
use crate::style_sheet;

/// Ink, ground, what the pair is for, and the least contrast that it needs.
const PAIRS: [(&str, &str, &str, f64); 26] = [
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
    ("--megaphone-calm-ink", "--color-bar", "The megaphone at rest, on the bar", TEXT_CONTRAST),
    ("--megaphone-calm-edge", "--color-bar", "Its edge at rest, against the bar", MARK_CONTRAST),
    ("--megaphone-amber-edge", "--color-bar", "Its edge when amber, against the bar", MARK_CONTRAST),
    ("--megaphone-red-edge", "--color-bar", "Its edge when red, against the bar", MARK_CONTRAST),
    ("--megaphone-amber-ink", "--megaphone-amber-ground", "The megaphone, amber", TEXT_CONTRAST),
    ("--megaphone-red-ink", "--megaphone-red-ground", "The megaphone, red", TEXT_CONTRAST),
    ("--megaphone-flash-ink", "--megaphone-flash-ground", "The megaphone, in the other half of a flash", TEXT_CONTRAST),
];

/// The colours of one theme, `light` or `dark`.
#[component]
pub(super) fn Palette(theme: &'static str) -> impl IntoView {
    let scheme = if theme == "light" { "gallery-palette gallery-light" } else { "gallery-palette gallery-dark" };
    let colours = style_sheet::tokens("--color-").into_iter().map(|token| view! { <Colour name=token.name /> });
    let pairs = PAIRS.map(|(ink, ground, about, least)| view! { <Pair ink ground about least /> });
    view! {
        <section class=scheme aria-label=theme>
            <h3 class="first-letter:uppercase">{theme}</h3>
            <p class="hint">"Each colour with its value, and its contrast to the page and to a card."</p>
            <ul>{colours.collect_view()}</ul>
            <h4 class="mt-4 font-bold">"Ink on ground"</h4>
            <ul>{pairs.into_iter().collect_view()}</ul>
        </section>
    }
}

/// A colour by itself, as the browser computes it in the theme that stands around it.
#[component]
fn Colour(name: &'static str) -> impl IntoView {
    let node = NodeRef::<html::Span>::new();
    let seen = RwSignal::new(None::<[String; 3]>);
    Effect::new(move || {
        let Some(sample) = node.get() else { return };
        let Ok(Some(style)) = window().get_computed_style(&sample) else { return };
        // The sample wears the page and the card as well, so that one look has all three.
        seen.set(Some(
            ["background-color", "color", "outline-color"]
                .map(|name| style.get_property_value(name).unwrap_or_default()),
        ));
    });
    let value = move || seen.get().map(|[colour, ..]| hex(&colour));
    let contrasts = move || {
        seen.get().map(|[colour, page, card]| {
            [page, card].map(|ground| ratio(&colour, &ground).map_or_else(|| "–".to_owned(), formatted)).join(", ")
        })
    };
    view! {
        <li data-token=name data-value=value>
            <span
                class="gallery-sample"
                node_ref=node
                style:background-color=format!("var({name})")
                style:color="var(--color-canvas)"
                style:outline-color="var(--color-surface)"
            ></span>
            <span class="min-w-0 flex-1">
                <span class="block gallery-names">{name}</span>
                <span class="gallery-names">{value}</span>
            </span>
            <span class="tabular">{contrasts}</span>
        </li>
    }
}

/// `rgb(28, 33, 38)` as `#1c2126`; any other form as it is.
fn hex(colour: &str) -> String {
    let channels = colour.strip_prefix("rgb(").and_then(|inner| inner.strip_suffix(')'));
    let bytes: Option<Vec<u8>> =
        channels.and_then(|inner| inner.split(',').map(|part| part.trim().parse().ok()).collect());
    match bytes.as_deref() {
        Some([red, green, blue]) => format!("#{red:02x}{green:02x}{blue:02x}"),
        Some(_) | None => colour.to_owned(),
    }
}
