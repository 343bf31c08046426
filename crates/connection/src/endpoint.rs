//! The address of a DRP endpoint: what a person may type and what it means.
//!
//! Written by hand rather than with the `url` crate, whose Unicode tables every visitor would have to download.

use core::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::client::Browser;

/// The port of DRP's API (`--api-port`).
pub const DEFAULT_PORT: u16 = 8092;
// The steps (`remedy/steps.rs`) and the hint of the sign-in (`sign_in.rs`) name it.
const _: () = assert!(DEFAULT_PORT == 8092);

/// The longest DNS name, in characters (RFC 1035 section 2.3.4 less the length bytes).
const NAME_LIMIT: usize = 253;

/// Top domains of which every name is under HSTS in browsers as they are shipped.
const PRELOADED_TOP_DOMAINS: [&str; 40] = [
    "android",
    "app",
    "azure",
    "bank",
    "bing",
    "boo",
    "chrome",
    "dad",
    "day",
    "dev",
    "eat",
    "esq",
    "fly",
    "foo",
    "gle",
    "gmail",
    "google",
    "hangout",
    "hotmail",
    "how",
    "ing",
    "insurance",
    "meet",
    "meme",
    "microsoft",
    "mov",
    "new",
    "nexus",
    "office",
    "page",
    "phd",
    "play",
    "prof",
    "rsvp",
    "skype",
    "soy",
    "windows",
    "xbox",
    "youtube",
    "zip",
];

/// The ports to which the WHATWG Fetch standard forbids connections, in ascending order.
#[rustfmt::skip]
const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111,
    113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548,
    554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665,
    6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/// A DRP endpoint in its normal form: scheme, host in lower case, port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint {
    secure: bool,
    host: Host,
    port: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Host {
    Name(String),
    V4(Ipv4Addr),
    V6(Ipv6Addr),
}

impl Endpoint {
    /// Reads what a person typed. A missing scheme means `https`, a missing port [`DEFAULT_PORT`]; `wss` and `ws` stand
    /// for `https` and `http`.
    ///
    /// # Errors
    /// Says what is wrong with the text and what would be right.
    pub fn parse(text: &str) -> Result<Self, EndpointError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EndpointError::Empty);
        }
        // By a character, and below by a byte: the search for a text would be a few kilobytes of the page's first part, and
        // `contains` brings it for a character, too.
        let scheme = text.split_once(':').and_then(|(scheme, rest)| Some((scheme, rest.strip_prefix("//")?)));
        let (secure, rest) = match scheme {
            None => (true, text),
            Some((scheme, rest)) => match scheme.to_ascii_lowercase().as_str() {
                "https" | "wss" => (true, rest),
                "http" | "ws" => (false, rest),
                _ => return Err(EndpointError::Scheme(shortened(scheme))),
            },
        };
        let path_at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(path_at).unwrap_or((rest, ""));
        if authority.bytes().any(|byte| byte == b'@') {
            return Err(EndpointError::Credentials);
        }
        if !matches!(path, "" | "/" | "/api/v3" | "/api/v3/" | "/api/v3/ws" | "/api/v3/info" | "/ui" | "/ui/") {
            return Err(EndpointError::Path(shortened(path)));
        }
        let (host, port) = split_port(authority)?;
        Ok(Self { secure, host: Host::parse(host)?, port })
    }

    /// DRP's usual port on a host whose name is known to be one.
    pub fn named(host: &'static str, secure: bool) -> Self {
        Self { secure, host: Host::Name(host.to_owned()), port: DEFAULT_PORT }
    }

    /// Whether the endpoint is reached over TLS.
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// `https` or `http`.
    pub fn scheme(&self) -> &'static str {
        if self.secure { "https" } else { "http" }
    }

    /// The name or address, an IPv6 address without its brackets.
    pub fn host(&self) -> String {
        match &self.host {
            Host::Name(name) => name.clone(),
            Host::V4(address) => address.to_string(),
            Host::V6(address) => address.to_string(),
        }
    }

    /// The TCP port, 1–65535.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// `host:port`, an IPv6 address in brackets.
    pub fn authority(&self) -> String {
        match &self.host {
            Host::V6(address) => format!("[{address}]:{}", self.port),
            Host::Name(_) | Host::V4(_) => format!("{}:{}", self.host(), self.port),
        }
    }

    /// The address of the WebSocket, without credentials.
    pub fn socket_url(&self) -> String {
        format!("{}://{}/api/v3/ws", if self.secure { "wss" } else { "ws" }, self.authority())
    }

    /// The address that answers 401 to anyone, and facts to who has signed in.
    pub fn info_url(&self) -> String {
        format!("{self}/api/v3/info")
    }

    /// Whether a browser counts the host as loopback by its name alone.
    pub fn is_loopback(&self) -> bool {
        match &self.host {
            Host::Name(name) => name == "localhost" || name.ends_with(".localhost"),
            Host::V4(address) => address.is_loopback(),
            Host::V6(address) => address.is_loopback(),
        }
    }

    /// Whether a browser blocks the endpoint as mixed content: plain HTTP from a page that came over HTTPS. Most let it
    /// through to this very computer, Safari since 18.4 (WebKit's change 291988); WebKitGTK does not.
    pub fn is_mixed_content(&self, page_is_secure: bool, browser: Browser) -> bool {
        page_is_secure && !self.secure && (browser == Browser::WebKitGtk || !self.is_loopback())
    }

    /// The address that tells whether the port answers in plain HTTP, where a page may ask and it would tell something.
    pub fn plain_http_url(&self, page_is_secure: bool) -> Option<String> {
        (!page_is_secure && self.secure).then(|| format!("http://{}/", self.authority()))
    }

    /// Whether the host is a name rather than an address.
    pub fn is_name(&self) -> bool {
        matches!(self.host, Host::Name(_))
    }

    /// Whether every browser takes only trusted certificates for the name, because the whole top domain is on the list of
    /// HSTS that browsers are shipped with: <https://hstspreload.org/> under "TLDs".
    pub fn is_under_preloaded_hsts(&self) -> bool {
        let Host::Name(name) = &self.host else { return false };
        let last = name.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
        name.contains('.') && PRELOADED_TOP_DOMAINS.contains(&last)
    }

    /// Whether browsers refuse to connect to the port, whatever listens there ("bad ports" of the WHATWG Fetch standard).
    pub fn has_bad_port(&self) -> bool {
        BAD_PORTS.binary_search(&self.port).is_ok()
    }

    /// Whether the host is plainly on a local network: a private, link-local or loopback address, or a `.local` name.
    pub fn is_local(&self) -> bool {
        self.is_loopback()
            || match &self.host {
                Host::Name(name) => name.ends_with(".local"),
                Host::V4(address) => address.is_private() || address.is_link_local(),
                Host::V6(address) => address.is_unique_local() || address.is_unicast_link_local(),
            }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme(), self.authority())
    }
}

