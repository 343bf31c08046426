//! Endpoints that misbehave, on real sockets.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// What DRP answers to anyone who has not signed in.
pub(crate) const DRP: &str = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: dr-provision\r\n\
                       Date: Tue, 24 Nov 2026 08:00:00 GMT\r\nContent-Length: 0\r\n\r\n";

pub(crate) const DAY: Duration = Duration::from_secs(86_400);

/// An endpoint that hands every connection to `handle`; returns its port.
pub(crate) async fn tcp<F, Fut>(handle: F) -> u16
where
    F: Fn(TcpStream) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    accept(listener, handle)
}

/// The same on a listener of one's own.
pub(crate) fn accept<F, Fut>(listener: TcpListener, handle: F) -> u16
where
    F: Fn(TcpStream) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(handle(stream));
        }
    });
    port
}

/// An endpoint with TLS that hands every connection to `handle`; returns its port.
pub(crate) async fn tls<F, Fut>(identity: Identity, handle: F) -> u16
where
    F: Fn(TlsStream<TcpStream>) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let acceptor = identity.acceptor();
    tcp(move |stream| {
        let (acceptor, handle) = (acceptor.clone(), handle.clone());
        async move {
            if let Ok(stream) = acceptor.accept(stream).await {
                handle(stream).await;
            }
        }
    })
    .await
}

/// An endpoint with a TLS of one's own.
pub(crate) async fn tls_by<F, Fut>(config: ServerConfig, handle: F) -> u16
where
    F: Fn(TlsStream<TcpStream>) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tcp(move |stream| {
        let (acceptor, handle) = (acceptor.clone(), handle.clone());
        async move {
            if let Ok(stream) = acceptor.accept(stream).await {
                handle(stream).await;
            }
        }
    })
    .await
}

/// An endpoint with a certificate for `localhost` and these answers, to the plain request and to the upgrade.
pub(crate) async fn answering(info: impl Into<String>, upgrade: impl Into<String>) -> u16 {
    let (info, upgrade) = (info.into(), upgrade.into());
    tls(Identity::self_signed(|_| ()), move |stream| {
        let (info, upgrade) = (info.clone(), upgrade.clone());
        async move { answer(stream, &info, &upgrade).await }
    })
    .await
}

/// Answers one request, by its path.
pub(crate) async fn answer<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, info: &str, upgrade: &str) {
    let request = request(&mut stream).await;
    let is_upgrade = request.starts_with("GET /api/v3/ws HTTP/1.1\r\n") && request.contains("Upgrade: websocket");
    let answer = if is_upgrade { upgrade } else { info };
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// Reads the head of a request.
pub(crate) async fn request<S: AsyncRead + Unpin>(stream: &mut S) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(head).unwrap()
}

/// What an endpoint shows of itself.
#[derive(Debug)]
pub(crate) struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: KeyPair,
}

impl Identity {
    /// As DRP makes it for itself, with changes.
    pub(crate) fn self_signed(change: impl FnOnce(&mut CertificateParams)) -> Self {
        let key = KeyPair::generate().unwrap();
        let chain = vec![params(change).self_signed(&key).unwrap().into()];
        Self { chain, key }
    }

    /// Signed by an authority of one's own, which is returned as PEM.
    pub(crate) fn issued(change: impl FnOnce(&mut CertificateParams)) -> (Self, String) {
        let mut ca = CertificateParams::new(vec![]).unwrap();
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        ca.distinguished_name.push(DnType::CommonName, "Lab CA");
        let (ca_key, key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        let root = ca.self_signed(&ca_key).unwrap();
        let leaf = params(change).signed_by(&key, &Issuer::new(ca, ca_key)).unwrap();
        (Self { chain: vec![leaf.into()], key }, root.pem())
    }

    /// Bytes in place of a certificate.
    pub(crate) fn bytes(certificate: Vec<u8>) -> Self {
        Self { chain: vec![certificate.into()], key: KeyPair::generate().unwrap() }
    }

    /// With a key of one's own.
    pub(crate) fn with_key(key: KeyPair) -> Self {
        let chain = vec![params(|_| ()).self_signed(&key).unwrap().into()];
        Self { chain, key }
    }

    fn acceptor(self) -> TlsAcceptor {
        // A resolver, because the ordinary way reads the certificate and refuses bytes that are not one.
        let resolver = Arc::new(Always(Arc::new(self.certified())));
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(resolver);
        TlsAcceptor::from(Arc::new(config))
    }

    /// Certificate and key as rustls takes them.
    pub(crate) fn certified(self) -> CertifiedKey {
        let key = PrivateKeyDer::try_from(self.key.serialize_der()).unwrap();
        CertifiedKey::new(self.chain, rustls::crypto::ring::sign::any_supported_type(&key).unwrap())
    }
}

fn params(change: impl FnOnce(&mut CertificateParams)) -> CertificateParams {
    let mut params = CertificateParams::new(vec!["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, "Acme Co");
    params.not_before = (SystemTime::now() - DAY).into();
    params.not_after = (SystemTime::now() + 364 * DAY).into();
    change(&mut params);
    params
}

#[derive(Debug)]
struct Always(Arc<CertifiedKey>);

impl ResolvesServerCert for Always {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}
