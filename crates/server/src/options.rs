//! The command line.

use crate::middleware::security_headers::{CONNECT_ANYWHERE, is_source_list};
use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use clap::{Args, Parser, Subcommand};
use connection::endpoint::Endpoint;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

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
    /// Serve the portal, and look at the named endpoints whenever a page asks why it lost one
    Serve(Serve),
}

/// How the portal is served.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// A DRP endpoint, such as `https://drp.example.com:8092`; repeat it for more. Only these are looked at
    #[arg(long = "endpoint", required = true, value_name = "URL", value_parser = Endpoint::parse)]
    pub endpoints: Vec<Endpoint>,

    /// Where to listen; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT", value_parser = address)]
    pub listen: SocketAddr,

    /// The folder of the built app (`trunk build --release`), read once at start
    #[arg(long, default_value = "dist", value_name = "FOLDER")]
    pub app: PathBuf,

    /// A PEM or DER file with authorities that your browsers trust beside the public ones; repeat it for more
    #[arg(long, value_name = "FILE")]
    pub trust_ca: Vec<PathBuf>,

    /// What the page may connect to, in place of everything: the sources of the policy's connect-src, such as
    /// `'self' https://drp.example.com:8092 wss://drp.example.com:8092`
    #[arg(long, default_value = CONNECT_ANYWHERE, value_name = "SOURCES", value_parser = sources)]
    pub connect_src: String,

    /// Connections of clients that may be open at a time; never more than the file descriptors allow
    #[arg(long, default_value_t = 4_096, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_connections: u32,

    /// Seconds for the head of a request to arrive, counted from the beginning of the connection or from the answer before
    #[arg(long, default_value_t = 10, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3_600))]
    pub head_timeout: u64,

    /// Diagnoses a second for one client address, after a burst of 20 times as many; 0 for no limit
    #[arg(long, default_value_t = 5, value_name = "NUMBER")]
    pub diagnosis_rate: u32,

    /// Reported losses a second for one client address, after a burst of 20 times as many; 0 for no limit
    #[arg(long, default_value_t = 10, value_name = "NUMBER")]
    pub losses_rate: u32,

    /// The control of a `drp-simulator` on this machine, such as `http://127.0.0.1:8093`; repeat it for more. The gallery
    /// then has a page that breaks the endpoint beside the portal, so never name one where people work
    #[arg(long = "simulator", value_name = "URL", value_parser = simulator)]
    pub simulators: Vec<String>,
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| "expected an IP address and port, such as 127.0.0.1:8080, [::1]:8080 or 0.0.0.0:80".to_owned())
}

fn sources(text: &str) -> Result<String, String> {
    if is_source_list(text) {
        Ok(text.to_owned())
    } else {
        Err("expected sources separated by spaces, without commas and semicolons".to_owned())
    }
}

/// The origin of a simulator's control, which answers pages of this very machine and no others.
fn simulator(text: &str) -> Result<String, String> {
    let expected = "expected the control address of a simulator on this machine, such as http://127.0.0.1:8093";
    let uri: Uri = text.parse().map_err(|_| expected.to_owned())?;
    let (Some("http"), Some(host), Some(port), None | Some("/")) =
        (uri.scheme_str(), uri.host(), uri.port_u16(), uri.path_and_query().map(PathAndQuery::as_str))
    else {
        return Err(expected.to_owned());
    };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    if host == "localhost" || address.is_ok_and(|address| address.is_loopback()) {
        Ok(format!("http://{host}:{port}"))
    } else {
        Err(expected.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serve(arguments: &[&str]) -> Result<Serve, String> {
        let all = ["megaphone", "serve"].iter().chain(arguments);
        let Command::Serve(serve) = Options::try_parse_from(all).map_err(|error| error.to_string())?.command;
        Ok(serve)
    }

    #[test]
    fn an_endpoint_is_all_that_must_be_named() {
        let serve = serve(&["--endpoint", "https://localhost:8092"]).unwrap();
        assert_eq!(serve.listen, "127.0.0.1:8080".parse().unwrap());
        assert_eq!(serve.app, PathBuf::from("dist"));
        assert_eq!(serve.connect_src, CONNECT_ANYWHERE);
        assert!(serve.simulators.is_empty());
    }

    #[test]
    fn a_simulator_stands_on_this_machine_and_speaks_plain_http() {
        let read = |text: &str| serve(&["--endpoint", "drp", "--simulator", text]).map(|serve| serve.simulators);
        for text in ["http://127.0.0.1:8093", "http://localhost:8093", "http://[::1]:8093"] {
            assert_eq!(read(text).unwrap(), [text]);
        }
        assert_eq!(read("http://127.0.0.1:8093/").unwrap(), ["http://127.0.0.1:8093"]);
        for text in [
            "",
            "8093",
            "127.0.0.1:8093",
            "http://127.0.0.1",
            "https://127.0.0.1:8093",
            "http://127.0.0.1:8093/fault",
            "http://127.0.0.1:8093/?q",
            "http://10.0.0.1:8093",
            "http://drp.example:8093",
            "http://localhost.example:8093",
            "http://user@drp.example:8093",
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains("such as http://127.0.0.1:8093"), "{text}: {error}");
        }
    }

    #[test]
    fn a_slip_is_answered_with_what_would_be_right() {
        let error = |arguments: &[&str]| serve(arguments).unwrap_err();
        assert!(error(&[]).contains("--endpoint <URL>"));
        assert!(error(&["--endpoint", "ftp://drp"]).contains("begins with https:// or http://"));
        assert!(error(&["--endpoint", "drp", "--listen", "8080"]).contains("such as 127.0.0.1:8080"));
        assert!(error(&["--endpoint", "drp", "--connect-src", "*; script-src *"]).contains("without commas"));
    }
}
