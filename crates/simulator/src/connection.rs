//! One TCP connection as something that can be held or cut from outside, whatever it carries: this is how silence,
//! crashes and cut links are made for real, under TLS and HTTP and WebSocket alike.

use std::collections::BTreeMap;
use std::io;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::counters::lock;

/// How a connection is ended without a word of WebSocket or TLS.
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
}

impl Handle {
    /// Runs `work` while the handle runs: stands still with it while it is held, so that not even a timer fires, and
    /// drops it unfinished (`None`) as soon as the handle is ended.
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

/// Every connection that the endpoint's port has accepted and that still stands.
#[derive(Debug, Default)]
pub(crate) struct Registry(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    connections: BTreeMap<u64, Arc<Handle>>,
    next: u64,
}

impl Registry {
    /// Takes a fresh connection into the register, until the [`Stream`] is dropped.
    pub(crate) fn open(self: &Arc<Self>, stream: TcpStream) -> Stream {
        let (flow, gone) = (watch::Sender::new(Flow::Running), watch::Sender::new(false));
        let handle = Arc::new(Handle { flow, gone });
        let mut register = lock(&self.0);
        let id = register.next;
        register.next += 1;
        register.connections.insert(id, Arc::clone(&handle));
        Stream { stream, entry: Entry { id, handle, connections: Arc::clone(self) } }
    }

    pub(crate) fn all(&self) -> Vec<Arc<Handle>> {
        lock(&self.0).connections.values().cloned().collect()
    }

    pub(crate) fn len(&self) -> usize {
        lock(&self.0).connections.len()
    }

    /// Ends every connection and returns when the operating system has been told of each; says how many they were.
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
    // After `stream`, so that the handle counts as gone only when the socket is closed.
    entry: Entry,
}

impl Stream {
    pub(crate) fn handle(&self) -> Arc<Handle> {
        Arc::clone(&self.entry.handle)
    }

    /// The first byte that the peer sends, left in place; `None` when it sends none.
    pub(crate) async fn peek(&self) -> io::Result<Option<u8>> {
        let mut first = [0];
        let count = self.stream.peek(&mut first).await?;
        Ok(first.first().copied().filter(|_| count > 0))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        if *self.entry.handle.flow.borrow() == Flow::Ended(Cut::Reset) {
            // Where the option cannot be set the peer has gone already.
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
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// Ends a connection so that what was written last arrives: closing while the peer's bytes lie unread would reset TCP
/// and take the last words with it.
pub(crate) async fn close_gracefully(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    patience: Duration,
) -> io::Result<()> {
    stream.shutdown().await?;
    let drained = timeout(patience, tokio::io::copy(stream, &mut tokio::io::sink())).await;
    drained.map_or(Ok(()), |copied| copied.map(drop))
}
