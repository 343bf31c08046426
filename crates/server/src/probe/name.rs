//! First step: the addresses behind the endpoint's name.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use connection::endpoint::Endpoint;
use connection::probe::NameFailure;
use dns_lookup::{AddrInfoHints, LookupError, LookupErrorKind, SockType, getaddrinfo};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::could_not_look::{CouldNotLook, Ended};
use super::limits;

/// Asks the operating system's resolver, as every other program on this machine does, so that its hosts file counts.
pub(super) async fn resolve(endpoint: &Endpoint) -> Result<(Vec<String>, Vec<SocketAddr>), Ended<NameFailure>> {
    let (host, port) = (endpoint.host(), endpoint.port());
    let found = match host.parse::<IpAddr>() {
        Ok(address) => vec![address],
        // RFC 6761 section 6.4: there is no such name, and no resolver need be asked.
        Err(_) if is_below("invalid", &host) => Vec::new(),
        // Section 6.3: browsers ask no resolver for these either, and try both, whatever the hosts file says.
        Err(_) if is_below("localhost", &host) => vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
        Err(_) => match timeout(limits::NAME, spawn_blocking(move || lookup(&host))).await {
            Ok(Ok(found)) => found?,
            Ok(Err(_)) => return Err(Ended::Here(CouldNotLook::Resolver)),
            Err(_) => return Err(NameFailure::Timeout.into()),
        },
    };
    let mut addresses: Vec<SocketAddr> = Vec::new();
    for address in found {
        let address = SocketAddr::new(address, port);
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    addresses.truncate(limits::ADDRESSES);
    if addresses.is_empty() {
        return Err(NameFailure::NotFound.into());
    }
    Ok((addresses.iter().map(|address| address.ip().to_string()).collect(), addresses))
}

fn lookup(host: &str) -> Result<Vec<IpAddr>, Ended<NameFailure>> {
    let hints = AddrInfoHints { socktype: SockType::Stream.into(), ..AddrInfoHints::default() };
    let found = getaddrinfo(Some(host), None, Some(hints))
        .map_err(|error| lack_of_sockets().map_or_else(|| ended(&error), Ended::Here))?;
    Ok(found.filter_map(Result::ok).map(|info| info.sockaddr.ip()).collect())
}

/// Whether this process cannot open what a resolver needs, a file and a socket. glibc then says of any name that it does
/// not exist.
fn lack_of_sockets() -> Option<CouldNotLook> {
    let open = || UdpSocket::bind((Ipv4Addr::LOCALHOST, 0));
    let both = open().and_then(|first| open().map(|second| (first, second)));
    both.err().and_then(|error| CouldNotLook::from_error(&error))
}

/// Whether a name is this domain or one in it.
pub(super) fn is_below(domain: &str, host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// What a code of `getaddrinfo` says. A resolver that cannot be asked, for want of descriptors, memory or a server that
/// answers it, is this machine's trouble and tells nothing of the name.
fn ended(error: &LookupError) -> Ended<NameFailure> {
    match error.kind() {
        LookupErrorKind::NoName | LookupErrorKind::NoData => Ended::There(NameFailure::NotFound),
        LookupErrorKind::Again => Ended::Here(CouldNotLook::Resolver),
        LookupErrorKind::Memory => Ended::Here(CouldNotLook::Memory),
        LookupErrorKind::System => {
            Ended::Here(CouldNotLook::from_error(&std::io::Error::last_os_error()).unwrap_or(CouldNotLook::Resolver))
        }
        LookupErrorKind::Fail => other("the name server refuses to answer for this name"),
        LookupErrorKind::Family => other("the name has no IPv4 and no IPv6 address"),
        LookupErrorKind::Badflags
        | LookupErrorKind::Service
        | LookupErrorKind::Socktype
        | LookupErrorKind::IO
        | LookupErrorKind::Unknown => other("the resolver gave no reason"),
    }
}

fn other(text: &str) -> Ended<NameFailure> {
    Ended::There(NameFailure::Other { text: text.to_owned() })
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

    #[tokio::test]
    async fn a_name_that_can_not_exist_needs_none_either() {
        let endpoint = Endpoint::parse("https://nope.invalid:8092").unwrap();
        assert_eq!(resolve(&endpoint).await, Err(Ended::There(NameFailure::NotFound)));
    }

    #[tokio::test]
    async fn this_computer_has_both_of_its_addresses_as_for_a_browser() {
        for host in ["localhost", "LOCALHOST.", "drp.localhost"] {
            let endpoint = Endpoint::parse(&format!("https://{host}:8092")).unwrap();
            assert_eq!(resolve(&endpoint).await.unwrap().0, ["127.0.0.1", "::1"], "{host}");
        }
        assert!(!is_below("localhost", "notlocalhost"));
    }

    #[test]
    fn a_resolver_in_trouble_is_no_missing_name() {
        let of = |code| ended(&LookupError::new(code));
        assert_eq!(of(libc::EAI_NONAME), Ended::There(NameFailure::NotFound));
        assert_eq!(of(libc::EAI_AGAIN), Ended::Here(CouldNotLook::Resolver));
        assert_eq!(of(libc::EAI_MEMORY), Ended::Here(CouldNotLook::Memory));
        assert!(matches!(of(libc::EAI_FAIL), Ended::There(NameFailure::Other { .. })));
    }
}
