//! Where log lines go and how they look. Nothing that the program logs is secret: pages send no token here, and queries
//! and bodies are not logged.

mod queue;

pub(crate) use queue::lines_lost;

use std::sync::Arc;
use std::time::Duration;

use tracing::level_filters::LevelFilter;

use crate::options::{LogFormat, LogLevel};
use queue::Queue;

/// How long the end of the program waits for its last lines to be written.
const LAST_LINES: Duration = Duration::from_millis(500);

/// Characters of a field that a client makes up.
const FIELD: usize = 200;

/// The log of the program.
#[must_use = "the last lines are lost unless the log is finished"]
pub struct Log(Arc<Queue>);

/// Logs to standard error from now on. The first caller decides; tests that start servers in one process are not
/// disturbed by each other.
pub fn init(format: LogFormat, level: LogLevel) -> Log {
    let level = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    let queue = Queue::written_to(std::io::stderr());
    let writer = {
        let queue = Arc::clone(&queue);
        move || Arc::clone(&queue).line()
    };
    let lines = tracing_subscriber::fmt().with_writer(writer).with_max_level(level).with_ansi(false);
    // It would tell of a lost line on standard error, and panic where that is what fails.
    let lines = lines.log_internal_errors(false).with_target(false);
    // An error only says that logs go somewhere already.
    let _ = match format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).try_init(),
    };
    Log(queue)
}

/// As much of what a client sent as a line may hold.
pub(crate) fn truncated(text: &str) -> &str {
    text.char_indices().nth(FIELD).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

impl Log {
    /// Waits for the last lines to be written, but never long: their reader may be gone or stuck.
    pub fn finish(self) {
        self.0.wait_until_written(LAST_LINES);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_makes_up_is_truncated() {
        assert_eq!(truncated("/api"), "/api");
        assert_eq!(truncated(&"ü".repeat(1_000)), "ü".repeat(FIELD));
    }
}
