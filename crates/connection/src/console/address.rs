//! Which endpoints a pasted line names.

use crate::endpoint::Endpoint;

/// The endpoint that the paste is about, if an address stands in it. A socket's address counts for more than a page's,
/// which may be where the line came from.
pub fn endpoint(pasted: &str) -> Option<Endpoint> {
    let mut named = addresses(pasted).filter_map(|address| Some((address.is_socket, address.endpoint?)));
    let first = named.next()?;
    if first.0 {
        return Some(first.1);
    }
    Some(named.find(|(is_socket, _)| *is_socket).unwrap_or(first).1)
}

/// Every endpoint that a line names.
pub(super) fn all(line: &str) -> Vec<Endpoint> {
    addresses(line).filter_map(|address| address.endpoint).collect()
}

struct Address {
    is_socket: bool,
    /// `None` where what stands there is no endpoint's address.
    endpoint: Option<Endpoint>,
}

fn addresses(text: &str) -> impl Iterator<Item = Address> {
    let full = text.match_indices("://").filter_map(|(at, mark)| {
        let (before, after) = (text.get(..at)?, text.get(at + mark.len()..)?);
        let scheme = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next()?.to_ascii_lowercase();
        let (is_socket, scheme, port) = match scheme.as_str() {
            "wss" => (true, "https", ":443"),
            "ws" => (true, "http", ":80"),
            "https" => (false, "https", ":443"),
            "http" => (false, "http", ":80"),
            _ => return None,
        };
        let authority = authority(after);
        // Browsers leave out the ports that a scheme has by itself; DRP's is not among them.
        let port = if has_port(authority) { "" } else { port };
        Some(Address { is_socket, endpoint: Endpoint::parse(&[scheme, "://", authority, port].concat()).ok() })
    });
    // Firefox's page: “An error occurred during a connection to drp.example.com:8092.”
    let bare = text.match_indices("connection to ").filter_map(|(at, mark)| {
        let authority = authority(text.get(at + mark.len()..)?).trim_end_matches(['.', ':']);
        let endpoint = has_port(authority).then(|| Endpoint::parse(&["https://", authority].concat()).ok())?;
        endpoint.is_some().then_some(Address { is_socket: false, endpoint })
    });
    full.chain(bare)
}

fn authority(after: &str) -> &str {
    let end = after.find(|c: char| c == '/' || c.is_whitespace() || "'\"’”,;)>".contains(c)).unwrap_or(after.len());
    after.get(..end).unwrap_or_default()
}

fn has_port(authority: &str) -> bool {
    authority
        .rsplit(']')
        .next()
        .and_then(|tail| tail.split_once(':'))
        .is_some_and(|(_, port)| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
}
