//! An open WebSocket, from the upgrade to its end, with DRP's limits: pings, a silent peer dropped without a close frame,
//! commands of at most 512 bytes, and no check of a token that expires meanwhile.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Bytes, Error, Message, Utf8Bytes};

use futures_util::{SinkExt, StreamExt};

use crate::connection::close_gracefully;
use crate::hub::{SocketCommand, Subscription};
use crate::shared::{ActiveFault, Timing};

/// How many queued events are flushed together.
const BATCH: usize = 64;

/// A text frame with a reserved bit set, as when compression was agreed to on one leg only.
const ALTERED_FRAME: &[u8] = b"\xc1\x01x";

const PROTOCOL_ERROR: u16 = 1002;
const MESSAGE_TOO_BIG: u16 = 1009;

/// Serves a socket until either side ends it. A command of more than `longest` bytes ends it with 1009.
pub(crate) async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    subscription: Subscription,
    timing: Timing,
    longest: usize,
    altered_after: Option<Duration>,
) {
    let limits = WebSocketConfig::default().max_message_size(Some(longest)).max_frame_size(Some(longest));
    let web_socket = WebSocketStream::from_raw_socket(stream, Role::Server, Some(limits)).await;
    let altered_at = altered_after.map(|after| Instant::now() + after);
    let socket = Socket { web_socket, timing, altered_at };
    // An error means that the peer has gone, which is how this function ends anyway.
    drop(socket.converse(subscription).await);
}

/// At that moment, or never.
async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

/// Waits until the active fault cuts a socket that opened at this moment.
pub(crate) async fn outlived(mut active: watch::Receiver<ActiveFault>, opened: Instant) {
    loop {
        let cut_at = active.borrow_and_update().cut_at(opened);
        let changed = match cut_at {
            Some(moment) => tokio::select! {
                () = sleep_until(moment) => return,
                changed = active.changed() => changed,
            },
            None => active.changed().await,
        };
        if changed.is_err() {
            return;
        }
    }
}

struct Socket<S> {
    web_socket: WebSocketStream<S>,
    timing: Timing,
    /// When a frame is sent that a proxy has altered.
    altered_at: Option<Instant>,
}

/// What a socket does next.
enum Next {
    Received(Option<Result<Message, Error>>),
    Events,
    Command(SocketCommand),
    Ping,
    GiveUp,
    AlteredFrame,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Socket<S> {
    async fn converse(mut self, subscription: Subscription) -> Result<(), Error> {
        let Subscription { registration, mut events, mut commands } = subscription;
        let mut ping = interval_at(Instant::now() + self.timing.ping_every, self.timing.ping_every);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut pong_due = Instant::now() + self.timing.pong_within;
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            let next = tokio::select! {
                received = self.web_socket.next() => Next::Received(received),
                Some(command) = commands.recv() => Next::Command(command),
                _ = events.recv_many(&mut batch, BATCH) => Next::Events,
                _ = ping.tick() => Next::Ping,
                () = sleep_until(pong_due) => Next::GiveUp,
                () = at(self.altered_at) => Next::AlteredFrame,
            };
            match next {
                Next::Received(Some(Ok(Message::Text(text)))) => {
                    if let Some(acknowledgement) = registration.command(&text) {
                        self.send(Message::text(acknowledgement.to_json())).await?;
                    }
                }
                Next::Received(Some(Ok(Message::Pong(_)))) => pong_due = Instant::now() + self.timing.pong_within,
                // DRP ignores binary messages; the library has answered pings and close frames.
                Next::Received(Some(Ok(
                    Message::Binary(_) | Message::Ping(_) | Message::Close(_) | Message::Frame(_),
                ))) => {}
                Next::Received(Some(Err(error))) => return self.reject(error).await,
                Next::Received(None) => return self.leave().await,
                Next::Events => self.send_batch(&mut batch).await?,
                Next::Command(SocketCommand::Say(message)) => self.send(message).await?,
                Next::Command(SocketCommand::Bytes(bytes)) => self.write(&bytes).await?,
                Next::Command(SocketCommand::Close(frame)) => return self.close(frame).await,
                Next::Ping => self.send(Message::Ping(Bytes::new())).await?,
                Next::GiveUp => return Ok(()),
                Next::AlteredFrame => {
                    self.altered_at = None;
                    self.write(ALTERED_FRAME).await?;
                }
            }
        }
    }

    /// The client broke a rule: answered with a close frame where DRP's library does so, else the connection ends.
    async fn reject(mut self, error: Error) -> Result<(), Error> {
        let (code, reason) = match error {
            Error::Capacity(_) => (MESSAGE_TOO_BIG, String::new()),
            Error::Protocol(violation) => (PROTOCOL_ERROR, violation.to_string()),
            // DRP does not check; the library here does, and cannot continue afterwards.
            Error::Utf8(_) => (PROTOCOL_ERROR, "text that is not UTF-8".to_owned()),
            error @ (Error::ConnectionClosed
            | Error::AlreadyClosed
            | Error::Io(_)
            | Error::Tls(_)
            | Error::WriteBufferFull(_)
            | Error::AttackAttempt
            | Error::Url(_)
            | Error::Http(_)
            | Error::HttpFormat(_)) => return Err(error),
        };
        self.send(close_frame(Some((code, reason)))).await?;
        self.leave().await
    }

    /// Sends a close frame with any code, gives the peer time to answer it, and ends TCP.
    async fn close(mut self, frame: Option<(u16, String)>) -> Result<(), Error> {
        self.send(close_frame(frame)).await?;
        let answer = async { while let Some(Ok(_)) = self.web_socket.next().await {} };
        // TCP is ended whether or not the peer answered.
        drop(timeout(self.timing.close_within, answer).await);
        self.leave().await
    }

    async fn leave(mut self) -> Result<(), Error> {
        Ok(close_gracefully(self.web_socket.get_mut(), self.timing.close_within).await?)
    }

    async fn send(&mut self, message: Message) -> Result<(), Error> {
        timeout(self.timing.write_within, self.web_socket.send(message)).await.map_err(|_| Error::ConnectionClosed)?
    }

    /// Sends events as one message each, and flushes them together.
    async fn send_batch(&mut self, events: &mut Vec<Utf8Bytes>) -> Result<(), Error> {
        let batch = async {
            for event in events.drain(..) {
                self.web_socket.feed(Message::Text(event)).await?;
            }
            self.web_socket.flush().await
        };
        timeout(self.timing.write_within, batch).await.map_err(|_| Error::ConnectionClosed)?
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let stream = self.web_socket.get_mut();
        let written = async {
            stream.write_all(bytes).await?;
            stream.flush().await
        };
        Ok(timeout(self.timing.write_within, written).await.map_err(|_| Error::ConnectionClosed)??)
    }
}

fn close_frame(frame: Option<(u16, String)>) -> Message {
    Message::Close(frame.map(|(code, reason)| CloseFrame { code: code.into(), reason: reason.into() }))
}
