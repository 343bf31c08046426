//! The socket that the page itself began to open, for a tab that was connected, while this program was still on its way
//! (the script in `index.html`).

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::WebSocket;

use crate::browser::window;

const EARLY: &str = "early";

/// Takes the page's socket, if there is one and it leads to this address; another one is closed.
pub(super) fn take(address: &str) -> Option<WebSocket> {
    let window = window();
    let socket: WebSocket = get(&window, EARLY)?.dyn_into().ok()?;
    let _ = Reflect::delete_property(&window, &EARLY.into());
    if get(&socket, "address")?.as_string().as_deref() == Some(address) {
        return Some(socket);
    }
    let _ = socket.close();
    None
}

/// Closes the page's socket, if nobody took it.
pub(super) fn discard() {
    take("");
}

/// Has a socket tell again what it told before this program listened.
pub(super) fn tell_again(socket: &WebSocket) {
    let Some(seen) = get(socket, "seen") else { return };
    for event in Array::from(&seen).iter() {
        let _ = socket.dispatch_event(event.unchecked_ref());
    }
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|it| !it.is_undefined())
}
