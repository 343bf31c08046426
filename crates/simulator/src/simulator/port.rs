//! The endpoint's port, which opens and closes for real and keeps its number.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::second_address::Second;
use crate::accepted;
use crate::connection::Cut;
use crate::fault::effect::SecondAddress;
use crate::greeting::Greeting;
use crate::shared::Shared;

pub(super) struct Port {
    shared: Arc<Shared>,
    router: Router,
    accepting: Option<JoinHandle<()>>,
    /// What the port shows when no fault says otherwise.
    greeting: Greeting,
    second: Option<Second>,
    turn: u64,
}

impl Port {
    pub(super) fn new(listener: TcpListener, shared: Arc<Shared>, router: Router, greeting: Greeting) -> Self {
        let mut port = Self { shared, router, accepting: None, greeting, second: None, turn: 0 };
        port.accept_on(listener);
        port
    }

    pub(super) fn is_open(&self) -> bool {
        self.accepting.is_some()
    }

    /// Counts how often the port was opened and closed, so that a caller can tell whether anybody did so since.
    pub(super) fn turn(&self) -> u64 {
        self.turn
    }

    pub(super) fn greeting(&self) -> &Greeting {
        &self.greeting
    }

    pub(super) fn set_greeting(&mut self, greeting: Greeting) {
        self.greeting = greeting;
    }

    /// Listens on the second address as well, or on the first only.
    pub(super) async fn set_second(&mut self, says: Option<SecondAddress>) -> io::Result<()> {
        if let Some(second) = self.second.take() {
            second.close().await;
        }
        if let Some(says) = says {
            self.second = Some(Second::listen(self.shared.address.port(), says).await?);
        }
        Ok(())
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

    /// Closes the port, so that connections are refused, and only then ends the existing ones. Returns the new turn.
    pub(super) async fn close(&mut self, how: Cut) -> u64 {
        self.turn += 1;
        if let Some(accepting) = self.accepting.take() {
            accepting.abort();
            // The listener is closed when its task has ended; that it was aborted is no error.
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
        // Asked after the connection is registered: a fault that is set in between pauses it either way.
        if shared.pauses_new_connections() {
            stream.handle().pause();
        }
        tokio::spawn(accepted::serve(Arc::clone(&shared), router.clone(), stream));
    }
}
