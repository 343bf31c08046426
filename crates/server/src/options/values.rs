//! What single values must look like.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use clap::builder::{OsStr, PathBufValueParser, Resettable, TypedValueParser};
use clap::{Arg, ArgAction, Command};
use ipnet::IpNet;

/// Has clap read the values of one option as if they stood on a command line.
pub(super) fn check(argument: &Arg, values: &[String]) -> Result<(), String> {
    if values.len() > 1 && !matches!(argument.get_action(), ArgAction::Append) {
        return Err("expected one value".to_owned());
    }
    // As a default, because a switch takes a value there and not on the command line.
    let alone = argument.clone().required(false).env(Resettable::Reset).default_values(values.iter().map(OsStr::from));
    let Err(error) = Command::new("check").arg(alone).try_get_matches_from(["check"]) else { return Ok(()) };
    if matches!(argument.get_action(), ArgAction::SetTrue) {
        return Err(format!("expected true or false, not {}", values.concat()));
    }
    // The sentence, and the list of what is possible below it.
    let text = error.to_string();
    let lines: Vec<_> = text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
    let what = lines.join(" ");
    Err(what.strip_prefix("error: ").unwrap_or(&what).to_owned())
}

/// A path in a list, where a blank may follow the comma.
pub(super) fn path() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(|path| match path.to_str() {
        Some(text) => PathBuf::from(text.trim()),
        None => path,
    })
}

pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| "expected an IP address and port, such as 127.0.0.1:8080, [::1]:8080 or 0.0.0.0:80".to_owned())
}

pub(super) fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let address = || text.parse::<IpAddr>().map(IpNet::from);
    let network: IpNet = text
        .parse()
        .or_else(|_| address())
        .map_err(|_| "expected an IP address or a network, such as 127.0.0.1 or 10.0.0.0/8".to_owned())?;
    if network.prefix_len() == 0 {
        return Err("this is every address, so any client could claim to be another: name the proxy's own".to_owned());
    }
    Ok(network)
}

/// Whether a network is larger than any that one operator has: that of the whole of 10.0.0.0/8, or of IPv6's local
/// addresses.
pub(crate) fn is_larger_than_a_site(network: &IpNet) -> bool {
    match network {
        IpNet::V4(network) => network.prefix_len() < 8,
        IpNet::V6(network) => network.prefix_len() < 7,
    }
}

/// Where pages come from: a scheme, a host and perhaps a port, as browsers send it in `Origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let expected =
            || "expected a scheme and one host, without a path, such as https://portal.example.com".to_owned();
        let uri: Uri = text.trim().parse().map_err(|_| expected())?;
        let (Some(scheme @ ("http" | "https")), Some(authority), None | Some("/")) =
            (uri.scheme_str(), uri.authority(), uri.path_and_query().map(PathAndQuery::as_str))
        else {
            return Err(expected());
        };
        if authority.as_str().contains(['@', '*']) {
            return Err(expected());
        }
        let default_port = if scheme == "https" { ":443" } else { ":80" };
        let authority = authority.as_str().to_ascii_lowercase();
        let authority = authority.strip_suffix(default_port).unwrap_or(&authority);
        Ok(Self(format!("{scheme}://{authority}")))
    }

    /// Whether the value of an `Origin` header is this one.
    pub(crate) fn is(&self, header: &str) -> bool {
        self.0.eq_ignore_ascii_case(header)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The origin of a simulator's control, which answers pages of this very machine and no others.
pub(super) fn simulator(text: &str) -> Result<String, String> {
    let expected =
        || "expected the control address of a simulator on this machine, such as http://127.0.0.1:8093".to_owned();
    let uri: Uri = text.trim().parse().map_err(|_| expected())?;
    let (Some("http"), Some(host), Some(port), None | Some("/")) =
        (uri.scheme_str(), uri.host(), uri.port_u16(), uri.path_and_query().map(PathAndQuery::as_str))
    else {
        return Err(expected());
    };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    if host == "localhost" || address.is_ok_and(|address| address.is_loopback()) {
        Ok(format!("http://{host}:{port}"))
    } else {
        Err(expected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_simulator_stands_on_this_machine_and_speaks_plain_http() {
        for text in ["http://127.0.0.1:8093", "http://localhost:8093", "http://[::1]:8093"] {
            assert_eq!(simulator(text).unwrap(), text);
        }
        assert_eq!(simulator("http://127.0.0.1:8093/").unwrap(), "http://127.0.0.1:8093");
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
            let error = simulator(text).unwrap_err();
            assert!(error.contains("such as http://127.0.0.1:8093"), "{text}: {error}");
        }
    }

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (text, origin) in [
            ("https://Portal.example.com", "https://portal.example.com"),
            ("https://portal:443/", "https://portal"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(Origin::parse(text).unwrap().to_string(), origin);
        }
        for text in [
            "",
            "portal",
            "https://",
            "https://portal/path",
            "ftp://portal",
            "https://user@portal",
            "null",
            "*",
            "https://*.example.com",
        ] {
            assert!(Origin::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_address_is_a_network_of_one() {
        assert_eq!(network("10.1.2.3").unwrap(), "10.1.2.3/32".parse().unwrap());
        for everyone in ["0.0.0.0/0", "::/0"] {
            assert!(network(everyone).unwrap_err().contains("name the proxy's own"), "{everyone}");
        }
        assert_eq!(network("2001:db8::/32").unwrap(), "2001:db8::/32".parse().unwrap());
    }
}
