//! What a probe sees only if it dresses like a browser, and what further connections tell apart.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use connection::probe::{
    AddressOutcome, DialOutcome, HelloOutcome, HttpFailure, HttpOutcome, NameOutcome, Probe, TlsFailure, TrustProblem,
};
use rcgen::{KeyPair, PKCS_ED25519};
use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{
    DigitallySignedStruct, DistinguishedName, Error, ServerConfig, SignatureScheme, SupportedProtocolVersion,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use crate::support::endpoint::{DRP, Identity, accept, answer, answering, request, tls, tls_by};
use crate::support::{Megaphone, look_at};

async fn seen(port: u16) -> Probe {
    look_at(&format!("https://localhost:{port}")).await
}

fn status(code: u16) -> String {
    format!("HTTP/1.1 {code} Whatever\r\nContent-Length: 0\r\n\r\n")
}

/// An endpoint that answers an upgrade by what its head says, and everything else as DRP does.
async fn upgrading(answers: fn(&str) -> u16) -> u16 {
    tls(Identity::self_signed(|_| ()), move |mut stream| async move {
        let head = request(&mut stream).await;
        let answer = match head.starts_with("GET /api/v3/ws ").then(|| answers(&head)) {
            Some(401) | None => DRP.to_owned(),
            Some(code) => status(code),
        };
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
    })
    .await
}

#[tokio::test]
async fn an_endpoint_that_refuses_the_origin_of_the_page_takes_the_upgrade_without_one() {
    let port = upgrading(|head| if head.contains("\r\nOrigin: ") { 403 } else { 401 }).await;
    let probe = seen(port).await;
    assert_eq!(probe.upgrade.passed().unwrap().status, 403);
    assert_eq!(probe.compared.without_origin, Some(HttpOutcome::Answered(401)));
    let probe = seen(upgrading(|_| 403).await).await;
    assert_eq!(probe.compared.without_origin, Some(HttpOutcome::Answered(403)));
}

#[tokio::test]
async fn the_origin_is_that_of_the_page_and_goes_to_the_upgrade_alone() {
    let (heads, mut seen) = tokio::sync::mpsc::unbounded_channel();
    let port = tls(Identity::self_signed(|_| ()), move |mut stream| {
        let heads = heads.clone();
        async move {
            let _ = heads.send(request(&mut stream).await);
            let _ = stream.write_all(DRP.as_bytes()).await;
        }
    })
    .await;
    let endpoint = format!("https://localhost:{port}");
    let megaphone = Megaphone::start(&[&endpoint]).await;
    // Nobody named this client as a proxy, so what it says of another host does not count.
    let headers = "Sec-Fetch-Site: same-origin\r\nX-Forwarded-Host: portal.example\r\nX-Forwarded-Proto: https\r\n";
    assert_eq!(megaphone.get(&format!("/api/diagnosis?endpoint={endpoint}"), headers).await.status, 200);
    assert!(!seen.recv().await.unwrap().contains("Origin:"));
    let upgrade = seen.recv().await.unwrap();
    assert!(upgrade.contains("\r\nOrigin: http://") && !upgrade.contains("portal.example"), "{upgrade}");
}

#[tokio::test]
async fn a_healthy_endpoint_passes_every_comparison() {
    let probe = seen(answering(DRP, DRP).await).await;
    let compared = &probe.compared;
    assert_eq!(compared.large_head, Some(HttpOutcome::Answered(401)));
    assert_eq!(compared.two_tokens, Some(HttpOutcome::Answered(401)));
    assert_eq!(compared.large_hello, Some(HelloOutcome::Passed));
    assert_eq!(compared.without_name, Some(NameOutcome::Same));
    assert_eq!((compared.without_origin, compared.certificates.len(), compared.http2_refuses), (None, 0, false));
}

#[tokio::test]
async fn a_limit_on_the_size_of_the_head_is_found() {
    let port = upgrading(|head| if head.len() > 4_096 { 431 } else { 401 }).await;
    assert_eq!(seen(port).await.compared.large_head, Some(HttpOutcome::Answered(431)));
}

#[tokio::test]
async fn a_proxy_that_wants_exactly_one_connection_token_is_found() {
    let port = upgrading(|head| if head.contains("\r\nConnection: Upgrade\r\n") { 401 } else { 426 }).await;
    assert_eq!(seen(port).await.compared.two_tokens, Some(HttpOutcome::Answered(426)));
}

/// Something in between that reads the first packet of a greeting and no more.
#[tokio::test]
async fn a_device_that_cannot_take_a_large_greeting_is_found() {
    let endpoint = answering(DRP, DRP).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = accept(listener, move |mut client| async move {
        let mut first = vec![0; 16_384];
        let Ok(length) = client.read(&mut first).await else { return };
        if length > 1_500 {
            return;
        }
        let Ok(mut server) = TcpStream::connect(("127.0.0.1", endpoint)).await else { return };
        let _ = server.write_all(&first[..length]).await;
        let _ = copy_bidirectional(&mut client, &mut server).await;
    });
    let probe = seen(port).await;
    assert_eq!(probe.upgrade.passed().unwrap().status, 401);
    assert_eq!(probe.compared.large_hello, Some(HelloOutcome::Ended));
}

#[derive(Debug)]
struct ByName {
    named: Arc<CertifiedKey>,
    nameless: Option<Arc<CertifiedKey>>,
}

impl ResolvesServerCert for ByName {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        if hello.server_name().is_some() { Some(Arc::clone(&self.named)) } else { self.nameless.clone() }
    }
}

