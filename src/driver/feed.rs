//! What arrived on the socket, kept unread until somebody looks. Each message costs the same few steps, whatever is in
//! it; who watches is told of each.

use core::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use connection::time::Moment;
use js_sys::{JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The most messages that are kept.
pub const LIMIT: usize = 500;
/// The most text that is kept, in UTF-16 units.
const TEXT_LIMIT: u64 = 2_000_000;
/// A longer message is counted and not kept, in UTF-16 units.
const MESSAGE_LIMIT: u64 = 256 * 1024;

/// The messages of this page, newest first.
#[derive(Default)]
pub struct Buffer {
    rows: RefCell<VecDeque<Row>>,
    received: Cell<u64>,
    next_key: Cell<u64>,
    text: Cell<u64>,
    watcher: RefCell<Option<Rc<dyn Fn()>>>,
}

/// One row: a message, or a mark between messages.
#[derive(Clone)]
pub struct Row {
    /// Counts up; the value of `data-event-key`.
    pub key: u64,
    /// When it arrived.
    pub at: Moment,
    /// What arrived.
    pub content: Content,
}

/// What a row holds.
#[derive(Clone)]
pub enum Content {
    /// Text, not parsed yet.
    Text(JsString),
    /// Text that is too long to be kept; its length in characters.
    TooLong(u64),
    /// A binary message; its size in bytes.
    Binary(u64),
    /// The connection was away for so many milliseconds: events of that time are missing.
    Gap(u64),
}

impl Buffer {
    /// A buffer without a socket, from its rows, the newest first.
    pub fn of(rows: impl DoubleEndedIterator<Item = (Moment, Content)>) -> Rc<Self> {
        let buffer = Rc::new(Self::default());
        for (at, content) in rows.rev() {
            if !matches!(content, Content::Gap(_)) {
                buffer.received.set(buffer.received.get() + 1);
            }
            let length = content.length();
            buffer.add(content, length, at);
        }
        buffer
    }

    /// Has `act` called after each change, in place of who watched before.
    pub fn watch(&self, act: impl Fn() + 'static) {
        self.watcher.replace(Some(Rc::new(act)));
    }

    /// How many messages have arrived.
    pub fn received(&self) -> u64 {
        self.received.get()
    }

    /// The newest rows, at most `count`.
    pub fn newest(&self, count: usize) -> Vec<Row> {
        self.rows.borrow().iter().take(count).cloned().collect()
    }

    /// How many rows are kept.
    pub fn len(&self) -> usize {
        self.rows.borrow().len()
    }

    /// Whether nothing has arrived yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn push(&self, data: JsValue, now: Moment) {
        let (content, length) = match data.dyn_into::<JsString>() {
            Ok(text) => match u64::from(text.length()) {
                length if length > MESSAGE_LIMIT => (Content::TooLong(length), 0),
                length => (Content::Text(text), length),
            },
            Err(other) => (Content::Binary(size_of(&other)), 0),
        };
        self.received.set(self.received.get() + 1);
        self.add(content, length, now);
    }

    /// Marks the gap that a lost connection left.
    pub(super) fn connected(&self, now: Moment, down: Option<u64>) {
        if let Some(down) = down
            && self.received.get() > 0
        {
            self.add(Content::Gap(down), 0, now);
        }
    }

    fn add(&self, content: Content, length: u64, at: Moment) {
        let key = self.next_key.get() + 1;
        self.next_key.set(key);
        let mut text = self.text.get() + length;
        let mut rows = self.rows.borrow_mut();
        rows.push_front(Row { key, at, content });
        while rows.len() > LIMIT || text > TEXT_LIMIT {
            let Some(oldest) = rows.pop_back() else { break };
            text = text.saturating_sub(oldest.content.length());
        }
        self.text.set(text);
        drop(rows);
        let watcher = self.watcher.borrow().clone();
        if let Some(act) = watcher {
            act();
        }
    }
}

impl Content {
    /// A text message.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    fn length(&self) -> u64 {
        match self {
            Content::Text(text) => u64::from(text.length()),
            Content::TooLong(_) | Content::Binary(_) | Content::Gap(_) => 0,
        }
    }
}

/// The size of a `Blob` or `ArrayBuffer` without reading it.
fn size_of(data: &JsValue) -> u64 {
    let size = |name: &str| Reflect::get(data, &name.into()).ok().and_then(|value| value.as_f64());
    size("size").or_else(|| size("byteLength")).unwrap_or_default() as u64
}
