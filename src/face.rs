//! The megaphone's face: what a summary looks like on its button. It needs no framework, so that it is drawn before that is
//! there, and at once when a connection is lost.

use connection::machine::Alarm;
use connection::view::Summary;
use web_sys::Element;

use crate::browser::document;

/// The megaphone at rest. The static page has the same drawing.
pub(crate) const CALM: &str = r#"<path d="M11 6a13 13 0 0 0 8.4-2.8A1 1 0 0 1 21 4v12a1 1 0 0 1-1.6.8A13 13 0 0 0 11 14H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2z"/><path d="M6 14a12 12 0 0 0 2.4 7.2 2 2 0 0 0 3.2-2.4A8 8 0 0 1 10 14"/><path d="M8 6v8"/>"#;
/// The megaphone with waves.
pub(crate) const AMBER: &str = r#"<g transform="translate(-2 3) scale(.8)"><path d="M11 6a13 13 0 0 0 8.4-2.8A1 1 0 0 1 21 4v12a1 1 0 0 1-1.6.8A13 13 0 0 0 11 14H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2z"/><path d="M6 14a12 12 0 0 0 2.4 7.2 2 2 0 0 0 3.2-2.4A8 8 0 0 1 10 14"/><path d="M8 6v8"/></g><path d="M18.5 7.5a5.5 5.5 0 0 1 0 7"/><path d="M21 5a9.5 9.5 0 0 1 0 12"/>"#;
/// The filled megaphone with an exclamation mark.
pub(crate) const RED: &str = r#"<g transform="translate(-2 3) scale(.85)" fill="currentColor"><path d="M11 6a13 13 0 0 0 8.4-2.8A1 1 0 0 1 21 4v12a1 1 0 0 1-1.6.8A13 13 0 0 0 11 14H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2z"/><path d="M6 14a12 12 0 0 0 2.4 7.2 2 2 0 0 0 3.2-2.4A8 8 0 0 1 10 14"/></g><path d="M21.5 4v9" stroke-width="2.75"/><path d="M21.5 18v.01" stroke-width="3.25"/>"#;

/// Shows a summary on its button, which holds a drawing and the text. Only what has changed is touched.
pub(crate) fn show(button: &Element, summary: &Summary) {
    let alarm = summary.alarm.name();
    let code = summary.code.map(|code| code.to_string());
    put(button, "data-phase", Some(summary.phase));
    put(button, "data-close-code", code.as_deref());
    let (drawing, text) = (button.first_element_child(), button.last_element_child());
    if put(button, "data-alarm", Some(alarm)) {
        let markup = match summary.alarm {
            Alarm::Calm => CALM,
            Alarm::Amber => AMBER,
            Alarm::Red => RED,
        };
        let _ = drawing.map(|drawing| drawing.set_inner_html(markup));
        // Calm, the drawing says it all, and the text is the button's name.
        let _ = text.as_ref().map(|text| put(text, "class", (summary.alarm == Alarm::Calm).then_some("sr-only")));
    }
    if let Some(text) = text.filter(|text| text.text_content().as_deref() != Some(summary.label)) {
        text.set_text_content(Some(summary.label));
    }
}

/// Sets or removes an attribute; whether it was another before.
fn put(element: &Element, name: &str, value: Option<&str>) -> bool {
    let changes = element.get_attribute(name).as_deref() != value;
    if changes {
        // Both fail only for names that are no attribute's.
        let _ = match value {
            Some(value) => element.set_attribute(name, value),
            None => element.remove_attribute(name),
        };
    }
    changes
}

/// The alarm in the tab's icon, for when the portal is one tab among many.
pub(crate) fn show_in_tab(alarm: Alarm) {
    let file = match alarm {
        Alarm::Calm => "favicon.svg",
        Alarm::Amber => "favicon-amber.svg",
        Alarm::Red => "favicon-red.svg",
    };
    if let Some(link) = document().get_element_by_id("favicon") {
        put(&link, "href", Some(file));
    }
}
