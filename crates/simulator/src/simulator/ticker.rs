//! Publishes generated events at the chosen rate.

use std::time::Duration;

use time::OffsetDateTime;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep};

use super::Simulator;
use crate::counters::lock;

/// Events per second while a fault needs connections to be in use.
const BUSY_RATE: f64 = 5.0;

/// However high the rate, the clock ticks no faster: above a hundred a second, several events share one tick.
const SHORTEST_TICK: Duration = Duration::from_millis(10);

/// However low the rate, the clock ticks at least this often.
const LONGEST_TICK: Duration = Duration::from_secs(3_600);

impl Simulator {
    /// Publishes events at the rate that is set, or at [`BUSY_RATE`] while the active fault needs traffic, for ever.
    pub(super) async fn run_ticker(self) {
        let (mut rate, mut active) = (self.0.rate.subscribe(), self.0.shared.active.subscribe());
        loop {
            let is_busy = active.borrow_and_update().is_busy();
            let set = *rate.borrow_and_update();
            let per_second = if is_busy { set.max(BUSY_RATE) } else { set };
            let changed = tokio::select! {
                () = self.tick_at(per_second) => Ok(()),
                changed = rate.changed() => changed,
                changed = active.changed() => changed,
            };
            if changed.is_err() {
                return;
            }
        }
    }

    /// Counts what is due from the time that has really passed, so that a busy machine makes the clock coarse, not slow.
    async fn tick_at(&self, per_second: f64) {
        let Some(tick) = tick(per_second) else { return std::future::pending().await };
        let (mut due, mut seen) = (0.0, Instant::now());
        loop {
            sleep(tick).await;
            let now = Instant::now();
            due += per_second * now.duration_since(seen).min(tick.max(LONGEST_LAPSE)).as_secs_f64();
            seen = now;
            while due >= 1.0 {
                due -= 1.0;
                let event = lock(&self.0.event_source).next(OffsetDateTime::now_utc());
                self.emit(&event);
                // The sockets get their turn in between, so that their queues overflow only when they are slow.
                yield_now().await;
            }
        }
    }
}

/// A machine that slept for longer does not get the events of that time all at once.
const LONGEST_LAPSE: Duration = Duration::from_secs(1);

/// The time to the next look at what is due; `None` when nothing ever will be.
fn tick(per_second: f64) -> Option<Duration> {
    let period = Duration::try_from_secs_f64(per_second.recip()).unwrap_or(LONGEST_TICK);
    (per_second > 0.0).then(|| period.clamp(SHORTEST_TICK, LONGEST_TICK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_ticks_once_an_event_within_its_bounds() {
        assert_eq!(tick(0.5), Some(Duration::from_secs(2)));
        assert_eq!(tick(20_000.0), Some(SHORTEST_TICK));
        assert_eq!(tick(f64::MIN_POSITIVE), Some(LONGEST_TICK));
        assert_eq!(tick(0.0), None);
    }
}
