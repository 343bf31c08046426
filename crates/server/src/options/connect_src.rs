//! What the page may connect to: the sources of the policy's `connect-src`.

use std::fmt;

use axum::http::Uri;
use connection::endpoint::Endpoint;

/// Any endpoint that a person may type must be reachable, over HTTP and WebSocket.
pub(crate) const ANYWHERE: &str = "'self' ws: wss: http: https:";

const SCHEMES: [&str; 4] = ["http", "https", "ws", "wss"];

/// A list of sources, each of which a browser understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectSrc(String);

impl ConnectSrc {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let sources: Vec<&str> = text.split_ascii_whitespace().collect();
        if sources.is_empty() {
            return Err("expected at least one source, such as 'self' https://drp.example.com:8092".to_owned());
        }
        match sources.iter().find(|source| !is_source(source)) {
            None => Ok(Self(sources.join(" "))),
            Some(source) => Err(format!(
                "{source} is not a source: expected 'self', a scheme such as https: or an address such as \
                 wss://drp.example.com:8092, separated by spaces, without commas and semicolons"
            )),
        }
    }

    /// What an operator should know about the list.
    pub(crate) fn warnings(&self, endpoints: &[Endpoint]) -> Vec<String> {
        let is_self = |source: &str| source == "*" || source.eq_ignore_ascii_case("'self'");
        let without_self = (!self.0.split(' ').any(is_self)).then(|| {
            "--connect-src has no 'self', so pages may not reach the diagnosis and the configuration of this server"
                .to_owned()
        });
        let unreachable = endpoints.iter().filter_map(|endpoint| {
            let secure = endpoint.is_secure();
            let address = endpoint.to_string();
            let authority = address.split_once("://").map_or("", |(_, authority)| authority);
            let schemes = if secure { ["https", "wss"] } else { ["http", "ws"] };
            let missing = schemes.into_iter().find(|scheme| !self.allows(scheme, authority))?;
            Some(format!("--connect-src keeps pages from the endpoint {endpoint}: add {missing}://{authority}"))
        });
        without_self.into_iter().chain(unreachable).collect()
    }

    /// Whether an address is allowed, or may be by a source with a wildcard or a path.
    fn allows(&self, scheme: &str, authority: &str) -> bool {
        self.0.split(' ').map(str::to_ascii_lowercase).any(|source| {
            let (of_scheme, address) = source.split_once("://").unwrap_or((scheme, &source));
            let host = address.split('/').next().unwrap_or_default();
            source.contains('*')
                || source.strip_suffix(':').is_some_and(|it| it == scheme)
                || (of_scheme == scheme && with_port(host, scheme) == with_port(authority, scheme))
        })
    }
}

/// A host with the port that a browser would use.
fn with_port(host: &str, scheme: &str) -> String {
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let default = if matches!(scheme, "https" | "wss") { 443 } else { 80 };
    if has_port { host.to_owned() } else { format!("{host}:{default}") }
}

impl fmt::Display for ConnectSrc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a source is one of the kinds that `connect-src` knows (CSP Level 3 section 2.3.1), without nonces and hashes.
fn is_source(source: &str) -> bool {
    let is_scheme = |scheme: &str| SCHEMES.contains(&scheme.to_ascii_lowercase().as_str());
    if source == "*" || source.eq_ignore_ascii_case("'self'") {
        return true;
    }
    match source.split_once("://") {
        Some((scheme, address)) => is_scheme(scheme) && is_host_source(address),
        None => source.strip_suffix(':').is_some_and(is_scheme) || is_host_source(source),
    }
}

/// A host with perhaps a port and a path; `*.` before the host and `*` as port stand for any.
fn is_host_source(address: &str) -> bool {
    let forbidden = |byte: u8| !matches!(byte, b'!'..=b'~') || b";,'\"@?#".contains(&byte);
    if address.is_empty() || address.bytes().any(forbidden) {
        return false;
    }
    let address = address.strip_prefix("*.").unwrap_or(address).replace(":*", "");
    let Ok(uri) = format!("http://{address}").parse::<Uri>() else { return false };
    // A single word without a port is far more often a keyword without its quotes, or a scheme without its colon.
    uri.host()
        .is_some_and(|host| host.contains('.') || host.starts_with('[') || host == "localhost" || uri.port().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_those_that_browsers_understand() {
        for text in [
            ANYWHERE,
            "*",
            "'self' https://drp.example:8092 wss://drp.example:8092",
            "'self'   wss://*.example.com:*",
            "https://drp:8092",
            "drp:8092 10.0.0.1 [::1]:8092",
            "https://drp.example/path/",
        ] {
            assert!(ConnectSrc::parse(text).is_ok(), "{text}");
        }
        for text in [
            "",
            " ",
            "'self'; script-src *",
            "'self', default-src *",
            "a\u{b}b",
            "ü",
            "blah",
            "'unsafe-nonsense'",
            "self",
            "'none'",
            "https",
            "ftp:",
            "javascript:",
            "https://",
            "https://user@drp.example",
        ] {
            assert!(ConnectSrc::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_list_that_cuts_the_portal_off_is_warned_of() {
        let warnings = |text: &str| {
            ConnectSrc::parse(text)
                .unwrap()
                .warnings(&[Endpoint::parse("https://drp.example:8092").unwrap()])
                .join("\n")
        };
        assert_eq!(warnings(ANYWHERE), "");
        assert_eq!(warnings("'self' https://drp.example:8092 wss://drp.example:8092"), "");
        assert!(warnings("'self' https://drp.example:8092").contains("add wss://drp.example:8092"));
        assert!(warnings("https: wss:").contains("no 'self'"));
        let at_443 = |text: &str| {
            ConnectSrc::parse(text).unwrap().warnings(&[Endpoint::parse("https://drp.example:443").unwrap()]).join("\n")
        };
        assert_eq!(at_443("'self' https://drp.example wss://drp.example/"), "");
        assert_eq!(at_443("'self' https://drp.example:443 wss://drp.example:443"), "");
        assert!(at_443("'self' https://drp.example:8092 wss://drp.example").contains("add https://drp.example:443"));
    }
}
