//! Where log lines go and how they look. Nothing that the program logs is secret: pages send no token here, and queries
//! and bodies are not logged.

use crate::options::{LogFormat, LogLevel};
use tracing::level_filters::LevelFilter;

/// Logs to standard error from now on. The first caller decides; tests that start servers in one process are not
/// disturbed by each other.
pub fn init(format: LogFormat, level: LogLevel) {
    let level = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    let lines = tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(level).with_ansi(false);
    // An error only says that logs go somewhere already.
    let _ = match format {
        LogFormat::Text => lines.with_target(false).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).with_target(false).with_span_list(false).try_init(),
    };
}
