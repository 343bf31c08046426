//! Forced colours as far as a page can imitate them. The product's own rules for them hold: they are opened for every screen,
//! and made to win. What a browser forces beyond that is imitated by the style sheet, with the system's colours in the
//! state's theme. The stored pictures show the real thing.

use std::cell::RefCell;

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CssStyleDeclaration;

use crate::script::property;

const QUERY: &str = "forced-colors: active";

thread_local! {
    /// The conditions of the rules that are open for every screen, each with what it said before.
    static OPENED: RefCell<Vec<(JsValue, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// Turns the imitation on or off.
pub(crate) fn imitate(on: bool) {
    OPENED.with_borrow_mut(|opened| {
        if !on {
            for (media, said) in opened.drain(..) {
                let _ = Reflect::set(&media, &"mediaText".into(), &said);
            }
        } else if opened.is_empty() {
            for sheet in items(&property(&document(), "styleSheets")) {
                each_rule(&sheet, false, &mut |media| {
                    let said = property(&media, "mediaText");
                    let _ = Reflect::set(&media, &"mediaText".into(), &"all".into());
                    opened.push((media, said));
                });
            }
        }
    });
}

/// Goes through the rules below one, hands over the conditions that ask for forced colours, and makes what stands in them
/// important.
fn each_rule(holder: &JsValue, forced: bool, open: &mut impl FnMut(JsValue)) {
    for rule in items(&property(holder, "cssRules")) {
        let media = property(&rule, "media");
        let asks = property(&media, "mediaText").as_string().is_some_and(|text| text.contains(QUERY));
        if forced && let Ok(style) = property(&rule, "style").dyn_into::<CssStyleDeclaration>() {
            make_important(&style);
        }
        each_rule(&rule, forced || asks, open);
        if asks {
            open(media);
        }
    }
}

fn make_important(style: &CssStyleDeclaration) {
    let names: Vec<String> = (0..style.length()).map(|at| style.item(at)).collect();
    for name in names {
        let value = style.get_property_value(&name).unwrap_or_default();
        if !value.is_empty() {
            let _ = style.set_property_with_priority(&name, &value, "important");
        }
    }
}

/// What a list of the browser holds; nothing where there is none.
fn items(list: &JsValue) -> Vec<JsValue> {
    let length = property(list, "length").as_f64().unwrap_or_default() as u32;
    (0..length).filter_map(|at| Reflect::get_u32(list, at).ok()).collect()
}
