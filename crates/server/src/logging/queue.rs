//! Log lines on their way to standard error, which a thread of its own writes: a reader that is gone, stuck or out of
//! space costs lines, and never an answer.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Bytes that may wait; a line beyond them is lost.
const LIMIT: usize = 256 * 1024;

/// Lines of this process that were not written, since [`lines_lost`] was asked last.
static LOST: AtomicU64 = AtomicU64::new(0);

/// How many lines were lost since this was asked last.
pub(crate) fn lines_lost() -> u64 {
    LOST.swap(0, Ordering::Relaxed)
}

/// The lines that wait to be written.
#[derive(Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    lines: VecDeque<Vec<u8>>,
    bytes: usize,
    /// Whether the thread has taken a line that is not written yet.
    is_writing: bool,
}

impl Queue {
    /// A queue whose lines a new thread writes to `target`. Without a thread every line is lost.
    pub(super) fn written_to(target: impl Write + Send + 'static) -> Arc<Self> {
        let queue = Arc::new(Self::default());
        let written = Arc::clone(&queue);
        let _ = std::thread::Builder::new().name("log".to_owned()).spawn(move || written.write_all_to(target));
        queue
    }

    /// Takes what one line consists of.
    pub(super) fn line(self: Arc<Self>) -> Line {
        Line(self)
    }

    fn push(&self, line: &[u8]) {
        let mut waiting = self.waiting();
        if waiting.bytes.saturating_add(line.len()) > LIMIT {
            LOST.fetch_add(1, Ordering::Relaxed);
            return;
        }
        waiting.bytes += line.len();
        waiting.lines.push_back(line.to_vec());
        drop(waiting);
        self.changed.notify_all();
    }

    fn write_all_to(&self, mut target: impl Write) {
        loop {
            let line = self.next();
            if target.write_all(&line).and_then(|()| target.flush()).is_err() {
                LOST.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Waits for the next line; the one before counts as written.
    fn next(&self) -> Vec<u8> {
        let mut waiting = self.waiting();
        waiting.is_writing = false;
        loop {
            if let Some(line) = waiting.lines.pop_front() {
                waiting.bytes -= line.len();
                waiting.is_writing = true;
                return line;
            }
            self.changed.notify_all();
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Returns once nothing waits, or after `limit`.
    pub(super) fn wait_until_written(&self, limit: Duration) {
        let is_unwritten = |waiting: &mut Waiting| waiting.is_writing || !waiting.lines.is_empty();
        // What is left after the limit is lost with the program.
        let _ = self.changed.wait_timeout_while(self.waiting(), limit, is_unwritten);
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes a line in one piece, as the subscriber writes it.
pub(super) struct Line(Arc<Queue>);

impl Write for Line {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.push(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Sender, channel};

    /// Tells what is written, and then fails.
    struct Failing(Sender<Vec<u8>>);

    impl Write for Failing {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            self.0.send(line.to_vec()).unwrap();
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_that_cannot_be_written_does_not_keep_the_next_from_being_tried() {
        let (tried, lines) = channel();
        let queue = Queue::written_to(Failing(tried));
        for line in ["one\n", "two\n"] {
            queue.push(line.as_bytes());
        }
        assert_eq!([lines.recv().unwrap(), lines.recv().unwrap()], [b"one\n", b"two\n"]);
        queue.wait_until_written(Duration::from_secs(10));
        let waiting = queue.waiting();
        assert!(waiting.lines.is_empty() && waiting.bytes == 0);
    }

    #[test]
    fn lines_beyond_the_limit_are_lost_and_those_before_stay() {
        let queue = Queue::default();
        for _ in 0..LIMIT {
            queue.push(&[b'x'; 1_024]);
        }
        assert_eq!(queue.waiting().lines.len(), LIMIT / 1_024);
    }
}
