//! Third step: the TLS handshake, dressed like a browser's and carried through whatever the certificate is worth.

use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

use connection::endpoint::Endpoint;
use connection::probe::{Tls, TlsFailure, TrustProblem};
use rustls::pki_types::{ServerName, UnixTime};
use rustls::{AlertDescription, ClientConfig, Error, PeerIncompatible};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::could_not_look::Ended;
use super::first_bytes::{FirstBytes, Watched};
use super::printable::printable;
use super::problems::problems;
use super::recorder::{Recorder, Seen};
use super::tcp::{self, Connected};
use super::trust::Trust;
use super::{alert, certificate, key, large_hello, limits, words};

/// A connection on which the handshake is done.
pub(super) type Secured = TlsStream<Watched<TcpStream>>;

/// What a greeting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dress {
    /// The name of the host, where it has one. Browsers send it; none is ever sent for an address.
    pub(super) name: bool,
    /// More bytes than one packet takes.
    pub(super) large: bool,
    /// Signatures that no browser verifies.
    pub(super) wide: bool,
    /// HTTP/2, as for a page; a WebSocket is opened over HTTP/1.1.
    pub(super) http2: bool,
}

impl Dress {
    /// A browser's, for a WebSocket.
    pub(super) const BROWSER: Self = Self { name: true, large: false, wide: false, http2: false };
}

/// A finished handshake whose certificate nobody has judged yet.
pub(super) struct Shaken {
    pub(super) stream: Secured,
    pub(super) seen: Seen,
}

impl Shaken {
    /// The fingerprint of the endpoint's own certificate.
    pub(super) fn fingerprint(&self) -> Option<String> {
        self.seen.chain.first().map(|der| certificate::fingerprint(der))
    }
}

/// Shakes hands as a browser does, and tells what it would hold against the chain. Where no signature can be agreed upon,
/// once more with those that no browser has, so that the key can be named.
pub(super) async fn handshake(
    endpoint: &Endpoint,
    connected: Connected,
    trust: &Trust,
) -> Result<(Tls, (Shaken, Dress)), Ended<TlsFailure>> {
    let Connected { stream, address } = connected;
    let began = Instant::now();
    let (shaken, dress) = match shake(endpoint, Dress::BROWSER, stream, trust, limits::TLS).await {
        Ok(shaken) => (shaken, Dress::BROWSER),
        Err(why) if may_be_the_key(&why) => {
            let dress = Dress { wide: true, ..Dress::BROWSER };
            // Both greetings together take no longer than one may.
            let left = limits::TLS.saturating_sub(began.elapsed());
            let shaken = timeout(left, again(endpoint, address, trust, dress, left)).await;
            match shaken.ok().and_then(Result::ok).filter(has_unusual_key) {
                Some(shaken) => (shaken, dress),
                None => return Err(why.into()),
            }
        }
        Err(why) => return Err(why.into()),
    };
    Ok((judge(endpoint, &shaken, trust)?, (shaken, dress)))
}

/// Connects and shakes hands once more.
pub(super) async fn again(
    endpoint: &Endpoint,
    address: std::net::SocketAddr,
    trust: &Trust,
    dress: Dress,
    limit: Duration,
) -> Result<Shaken, Ended<TlsFailure>> {
    let stream = match timeout(limit, tcp::connect(address)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(tcp::ended(&error, TlsFailure::Closed)),
        Err(_) => return Err(TlsFailure::Timeout.into()),
    };
    Ok(shake(endpoint, dress, stream, trust, limit).await?)
}

/// What a handshake brought, and what a browser would hold against it.
pub(super) fn judge(endpoint: &Endpoint, shaken: &Shaken, trust: &Trust) -> Result<Tls, TlsFailure> {
    let Shaken { stream, seen } = shaken;
    let mut problems = problems(trust, &seen.chain, &server_name(endpoint)?, UnixTime::now());
    // A certificate that cannot be read cannot prove anything either; that it cannot be read is told already. So is a key
    // that is too short for the verifier.
    let untold = !problems.contains(&TrustProblem::WeakKey);
    let told_otherwise =
        |signature: &TrustProblem| matches!(signature, TrustProblem::Malformed { .. } | TrustProblem::Other { .. });
    problems.extend(seen.signature.clone().filter(|signature| untold && !told_otherwise(signature)));
    let (_, session) = stream.get_ref();
    Ok(Tls {
        protocol: session.protocol_version().and_then(|version| version.as_str()).unwrap_or_default().replace('_', "."),
        // Bytes that are no certificate have no facts; the problems tell of them.
        chain: seen.chain.iter().filter_map(|der| certificate::read(der).ok()).collect(),
        problems: problems.into_iter().collect(),
        asks_for_certificate: seen.asks_for_certificate,
    })
}

