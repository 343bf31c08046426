//! A TCP connection that can be paused or ended from outside, whatever it carries: this is how silence, crashes and cut
//! links are made, under TLS, HTTP and WebSocket alike.

use std::collections::BTreeMap;
use std::io;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::counters::lock;

/// How TCP is ended, without a WebSocket close frame or a TLS alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cut {
    /// TCP ends in order (FIN), as when a process is killed.
    Fin,
    /// TCP is torn down (RST), as when a host or a middlebox forgets the connection.
    Reset,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    Running,
    Paused,
    Ended(Cut),
}

/// The handle on one connection.
#[derive(Debug)]
pub(crate) struct Handle {
    flow: watch::Sender<Flow>,
    gone: watch::Sender<bool>,
    /// The largest write that arrives, in bytes.
    largest_write: AtomicUsize,
}

impl Handle {
    /// Runs `work` while the connection runs. While it is paused, `work` is not polled, so not even a timer fires; when
    /// it is ended, `work` is dropped unfinished (`None`).
    pub(crate) async fn run<F: Future>(&self, work: F) -> Option<F::Output> {
        let mut flow = self.flow.subscribe();
        let mut work = pin!(work);
        loop {
            let now = *flow.borrow_and_update();
            match now {
                Flow::Ended(_) => return None,
                // The sender lives in `self`, so that `changed` cannot fail.
                Flow::Paused => drop(flow.changed().await),
                Flow::Running => tokio::select! {
                    biased;
                    _ = flow.changed() => {}
                    output = &mut work => return Some(output),
                },
            }
        }
    }

    pub(crate) fn pause(&self) {
        self.pass(Flow::Running, Flow::Paused);
    }

    pub(crate) fn resume(&self) {
        self.pass(Flow::Paused, Flow::Running);
    }

    pub(crate) fn end(&self, how: Cut) {
        self.flow.send_replace(Flow::Ended(how));
    }

    /// From now on, a write of more bytes is lost together with everything after it.
    pub(crate) fn lose_writes_beyond(&self, limit: usize) {
        self.largest_write.store(limit, Ordering::Relaxed);
    }

    fn pass(&self, from: Flow, to: Flow) {
        self.flow.send_if_modified(|flow| {
            let fits = *flow == from;
            if fits {
                *flow = to;
            }
            fits
        });
    }
}

/// Every open connection that the endpoint's port has accepted.
#[derive(Debug, Default)]
pub(crate) struct Registry(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    connections: BTreeMap<u64, Arc<Handle>>,
    next: u64,
}

impl Registry {
    /// Registers a new connection, until the [`Stream`] is dropped.
    pub(crate) fn open(self: &Arc<Self>, stream: TcpStream) -> Stream {
        let (flow, gone) = (watch::Sender::new(Flow::Running), watch::Sender::new(false));
        let handle = Arc::new(Handle { flow, gone, largest_write: AtomicUsize::new(usize::MAX) });
        let mut register = lock(&self.0);
        let id = register.next;
        register.next += 1;
        register.connections.insert(id, Arc::clone(&handle));
        Stream { stream, is_stuck: false, entry: Entry { id, handle, connections: Arc::clone(self) } }
    }

    pub(crate) fn all(&self) -> Vec<Arc<Handle>> {
        lock(&self.0).connections.values().cloned().collect()
    }

    pub(crate) fn len(&self) -> usize {
        lock(&self.0).connections.len()
    }

    /// Ends every connection, returns when each socket is closed, and says how many there were.
    pub(crate) async fn cut(&self, how: Cut) -> usize {
        let connections = self.all();
        for handle in &connections {
            handle.end(how);
        }
        for handle in &connections {
            drop(handle.gone.subscribe().wait_for(|gone| *gone).await);
        }
        connections.len()
    }
}

/// The stream of one connection. Dropping it ends TCP in the way that its handle was ended.
#[derive(Debug)]
pub(crate) struct Stream {
    stream: TcpStream,
    /// A write was lost: the peer never gets past it, whatever follows.
    is_stuck: bool,
    // After `stream`, so that the handle counts as gone only when the socket is closed.
    entry: Entry,
}

impl Stream {
    pub(crate) fn handle(&self) -> Arc<Handle> {
        Arc::clone(&self.entry.handle)
    }

    /// What the peer has sent first, left in place: at most as much as fits; empty when the peer has closed.
    pub(crate) async fn peek<'buffer>(&self, buffer: &'buffer mut [u8]) -> io::Result<&'buffer [u8]> {
        let count = self.stream.peek(buffer).await?;
        Ok(buffer.get(..count).unwrap_or_default())
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        if *self.entry.handle.flow.borrow() == Flow::Ended(Cut::Reset) {
            // If the option cannot be set, the peer has gone already.
            drop(self.stream.set_zero_linger());
        }
    }
}

#[derive(Debug)]
struct Entry {
    id: u64,
    handle: Arc<Handle>,
    connections: Arc<Registry>,
}

impl Drop for Entry {
    fn drop(&mut self) {
        lock(&self.connections.0).connections.remove(&self.id);
        self.handle.gone.send_replace(true);
    }
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if bytes.len() > self.entry.handle.largest_write.load(Ordering::Relaxed) {
            self.is_stuck = true;
        }
        if self.is_stuck {
            return Poll::Ready(Ok(bytes.len()));
        }
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// Ends a connection so that the last write arrives: closing while the peer's bytes are unread would reset TCP and
/// discard what was sent.
pub(crate) async fn close_gracefully(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    patience: Duration,
) -> io::Result<()> {
    stream.shutdown().await?;
    let drained = timeout(patience, tokio::io::copy(stream, &mut tokio::io::sink())).await;
    drained.map_or(Ok(()), |copied| copied.map(drop))
}
