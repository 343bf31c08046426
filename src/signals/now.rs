//! The time as components see it.

use core::time::Duration;

use connection::time::Moment;
use leptos::prelude::*;

use crate::driver::clock::now;

/// The time, once a second, and only while a component shows some and the page is visible.
#[derive(Clone, Copy)]
pub struct Now {
    time: RwSignal<Moment>,
    interval: StoredValue<Option<IntervalHandle>>,
    watchers: StoredValue<u32>,
    runs: bool,
}

impl Now {
    pub(crate) fn new() -> Self {
        Self { runs: true, ..Self::still(now()) }
    }

    /// A time that stands still until it is [set](Self::set).
    pub fn still(time: Moment) -> Self {
        let (time, interval, watchers) = (RwSignal::new(time), StoredValue::new(None), StoredValue::new(0));
        Self { time, interval, watchers, runs: false }
    }

    /// Sets a time that stands still.
    pub fn set(self, time: Moment) {
        self.time.set(time);
    }

    /// The time, kept fresh until the calling component goes away.
    pub fn watch(self) -> Signal<Moment> {
        if !self.runs {
            return self.time.into();
        }
        self.time.set(now());
        self.watchers.update_value(|count| *count += 1);
        if self.interval.with_value(Option::is_none) {
            let tick = move || {
                if !document().hidden() {
                    self.time.try_set(now());
                }
            };
            self.interval.set_value(set_interval_with_handle(tick, Duration::from_secs(1)).ok());
        }
        on_cleanup(move || {
            let last = self.watchers.try_update_value(|count| {
                *count = count.saturating_sub(1);
                *count == 0
            });
            if last == Some(true)
                && let Some(Some(interval)) = self.interval.try_update_value(Option::take)
            {
                interval.clear();
            }
        });
        self.time.into()
    }

    /// The time this instant, for what is computed once.
    pub fn read(self) -> Moment {
        if self.runs { now() } else { self.time.get_untracked() }
    }
}
