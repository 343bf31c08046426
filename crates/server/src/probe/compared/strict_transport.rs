//! Whether browsers have been told to accept only trusted certificates for a host (RFC 6797). They then offer no way past
//! a warning, and it is the host's web site that tells them, on another port than DRP's.

use std::net::SocketAddr;
use std::time::Duration;

use connection::endpoint::Endpoint;
use connection::probe::{Hsts, Probe};
use tokio::time::timeout;

use crate::probe::http;
use crate::probe::limits;
use crate::probe::name;
use crate::probe::tls::{self, Dress};
use crate::probe::trust::Trust;
use crate::probe::visit::Visit;

/// The port on which web sites answer.
const HTTPS: u16 = 443;

/// What the host and the domains above it say on port 443. They are asked only where a browser would warn, because only
/// then it matters.
pub(super) async fn of(visit: &Visit<'_>, probe: &Probe, limit: Duration) -> Vec<Hsts> {
    let warns = probe.tls.passed().is_some_and(|tls| !tls.problems.is_empty());
    if !warns || !visit.has_name() {
        return Vec::new();
    }
    let hosts = hosts(&visit.endpoint.host());
    let ask = async |place: usize| match hosts.get(place) {
        Some(host) => timeout(limit, site(visit.trust, host, HTTPS)).await.ok().flatten(),
        None => None,
    };
    const { assert!(limits::HSTS_HOSTS == 3) };
    let (first, second, third) = tokio::join!(ask(0), ask(1), ask(2));
    let own = visit.endpoint.host();
    // What a domain above says counts only if it says so for the names below it.
    [first, second, third].into_iter().flatten().filter(|hsts| hsts.host == own || hsts.subdomains).collect()
}

/// The host and the domains above it down to two labels. `localhost` and what is below it is never held to it.
fn hosts(host: &str) -> Vec<String> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let mut hosts = Vec::new();
    let mut rest = Some(host);
    while let Some(name) = rest.filter(|name| hosts.is_empty() || name.contains('.')) {
        if name == "localhost" || name.ends_with(".localhost") {
            break;
        }
        hosts.push(name.to_owned());
        rest = name.split_once('.').map(|(_, above)| above);
    }
    hosts.truncate(limits::HSTS_HOSTS);
    hosts
}

/// What one site says. A browser heeds the header only of a site whose certificate it trusts.
async fn site(trust: &Trust, host: &str, port: u16) -> Option<Hsts> {
    let endpoint = Endpoint::parse(&format!("https://{host}:{port}")).ok()?;
    let (_, addresses) = name::resolve(&endpoint).await.ok()?;
    let address: SocketAddr = *addresses.first()?;
    let shaken = tls::again(&endpoint, address, trust, Dress::BROWSER, limits::COMPARE).await.ok()?;
    let trusted = tls::judge(&endpoint, &shaken, trust).is_ok_and(|tls| tls.problems.is_empty());
    if !trusted {
        return None;
    }
    let heard = http::get(&endpoint, "/", shaken.stream).await.ok()?;
    heard.headers.strict_transport().map(|header| hsts(host.to_owned(), header))
}

/// A header of a host.
pub(super) fn hsts(host: String, (max_age_s, subdomains): (u64, bool)) -> Hsts {
    Hsts { host, max_age_s, subdomains }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_and_the_domains_above_it_are_asked() {
        assert_eq!(hosts("drp.lab.example.com"), ["drp.lab.example.com", "lab.example.com", "example.com"]);
        assert_eq!(hosts("a.b.drp.lab.example.com").len(), limits::HSTS_HOSTS);
        assert_eq!(hosts("example.com"), ["example.com"]);
        assert_eq!(hosts("drp"), ["drp"]);
        assert_eq!(hosts("localhost"), [""; 0]);
        assert_eq!(hosts("drp.localhost"), [""; 0]);
    }
}
