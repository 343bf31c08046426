//! Finds the client of each request: the other end of its connection, or the client that a trusted proxy names.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;

use crate::requester::{Client, Peer};

/// The proxies whose forwarded headers are believed.
pub(crate) struct TrustedProxies {
    networks: Vec<IpNet>,
    has_warned: AtomicBool,
}

impl TrustedProxies {
    /// The addresses of these networks and no others.
    pub(crate) fn new(networks: Vec<IpNet>) -> Arc<Self> {
        Arc::new(Self { networks, has_warned: AtomicBool::new(false) })
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address))
    }

    /// The nearest address that is not one of a trusted proxy. Everything further left in `X-Forwarded-For` is what
    /// that client sent and may be made up.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        let peer = peer.to_canonical();
        if !self.contains(peer) {
            return Client { address: peer, is_forwarded: false };
        }
        let lines: Vec<_> = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
        let mut address = peer;
        for hop in lines.iter().flat_map(|line| line.split(',')).rev() {
            let Ok(hop) = hop.trim().parse::<IpAddr>() else { break };
            address = hop.to_canonical();
            if !self.contains(address) {
                break;
            }
        }
        Client { address, is_forwarded: true }
    }

    /// Behind a proxy that is not named, every client has the proxy's address, and they share one rate limit.
    fn warn_once(&self, client: Client, headers: &HeaderMap) {
        if !client.is_forwarded
            && headers.contains_key("x-forwarded-for")
            && !self.has_warned.swap(true, Ordering::Relaxed)
        {
            tracing::warn!(
                proxy = %client.address,
                "ignored X-Forwarded-For of an address that is not trusted; if it is your proxy, name it with --trusted-proxy"
            );
        }
    }
}

/// Adds a [`Client`] to the request's extensions.
pub(crate) async fn client(State(proxies): State<Arc<TrustedProxies>>, mut request: Request, next: Next) -> Response {
    // Every connection has a peer; the address stands for none should a router ever be called without one.
    let peer = request.extensions().get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.address.ip());
    let client = proxies.client(peer, request.headers());
    proxies.warn_once(client, request.headers());
    request.extensions_mut().insert(client);
    next.run(request).await
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
    }

    #[test]
    fn a_client_cannot_make_up_an_address_in_front_of_its_own() {
        assert_eq!(client_of("10.0.0.1", &["203.0.113.9, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(client_of("10.0.0.1", &["203.0.113.9", "198.51.100.7, 10.0.0.2"]), "198.51.100.7");
        assert_eq!(client_of("10.0.0.1", &["203.0.113.9, nonsense"]), "10.0.0.1");
    }
}
