//! Says what a long step does, how long it may take, that it still runs, and how long it took.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Outcome;

/// How often a running step says that it still runs.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// How many steps are under way, one inside the other: only the innermost says that it still runs.
static DEPTH: AtomicUsize = AtomicUsize::new(0);

/// Runs `work` between a line at its start (with an honest `expectation`, for example "about 5 minutes") and a line at
/// its end.
pub(crate) fn step<T>(label: &str, expectation: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("▶ {label} ({expectation})");
    let started = Instant::now();
    let depth = DEPTH.fetch_add(1, Ordering::Relaxed) + 1;
    let outcome = thread::scope(|scope| {
        let (finished, waiting) = mpsc::channel::<()>();
        scope.spawn(move || {
            while let Err(RecvTimeoutError::Timeout) = waiting.recv_timeout(HEARTBEAT) {
                if DEPTH.load(Ordering::Relaxed) == depth {
                    println!("  … {label}: still running after {}", human(started.elapsed()));
                }
            }
        });
        let outcome = work();
        drop(finished);
        outcome
    });
    DEPTH.fetch_sub(1, Ordering::Relaxed);
    let mark = if outcome.is_ok() { "✔" } else { "✘" };
    println!("{mark} {label}: {}", human(started.elapsed()));
    outcome
}

/// A duration as a person says it: `0.4 s`, `52 s`, `3 min 05 s`.
pub(crate) fn human(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..=9 => format!("{:.1} s", duration.as_secs_f64()),
        10..=59 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_as_exact_as_a_person_cares() {
        assert_eq!(human(Duration::from_millis(420)), "0.4 s");
        assert_eq!(human(Duration::from_millis(52_900)), "52 s");
        assert_eq!(human(Duration::from_secs(185)), "3 min 05 s");
    }
}
