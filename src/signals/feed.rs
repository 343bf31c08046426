//! What arrived on the socket, as the views see it.

use core::cell::Cell;
use std::rc::Rc;

use connection::time::Moment;
use leptos::prelude::*;

use crate::browser::{self, Timeout};
use crate::driver::clock;
use crate::driver::feed::{Buffer, Content, Row};

/// The least time between two changes of what is shown, in milliseconds: nobody reads faster, and a page that is drawn anew
/// for each message, or with each frame, would keep a core busy.
const REFRESH: u64 = 200;

/// The messages of this page, newest first. Reading subscribes to them: the first one is told of with the next frame, more
/// of them together every [`REFRESH`] milliseconds, and none while the page is hidden.
#[derive(Clone, Copy)]
pub struct Feed {
    buffer: StoredValue<Rc<Buffer>, LocalStorage>,
    changed: RwSignal<u64>,
}

/// Whether a change has been asked for, and from when on there may be one, by the clock that never jumps.
#[derive(Default)]
struct Pace {
    asked: Cell<bool>,
    not_before: Cell<u64>,
}

impl Feed {
    /// The feed of a driver.
    pub(crate) fn watching(buffer: &Rc<Buffer>) -> Self {
        let changed = RwSignal::new(0_u64);
        let pace = Rc::new(Pace::default());
        buffer.watch(move || {
            if pace.asked.replace(true) {
                return;
            }
            let pace = Rc::clone(&pace);
            let wait = pace.not_before.get().saturating_sub(clock::now().mono);
            let tell = move || {
                pace.asked.set(false);
                pace.not_before.set(clock::now().mono.saturating_add(REFRESH));
                changed.try_update(|changed| *changed = changed.wrapping_add(1));
            };
            Timeout::set(wait, move || browser::before_frame(tell)).forget();
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
