//! How long and how much a look at an endpoint may take, whatever the endpoint does.

use std::time::Duration;

/// For the resolver.
pub(crate) const NAME: Duration = Duration::from_secs(2);

/// For all dials together; they run in parallel.
pub(crate) const TCP: Duration = Duration::from_millis(2_500);

/// For the TLS handshake.
pub(crate) const TLS: Duration = Duration::from_secs(2);

/// For the answer to `GET /api/v3/info`.
pub(crate) const HTTP: Duration = Duration::from_millis(1_500);

/// For the WebSocket upgrade, its dial and its TLS handshake included.
pub(crate) const UPGRADE: Duration = Duration::from_millis(1_500);

/// For the whole look; [`connection::probe::Probe::took_ms`] promises it.
pub(crate) const LOOK: Duration = Duration::from_secs(10);

/// Bytes of an HTTP head.
pub(crate) const HEAD: usize = 16 * 1024;

/// Header lines of an HTTP head.
pub(crate) const HEADERS: usize = 128;

/// Certificates of a chain that are read. rustls takes at most 64 KiB of them, whose number could still be thousands.
pub(crate) const CHAIN: usize = 10;

/// Addresses of a name that are dialled.
pub(crate) const ADDRESSES: usize = 16;

/// Bytes kept to tell what a port speaks that does not speak TLS.
pub(crate) const FIRST_BYTES: usize = 256;

// The steps run one after another, so the limit of the whole needs no clock of its own and no finished step is lost.
const _: () = assert!(
    NAME.as_millis() + TCP.as_millis() + TLS.as_millis() + HTTP.as_millis() + UPGRADE.as_millis() < LOOK.as_millis()
);
