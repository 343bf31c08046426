//! What a state that stands in a frame is made of, found by looking at it: a list kept by hand would say what was meant
//! once.

use std::collections::{BTreeMap, BTreeSet};

use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, HtmlElement, Window};

use super::style_sheet::{self, Token};

/// What a frame shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Used {
    /// The tokens that something in it wears, in the order of `style/tokens.css`.
    pub(super) tokens: Vec<&'static str>,
    /// All of its text.
    pub(super) text: String,
}

/// Looks at a page that stands. Each token gets a value of its own for the moment, and whatever wears that value uses the
/// token; nothing is painted meanwhile.
pub(super) fn look(inside: &Window) -> Option<Used> {
    let page = inside.document()?;
    // Another page's elements are made by classes of its own, so asking for their class says no.
    let (root, body) = (page.document_element()?.unchecked_into::<HtmlElement>(), page.body()?);
    let text = body.text_content().unwrap_or_default();
    let tokens = style_sheet::tokens("--");
    let marks: BTreeMap<String, &'static str> =
        tokens.iter().zip(0_u32..).map(|(token, number)| (mark(*token, number), token.name)).collect();
    for (mark, name) in &marks {
        let _ = root.style().set_property(name, mark);
    }
    let mut found = BTreeSet::new();
    // Motion first: what rests for the colours' sake has none.
    each(inside, &body, &mut |style| motion(style, &marks, &mut found));
    let motion_before = root.get_attribute("data-motion");
    let _ = root.set_attribute("data-motion", "reduce");
    each(inside, &root, &mut |style| looks(style, &marks, &mut found));
    for name in marks.values() {
        let _ = root.style().remove_property(name);
    }
    // Laid out once more before things may move again: else they would fade from the marks to their colours.
    let _ = body.offset_height();
    if motion_before.is_none() {
        let _ = root.remove_attribute("data-motion");
    }
    let tokens = tokens.into_iter().map(|token| token.name).filter(|name| found.contains(name)).collect();
    Some(Used { tokens, text })
}

/// A value that no other token has, of the kind that the token is of, as the browser writes it.
fn mark(Token { name, written }: Token, number: u32) -> String {
    let length = format!("{}.25px", 100 + number);
    if name.starts_with("--shadow-") {
        format!("rgb(0, 0, 0) 0px 0px 0px {length}")
    } else if name.contains("font") {
        format!("token-{number}")
    } else if name.contains("radius") || name.ends_with("-size") {
        length
    } else if name.ends_with("-period") {
        format!("{}s", 100 + number)
    } else if written.parse::<u32>().is_ok() {
        (100 + number).to_string()
    } else {
        format!("rgb(1, {}, {})", number / 256, number % 256)
    }
}

/// Runs through all that is drawn below an element, its generated content too.
fn each(inside: &Window, element: &Element, look: &mut impl FnMut(&CssStyleDeclaration)) {
    let Ok(Some(style)) = inside.get_computed_style(element) else { return };
    if value(&style, "display") == "none" {
        return;
    }
    look(&style);
    for part in ["::before", "::after"] {
        let style = inside.get_computed_style_with_pseudo_elt(element, part).ok().flatten();
        if let Some(style) = style.filter(|style| !matches!(value(style, "content").as_str(), "none" | "normal")) {
            look(&style);
        }
    }
    let mut child = element.first_element_child();
    while let Some(element) = child {
        each(inside, &element, look);
        child = element.next_element_sibling();
    }
}

/// Notes the tokens in what is still.
fn looks(style: &CssStyleDeclaration, marks: &BTreeMap<String, &'static str>, found: &mut BTreeSet<&'static str>) {
    for name in [
        "color",
        "background-color",
        "fill",
        "stroke",
        "box-shadow",
        "border-top-left-radius",
        "min-width",
        "font-family",
    ] {
        found.extend(marks.get(&value(style, name)));
    }
    for side in ["top", "right", "bottom", "left"] {
        // An edge without a width has a colour all the same.
        if value(style, &format!("border-{side}-width")) != "0px" {
            found.extend(marks.get(&value(style, &format!("border-{side}-color"))));
        }
    }
}

/// Notes the tokens in what moves, and those in the keyframes that it moves by.
fn motion(style: &CssStyleDeclaration, marks: &BTreeMap<String, &'static str>, found: &mut BTreeSet<&'static str>) {
    let name = value(style, "animation-name");
    if name == "none" {
        return;
    }
    for property in ["animation-duration", "animation-iteration-count"] {
        found.extend(marks.get(&value(style, property)));
    }
    found.extend(style_sheet::in_keyframes(&name));
}

fn value(style: &CssStyleDeclaration, name: &str) -> String {
    style.get_property_value(name).unwrap_or_default()
}
