//! What arrived on the socket, as the views see it.

use std::rc::Rc;

use connection::time::Moment;
use leptos::prelude::*;

use crate::driver::feed::{Buffer, Content, Row};

/// The messages of this page, newest first. Reading subscribes to them, once a frame.
#[derive(Clone, Copy)]
pub struct Feed {
    buffer: StoredValue<Rc<Buffer>, LocalStorage>,
    changed: RwSignal<u64>,
}

impl Feed {
    /// The feed of a driver.
    pub(crate) fn watching(buffer: &Rc<Buffer>) -> Self {
        let changed = RwSignal::new(0_u64);
        buffer.watch(move || {
            changed.try_update(|changed| *changed = changed.wrapping_add(1));
        });
        Self { buffer: StoredValue::new_local(Rc::clone(buffer)), changed }
    }

    /// A feed without a socket, from its rows, the newest first.
    pub fn of(rows: impl DoubleEndedIterator<Item = (Moment, Content)>) -> Self {
        Self { buffer: StoredValue::new_local(Buffer::of(rows)), changed: RwSignal::new(0) }
    }

    /// How many messages have arrived.
    pub fn received(self) -> u64 {
        self.changed.track();
        self.buffer.with_value(|buffer| buffer.received())
    }

    /// The newest rows, at most `count`.
    pub fn newest(self, count: usize) -> Vec<Row> {
        self.changed.track();
        self.buffer.with_value(|buffer| buffer.newest(count))
    }

    /// How many rows are kept.
    pub fn len(self) -> usize {
        self.changed.track();
        self.buffer.with_value(|buffer| buffer.len())
    }

    /// Whether nothing has arrived yet.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}
