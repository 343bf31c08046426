//! What the browser offers to scripts and `web-sys` does not have here: by name, so that no other crate is rebuilt for
//! a feature that the gallery alone uses.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

/// A property; undefined where there is none.
pub(crate) fn property(of: &JsValue, name: &str) -> JsValue {
    if of.is_object() { Reflect::get(of, &name.into()).unwrap_or_default() } else { JsValue::UNDEFINED }
}

/// `new NAME(argument)`.
pub(crate) fn construct(name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let constructor: Function = property(&window(), name).dyn_into()?;
    Reflect::construct(&constructor, &Array::of1(argument))
}

/// Calls a method; its answer.
pub(crate) fn call(of: &JsValue, name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    property(of, name).dyn_into::<Function>()?.call1(of, argument)
}