async fn shake(
    endpoint: &Endpoint,
    dress: Dress,
    stream: TcpStream,
    trust: &Trust,
    limit: Duration,
) -> Result<Shaken, TlsFailure> {
    let recorder = Arc::new(Recorder::new(trust.algorithms(), dress.wide));
    let first = FirstBytes::default();
    let connector = TlsConnector::from(Arc::new(config(trust, dress, &recorder)?));
    let shaken = timeout(limit, connector.connect(server_name(endpoint)?, first.watch(stream))).await;
    match shaken {
        Ok(Ok(stream)) => Ok(Shaken { stream, seen: recorder.seen() }),
        Ok(Err(error)) => Err(first.not_tls().unwrap_or_else(|| failure(&error, &first, &recorder.seen()))),
        Err(_) => Err(first.not_tls().unwrap_or(TlsFailure::Timeout)),
    }
}

/// The alerts of servers that cannot sign with what a browser offers; which one differs from library to library.
fn may_be_the_key(why: &TlsFailure) -> bool {
    const ALERTS: [&str; 5] = [
        "handshake_failure",
        "illegal_parameter",
        "unsupported_certificate",
        "insufficient_security",
        "internal_error",
    ];
    matches!(why, TlsFailure::Alert { name } if ALERTS.contains(&name.as_str()))
}

fn has_unusual_key(shaken: &Shaken) -> bool {
    let leaf = shaken.seen.chain.first().and_then(|der| certificate::read(der).ok());
    leaf.is_some_and(|leaf| !key::is_of_browsers(&leaf.key))
}

fn server_name(endpoint: &Endpoint) -> Result<ServerName<'static>, TlsFailure> {
    let host = endpoint.host();
    let host = host.strip_suffix('.').unwrap_or(&host).to_owned();
    ServerName::try_from(host.clone()).map_err(|_| TlsFailure::Malformed {
        text: printable(&format!("no certificate can hold the name “{host}”")),
    })
}

fn config(trust: &Trust, dress: Dress, recorder: &Arc<Recorder>) -> Result<ClientConfig, TlsFailure> {
    let provider =
        if dress.large { Arc::new(large_hello::provider(trust.provider())) } else { Arc::clone(trust.provider()) };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| malformed(words::tls_error(&error)))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::<Recorder>::clone(recorder))
        .with_client_cert_resolver(Arc::<Recorder>::clone(recorder));
    config.enable_sni = dress.name;
    let http2 = Some(b"h2".to_vec()).filter(|_| dress.http2);
    config.alpn_protocols = http2.into_iter().chain([b"http/1.1".to_vec()]).collect();
    Ok(config)
}

fn failure(error: &io::Error, first: &FirstBytes, seen: &Seen) -> TlsFailure {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        None if super::is_end(error) && first.is_empty() => {
            TlsFailure::NoBytes { reset: error.kind() != ErrorKind::UnexpectedEof }
        }
        None if super::is_end(error) => TlsFailure::Closed,
        None => malformed(words::TOO_LARGE),
        Some(
            Error::AlertReceived(AlertDescription::ProtocolVersion)
            | Error::PeerIncompatible(
                PeerIncompatible::ServerDoesNotSupportTls12Or13
                | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
            ),
        ) => TlsFailure::OldVersion,
        // The endpoint had shown its own certificate and asked for another before it refused.
        Some(Error::AlertReceived(_)) if seen.asks_for_certificate => TlsFailure::CertificateRequired,
        Some(Error::AlertReceived(alert)) => TlsFailure::Alert { name: alert::name(*alert) },
        Some(other) => malformed(words::tls_error(other)),
    }
}

fn malformed(text: &str) -> TlsFailure {
    TlsFailure::Malformed { text: text.to_owned() }
}
