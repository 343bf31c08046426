//! First step: the addresses behind the endpoint's name.

use super::limits;
use super::printable::printable;
use connection::endpoint::Endpoint;
use connection::probe::NameFailure;
use std::net::SocketAddr;
use tokio::net::lookup_host;
use tokio::time::timeout;

/// Asks the operating system's resolver, as every other program on this machine does, so that its hosts file counts.
pub(super) async fn resolve(endpoint: &Endpoint) -> Result<(Vec<String>, Vec<SocketAddr>), NameFailure> {
    let found = match timeout(limits::NAME, lookup_host((endpoint.host(), endpoint.port()))).await {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => return Err(failure(&error.to_string())),
        Err(_) => return Err(NameFailure::Timeout),
    };
    let mut addresses: Vec<SocketAddr> = Vec::new();
    for address in found {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    addresses.truncate(limits::ADDRESSES);
    if addresses.is_empty() {
        return Err(NameFailure::NotFound);
    }
    Ok((addresses.iter().map(|address| address.ip().to_string()).collect(), addresses))
}

/// The standard library keeps no code of `getaddrinfo`, only its words; these are glibc's, musl's and macOS's.
fn failure(text: &str) -> NameFailure {
    const NOT_FOUND: [&str; 6] = [
        "Name or service not known",
        "No address associated with",
        "Name does not resolve",
        "Name has no usable address",
        "nodename nor servname provided",
        "No such host is known",
    ];
    if NOT_FOUND.iter().any(|words| text.contains(words)) {
        NameFailure::NotFound
    } else {
        NameFailure::Other { text: printable(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_needs_no_resolver() {
        let endpoint = Endpoint::parse("https://[::1]:8092").unwrap();
        let (shown, addresses) = resolve(&endpoint).await.unwrap();
        assert_eq!(shown, ["::1"]);
        assert_eq!(addresses, ["[::1]:8092".parse().unwrap()]);
    }

    #[test]
    fn a_resolver_in_trouble_is_no_missing_name() {
        let words = |text| failure(&format!("failed to lookup address information: {text}"));
        assert_eq!(words("Name or service not known"), NameFailure::NotFound);
        assert!(matches!(words("Temporary failure in name resolution"), NameFailure::Other { .. }));
    }
}