impl Host {
    fn parse(text: &str) -> Result<Self, EndpointError> {
        if let Some(inner) = text.strip_prefix('[') {
            let address = inner.strip_suffix(']').unwrap_or(inner);
            return address.parse().map(Self::V6).map_err(|_| EndpointError::Address(shortened(text)));
        }
        if text.is_empty() {
            return Err(EndpointError::NoHost);
        }
        let last_label = text.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
        if last_label.bytes().all(|byte| byte.is_ascii_digit()) {
            // WHATWG URL: a host whose last label is a number is an IPv4 address or nothing.
            return text.parse().map(Self::V4).map_err(|_| EndpointError::Address(shortened(text)));
        }
        let label_fits = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        };
        if text.len() > NAME_LIMIT || !text.strip_suffix('.').unwrap_or(text).split('.').all(label_fits) {
            return Err(EndpointError::Name(shortened(text)));
        }
        Ok(Self::Name(text.to_ascii_lowercase()))
    }
}

/// Splits off the port. A bare IPv6 address has more than one colon and no port.
fn split_port(authority: &str) -> Result<(&str, u16), EndpointError> {
    let (host, port) = match authority.rsplit_once(':') {
        _ if authority.parse::<Ipv6Addr>().is_ok() => return Err(EndpointError::Brackets(shortened(authority))),
        Some((host, port)) if !port.ends_with(']') => (host, port),
        Some(_) | None => return Ok((authority, DEFAULT_PORT)),
    };
    match port.parse::<u16>() {
        Ok(number) if number > 0 && port.bytes().all(|byte| byte.is_ascii_digit()) => Ok((host, number)),
        Ok(_) | Err(_) => Err(EndpointError::Port(shortened(port))),
    }
}

/// Keeps a quotation in an error short.
fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Why a text is not an endpoint address. Displays as one sentence that says what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndpointError {
    /// Nothing was typed.
    Empty,
    /// The text before `://` is not a scheme of an endpoint.
    Scheme(String),
    /// User and password in the address.
    Credentials,
    /// A path, query or fragment after the address.
    Path(String),
    /// No host before the port or path.
    NoHost,
    /// Not a DNS name.
    Name(String),
    /// Looks like an IP address and is not one.
    Address(String),
    /// An IPv6 address without brackets.
    Brackets(String),
    /// Not a port number.
    Port(String),
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "Enter the endpoint's address, such as drp.example.com or https://10.0.0.5:8092"),
            Self::Scheme(it) => write!(f, "An endpoint's address begins with https:// or http://, not with “{it}://”"),
            Self::Credentials => {
                write!(f, "Leave user and password out of the address; enter them in the fields below")
            }
            Self::Path(it) => write!(f, "An endpoint's address ends after the port; remove “{it}”"),
            Self::NoHost => write!(f, "The address has no host name; write it like https://drp.example.com:8092"),
            Self::Name(it) => {
                write!(f, "“{it}” is not a host name; use letters a to z, digits, hyphens and dots, or an IP address")
            }
            Self::Address(it) => write!(f, "“{it}” is not an IP address; write it like 10.0.0.5 or [2001:db8::5]"),
            Self::Brackets(it) => write!(f, "Put an IPv6 address in brackets: [{it}]"),
            Self::Port(it) => write!(f, "“{it}” is not a port; use a number from 1 to 65535, {DEFAULT_PORT} for DRP"),
        }
    }
}

