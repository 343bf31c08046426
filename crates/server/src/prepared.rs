//! Everything that can be got ready, and can be wrong, before the server listens. `megaphone check` stops here.

use std::fmt;
use std::sync::Arc;

use connection::endpoint::Endpoint;

use crate::app::{App, AppError, Serving};
use crate::options::{Serve, is_larger_than_a_site};
use crate::probe::{Trust, TrustFileError};
use crate::site::Csp;
use crate::transport::{Identity, IdentityError, descriptors};

/// A configuration that is right, with all that its files hold.
pub struct Prepared {
    pub(crate) options: Serve,
    /// As the operator named them, in that order, each once.
    pub(crate) endpoints: Vec<Endpoint>,
    /// As the operator named them, in that order, each once.
    pub(crate) simulators: Vec<String>,
    pub(crate) app: App,
    pub(crate) trust: Trust,
    pub(crate) csp: Csp,
    pub(crate) identity: Option<Arc<Identity>>,
    /// Connections of clients that fit, by `--max-connections` and by the file descriptors.
    pub(crate) room: usize,
}

impl Prepared {
    /// Reads the files that the options name.
    ///
    /// # Errors
    /// Says which option is wrong and what would be right.
    pub fn new(options: Serve) -> Result<Self, ConfigurationError> {
        let (endpoints, simulators) = (each_once(&options.endpoints), each_once(&options.simulators));
        let trust = Trust::with(&options.trust_ca).map_err(ConfigurationError::Trust)?;
        let identity = options.tls().map(|(certificate, key)| Identity::read(certificate, key)).transpose();
        let identity = identity.map_err(ConfigurationError::Identity)?;
        let serving = Serving { base: options.base_path.clone(), without_gallery: options.no_gallery };
        let app = App::read(options.app.as_deref(), &serving).map_err(ConfigurationError::App)?;
        let reachable = [&[options.connect_src.to_string()], simulators.as_slice()].concat().join(" ");
        let csp = Csp::new(app.inline(), &reachable).map_err(|_| ConfigurationError::Csp)?;
        let room =
            descriptors::room_for_connections(descriptors::reserve(options.max_probes)).min(most_connections(&options));
        Ok(Self { options, endpoints, simulators, app, trust, csp, identity, room })
    }

    /// What the configuration means, a line for each thing that an operator decides.
    pub fn meaning(&self) -> Vec<String> {
        let options = &self.options;
        let scheme = if self.identity.is_some() { "https" } else { "http" };
        let list = |items: &[String], none: &str| if items.is_empty() { none.to_owned() } else { items.join(", ") };
        let texts = |items: &mut dyn Iterator<Item = String>| items.collect::<Vec<_>>();
        let gallery = if self.app.has_gallery() { "with" } else { "without" };
        let app = options.app.as_ref().map_or(App::DEFAULT.to_owned(), |folder| folder.display().to_string());
        let metrics = options.metrics_listen.map_or_else(
            || format!("{scheme}://{}{}metrics", options.listen, options.base_path),
            |address| format!("http://{address}/metrics"),
        );
        vec![
            format!("serves        {scheme}://{}{}", options.listen, options.base_path),
            format!("app           {app}, {gallery} the gallery"),
            format!("probes        {}", texts(&mut self.endpoints.iter().map(ToString::to_string)).join(", ")),
            format!(
                "trusts        the public authorities{}",
                texts(&mut options.trust_ca.iter().map(|file| format!(" and {}", file.display()))).concat()
            ),
            format!("pages reach   {}", options.connect_src),
            format!(
                "own origins   the Host of each request{}",
                texts(&mut options.public_origins.iter().map(|origin| format!(" and {origin}"))).concat()
            ),
            format!(
                "proxies       {}",
                list(
                    &texts(&mut options.trusted_proxies.iter().map(ToString::to_string)),
                    "none; forwarded headers are ignored"
                )
            ),
            format!("metrics       {metrics}"),
            format!("log           {:?} as {:?}, on standard error", options.log_level, options.log_format)
                .to_lowercase(),
            format!(
                "limits        {} connections; {} bytes and {} s for a head, {} s for a body, {} s for an unread answer",
                self.room, options.max_head, options.head_timeout, options.body_timeout, options.answer_timeout
            ),
            format!(
                "rates         {} diagnoses and {} losses a second for each address; {} probes at a time, {} s for a place",
                options.diagnosis_rate, options.losses_rate, options.max_probes, options.probe_wait
            ),
            format!("simulators    {}", list(&self.simulators, "none")),
        ]
    }

    /// What is not wrong, but deserves a thought.
    pub fn warnings(&self) -> Vec<String> {
        let identity = self.identity.as_ref().and_then(|identity| identity.warning());
        let plain = (self.options.allow_plain_http && !self.options.listen.ip().is_loopback()).then(|| {
            "plain HTTP is served to other machines (--allow-plain-http): make sure that a proxy adds TLS".to_owned()
        });
        let watched = self.options.metrics_listen.filter(|address| !address.ip().is_loopback()).map(|address| {
            format!(
                "--metrics-listen {address} answers other machines, always in plain HTTP, and names your endpoints: let only \
                 what watches this server reach it"
            )
        });
        let simulators = (!self.simulators.is_empty()).then(|| {
            "the gallery offers to break the endpoints of --simulator: never do this where people work".to_owned()
        });
        let most = most_connections(&self.options);
        let room = (self.room < most).then(|| {
            format!(
                "the file descriptors of this process allow {} connections, not the {most} of --max-connections: raise \
                 LimitNOFILE of the service, or `ulimit -n`, to {}",
                self.room,
                most.saturating_add(descriptors::reserve(self.options.max_probes))
            )
        });
        let proxies =
            self.options.trusted_proxies.iter().filter(|network| is_larger_than_a_site(network)).map(|network| {
                format!("--trusted-proxy {network} believes more addresses than any site has: name the proxy's own")
            });
        let connect_src = self.options.connect_src.warnings(&self.endpoints);
        [identity, plain, watched, simulators, room].into_iter().flatten().chain(proxies).chain(connect_src).collect()
    }
}

fn most_connections(options: &Serve) -> usize {
    usize::try_from(options.max_connections).unwrap_or(usize::MAX)
}

/// In the same order, without repetitions.
fn each_once<T: PartialEq + Clone>(all: &[T]) -> Vec<T> {
    let mut once = Vec::new();
    for item in all {
        if !once.contains(item) {
            once.push(item.clone());
        }
    }
    once
}

/// Why a configuration is not right.
#[derive(Debug)]
pub enum ConfigurationError {
    /// There is no app to serve.
    App(AppError),
    /// A file of `--trust-ca` is of no use.
    Trust(TrustFileError),
    /// A file of `--tls-cert` or `--tls-key` is of no use.
    Identity(IdentityError),
    /// The content security policy cannot stand in a header.
    Csp,
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::App(error) => error.fmt(f),
            Self::Trust(error) => error.fmt(f),
            Self::Identity(error) => error.fmt(f),
            Self::Csp => write!(f, "the sources of --connect-src cannot stand in a header"),
        }
    }
}

impl std::error::Error for ConfigurationError {}
