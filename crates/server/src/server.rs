//! From a configuration to a listening server, and to its end.

use std::fmt;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::time::{MissedTickBehavior, interval};

use crate::api::config;
use crate::app_state::{AppState, Readiness};
use crate::metrics::Metrics;
use crate::options::Origin;
use crate::prepared::Prepared;
use crate::probe_cache::{Places, ProbeCache};
use crate::rate_limit::RateLimit;
use crate::routes::{Limits, operations_alone, routes};
use crate::site::{Around, Observer, Site, TrustedProxies};
use crate::transport::identity::RELOAD_EVERY;
use crate::transport::{Acceptor, ConnectionLimits, Connections, Identity};

/// How long requests under way may go on after the server was asked to stop.
const GRACE: Duration = Duration::from_secs(3);

/// Connections to the address of the metrics: a few Prometheus servers and probes.
const METRICS_CONNECTIONS: usize = 32;

/// A server that accepts connections already, and answers them once it is [run](Server::run).
pub struct Server {
    acceptor: Acceptor,
    metrics_acceptor: Option<Acceptor>,
    address: SocketAddr,
    metrics_address: Option<SocketAddr>,
    identity: Option<Arc<Identity>>,
    state: Arc<AppState>,
    drain: Duration,
}

/// What a running server can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// To read the files of its certificate again.
    Reload,
    /// To tell balancers for the time of `--drain`, finish the requests under way and end; asked again, to end at once.
    Stop,
}

impl Server {
    /// Listens.
    ///
    /// # Errors
    /// Says what to do about it: see [`StartError`].
    pub async fn start(prepared: Prepared) -> Result<Self, StartError> {
        let Prepared { options, endpoints, simulators, app, trust, csp, identity, room } = prepared;
        let (listener, address) = listen("--listen", options.listen).await?;
        let metrics_listener = match options.metrics_listen {
            Some(address) => Some(listen("--metrics-listen", address).await?),
            None => None,
        };
        let metrics = Arc::new(Metrics::new(&endpoints).map_err(StartError::Metrics)?);
        let tls = identity.as_ref().map(Identity::acceptor).transpose().map_err(StartError::Tls)?;
        if let Some(identity) = &identity {
            metrics.own_certificate(identity.not_after());
        }
        let public_origins: Arc<[Origin]> = options.public_origins.into();
        let config = config::answer(&endpoints, simulators).map_err(StartError::Config)?;
        let around = Arc::new(Around {
            base: options.base_path,
            proxies: TrustedProxies::new(options.trusted_proxies),
            public_origins: Arc::clone(&public_origins),
            observer: Observer::new(Arc::clone(&metrics)),
            csp,
        });
        let limits_of_routes = Limits {
            diagnosis: Arc::new(RateLimit::new(options.diagnosis_rate)),
            losses: Arc::new(RateLimit::new(options.losses_rate)),
        };
        let connections = Connections::new(room, Arc::clone(&metrics));
        let places = Places { at_once: options.max_probes as usize, wait: Duration::from_secs(options.probe_wait) };
        let probes = Arc::new(ProbeCache::new(&endpoints, trust, places, Arc::clone(&metrics)));
        let readiness = Readiness::default();
        let body_time = Duration::from_secs(options.body_timeout);
        let state = Arc::new(AppState { config, public_origins, app, probes, metrics, readiness, body_time });
        let limits = ConnectionLimits {
            head: options.max_head as usize,
            head_time: Duration::from_secs(options.head_timeout),
            stalled_write: Duration::from_secs(options.answer_timeout),
        };
        let drain = Duration::from_secs(options.drain);
        let metrics_address = metrics_listener.as_ref().map(|(_, address)| *address);
        let routes = routes(Arc::clone(&state), limits_of_routes, metrics_listener.is_none());
        let metrics_acceptor = metrics_listener.map(|(listener, _)| {
            // Not counted among the clients' connections, so that a full server can still be watched.
            let connections = Connections::uncounted(METRICS_CONNECTIONS);
            let site = Site { routes: operations_alone(Arc::clone(&state)), app: None, around: Arc::clone(&around) };
            Acceptor { listener, tls: None, connections, site, limits }
        });
        let site = Site { routes, app: Some(Arc::clone(&state)), around };
        let acceptor = Acceptor { listener, tls, connections, site, limits };
        Ok(Self { acceptor, metrics_acceptor, address, metrics_address, identity, state, drain })
    }