impl std::error::Error for EndpointError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str) -> String {
        Endpoint::parse(text).map_or_else(|error| format!("{error:?}"), |endpoint| endpoint.to_string())
    }

    #[test]
    fn a_bare_host_gets_https_and_8092() {
        assert_eq!(normal(" DRP.Example.com "), "https://drp.example.com:8092");
        assert_eq!(normal("10.0.0.5"), "https://10.0.0.5:8092");
        assert_eq!(normal("[2001:DB8::5]"), "https://[2001:db8::5]:8092");
    }

    #[test]
    fn scheme_and_port_are_kept() {
        assert_eq!(normal("http://localhost:80/"), "http://localhost:80");
        assert_eq!(normal("wss://drp:443/api/v3/ws"), "https://drp:443");
        assert_eq!(normal("HTTPS://[::1]:9"), "https://[::1]:9");
        assert_eq!(normal("drp_1:8092"), "https://drp_1:8092");
    }

    #[test]
    fn the_socket_is_wss_for_https_and_ws_for_http() {
        let socket = |text| Endpoint::parse(text).unwrap().socket_url();
        assert_eq!(socket("[::1]"), "wss://[::1]:8092/api/v3/ws");
        assert_eq!(socket("http://drp"), "ws://drp:8092/api/v3/ws");
    }

    #[test]
    fn each_slip_has_its_own_answer() {
        use EndpointError::*;
        let error = |text: &str| Endpoint::parse(text).unwrap_err();
        assert_eq!(error("  "), Empty);
        assert_eq!(error("ftp://drp"), Scheme("ftp".into()));
        assert_eq!(error("https://rocketskates:secret@drp"), Credentials);
        assert_eq!(error("drp/machines"), Path("/machines".into()));
        assert_eq!(error("https://:8092"), NoHost);
        assert_eq!(error("https://"), NoHost);
        assert_eq!(error("two words"), Name("two words".into()));
        assert_eq!(error("a..b"), Name("a..b".into()));
        assert_eq!(error("256.1.1.1"), Address("256.1.1.1".into()));
        assert_eq!(error("1.2.3"), Address("1.2.3".into()));
        assert_eq!(error("[::zz]"), Address("[::zz]".into()));
        assert_eq!(error("::1"), Brackets("::1".into()));
        for port in ["0", "65536", "+80", "", "x"] {
            assert_eq!(error(&format!("drp:{port}")), Port(port.into()));
        }
    }

    #[test]
    fn an_error_never_repeats_a_password() {
        let text = Endpoint::parse("https://rocketskates:hunter2@drp").unwrap_err().to_string();
        assert!(!text.contains("hunter2"));
    }

    #[test]
    fn plain_http_from_a_secure_page_is_mixed_content_but_on_this_very_computer() {
        let mixed = |endpoint: &str, browser| Endpoint::parse(endpoint).unwrap().is_mixed_content(true, browser);
        for browser in [Browser::Chromium, Browser::Firefox, Browser::Safari, Browser::WebKitGtk] {
            assert!(mixed("http://drp.example.com", browser), "{browser:?}");
            assert!(!mixed("https://drp.example.com", browser), "{browser:?}");
            for this in ["http://localhost", "http://127.0.0.1", "http://[::1]"] {
                assert_eq!(mixed(this, browser), browser == Browser::WebKitGtk, "{browser:?}, {this}");
            }
        }
        assert!(!Endpoint::parse("http://drp").unwrap().is_mixed_content(false, Browser::WebKitGtk));
    }

    #[test]
    fn local_hosts_are_told_by_their_address() {
        let local = |text| Endpoint::parse(text).unwrap().is_local();
        assert!(
            ["localhost", "127.0.0.2", "10.1.2.3", "192.168.0.1", "drp.local", "[::1]", "[fd00::1]"]
                .map(local)
                .iter()
                .all(|it| *it)
        );
        assert!(!["drp.example.com", "8.8.8.8", "[2001:db8::1]"].map(local).iter().any(|it| *it));
    }
}
