//! From options to a listening server, and to its end.

use crate::app::{App, AppError};
use crate::lookout::Lookout;
use crate::metrics::Metrics;
use crate::middleware::security_headers::Policy;
use crate::options::Serve;
use crate::portal::Portal;
use crate::probe::{Trust, TrustFileError};
use crate::routes::routes;
use axum::Router;
use axum::serve::ListenerExt;
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// How long requests under way may go on after the end was asked for.
const GRACE: Duration = Duration::from_secs(3);

/// A server that accepts connections already, and answers them once it is [run](Server::run).
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    routes: Router,
}

impl Server {
    /// Reads the app and the added authorities, and listens.
    ///
    /// # Errors
    /// Says what to do about it: see [`StartError`].
    pub async fn start(options: Serve) -> Result<Self, StartError> {
        let (endpoints, simulators) = (each_once(options.endpoints), each_once(options.simulators));
        let trust = Trust::with(&options.trust_ca).map_err(StartError::Trust)?;
        let refused = |error| StartError::Listen(options.listen, error);
        let listener = TcpListener::bind(options.listen).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let app = App::read(&options.app).map_err(StartError::App)?;
        let reachable = [&[options.connect_src], simulators.as_slice()].concat().join(" ");
        let policy = Policy::new(app.script_hashes(), &reachable).map_err(|_| StartError::Policy)?;
        let metrics = Arc::new(Metrics::new(&endpoints));
        let lookout = Arc::new(Lookout::new(&endpoints, trust, Arc::clone(&metrics)));
        let portal = Portal { endpoints, simulators, app, lookout, metrics };
        Ok(Self { listener, address, routes: routes(Arc::new(portal), policy) })
    }

    /// Where it listens, with the port that it was given for port 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` comes true, and then up to 3 s longer for the requests under way.
    ///
    /// # Errors
    /// When the operating system takes the listener away.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let (stopping, stopped) = oneshot::channel::<()>();
        let stop = async move {
            stop.await;
            drop(stopping);
        };
        // Answers are small and written in one go: nothing is won by holding them back.
        let listener = self.listener.tap_io(|stream| {
            let _ = stream.set_nodelay(true);
        });
        let served = axum::serve(listener, self.routes).with_graceful_shutdown(stop);
        tokio::select! {
            outcome = served => outcome,
            () = async { let _ = stopped.await; tokio::time::sleep(GRACE).await } => Ok(()),
        }
    }
}

/// In the same order, without what stands twice.
fn each_once<T: PartialEq>(all: Vec<T>) -> Vec<T> {
    let mut once = Vec::new();
    for item in all {
        if !once.contains(&item) {
            once.push(item);
        }
    }
    once
}

/// Why the server does not start.
#[derive(Debug)]
pub enum StartError {
    /// The address cannot be listened on.
    Listen(SocketAddr, io::Error),
    /// There is no app to serve.
    App(AppError),
    /// A file of `--trust-ca` is of no use.
    Trust(TrustFileError),
    /// The content security policy cannot stand in a header.
    Policy,
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(address, error) if error.kind() == ErrorKind::AddrInUse => write!(
                f,
                "{address} is taken by another program: end that, or choose another port with --listen {}:0",
                address.ip()
            ),
            Self::Listen(address, error) if error.kind() == ErrorKind::PermissionDenied => {
                write!(f, "this user may not listen on {address}: choose a port from 1024 up with --listen")
            }
            Self::Listen(address, error) => write!(f, "cannot listen on {address} (--listen): {error}"),
            Self::App(error) => error.fmt(f),
            Self::Trust(error) => error.fmt(f),
            Self::Policy => write!(f, "the sources of --connect-src cannot stand in a header"),
        }
    }
}

impl std::error::Error for StartError {}
