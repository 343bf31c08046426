//! The command line, the environment and the configuration file: one list of options for all three.

mod connect_src;
mod environment;
mod file;
mod values;

#[cfg(test)]
pub(crate) use connect_src::ANYWHERE;
pub use connect_src::ConnectSrc;
pub use environment::warnings as environment_warnings;
pub use values::Origin;
pub(crate) use values::is_larger_than_a_site;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use connection::endpoint::Endpoint;
use ipnet::IpNet;

use crate::base_path::BasePath;
use values::{address, network, path, simulator};

/// Serves a portal for Digital Rebar Provision, and finds out why connections to it are lost.
#[derive(Debug, Parser)]
#[command(name = "megaphone", version)]
pub struct Options {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal, and probe the named endpoints whenever a page asks why it lost one
    ///
    /// Every option can also be given by the environment (--trust-ca as MEGAPHONE_TRUST_CA) and in the file of --config
    /// (as trust-ca = ["ca.pem"]). The command line comes first, then the environment, then the file.
    Serve(Box<Serve>),
    /// Say whether a configuration is right and what it means, without listening
    Check(Box<Serve>),
}

/// How the portal is served.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// A TOML file with options by their names, such as `endpoint = ["https://drp.example.com:8092"]`
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// A DRP endpoint, such as `https://drp.example.com:8092`; repeat it for more. Only these are probed
    #[arg(long = "endpoint", required = true, value_name = "URL", value_delimiter = ',', value_parser = Endpoint::parse)]
    pub endpoints: Vec<Endpoint>,

    /// Where to listen; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT", value_parser = address)]
    pub listen: SocketAddr,

    /// The folder of the built app, read once at start [default: the app inside the program, else `dist`]
    #[arg(long, value_name = "FOLDER")]
    pub app: Option<PathBuf>,

    /// The path below which the portal stands, such as `/portal/`. A proxy in front may leave it or cut it off
    #[arg(long, default_value = "/", value_name = "PATH", value_parser = BasePath::parse)]
    pub base_path: BasePath,

    /// Leave the gallery of states (`/preview`) out
    #[arg(long)]
    pub no_gallery: bool,

    /// The server's certificate with its chain (PEM): HTTPS. Read again when it changes, and on SIGHUP
    #[arg(long, value_name = "FILE", help_heading = "HTTPS and proxies")]
    pub tls_cert: Option<PathBuf>,

    /// The private key of --tls-cert (PEM)
    #[arg(long, value_name = "FILE", help_heading = "HTTPS and proxies")]
    pub tls_key: Option<PathBuf>,

    /// Serve plain HTTP to other machines too: behind a proxy that adds TLS, or in a test network
    #[arg(long, help_heading = "HTTPS and proxies")]
    pub allow_plain_http: bool,

    /// A proxy in front, as an address or network such as `10.0.0.0/8`; repeat it for more. Only its `X-Forwarded-For`,
    /// `X-Forwarded-Host`, `X-Forwarded-Proto` and `X-Request-Id` are believed
    #[arg(long = "trusted-proxy", value_name = "ADDRESS", value_delimiter = ',', value_parser = network, help_heading = "HTTPS and proxies")]
    pub trusted_proxies: Vec<IpNet>,

    /// The portal's address in browsers, such as `https://portal.example.com`; repeat it for more. Needed behind a proxy
    /// that changes `Host`
    #[arg(long = "public-origin", value_name = "ORIGIN", value_delimiter = ',', value_parser = Origin::parse, help_heading = "HTTPS and proxies")]
    pub public_origins: Vec<Origin>,

    /// A PEM or DER file with authorities that your browsers trust beside the public ones; repeat it for more
    #[arg(long, value_name = "FILE", value_delimiter = ',', value_parser = path())]
    pub trust_ca: Vec<PathBuf>,

    /// What the page may connect to, in place of everything: the sources of the policy's connect-src, such as
    /// `'self' https://drp.example.com:8092 wss://drp.example.com:8092`
    #[arg(long, default_value = connect_src::ANYWHERE, value_name = "SOURCES", value_parser = ConnectSrc::parse)]
    pub connect_src: ConnectSrc,

    /// Connections of clients that may be open at a time; never more than the file descriptors allow
    #[arg(long, default_value_t = 4_096, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Limits")]
    pub max_connections: u32,

    /// Seconds for the head of a request to arrive, counted from the beginning of the connection or from the answer before
    #[arg(long, default_value_t = 10, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3_600), help_heading = "Limits")]
    pub head_timeout: u64,

    /// Bytes of the head of a request
    #[arg(long, default_value_t = 16_384, value_name = "BYTES", value_parser = clap::value_parser!(u32).range(8_192..=1_048_576), help_heading = "Limits")]
    pub max_head: u32,

    /// Seconds for the body of a request to arrive
    #[arg(long, default_value_t = 5, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3_600), help_heading = "Limits")]
    pub body_timeout: u64,

    /// Seconds after which an answer is given up of which its client reads nothing
    #[arg(long, default_value_t = 30, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3_600), help_heading = "Limits")]
    pub answer_timeout: u64,

    /// Probes of endpoints that may run at a time
    #[arg(long, default_value_t = 8, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=256), help_heading = "Limits")]
    pub max_probes: u32,

    /// Seconds that a diagnosis waits for a place among them; a page itself waits 12 s for the whole answer
    #[arg(long, default_value_t = 5, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(..=60), help_heading = "Limits")]
    pub probe_wait: u64,

    /// Seconds to go on as before after SIGTERM with `/readyz` at 503, so that balancers look away first
    #[arg(long, default_value_t = 0, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(..=300), help_heading = "Limits")]
    pub drain: u64,

    /// Diagnoses a second for one client address, after a burst of 20 times as many; 0 for no limit
    #[arg(long, default_value_t = 5, value_name = "NUMBER", help_heading = "Limits")]
    pub diagnosis_rate: u32,

    /// Reported losses a second for one client address, after a burst of 20 times as many; 0 for no limit
    #[arg(long, default_value_t = 10, value_name = "NUMBER", help_heading = "Limits")]
    pub losses_rate: u32,

    /// Another address for /metrics, /healthz and /readyz, always plain HTTP; /metrics is then absent from --listen
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = address, help_heading = "Logs and metrics")]
    pub metrics_listen: Option<SocketAddr>,

    /// How the log on standard error is written
    #[arg(long, default_value = "text", value_name = "FORMAT", help_heading = "Logs and metrics")]
    pub log_format: LogFormat,

    /// The least important lines to log: probes and refusals are `info`, every request is `debug`
    #[arg(long, default_value = "info", value_name = "LEVEL", help_heading = "Logs and metrics")]
    pub log_level: LogLevel,

    /// The control of a `drp-simulator` on this machine, such as `http://127.0.0.1:8093`; repeat it for more. The gallery
    /// then has a page that breaks the endpoint beside the portal, so never name one where people work
    #[arg(long = "simulator", value_name = "URL", value_delimiter = ',', value_parser = simulator)]
    pub simulators: Vec<String>,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people
    Text,
    /// One JSON object a line
    Json,
}

