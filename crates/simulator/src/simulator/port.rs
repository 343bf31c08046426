//! The endpoint's port: really open or really closed, and always the same number.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::Tls;
use crate::accepted;
use crate::certificate::{Certificate, Error, Kind, Mint};
use crate::connection::Cut;
use crate::fault::effect::Show;
use crate::shared::{Greeting, Shared};

pub(super) struct Port {
    shared: Arc<Shared>,
    router: Router,
    accepting: Option<JoinHandle<()>>,
    /// What the port shows when no fault says otherwise.
    greeting: Greeting,
    turn: u64,
}

impl Port {
    pub(super) fn new(listener: TcpListener, shared: Arc<Shared>, router: Router, greeting: Greeting) -> Self {
        let mut port = Self { shared, router, accepting: None, greeting, turn: 0 };
        port.accept_on(listener);
        port
    }

    pub(super) fn is_open(&self) -> bool {
        self.accepting.is_some()
    }

    /// Counts how often the port was opened and closed: who remembers it knows whether anybody did so since.
    pub(super) fn turn(&self) -> u64 {
        self.turn
    }

    pub(super) fn greeting(&self) -> &Greeting {
        &self.greeting
    }

    pub(super) fn set_greeting(&mut self, greeting: Greeting) {
        self.greeting = greeting;
    }

    /// Opens the port; it may be open already.
    pub(super) async fn open(&mut self) -> io::Result<()> {
        self.turn += 1;
        if self.accepting.is_none() {
            // Tokio asks for SO_REUSEADDR, without which connections of a moment ago would keep the port taken.
            let listener = TcpListener::bind(self.shared.address).await?;
            self.accept_on(listener);
        }
        Ok(())
    }

    /// Closes the port, so that connections are refused, and only then ends those that stand. Returns the new turn.
    pub(super) async fn close(&mut self, how: Cut) -> u64 {
        self.turn += 1;
        if let Some(accepting) = self.accepting.take() {
            accepting.abort();
            // The listener is closed when its task is gone; that it ends as aborted is what was asked for.
            drop(accepting.await);
        }
        self.shared.connections.cut(how).await;
        self.turn
    }

    fn accept_on(&mut self, listener: TcpListener) {
        self.accepting = Some(tokio::spawn(accept(listener, Arc::clone(&self.shared), self.router.clone())));
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>, router: Router) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors, most likely: some will be free again soon.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Only a matter of speed.
        drop(stream.set_nodelay(true));
        shared.counters.count(|counts| counts.connections_accepted += 1);
        let stream = shared.connections.open(stream);
        // Asked after the handle is registered: a fault that is set in between holds it either way.
        if shared.pauses_new_connections() {
            stream.handle().pause();
        }
        tokio::spawn(accepted::serve(Arc::clone(&shared), router.clone(), stream));
    }
}

impl Mint {
    /// What the port shows for an option of the command line.
    pub(super) fn greeting(&self, tls: Tls) -> Result<Greeting, Error> {
        let kind = match tls {
            Tls::SelfSigned => Kind::SelfSigned,
            Tls::Expired => Kind::Expired,
            Tls::NotYetValid => Kind::NotYetValid,
            Tls::WrongHost => Kind::WrongHost,
            Tls::PrivateCa => Kind::PrivateCa,
            Tls::None => return Ok(Greeting::Plain),
        };
        Ok(Greeting::Tls(Arc::new(self.make(kind)?)))
    }

    /// What the port shows for a fault.
    pub(super) fn shown(&self, show: &Show) -> Result<Greeting, Error> {
        Ok(match show {
            Show::Certificate(kind) => Greeting::Tls(Arc::new(self.make(*kind)?)),
            Show::PlainHttp => Greeting::Plain,
            Show::Banner(banner) => Greeting::Banner(banner.clone()),
            Show::OldTls => Greeting::OldTls,
        })
    }
}

impl Greeting {
    pub(super) fn certificate(&self) -> Option<&Certificate> {
        match self {
            Self::Tls(certificate) => Some(certificate),
            Self::Plain | Self::Banner(_) | Self::OldTls => None,
        }
    }
}
