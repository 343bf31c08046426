//! Third step: the TLS handshake, carried through whatever the certificate is worth.

use super::first_bytes::{FirstBytes, Watched};
use super::printable::printable;
use super::problems::problems;
use super::recorder::Recorder;
use super::trust::Trust;
use super::{alert, certificate, limits};
use connection::endpoint::Endpoint;
use connection::probe::{Tls, TlsFailure, TrustProblem};
use rustls::pki_types::{ServerName, UnixTime};
use rustls::{AlertDescription, ClientConfig, Error, PeerIncompatible};
use std::io;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// A connection on which the handshake is done.
pub(super) type Secured = TlsStream<Watched<TcpStream>>;

/// Shakes hands as a browser does: TLS 1.2 or 1.3, HTTP/1.1.
pub(super) async fn handshake(
    endpoint: &Endpoint,
    stream: TcpStream,
    trust: &Trust,
) -> Result<(Tls, Secured), TlsFailure> {
    let host = server_name(endpoint)?;
    let recorder = Arc::new(Recorder::new(trust.algorithms()));
    let first = FirstBytes::default();
    let connector = TlsConnector::from(Arc::new(config(trust, Arc::clone(&recorder))?));
    let shaken = timeout(limits::TLS, connector.connect(host.clone(), first.watch(stream))).await;
    let stream = match shaken {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(first.not_tls().unwrap_or_else(|| failure(&error))),
        Err(_) => return Err(first.not_tls().unwrap_or(TlsFailure::Timeout)),
    };
    let seen = recorder.seen();
    let mut problems = problems(trust, &seen.chain, &host, UnixTime::now());
    // A certificate that cannot be read cannot prove anything either; that it cannot be read is told already.
    problems.extend(seen.signature.filter(|signature| !matches!(signature, TrustProblem::Malformed { .. })));
    let (_, session) = stream.get_ref();
    let tls = Tls {
        protocol: session.protocol_version().and_then(|version| version.as_str()).unwrap_or_default().replace('_', "."),
        // Bytes that are no certificate have no facts; the problems tell of them.
        chain: seen.chain.iter().filter_map(|der| certificate::read(der).ok()).collect(),
        problems: problems.into_iter().collect(),
        asks_for_certificate: false,
    };
    Ok((tls, stream))
}

fn server_name(endpoint: &Endpoint) -> Result<ServerName<'static>, TlsFailure> {
    let host = endpoint.host();
    let host = host.strip_suffix('.').unwrap_or(&host).to_owned();
    ServerName::try_from(host.clone()).map_err(|_| TlsFailure::Malformed {
        text: printable(&format!("no certificate can hold the name “{host}”")),
    })
}

fn config(trust: &Trust, recorder: Arc<Recorder>) -> Result<ClientConfig, TlsFailure> {
    let mut config = ClientConfig::builder_with_provider(Arc::clone(trust.provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| TlsFailure::Malformed { text: printable(&error.to_string()) })?
        .dangerous()
        .with_custom_certificate_verifier(recorder)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn failure(error: &io::Error) -> TlsFailure {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        None if super::is_end(error) => TlsFailure::Closed,
        None => TlsFailure::Malformed { text: printable(&error.to_string()) },
        Some(
            Error::AlertReceived(AlertDescription::ProtocolVersion)
            | Error::PeerIncompatible(
                PeerIncompatible::ServerDoesNotSupportTls12Or13
                | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
            ),
        ) => TlsFailure::OldVersion,
        Some(Error::AlertReceived(alert)) => TlsFailure::Alert { name: alert::name(*alert) },
        Some(other) => TlsFailure::Malformed { text: printable(&other.to_string()) },
    }
}
