//! Finds the client of each request: the other end of its connection, or the client that a trusted proxy names.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::HeaderMap;
use ipnet::IpNet;

use crate::requester::Client;

/// The proxies whose forwarded headers are believed.
pub(crate) struct TrustedProxies {
    networks: Vec<IpNet>,
    has_warned: AtomicBool,
}

impl TrustedProxies {
    /// The addresses of these networks and no others.
    pub(crate) fn new(networks: Vec<IpNet>) -> Self {
        Self { networks, has_warned: AtomicBool::new(false) }
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address))
    }

    /// The client of a request that came over a connection with this address at its other end.
    pub(super) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        let peer = peer.to_canonical();
        let is_forwarded = self.contains(peer);
        let client = if is_forwarded { self.behind(peer, headers) } else { peer };
        if !is_forwarded {
            self.warn_once(peer, headers);
        }
        Client { address: client, is_forwarded }
    }

    /// The nearest address that is not one of a trusted proxy. Everything further left in `X-Forwarded-For` is what
    /// that client sent and may be made up.
    fn behind(&self, proxy: IpAddr, headers: &HeaderMap) -> IpAddr {
        let lines: Vec<_> = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
        let mut address = proxy;
        for hop in lines.iter().flat_map(|line| line.split(',')).rev() {
            let Some(hop) = address_of(hop.trim()) else { break };
            address = hop.to_canonical();
            if !self.contains(address) {
                break;
            }
        }
        address
    }

    /// Behind a proxy that is not named, every client has the proxy's address, and they share one rate limit.
    fn warn_once(&self, peer: IpAddr, headers: &HeaderMap) {
        if headers.contains_key("x-forwarded-for") && !self.has_warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                proxy = %peer,
                "ignored X-Forwarded-For of an address that is not trusted; if it is your proxy, name it with --trusted-proxy"
            );
        }
    }
}

/// Some proxies write the port, too, and brackets around an IPv6 address.
fn address_of(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    bare.parse().or_else(|_| hop.parse::<SocketAddr>().map(|address| address.ip())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client_of(peer: &str, forwarded: &[&str]) -> String {
        let proxies = TrustedProxies::new(vec!["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()]);
        let headers =
            forwarded.iter().map(|line| ("x-forwarded-for".parse().unwrap(), line.parse().unwrap())).collect();
        proxies.client(peer.parse().unwrap(), &headers).address.to_string()
    }

    #[test]
    fn only_a_trusted_proxy_speaks_for_its_clients() {
        assert_eq!(client_of("192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(client_of("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(client_of("::ffff:10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(client_of("10.0.0.1", &[]), "10.0.0.1");
        for hop in ["198.51.100.7:4711", "[2001:db8::7]:4711", "[2001:db8::7]"] {
            assert!(hop.contains(&client_of("10.0.0.1", &[hop])), "{hop}");
        }
    }

    #[test]
    fn a_client_cannot_make_up_an_address_in_front_of_its_own() {
        assert_eq!(client_of("10.0.0.1", &["203.0.113.9, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(client_of("10.0.0.1", &["203.0.113.9", "198.51.100.7, 10.0.0.2"]), "198.51.100.7");
        assert_eq!(client_of("10.0.0.1", &["203.0.113.9, nonsense"]), "10.0.0.1");
    }
}
