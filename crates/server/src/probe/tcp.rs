//! Second step: does anything accept a connection?

use super::limits;
use super::printable::printable;
use connection::probe::{Dial, DialOutcome};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

/// A connection that stands, and where it leads.
pub(super) struct Connected {
    pub(super) stream: TcpStream,
    pub(super) address: SocketAddr,
}

/// Dials all addresses at once, waits for every outcome, and keeps the first connection in the resolver's order.
pub(super) async fn dial(addresses: Vec<SocketAddr>) -> Result<(Vec<Dial>, Connected), Vec<Dial>> {
    let mut dials: JoinSet<_> =
        addresses.into_iter().enumerate().map(|(place, address)| async move { (place, one(address).await) }).collect();
    let mut outcomes = Vec::new();
    while let Some(joined) = dials.join_next().await {
        outcomes.extend(joined.ok());
    }
    outcomes.sort_by_key(|(place, _)| *place);
    let (dials, connections): (Vec<_>, Vec<_>) = outcomes.into_iter().map(|(_, outcome)| outcome).unzip();
    match connections.into_iter().flatten().next() {
        Some(connected) => Ok((dials, connected)),
        None => Err(dials),
    }
}

/// Connects; the caller sets the time limit.
pub(super) async fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    // Otherwise a request waits for the acknowledgement of the handshake, and that would be told as the endpoint's time.
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn one(address: SocketAddr) -> (Dial, Option<Connected>) {
    let began = Instant::now();
    let (outcome, connected) = match timeout(limits::TCP, connect(address)).await {
        Ok(Ok(stream)) => (DialOutcome::Connected, Some(Connected { stream, address })),
        Ok(Err(error)) => (outcome(&error), None),
        Err(_) => (DialOutcome::Timeout, None),
    };
    (Dial { address: address.to_string(), ms: super::ms_since(began), outcome }, connected)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is open, and what else can happen has words of its own")]
fn outcome(error: &io::Error) -> DialOutcome {
    match error.kind() {
        ErrorKind::ConnectionRefused => DialOutcome::Refused,
        // This machine without an IPv6 address answers "not available" for an IPv6 destination: no way there either.
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable => {
            DialOutcome::Unreachable
        }
        ErrorKind::TimedOut => DialOutcome::Timeout,
        _ => DialOutcome::Other { text: printable(&error.to_string()) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn one_open_address_is_enough_and_every_outcome_is_told_in_order() {
        let open = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addresses = vec![closed.local_addr().unwrap(), open.local_addr().unwrap()];
        drop(closed);
        let (dials, connected) = dial(addresses.clone()).await.ok().unwrap();
        assert_eq!(connected.address, addresses[1]);
        let told: Vec<_> = dials.iter().map(|dial| (dial.address.clone(), dial.outcome.clone())).collect();
        let expected = [DialOutcome::Refused, DialOutcome::Connected];
        assert_eq!(told, addresses.iter().map(ToString::to_string).zip(expected).collect::<Vec<_>>());
    }
}
