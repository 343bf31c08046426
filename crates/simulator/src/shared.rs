//! The state that all connections share: the active fault, the open connections and the counters.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use crate::auth::Tokens;
use crate::connection::Registry;
use crate::counters::Counters;
use crate::fault::Fault;
use crate::fault::effect::{Answer, Effect, PacketLoss, Script};
use crate::greeting::Greeting;
use crate::hub::Hub;
use crate::protocol::LONGEST_COMMAND;

pub(crate) struct Shared {
    pub(crate) address: SocketAddr,
    pub(crate) timing: Timing,
    pub(crate) active: watch::Sender<ActiveFault>,
    pub(crate) connections: Arc<Registry>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) tokens: Tokens,
    pub(crate) counters: Arc<Counters>,
}

/// The clocks of a socket. The defaults are DRP's (melody's); tests shorten them.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// Time between two pings, 54 s.
    pub ping_every: Duration,
    /// Time without a pong after which TCP is ended, 60 s.
    pub pong_within: Duration,
    /// Time that one message may take to be written, 10 s.
    pub write_within: Duration,
    /// Time that the peer has to answer a close frame before TCP is ended, 1 s.
    pub close_within: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            ping_every: Duration::from_secs(54),
            pong_within: Duration::from_secs(60),
            write_within: Duration::from_secs(10),
            close_within: Duration::from_secs(1),
        }
    }
}

/// The active fault, if any, and what new connections meet first.
#[derive(Clone)]
pub(crate) struct ActiveFault {
    pub(crate) fault: Option<Fault>,
    pub(crate) since: Instant,
    pub(crate) greeting: Greeting,
}

impl Shared {
    pub(crate) fn new(address: SocketAddr, timing: Timing, greeting: Greeting) -> Self {
        let counters = Arc::new(Counters::default());
        Self {
            address,
            timing,
            active: watch::Sender::new(ActiveFault { fault: None, since: Instant::now(), greeting }),
            connections: Arc::default(),
            hub: Arc::new(Hub::new(Arc::clone(&counters))),
            tokens: Tokens::default(),
            counters,
        }
    }

    pub(crate) fn greeting(&self) -> Greeting {
        self.active.borrow().greeting.clone()
    }

    /// The HTTP answer of the active fault in place of DRP's.
    pub(crate) fn answer(&self) -> Option<Answer> {
        let Effect::Answered(answer) = self.active.borrow().effect()? else { return None };
        Some(answer)
    }

    /// The hostile answer of the active fault in place of HTTP.
    pub(crate) fn script(&self) -> Option<Script> {
        let Effect::Scripted(script) = self.active.borrow().effect()? else { return None };
        Some(script)
    }

    /// The longest command that a socket opened now takes, in bytes.
    pub(crate) fn longest_command(&self) -> usize {
        match self.active.borrow().effect() {
            Some(Effect::Narrow(limit)) => limit,
            _ => LONGEST_COMMAND,
        }
    }

    /// The largest write that arrives on a connection, in bytes, from this moment of its life on.
    pub(crate) fn largest_write(&self, moment: PacketLoss) -> Option<usize> {
        let Effect::LargePacketsLost { limit, from } = self.active.borrow().effect()? else { return None };
        (from == moment).then_some(limit)
    }

    /// How long after the upgrade an altered frame follows.
    pub(crate) fn altered_frame_after(&self) -> Option<Duration> {
        let Effect::AlteredFrames(after) = self.active.borrow().effect()? else { return None };
        Some(after)
    }

    /// Whether a connection accepted now is paused from its first byte.
    pub(crate) fn pauses_new_connections(&self) -> bool {
        matches!(self.active.borrow().effect(), Some(Effect::Paused { new: true, .. }))
    }
}

impl ActiveFault {
    pub(crate) fn effect(&self) -> Option<Effect> {
        self.fault.as_ref().map(Fault::effect)
    }

    /// Whether events flow while this fault lasts, whatever rate is set.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.effect(), Some(Effect::ShortLived { busy: true, .. }))
    }

    /// When a socket that opened at `opened` is to be cut: an age that it had before the fault does not count.
    pub(crate) fn cut_at(&self, opened: Instant) -> Option<Instant> {
        let Effect::ShortLived { life, .. } = self.effect()? else { return None };
        Some(opened.max(self.since) + life)
    }
}
