//! The simulator as a whole: everything that can be done to it, for Rust tests and for the control alike.

mod options;
mod port;
mod second_address;
mod state;
mod ticker;
mod violation;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep};
use tokio_tungstenite::tungstenite::{Bytes, Message};

use crate::certificate::Mint;
use crate::connection::Cut;
use crate::counters::lock;
use crate::endpoint;
use crate::event::Event;
use crate::event_source::EventSource;
use crate::fault::effect::Effect;
use crate::fault::{ExistingConnections, Fault};
use crate::greeting::Greeting;
use crate::hub::SocketCommand;
use crate::shared::{ActiveFault, Shared};

pub use options::{Options, RATE_LIMIT, Tls};
pub use state::State;
pub use violation::Violation;

use port::Port;

/// A running simulator. Clones are handles on the same one; it runs until [`shutdown`](Self::shutdown) or the end of
/// the tokio runtime that it was started on.
#[derive(Clone)]
pub struct Simulator(Arc<Inner>);

struct Inner {
    shared: Arc<Shared>,
    options: Options,
    mint: Mint,
    /// What the port showed at first, for [`Simulator::reset`].
    first_greeting: Greeting,
    /// Held until a change of what the port does is complete.
    port: tokio::sync::Mutex<Port>,
    control_address: SocketAddr,
    rate: watch::Sender<f64>,
    event_source: Mutex<EventSource>,
    tasks: Mutex<Vec<AbortHandle>>,
}

