//! From options to a listening server, and to its end.

use crate::app::{App, AppError, Serving};
use crate::app_state::{AppState, Readiness};
use crate::metrics::Metrics;
use crate::middleware::client::TrustedProxies;
use crate::middleware::observe::{Observer, RequestIds};
use crate::middleware::security_headers::Policy;
use crate::options::Serve;
use crate::probe::{Trust, TrustFileError};
use crate::probe_cache::ProbeCache;
use crate::rate_limit::RateLimit;
use crate::routes::{Layers, routes};
use crate::transport::{Acceptor, Connections, descriptors};
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

/// How long requests under way may go on after the server was asked to stop.
const GRACE: Duration = Duration::from_secs(3);

/// A server that accepts connections already, and answers them once it is [run](Server::run).
pub struct Server {
    acceptor: Acceptor,
    address: SocketAddr,
    state: Arc<AppState>,
}

/// What a running server can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// To finish the requests under way and end; asked again, to end at once.
    Stop,
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
        let app = App::read(&options.app, &Serving::default()).map_err(StartError::App)?;
        let reachable = [&[options.connect_src], simulators.as_slice()].concat().join(" ");
        let policy = Policy::new(app.script_hashes(), &reachable).map_err(|_| StartError::Policy)?;
        let metrics = Arc::new(Metrics::new(&endpoints).map_err(StartError::Metrics)?);
        let layers = Layers {
            policy,
            proxies: TrustedProxies::new(Vec::new()),
            observer: Observer { ids: Arc::new(RequestIds::new()), metrics: Arc::clone(&metrics) },
            diagnosis_limit: Arc::new(RateLimit::new(options.diagnosis_rate)),
            losses_limit: Arc::new(RateLimit::new(options.losses_rate)),
        };
        let room =
            descriptors::room_for_connections().min(usize::try_from(options.max_connections).unwrap_or(usize::MAX));
        let connections = Connections::new(room, Arc::clone(&metrics));
        let probes = Arc::new(ProbeCache::new(&endpoints, trust, Arc::clone(&metrics)));
        let readiness = Readiness::default();
        let state = Arc::new(AppState { endpoints, simulators, app, probes, metrics, readiness });
        let router = routes(Arc::clone(&state), layers);
        let head_time = Duration::from_secs(options.head_timeout);
        Ok(Self { acceptor: Acceptor { listener, connections, router, head_time }, address, state })
    }

    /// Where it listens, with the port that it was given for port 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until it is asked to stop, and then up to 3 s longer for the requests under way. Once every sender of
    /// `requests` is gone nothing can stop it.
    pub async fn run(self, mut requests: mpsc::Receiver<Request>) {
        let (stop, stopped) = oneshot::channel::<()>();
        let acceptor = self.acceptor.run(async {
            let _ = stopped.await;
        });
        let ended = async {
            next(&mut requests).await;
            self.state.readiness.end();
            tracing::info!("stopping: no new connections, up to 3 s for the requests under way");
            let _ = stop.send(());
            tokio::select! {
                () = tokio::time::sleep(GRACE) => tracing::warn!("stopped with requests still under way"),
                () = next(&mut requests) => tracing::warn!("stopped at once because it was asked again"),
            }
        };
        tokio::select! {
            () = acceptor => tracing::info!("stopped"),
            () = ended => {}
        }
    }
}

async fn next(requests: &mut mpsc::Receiver<Request>) {
    match requests.recv().await {
        Some(Request::Stop) => {}
        None => std::future::pending().await,
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
    /// The metrics cannot be set up.
    Metrics(prometheus::Error),
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
            Self::Metrics(error) => write!(f, "cannot set up the metrics: {error}"),
        }
    }
}

impl std::error::Error for StartError {}