/// The least important lines that are logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// What an operator must repair
    Error,
    /// What an operator should know
    Warn,
    /// Start, stop, probes, refusals
    Info,
    /// Every request
    Debug,
    /// Everything
    Trace,
}

impl Serve {
    /// Whether pages reach the server over HTTPS.
    pub(crate) fn tls(&self) -> Option<(&Path, &Path)> {
        self.tls_cert.as_deref().zip(self.tls_key.as_deref())
    }

    /// What no single option says: whether they go together, wherever each of them stands.
    fn contradiction(&self) -> Option<String> {
        match (&self.tls_cert, &self.tls_key) {
            (Some(_), None) => return Some("--tls-cert needs its private key: add --tls-key FILE".to_owned()),
            (None, Some(_)) => return Some("--tls-key needs its certificate: add --tls-cert FILE".to_owned()),
            (Some(_), Some(_)) if self.allow_plain_http => {
                return Some("--allow-plain-http contradicts --tls-cert: leave one of them out".to_owned());
            }
            (Some(_), Some(_)) | (None, None) => {}
        }
        if self.tls().is_none() && !self.listen.ip().is_loopback() && !self.allow_plain_http {
            return Some(format!(
                "--listen {} would serve plain HTTP to other machines: add --tls-cert and --tls-key, or \
                 --allow-plain-http if a proxy adds TLS or the network is a test network",
                self.listen
            ));
        }
        let same_port =
            self.listen.port() != 0 && self.metrics_listen.is_some_and(|it| it.port() == self.listen.port());
        let same_address = |it: SocketAddr| {
            it.ip() == self.listen.ip() || self.listen.ip().is_unspecified() || it.ip().is_unspecified()
        };
        if same_port && self.metrics_listen.is_some_and(same_address) {
            return Some("--metrics-listen and --listen are the same: choose another port for one of them".to_owned());
        }
        None
    }
}

