//! What arrived on the socket, kept unread until somebody looks. Each message costs the same few steps, whatever is in
//! it; the view is told at most once a frame.

use std::collections::VecDeque;

use connection::secret::{MASK, is_secret};
use connection::time::Moment;
use js_sys::{Array, JSON, JsString, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// The most messages that are kept.
pub const LIMIT: usize = 500;
/// The most text that is kept, in UTF-16 units.
const TEXT_LIMIT: u64 = 2_000_000;
/// A longer message is counted and not kept, in UTF-16 units.
const MESSAGE_LIMIT: u64 = 256 * 1024;

/// The messages of this page, newest first.
#[derive(Clone, Copy)]
pub struct Feed {
    rows: StoredValue<VecDeque<Row>, LocalStorage>,
    tally: StoredValue<Tally>,
    changed: RwSignal<u64>,
}

#[derive(Clone, Copy, Default)]
struct Tally {
    received: u64,
    next_key: u64,
    text: u64,
    frame_asked: bool,
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

/// A message as somebody looks at it.
pub struct Seen {
    /// `Type`, or nothing.
    pub kind: String,
    /// `Action`.
    pub action: String,
    /// `Key`.
    pub key: String,
    /// `Principal`.
    pub principal: String,
    /// Whether it is the endpoint's acknowledgement of a command of the portal's.
    pub is_acknowledgement: bool,
    value: JsValue,
}

impl Feed {
    pub(super) fn new() -> Self {
        Self {
            rows: StoredValue::new_local(VecDeque::with_capacity(LIMIT)),
            tally: StoredValue::new(Tally::default()),
            changed: RwSignal::new(0),
        }
    }

    /// A feed without a socket, from its rows, the newest first.
    pub fn of(rows: impl DoubleEndedIterator<Item = (Moment, Content)>) -> Self {
        let feed = Self::new();
        for (at, content) in rows.rev() {
            if !matches!(content, Content::Gap(_)) {
                feed.tally.update_value(|tally| tally.received += 1);
            }
            let length = content.length();
            feed.add(content, length, at);
        }
        feed
    }

    /// How many messages have arrived. Reading it subscribes to the feed, once a frame.
    pub fn received(self) -> u64 {
        self.changed.track();
        self.tally.with_value(|tally| tally.received)
    }

    /// The newest rows, at most `count`. Reading it subscribes to the feed, once a frame.
    pub fn newest(self, count: usize) -> Vec<Row> {
        self.changed.track();
        self.rows.with_value(|rows| rows.iter().take(count).cloned().collect())
    }

    /// How many rows are kept.
    pub fn len(self) -> usize {
        self.changed.track();
        self.rows.with_value(VecDeque::len)
    }

    /// Whether nothing has arrived yet.
    pub fn is_empty(self) -> bool {
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
        self.tally.update_value(|tally| tally.received += 1);
        self.add(content, length, now);
    }

    /// Marks the gap that a lost connection left.
    pub(super) fn connected(&self, now: Moment, down: Option<u64>) {
        if let Some(down) = down
            && self.tally.with_value(|tally| tally.received) > 0
        {
            self.add(Content::Gap(down), 0, now);
        }
    }

    fn add(&self, content: Content, length: u64, at: Moment) {
        let (key, mut text) = self
            .tally
            .try_update_value(|tally| {
                tally.next_key += 1;
                (tally.next_key, tally.text + length)
            })
            .unwrap_or_default();
        self.rows.update_value(|rows| {
            rows.push_front(Row { key, at, content });
            while rows.len() > LIMIT || text > TEXT_LIMIT {
                let Some(oldest) = rows.pop_back() else { break };
                text = text.saturating_sub(oldest.content.length());
            }
        });
        self.tally.update_value(|tally| tally.text = text);
        self.ask_frame();
    }

    /// Tells the view with the next frame, however many messages come before it.
    fn ask_frame(self) {
        let asked = self.tally.try_update_value(|tally| core::mem::replace(&mut tally.frame_asked, true));
        if asked == Some(false) {
            request_animation_frame(move || {
                self.tally.update_value(|tally| tally.frame_asked = false);
                self.changed.try_update(|changed| *changed = changed.wrapping_add(1));
            });
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

/// Parses a message that somebody looks at; `None` if it is no JSON object.
pub fn see(text: &JsString) -> Option<Seen> {
    let value = JSON::parse(&String::from(text)).ok().filter(|value| value.is_object() && !Array::is_array(value))?;
    let field = |name: &str| {
        let text = Reflect::get(&value, &name.into()).ok().and_then(|field| field.as_string()).unwrap_or_default();
        if is_secret(name) { MASK.to_owned() } else { text }
    };
    let kind = field("Type");
    let is_acknowledgement = kind == "websocket";
    let (action, key, principal) = (field("Action"), field("Key"), field("Principal"));
    Some(Seen { kind, action, key, principal, is_acknowledgement, value })
}

impl Seen {
    /// The whole message as indented JSON, with every secret masked.
    pub fn pretty(&self) -> String {
        let masked = masked(&self.value, 0);
        let text = JSON::stringify_with_replacer_and_space(&masked, &JsValue::NULL, &JsValue::from(2));
        text.map(String::from).unwrap_or_default()
    }
}

/// How deep a message is followed; what lies below is not shown.
const DEPTH: u32 = 32;

fn masked(value: &JsValue, depth: u32) -> JsValue {
    if depth > DEPTH {
        return "…".into();
    }
    if Array::is_array(value) {
        return Array::from(value).iter().map(|item| masked(&item, depth + 1)).collect::<Array>().into();
    }
    let Some(object) = value.dyn_ref::<Object>() else { return value.clone() };
    let copy = Object::new();
    for entry in Object::entries(object).iter() {
        let entry = Array::from(&entry);
        let key = entry.get(0);
        let secret = key.as_string().is_some_and(|key| is_secret(&key));
        let shown = if secret && !entry.get(1).is_null() { MASK.into() } else { masked(&entry.get(1), depth + 1) };
        let _ = Reflect::set(&copy, &key, &shown);
    }
    copy.into()
}