fn config(
    versions: &[&'static SupportedProtocolVersion],
) -> rustls::ConfigBuilder<ServerConfig, rustls::WantsVerifier> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ServerConfig::builder_with_provider(provider).with_protocol_versions(versions).unwrap()
}

#[tokio::test]
async fn what_a_proxy_shows_without_a_name_is_compared() {
    let named = Arc::new(Identity::self_signed(|_| ()).certified());
    let fallback = Identity::self_signed(|params| {
        params.distinguished_name.push(rcgen::DnType::CommonName, "TRAEFIK DEFAULT CERT");
    });
    for nameless in [Some(Arc::new(fallback.certified())), None] {
        let strict = nameless.is_none();
        let resolver = Arc::new(ByName { named: Arc::clone(&named), nameless });
        let config = config(rustls::ALL_VERSIONS).with_no_client_auth().with_cert_resolver(resolver);
        let probe = seen(tls_by(config, |stream| answer(stream, DRP, DRP)).await).await;
        match probe.compared.without_name.unwrap() {
            NameOutcome::Other { subject, .. } => assert!(!strict && subject.contains("TRAEFIK"), "{subject}"),
            NameOutcome::Failed => assert!(strict),
            NameOutcome::Same => panic!("another certificate was shown"),
        }
    }
}

#[derive(Debug)]
struct Turns(Vec<Arc<CertifiedKey>>, AtomicUsize);

impl ResolvesServerCert for Turns {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.0.get(self.1.fetch_add(1, Ordering::SeqCst) % self.0.len()).cloned()
    }
}

#[tokio::test]
async fn nodes_with_different_certificates_behind_one_name_are_told_apart() {
    let nodes = (0..2).map(|_| Arc::new(Identity::self_signed(|_| ()).certified())).collect();
    let resolver = Arc::new(Turns(nodes, AtomicUsize::new(0)));
    let config = config(rustls::ALL_VERSIONS).with_no_client_auth().with_cert_resolver(resolver);
    let probe = seen(tls_by(config, |stream| answer(stream, DRP, DRP)).await).await;
    assert_eq!(probe.compared.certificates.len(), 2);
    assert_eq!(probe.compared.certificates[0], probe.tls.passed().unwrap().chain[0].fingerprint);
}

/// Asks for a certificate of the client and believes any.
#[derive(Debug)]
struct Asks {
    needed: bool,
}

impl ClientCertVerifier for Asks {
    fn client_auth_mandatory(&self) -> bool {
        self.needed
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ECDSA_NISTP256_SHA256]
    }
}

async fn asking(needed: bool, version: &'static SupportedProtocolVersion) -> Probe {
    let key = Arc::new(Identity::self_signed(|_| ()).certified());
    let resolver = Arc::new(ByName { named: Arc::clone(&key), nameless: Some(key) });
    let config = config(&[version]).with_client_cert_verifier(Arc::new(Asks { needed })).with_cert_resolver(resolver);
    seen(tls_by(config, |stream| answer(stream, DRP, DRP)).await).await
}