    /// Where it listens, with the port that it was given for port 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it listens for those who scrape the metrics, if that is another address.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics_address
    }

    /// Such as `https`.
    pub fn scheme(&self) -> &'static str {
        if self.identity.is_some() { "https" } else { "http" }
    }

    /// Answers until it is asked to stop, then for the time of `--drain`, and then up to 3 s longer for the requests under
    /// way. Once every sender of `requests` is gone nothing can stop it.
    pub async fn run(self, mut requests: mpsc::Receiver<Request>) {
        let (stop, stopped) = watch::channel(false);
        let until_stopped = |mut stopped: watch::Receiver<bool>| async move {
            let _ = stopped.wait_for(|stopped| *stopped).await;
        };
        let (end, ended) = watch::channel(false);
        let portal = async {
            self.acceptor.run(until_stopped(stopped)).await;
            let _ = end.send(true);
        };
        // To the end, so that those who watch the server can see that it stops.
        let metrics = async {
            if let Some(acceptor) = self.metrics_acceptor {
                acceptor.run(until_stopped(ended)).await;
            }
        };
        let control = async {
            until_stop_is_asked(&mut requests, self.identity.as_deref(), &self.state.metrics).await;
            self.state.readiness.end();
            if !self.drain.is_zero() {
                tracing::info!("stopping: /readyz says so for {} s, and all else goes on", self.drain.as_secs());
                tokio::select! {
                    () = tokio::time::sleep(self.drain) => {}
                    () = until_stop_is_asked(&mut requests, None, &self.state.metrics) => {
                        tracing::warn!("stopped at once because it was asked again");
                        return;
                    }
                }
            }
            tracing::info!("stopping: no new connections, up to 3 s for the requests under way");
            let _ = stop.send(true);
            tokio::select! {
                () = tokio::time::sleep(GRACE) => tracing::warn!("stopped with requests still under way"),
                () = until_stop_is_asked(&mut requests, None, &self.state.metrics) => {
                    tracing::warn!("stopped at once because it was asked again");
                }
            }
        };
        tokio::select! {
            ((), ()) = async { tokio::join!(portal, metrics) } => tracing::info!("stopped"),
            () = control => {}
        }
    }
}

async fn listen(option: &'static str, address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let refused = |error| StartError::Listen(option, address, error);
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    Ok((listener, address))
}

/// Reloads the certificate when it is asked to and when the files change.
async fn until_stop_is_asked(requests: &mut mpsc::Receiver<Request>, identity: Option<&Identity>, metrics: &Metrics) {
    let mut ticks = interval(RELOAD_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            request = requests.recv() => match (request, identity) {
                (Some(Request::Stop), _) => return,
                (Some(Request::Reload), Some(identity)) => identity.reload(metrics),
                (Some(Request::Reload), None) => tracing::info!("nothing to reload: there is no --tls-cert"),
                (None, _) => std::future::pending().await,
            },
            _ = ticks.tick() => {
                if let Some(identity) = identity {
                    identity.reload(metrics);
                }
            }
        }
    }
}

/// Why the server does not start, though its configuration is right.
#[derive(Debug)]
pub enum StartError {
    /// The address of an option cannot be listened on.
    Listen(&'static str, SocketAddr, io::Error),
    /// TLS cannot be set up.
    Tls(rustls::Error),
    /// The metrics cannot be set up.
    Metrics(prometheus::Error),
    /// The answer of `/api/config` cannot be written.
    Config(serde_json::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(option, address, error) if error.kind() == ErrorKind::AddrInUse => write!(
                f,
                "{address} is taken by another program: end that, or choose another port with {option} {}:0",
                address.ip()
            ),
            Self::Listen(option, address, error) if error.kind() == ErrorKind::PermissionDenied => {
                write!(f, "this user may not listen on {address}: choose a port from 1024 up with {option}")
            }
            Self::Listen(option, address, error) if error.kind() == ErrorKind::AddrNotAvailable => write!(
                f,
                "this machine does not have the address {}: choose one of its own, or 0.0.0.0 for all, with {option}",
                address.ip()
            ),
            Self::Listen(option, address, error) => write!(f, "cannot listen on {address} ({option}): {error}"),
            Self::Tls(error) => write!(f, "cannot set up TLS: {error}"),
            Self::Metrics(error) => write!(f, "cannot set up the metrics: {error}"),
            Self::Config(error) => write!(f, "cannot write the answer of /api/config: {error}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen(_, _, error) => Some(error),
            Self::Tls(error) => Some(error),
            Self::Metrics(error) => Some(error),
            Self::Config(error) => Some(error),
        }
    }
}
