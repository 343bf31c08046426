//! The story's clock.

use std::time::Duration;

use time::OffsetDateTime;
use tokio::time::sleep;

use super::Simulator;
use crate::counters::lock;

/// However high the rate, the clock ticks no faster: above a hundred a second, several events share one tick.
const SHORTEST_TICK: Duration = Duration::from_millis(10);

/// However low the rate, an event is owed in parts at least this often.
const LONGEST_TICK: Duration = Duration::from_secs(3_600);

impl Simulator {
    /// Tells the story at the rate that is set, for ever.
    pub(super) async fn tell(self) {
        let mut rate = self.0.rate.subscribe();
        let mut owed = 0.0;
        loop {
            let per_second = *rate.borrow_and_update();
            let changed = match tick(per_second) {
                Some(tick) => tokio::select! {
                    () = sleep(tick) => {
                        owed += per_second * tick.as_secs_f64();
                        while owed >= NEARLY_ONE {
                            owed -= 1.0;
                            let event = lock(&self.0.story).next(OffsetDateTime::now_utc());
                            self.emit(&event);
                        }
                        Ok(())
                    }
                    changed = rate.changed() => changed,
                },
                None => rate.changed().await,
            };
            if changed.is_err() {
                return;
            }
        }
    }
}

/// Fractions of an event do not always add up to one exactly.
const NEARLY_ONE: f64 = 1.0 - 1e-6;

/// The time to the next look at what is owed; `None` when nothing ever will be.
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
