//! Second step: does anything accept a connection?

use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use connection::probe::{Dial, DialOutcome};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use super::could_not_look::{CouldNotLook, Ended};
use super::limits;
use super::printable::printable;

/// A connection that stands, and where it leads.
pub(super) struct Connected {
    pub(super) stream: TcpStream,
    pub(super) address: SocketAddr,
}

/// Dials all addresses at once, waits for every outcome, and keeps the first connection in the resolver's order.
pub(super) async fn dial(addresses: Vec<SocketAddr>) -> Result<(Vec<Dial>, Connected), Ended<Vec<Dial>>> {
    let mut dials: JoinSet<_> =
        addresses.into_iter().enumerate().map(|(place, address)| async move { (place, one(address).await) }).collect();
    let mut outcomes = Vec::new();
    while let Some(joined) = dials.join_next().await {
        outcomes.extend(joined.ok());
    }
    outcomes.sort_by_key(|(place, _)| *place);
    let mut dials = Vec::new();
    let mut first = None;
    let mut want = None;
    for (_, (dial, attempt)) in outcomes {
        match attempt {
            Ok(connected) => first = first.or(Some(connected)),
            Err(error) => want = want.or(error),
        }
        dials.push(dial);
    }
    match (first, want) {
        (Some(connected), _) => Ok((dials, connected)),
        (None, Some(want)) => Err(Ended::Here(want)),
        (None, None) => Err(Ended::There(dials)),
    }
}

/// Connects; the caller sets the time limit.
pub(super) async fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    // Otherwise a request waits for the acknowledgement of the handshake, and that would be told as the endpoint's time.
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// What an error of a further connection means, where `otherwise` is what the endpoint's own doing would mean.
pub(super) fn ended<Why>(error: &io::Error, otherwise: Why) -> Ended<Why> {
    CouldNotLook::from_error(error).map_or(Ended::There(otherwise), Ended::Here)
}

/// One dial; the error is what this server lacked for it, if that is why it failed.
async fn one(address: SocketAddr) -> (Dial, Result<Connected, Option<CouldNotLook>>) {
    let began = Instant::now();
    let (outcome, connected) = match timeout(limits::TCP, connect(address)).await {
        Ok(Ok(stream)) => (DialOutcome::Connected, Ok(Connected { stream, address })),
        Ok(Err(error)) => (outcome(&error), Err(CouldNotLook::from_error(&error))),
        Err(_) => (DialOutcome::Timeout, Err(None)),
    };
    (Dial { address: address.to_string(), ms: super::ms_since(began), outcome }, connected)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is open, and what else can happen has words of its own")]
fn outcome(error: &io::Error) -> DialOutcome {
    match error.kind() {
        ErrorKind::ConnectionRefused => DialOutcome::Refused,
        ErrorKind::ConnectionReset => DialOutcome::Reset,
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