#[tokio::test]
async fn being_asked_for_a_certificate_is_told_and_being_refused_without_one_too() {
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let probe = asking(false, version).await;
        assert!(probe.tls.passed().unwrap().asks_for_certificate);
        assert_eq!(probe.upgrade.passed().unwrap().status, 401);
    }
    assert_eq!(asking(true, &rustls::version::TLS12).await.tls.failed(), Some(&TlsFailure::CertificateRequired));
    let probe = asking(true, &rustls::version::TLS13).await;
    assert!(probe.tls.passed().unwrap().asks_for_certificate);
    assert_eq!(probe.http.failed(), Some(&HttpFailure::CertificateRequired));
    assert!(!seen(answering(DRP, DRP).await).await.tls.passed().unwrap().asks_for_certificate);
}

#[tokio::test]
async fn a_key_of_a_kind_that_no_browser_has_is_named_after_a_second_greeting() {
    let key = KeyPair::generate_for(&PKCS_ED25519).unwrap();
    let probe = seen(tls(Identity::with_key(key), |stream| answer(stream, DRP, DRP)).await).await;
    let tls = probe.tls.passed().unwrap();
    assert_eq!(tls.chain[0].key, "Ed25519");
    assert_eq!(tls.problems, [TrustProblem::KeyKind { firefox: false }, TrustProblem::SelfSigned]);
    assert_eq!(tls.chromium_error(), Some("ERR_SSL_VERSION_OR_CIPHER_MISMATCH"));
    assert_eq!(probe.upgrade.passed().unwrap().status, 401, "the upgrade is asked for in the same dress");
}

#[tokio::test]
async fn each_address_of_a_name_is_asked_by_itself() {
    let Ok(second) = TcpListener::bind("[::1]:0").await else { return };
    let port = second.local_addr().unwrap().port();
    let Ok(first) = TcpListener::bind(("127.0.0.1", port)).await else { return };
    // Something else listens at the address that browsers prefer.
    accept(second, |mut stream| async move {
        let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n").await;
        let _ = stream.read(&mut [0; 4_096]).await;
    });
    accept(first, |stream| answer(stream, DRP, DRP));
    let probe = look_at(&format!("http://localhost:{port}")).await;
    if probe.name.passed().unwrap().len() < 2 {
        return;
    }
    let outcome = |address: &str| {
        let check = probe.compared.addresses.iter().find(|check| check.address.starts_with(address));
        check.unwrap().outcome.clone()
    };
    assert_eq!(outcome("127.0.0.1"), AddressOutcome::Drp);
    assert!(matches!(outcome("[::1]"), AddressOutcome::Http(HttpFailure::Malformed { .. })), "{probe:?}");
}

#[tokio::test]
async fn an_address_at_which_nothing_listens_is_told_beside_one_that_works() {
    let port = answering(DRP, DRP).await;
    let probe = seen(port).await;
    if probe.name.passed().unwrap().len() < 2 {
        return;
    }
    let outcomes: Vec<_> = probe.compared.addresses.iter().map(|check| check.outcome.clone()).collect();
    assert!(outcomes.contains(&AddressOutcome::Drp), "{outcomes:?}");
    assert!(outcomes.contains(&AddressOutcome::Tcp(DialOutcome::Refused)), "{outcomes:?}");
}

/// Speaks HTTP/2 where that is agreed upon, promises WebSockets over it, and answers them so.
async fn promising(code: u16) -> u16 {
    let key = Arc::new(Identity::self_signed(|_| ()).certified());
    let resolver = Arc::new(ByName { named: Arc::clone(&key), nameless: Some(key) });
    let mut config = config(rustls::ALL_VERSIONS).with_no_client_auth().with_cert_resolver(resolver);
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    tls_by(config, move |stream| async move {
        if stream.get_ref().1.alpn_protocol() != Some(b"h2") {
            return answer(stream, DRP, DRP).await;
        }
        let mut server = h2::server::Builder::new();
        let Ok(mut connection) = server.enable_connect_protocol().handshake::<_, axum::body::Bytes>(stream).await
        else {
            return;
        };
        while let Some(Ok((_, mut respond))) = connection.accept().await {
            let answer = axum::http::Response::builder().status(code).body(()).unwrap();
            let _ = respond.send_response(answer, true);
        }
    })
    .await
}

#[tokio::test]
async fn a_promise_of_websockets_over_http_2_that_is_not_kept_is_told() {
    assert!(seen(promising(501).await).await.compared.http2_refuses);
    assert!(!seen(promising(200).await).await.compared.http2_refuses);
}
