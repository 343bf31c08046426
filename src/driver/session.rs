//! The token of this tab, kept over a reload (`sessionStorage`). Read field by field, without a parser of our own: the
//! first part has to have it before it can open a socket.
//!
//! Whatever is found there may have been written by anyone; what cannot be read counts as not there.

use connection::endpoint::Endpoint;
use connection::machine::TokenLife;
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::JsValue;

use super::Credentials;
use crate::browser::kept_for_tab;

const SESSION: &str = "megaphone.session";

pub(super) fn read() -> Option<(Endpoint, Credentials)> {
    let stored = JSON::parse(&kept_for_tab()?.get_item(SESSION).ok()??).ok()?;
    let text = |name: &str| Reflect::get(&stored, &name.into()).ok()?.as_string();
    // Both are whole numbers far below 2^53, or not ours; `as` saturates.
    let life = Reflect::get(&stored, &"life".into()).ok().filter(Array::is_array).map(|it| Array::from(&it));
    let life = life.and_then(|it| it.get(0).as_f64().zip(it.get(1).as_f64()));
    let life = life.map(|(issued, ttl)| TokenLife { issued: issued as u64, ttl: ttl as u64 });
    Some((
        Endpoint::parse(&text("endpoint")?).ok()?,
        Credentials::Token { user: text("user"), token: text("token")?, life },
    ))
}

/// Keeps a token for this tab. A password is never kept.
pub(super) fn save(endpoint: &Endpoint, credentials: &Credentials) {
    let Credentials::Token { user, token, life } = credentials else { return };
    #[allow(clippy::cast_precision_loss, reason = "milliseconds since 1970 are far below 2^53")]
    let life = life.map(|life| Array::of2(&(life.issued as f64).into(), &(life.ttl as f64).into()));
    let session = Object::new();
    let fields: [(&str, JsValue); 4] = [
        ("endpoint", endpoint.to_string().into()),
        ("token", token.into()),
        ("user", user.as_ref().map_or(JsValue::NULL, JsValue::from)),
        ("life", life.map_or(JsValue::NULL, JsValue::from)),
    ];
    for (name, value) in fields {
        let _ = Reflect::set(&session, &name.into(), &value);
    }
    // A full or forbidden storage costs the convenience, not the page.
    if let (Some(tab), Some(text)) = (kept_for_tab(), JSON::stringify(&session).ok().and_then(|it| it.as_string())) {
        let _ = tab.set_item(SESSION, &text);
    }
}

pub(super) fn forget() {
    if let Some(tab) = kept_for_tab() {
        let _ = tab.remove_item(SESSION);
    }
}
