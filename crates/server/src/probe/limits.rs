//! How long and how much a look at an endpoint may take, whatever the endpoint does.

use std::time::Duration;

/// For the resolver.
pub(crate) const NAME: Duration = Duration::from_secs(2);

/// For the HTTPS record, which is asked for beside all steps and waited for after them.
pub(crate) const HTTPS_RECORD: Duration = Duration::from_secs(2);

/// Bytes of an answer of a name server. What is larger does not fit into one packet everywhere.
pub(crate) const NAME_ANSWER: usize = 1_232;

/// For all dials together; they run in parallel.
pub(crate) const TCP: Duration = Duration::from_millis(2_500);

/// For the TLS handshake.
pub(crate) const TLS: Duration = Duration::from_secs(2);

/// For the answer to `GET /api/v3/info`.
pub(crate) const HTTP: Duration = Duration::from_millis(1_500);

/// For the WebSocket upgrade, its dial and its TLS handshake included.
pub(crate) const UPGRADE: Duration = Duration::from_millis(1_500);

/// For every connection that is made to be compared with an earlier one, all of them at once.
pub(crate) const COMPARE: Duration = Duration::from_millis(1_500);

/// What is kept free of the whole look for its own work.
pub(crate) const RESERVE: Duration = Duration::from_millis(300);

/// For the whole look; [`connection::probe::Probe::took_ms`] promises it.
pub(crate) const LOOK: Duration = Duration::from_secs(10);

/// Bytes of an HTTP head.
pub(crate) const HEAD: usize = 16 * 1024;

/// Header lines of an HTTP head.
pub(crate) const HEADERS: usize = 128;

/// Certificates of a chain that are read. rustls takes at most 64 KiB of them, whose number could still be thousands.
pub(crate) const CHAIN: usize = 10;

/// Certificates that are passed on the search for a way to an authority: every order of [`CHAIN`] of them would be millions.
pub(crate) const PATH_STEPS: usize = 100;

/// Addresses of a name that are dialled.
pub(crate) const ADDRESSES: usize = 16;

/// Addresses of a name that are asked each by itself.
pub(crate) const ADDRESSES_ASKED: usize = 6;

/// Hosts that are asked for `Strict-Transport-Security`: the endpoint's and those above it.
pub(crate) const HSTS_HOSTS: usize = 3;

/// Bytes of the body of an HTTP answer, in which DRP's error object would stand.
pub(crate) const BODY: usize = 4 * 1024;

/// How long a body may take after its head.
pub(crate) const BODY_TIME: Duration = Duration::from_millis(300);

/// Bytes of cookies that make a head large: about as many as the apps of one host set together.
pub(crate) const LARGE_COOKIE: usize = 6 * 1024;

/// Bytes kept to tell what a port speaks that does not speak TLS.
pub(crate) const FIRST_BYTES: usize = 256;

// The steps run one after another, so the limit of the whole needs no clock of its own and no finished step is lost.
// Comparisons take what is left of it.
const _: () = assert!(
    NAME.as_millis() + TCP.as_millis() + TLS.as_millis() + HTTP.as_millis() + UPGRADE.as_millis() + RESERVE.as_millis()
        < LOOK.as_millis()
);

// The page waits for the answer, whose way back takes time too.
const _: () = assert!(LOOK.as_millis() < Duration::from_millis(connection::service::LOOK_LIMIT).as_millis());