impl Options {
    /// Reads the arguments, the environment and the configuration file that they name.
    ///
    /// # Errors
    /// What is wrong and what would be right, in clap's form; also the answer to `--help` and `--version`.
    pub fn read<I, T>(arguments: I) -> Result<Self, clap::Error>
    where
        I: IntoIterator<Item = T>,
        T: Into<OsString> + Clone,
    {
        let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
        let mut command = environment::apply(Self::command());
        let early = command.clone().ignore_errors(true).try_get_matches_from(&arguments);
        let config = early.ok().as_ref().and_then(ArgMatches::subcommand).and_then(|(name, matches)| {
            let path = matches.try_get_one::<PathBuf>("config").ok().flatten()?;
            Some((name.to_owned(), path.clone()))
        });
        if let Some((name, path)) = config {
            command = file::apply(command, &name, &path)?;
        }
        let given = Self::command().ignore_errors(true).try_get_matches_from(&arguments).ok();
        if let Some((name, matches)) = given.as_ref().and_then(ArgMatches::subcommand)
            && let Some(subcommand) = command.find_subcommand(name)
        {
            environment::check_values(subcommand, matches)?;
        }
        let options = Self::from_arg_matches(&command.clone().try_get_matches_from(&arguments)?)?;
        let (Command::Serve(serve) | Command::Check(serve)) = &options.command;
        match serve.contradiction() {
            None => Ok(options),
            Some(what) => Err(command.error(ErrorKind::ArgumentConflict, what)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serve(arguments: &[&str]) -> Result<Box<Serve>, String> {
        let all = ["megaphone", "serve"].iter().chain(arguments);
        match Options::read(all).map_err(|error| error.to_string())?.command {
            Command::Serve(serve) => Ok(serve),
            Command::Check(_) => Err("check".to_owned()),
        }
    }

    #[test]
    fn an_endpoint_is_all_that_must_be_named() {
        let serve = serve(&["--endpoint", "https://localhost:8092"]).unwrap();
        assert_eq!(serve.listen, "127.0.0.1:8080".parse().unwrap());
        assert_eq!((serve.app, serve.base_path), (None, BasePath::default()));
        assert_eq!(serve.connect_src.to_string(), connect_src::ANYWHERE);
        assert!(serve.simulators.is_empty() && !serve.no_gallery && !serve.allow_plain_http);
    }

    #[test]
    fn a_blank_may_follow_the_comma_of_a_list() {
        let serve = serve(&[
            "--endpoint",
            "a, b",
            "--trusted-proxy",
            "10.0.0.1, 10.0.0.2",
            "--public-origin",
            "https://a, https://b",
            "--trust-ca",
            "a.pem, b.pem",
        ])
        .unwrap();
        assert_eq!([serve.endpoints.len(), serve.trusted_proxies.len(), serve.public_origins.len()], [2, 2, 2]);
        assert_eq!(serve.trust_ca, ["a.pem", "b.pem"].map(PathBuf::from));
    }

    #[test]
    fn a_slip_is_answered_with_what_would_be_right() {
        let error = |arguments: &[&str]| serve(arguments).unwrap_err();
        assert!(error(&[]).contains("--endpoint <URL>"));
        assert!(error(&["--endpoint", "ftp://drp"]).contains("begins with https:// or http://"));
        assert!(error(&["--endpoint", "drp", "--listen", "8080"]).contains("such as 127.0.0.1:8080"));
        assert!(error(&["--endpoint", "drp", "--connect-src", "*; script-src *"]).contains("--connect-src"));
        assert!(error(&["--endpoint", "drp", "--trusted-proxy", "proxy"]).contains("127.0.0.1 or 10.0.0.0/8"));
        assert!(
            error(&["--endpoint", "drp", "--public-origin", "portal"]).contains("such as https://portal.example.com")
        );
        assert!(error(&["--endpoint", "drp", "--base-path", "/a b/"]).contains("such as /portal/"));
    }

    #[test]
    fn options_that_do_not_go_together_are_refused() {
        let error = |arguments: &[&str]| serve(&[&["--endpoint", "drp"], arguments].concat()).unwrap_err();
        assert!(error(&["--tls-cert", "a.pem"]).contains("add --tls-key FILE"));
        assert!(error(&["--tls-key", "a.pem"]).contains("add --tls-cert FILE"));
        assert!(error(&["--listen", "0.0.0.0:8080"]).contains("--allow-plain-http"));
        assert!(error(&["--listen", "127.0.0.1:1", "--metrics-listen", "127.0.0.1:1"]).contains("another port"));
        assert!(serve(&["--endpoint", "drp", "--listen", "0.0.0.0:8080", "--allow-plain-http"]).is_ok());
        assert!(serve(&["--endpoint", "drp", "--listen", "0.0.0.0:443", "--tls-cert", "a", "--tls-key", "b"]).is_ok());
    }

    #[test]
    fn every_option_has_a_variable_and_an_explanation() {
        let command = environment::apply(Options::command());
        let serve = command.find_subcommand("serve").unwrap();
        for argument in serve.get_arguments().filter(|argument| argument.get_id() != "help") {
            assert!(
                argument.get_env().is_some_and(|name| name.to_string_lossy().starts_with("MEGAPHONE_")),
                "{argument}"
            );
            assert!(argument.get_help().is_some_and(|help| help.to_string().len() > 20), "{argument}");
        }
        Options::command().debug_assert();
    }
}