impl Simulator {
    /// Starts the endpoint on a listener, without a control.
    ///
    /// # Errors
    /// When the rate is out of its range, or no certificate can be made.
    pub(crate) fn new(options: Options, listener: TcpListener, control_address: SocketAddr) -> io::Result<Self> {
        if !options::is_rate(options.rate) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("the rate is not {RATE_LIMIT:?}")));
        }
        let address = listener.local_addr()?;
        let mint = Mint::new()?;
        let first_greeting = Greeting::new(&mint, options.tls.kind())?;
        let shared = Arc::new(Shared::new(address, options.timing, first_greeting.clone()));
        let router = endpoint::router(Arc::clone(&shared));
        let simulator = Self(Arc::new(Inner {
            port: tokio::sync::Mutex::new(Port::new(listener, Arc::clone(&shared), router, first_greeting.clone())),
            rate: watch::Sender::new(options.rate),
            event_source: Mutex::new(EventSource::new(options.seed)),
            tasks: Mutex::default(),
            shared,
            options,
            mint,
            first_greeting,
            control_address,
        }));
        simulator.own(tokio::spawn(simulator.clone().run_ticker()).abort_handle());
        Ok(simulator)
    }

    /// Ends this task with the simulator.
    pub(crate) fn own(&self, task: AbortHandle) {
        lock(&self.0.tasks).push(task);
    }

    /// Where the endpoint listens, or listened before it was stopped.
    pub fn address(&self) -> SocketAddr {
        self.0.shared.address
    }

    /// Where the control listens.
    pub fn control_address(&self) -> SocketAddr {
        self.0.control_address
    }

    /// The endpoint as an operator writes it, such as `https://127.0.0.1:8092`, whatever fault is active.
    pub fn url(&self) -> String {
        let scheme = if self.0.options.tls == Tls::None { "http" } else { "https" };
        format!("{scheme}://{}", self.address())
    }

    /// The certificate (DER) that new connections are shown; `None` when there is none.
    pub fn certificate_der(&self) -> Option<Vec<u8>> {
        self.0.shared.greeting().certificate()?.key.cert.first().map(|leaf| leaf.to_vec())
    }

    /// The SHA-256 fingerprint of that certificate, upper-case hex with colons, as `openssl x509 -fingerprint` has it.
    pub fn fingerprint_sha256(&self) -> Option<String> {
        Some(self.0.shared.greeting().certificate()?.fingerprint.clone())
    }

    /// The certificate (DER) of the private authority, which signs for [`CertificateKind::PrivateCa`](crate::CertificateKind::PrivateCa).
    pub fn authority_der(&self) -> Vec<u8> {
        self.0.mint.authority().to_vec()
    }

    /// Sets a fault in place of any other.
    ///
    /// # Errors
    /// When its certificate cannot be made, or the port cannot be opened again after `down`.
    pub async fn set_fault(&self, fault: Fault, existing: ExistingConnections) -> io::Result<()> {
        let mut port = self.0.port.lock().await;
        let effect = fault.effect();
        let greeting = if let Effect::Greeted(show) = &effect {
            Greeting::of_fault(show, &self.0.mint, port.greeting())?
        } else {
            port.greeting().clone()
        };
        let second = if let Effect::SecondAddress(says) = effect { Some(says) } else { None };
        port.set_second(second).await?;
        if fault == Fault::TokenExpired {
            self.expire_tokens();
        }
        let before = self.enter(Some(fault), greeting);
        if effect == Effect::Closed {
            port.close(Cut::Fin).await;
        } else if before == Some(Effect::Closed) {
            port.open().await?;
        }
        if existing == ExistingConnections::Cut {
            self.0.shared.connections.cut(Cut::Fin).await;
        }
        Ok(())
    }

    /// Clears the fault. Paused connections resume.
    ///
    /// # Errors
    /// When the port cannot be opened again after `down`.
    pub async fn clear_fault(&self) -> io::Result<()> {
        let mut port = self.0.port.lock().await;
        port.set_second(None).await?;
        let greeting = port.greeting().clone();
        if self.enter(None, greeting) == Some(Effect::Closed) { port.open().await } else { Ok(()) }
    }

    /// Shows a new certificate, or none, to new connections; it is kept when a fault is cleared.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn set_certificate(&self, tls: Tls) -> io::Result<()> {
        let mut port = self.0.port.lock().await;
        let greeting = Greeting::new(&self.0.mint, tls.kind())?;
        port.set_greeting(greeting.clone());
        self.0.shared.active.send_modify(|active| {
            if !matches!(active.effect(), Some(Effect::Greeted(_))) {
                active.greeting = greeting;
            }
        });
        Ok(())
    }

    /// Closes the port and ends every connection without a close frame, as DRP does when it is stopped or killed.
    pub async fn stop(&self, how: Cut) {
        self.0.port.lock().await.close(how).await;
    }

    /// Listens on the same port again; clears the fault `down`.
    ///
    /// # Errors
    /// When another program has taken the port meanwhile.
    pub async fn listen(&self) -> io::Result<()> {
        let mut port = self.0.port.lock().await;
        let is_down = self.0.shared.active.borrow().fault == Some(Fault::Down);
        if is_down {
            self.enter(None, port.greeting().clone());
        }
        port.open().await
    }

    /// Stops, and listens again after `down`, unless it was stopped or started otherwise meanwhile.
    ///
    /// # Errors
    /// When another program has taken the port meanwhile.
    pub async fn restart(&self, down: Duration, how: Cut) -> io::Result<()> {
        let turn = self.0.port.lock().await.close(how).await;
        sleep(down).await;
        let mut port = self.0.port.lock().await;
        if port.turn() == turn { port.open().await } else { Ok(()) }
    }

    /// Back to the start: no fault, the first certificate, the first rate, the generated events from their beginning, no
    /// connections, counts at zero. Tokens stay valid, so that nobody has to sign in again.
    ///
    /// # Errors
    /// When another program has taken the port meanwhile.
    pub async fn reset(&self) -> io::Result<()> {
        let mut port = self.0.port.lock().await;
        port.set_second(None).await?;
        port.set_greeting(self.0.first_greeting.clone());
        self.enter(None, self.0.first_greeting.clone());
        self.0.rate.send_replace(self.0.options.rate);
        *lock(&self.0.event_source) = EventSource::new(self.0.options.seed);
        self.0.shared.connections.cut(Cut::Fin).await;
        self.0.shared.counters.reset();
        port.open().await
    }

    /// Sends every socket a close frame, empty for `None`, and ends TCP after the peer's answer. Any code is sent, valid
    /// or not; a reason beyond 123 bytes makes the frame invalid. Returns how many sockets there were.
    pub fn close(&self, frame: Option<(u16, &str)>) -> usize {
        self.0.shared.hub.command(&SocketCommand::Close(frame.map(|(code, reason)| (code, reason.to_owned()))))
    }

    /// Ends every connection without a close frame; the port stays open. Returns how many there were.
    pub async fn cut(&self, how: Cut) -> usize {
        self.0.shared.connections.cut(how).await
    }

    /// Breaks the protocol on every socket; returns how many there were.
    pub fn violate(&self, violation: Violation) -> usize {
        self.0.shared.hub.command(&SocketCommand::Bytes(Bytes::from_static(violation.bytes())))
    }

    /// Sends a message of any text on every socket; returns how many there were.
    pub fn send_text(&self, text: String) -> usize {
        self.0.shared.hub.command(&SocketCommand::Say(Message::text(text)))
    }

    /// Sends a binary message on every socket; returns how many there were.
    pub fn send_binary(&self, bytes: Vec<u8>) -> usize {
        self.0.shared.hub.command(&SocketCommand::Say(Message::binary(bytes)))
    }

    /// Publishes an event to the sockets that registered for it.
    pub fn emit(&self, event: &Event) {
        self.0.shared.hub.publish(event);
    }

    /// Sets how many events are generated per second; 0 stops them.
    ///
    /// # Errors
    /// When the rate is not within [`RATE_LIMIT`].
    pub fn set_rate(&self, rate: f64) -> Result<(), String> {
        if !options::is_rate(rate) {
            return Err(format!("the rate must be a number from {} to {}", RATE_LIMIT.start(), RATE_LIMIT.end()));
        }
        self.0.rate.send_replace(rate);
        Ok(())
    }

    /// Invalidates every token issued so far. Open sockets stay open, as DRP's do.
    pub fn expire_tokens(&self) {
        self.0.shared.tokens.expire();
    }

    /// What the simulator is doing and has counted.
    pub async fn state(&self) -> State {
        let listening = self.0.port.lock().await.is_open();
        State::of(&self.0.shared, listening, *self.0.rate.borrow(), self.0.options.seed)
    }

    /// Stops the endpoint, its generated events and its control. No clone of this handle is of use afterwards.
    pub async fn shutdown(&self) {
        for task in lock(&self.0.tasks).drain(..) {
            task.abort();
        }
        self.stop(Cut::Fin).await;
    }

    /// Makes a fault the active one and returns the effect of the one before it.
    fn enter(&self, fault: Option<Fault>, greeting: Greeting) -> Option<Effect> {
        let shared = &self.0.shared;
        let next = ActiveFault { fault, since: Instant::now(), greeting };
        let stands_still = matches!(next.effect(), Some(Effect::Paused { existing: true, .. }));
        let before = shared.active.send_replace(next).effect();
        for handle in shared.connections.all() {
            if stands_still { handle.pause() } else { handle.resume() }
        }
        before
    }
}
