//! One look at an endpoint from this server's seat: name, TCP, TLS, HTTP, WebSocket upgrade, in a browser's order.
//!
//! No credentials are ever sent, no redirect is followed, and [`limits`] bound the time and the memory of it.

mod alert;
mod certificate;
mod distinguished_name;
mod first_bytes;
mod http;
pub(crate) mod limits;
mod name;
mod printable;
mod problems;
mod recorder;
mod tcp;
mod tls;
mod trust;
mod upgrade;

pub(crate) use trust::Trust;
pub use trust::TrustFileError;

use connection::endpoint::Endpoint;
use connection::probe::{Compared, Probe, Step};
use std::io::{self, ErrorKind};
use std::time::SystemTime;
use tokio::time::Instant;

/// Looks at an endpoint. Takes [`limits::LOOK`] at the most, and always tells how far it came.
pub(crate) async fn look(endpoint: &Endpoint, trust: &Trust) -> Probe {
    let began = Instant::now();
    let at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let mut probe = Probe {
        endpoint: endpoint.to_string(),
        at_ms: u64::try_from(at.as_millis()).unwrap_or(u64::MAX),
        took_ms: 0,
        name: Step::Skipped,
        tcp: Step::Skipped,
        tls: Step::Skipped,
        http: Step::Skipped,
        upgrade: Step::Skipped,
        compared: Compared::default(),
    };
    walk(endpoint, trust, &mut probe).await;
    probe.took_ms = ms_since(began);
    probe
}

/// Takes the steps until one leads nowhere; `None` only says that it ended early.
async fn walk(endpoint: &Endpoint, trust: &Trust, probe: &mut Probe) -> Option<()> {
    let addresses = take(&mut probe.name, name::resolve(endpoint)).await?;
    let tcp::Connected { stream, address } = take(&mut probe.tcp, tcp::dial(addresses)).await?;
    if endpoint.is_secure() {
        let stream = take(&mut probe.tls, tls::handshake(endpoint, stream, trust)).await?;
        take(&mut probe.http, http::info(endpoint, stream)).await;
    } else {
        take(&mut probe.http, http::info(endpoint, stream)).await;
    }
    take(&mut probe.upgrade, upgrade::attempt(endpoint, address, trust)).await
}

/// Takes one step, notes how it went, and hands on what the next one needs.
async fn take<Saw, Next, Why>(
    step: &mut Step<Saw, Why>,
    attempt: impl Future<Output = Result<(Saw, Next), Why>>,
) -> Option<Next> {
    let began = Instant::now();
    let (outcome, next) = match attempt.await {
        Ok((saw, next)) => (Step::Passed { ms: ms_since(began), saw }, Some(next)),
        Err(why) => (Step::Failed { ms: ms_since(began), why }, None),
    };
    *step = outcome;
    next
}

/// Whether an error says that the connection was ended, by the endpoint or by something in between.
fn is_end(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::TimedOut
    )
}

fn ms_since(began: Instant) -> u32 {
    u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX)
}
