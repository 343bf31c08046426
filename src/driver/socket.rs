//! One WebSocket. `web_sys` directly rather than gloo-net's stream: that one has no open event, cannot close with a
//! code once it is split, and queues what arrives without bound; and it is twice the bytes.

use std::rc::{Rc, Weak};

use connection::close_code::{self, CloseCode};
use connection::endpoint::Endpoint;
use connection::loss::{Close, GivenUp};
use connection::machine::{ConnectionId, Event};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

use super::{Driver, clock, early};
use crate::browser::Timeout;

/// How long after its error a socket's close may take, in milliseconds. Chromium gives none to a socket that the page's policy forbids.
const CLOSE_FOLLOWS: u64 = 500;

/// How long the next page may take, in milliseconds, until a close that Firefox made for it counts all the same: the page
/// has stayed, as after an answer without content.
const LEAVING_TAKES: u64 = 5_000;

/// A socket and the four handlers that speak for it. Dropping it detaches them and closes it, however it is let go.
pub(super) struct Socket {
    inner: WebSocket,
    /// The code that the endpoint is told when the socket is let go.
    goodbye: CloseCode,
    _handlers: (Handler<web_sys::Event>, Handler<web_sys::Event>, Handler<MessageEvent>, Handler<CloseEvent>),
}

/// The browser refused to make a socket: a bad address, or mixed content in some engines.
pub(super) struct NotMade;

type Handler<E> = Closure<dyn FnMut(E)>;

impl Socket {
    /// Starts opening a socket under `id`, or takes over the one that the page began to open. The protocol puts the token
    /// in the address; it goes nowhere else.
    ///
    /// # Errors
    /// [`NotMade`].
    pub(super) fn open(
        endpoint: &Endpoint,
        token: Option<&str>,
        id: ConnectionId,
        driver: &Rc<Driver>,
    ) -> Result<Self, NotMade> {
        let mut url = endpoint.socket_url();
        if let Some(token) = token {
            url.push_str("?token=");
            url.push_str(&String::from(js_sys::encode_uri_component(token)));
        }
        let inner = early::take(&url).map_or_else(|| WebSocket::new(&url).map_err(|_| NotMade), Ok)?;
        let errored = Rc::new(core::cell::Cell::new(false));

        let on_open = handler(driver, move |driver, _: web_sys::Event| driver.dispatch(Event::Opened(id)));
        let on_message = handler(driver, move |driver, message: MessageEvent| {
            let now = clock::now();
            // Runs for every message, so nobody is notified.
            driver.machine.borrow_mut().message_received(id, now);
            driver.feed.push(message.data(), now);
        });
        let on_error = handler(driver, {
            let errored = Rc::clone(&errored);
            move |driver, _: web_sys::Event| {
                errored.set(true);
                let driver = Rc::clone(driver);
                let never_closed = move || driver.dispatch(Event::Closed(id, Close::given_up(GivenUp::NotMade)));
                Timeout::set(CLOSE_FOLLOWS, never_closed).forget();
            }
        });
        let on_close = handler(driver, move |driver, event: CloseEvent| {
            let reason = close_code::within_limit(event.reason());
            let code = CloseCode(event.code());
            let close = Close { code, reason, clean: event.was_clean(), error: errored.get(), given_up: None };
            let for_leaving = close.clean && close.code == CloseCode::GOING_AWAY && close.reason.is_empty();
            if for_leaving && driver.is_navigating(LEAVING_TAKES) {
                // Once the page is left, the machine takes no close any more.
                let driver = Rc::clone(driver);
                let stayed = move || driver.dispatch(Event::Closed(id, close));
                Timeout::set(LEAVING_TAKES, stayed).forget();
            } else {
                driver.dispatch(Event::Closed(id, close));
            }
        });

        inner.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        inner.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        inner.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        inner.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        early::tell_again(&inner);
        Ok(Self { inner, goodbye: CloseCode::NORMAL, _handlers: (on_open, on_error, on_message, on_close) })
    }

    /// Sends a command, if the socket is open. One that cannot be sent is noticed by the missing answer.
    pub(super) fn send(&self, command: &str) {
        if self.inner.ready_state() == WebSocket::OPEN {
            let _ = self.inner.send_with_str(command);
        }
    }

    /// Lets go at once, without waiting for the browser's close event, which may take minutes.
    pub(super) fn discard(mut self, code: CloseCode) {
        self.goodbye = code;
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.inner.set_onopen(None);
        self.inner.set_onmessage(None);
        self.inner.set_onerror(None);
        self.inner.set_onclose(None);
        // Closing what is closed already does nothing.
        let _ = self.inner.close_with_code(self.goodbye.0);
    }
}

fn handler<E: wasm_bindgen::convert::FromWasmAbi + 'static>(
    driver: &Rc<Driver>,
    mut act: impl FnMut(&Rc<Driver>, E) + 'static,
) -> Handler<E> {
    let driver: Weak<Driver> = Rc::downgrade(driver);
    Closure::new(move |event| {
        if let Some(driver) = driver.upgrade() {
            act(&driver, event);
        }
    })
}
