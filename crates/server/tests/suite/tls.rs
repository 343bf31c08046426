//! HTTPS by the server itself, with certificates that are renewed while it runs.

use crate::support::folder::Folder;
use crate::support::http::{Answer, ask, ask_on};
use crate::support::program::Program;
use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// Writes a certificate for `localhost` and its key; returns the certificate.
fn renew(folder: &Folder) -> CertificateDer<'static> {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
    folder.write("key.pem", key.serialize_pem().as_bytes());
    folder.write("cert.pem", certificate.pem().as_bytes());
    certificate.der().clone()
}

fn start(folder: &Folder) -> Program {
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    Program::start(&["--tls-cert", &path("cert.pem"), "--tls-key", &path("key.pem")])
}

/// Asks as a client that trusts this certificate and no other.
async fn ask_trusting(program: &Program, certificate: &CertificateDer<'static>, path: &str) -> Option<Answer> {
    let mut roots = RootCertStore::empty();
    roots.add(certificate.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let stream = TcpStream::connect(program.address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await.ok()?;
    Some(ask_on(stream, "Host: localhost\r\n", "GET", path, "").await)
}

#[tokio::test]
async fn pages_are_served_over_https_and_plain_http_is_told_so() {
    let folder = Folder::new();
    let certificate = renew(&folder);
    let program = start(&folder);
    assert_eq!(ask_trusting(&program, &certificate, "/").await.unwrap().status, 200);
    let metrics = ask_trusting(&program, &certificate, "/metrics").await.unwrap().text();
    let left =
        metrics.lines().find_map(|line| line.strip_prefix("megaphone_tls_certificate_not_after_seconds ")).unwrap();
    assert!(left.parse::<f64>().unwrap() > 1e9, "{left}");
    let plain = ask(program.address, "GET", "/", "", "").await;
    assert!(plain.status == 400 && plain.text().contains("https://"), "{}", plain.text());
}

#[tokio::test]
async fn a_renewed_certificate_is_used_on_a_hangup_signal() {
    let folder = Folder::new();
    let old = renew(&folder);
    let mut program = start(&folder);
    assert!(ask_trusting(&program, &old, "/healthz").await.is_some());
    let new = renew(&folder);
    program.signal("HUP");
    wait_for(&program, &new).await;
    assert!(ask_trusting(&program, &old, "/healthz").await.is_none());
    // Half a renewal changes nothing.
    folder.write("key.pem", b"-----BEGIN PRIVATE KEY-----\nMC4");
    program.signal("HUP");
    assert!(ask_trusting(&program, &new, "/healthz").await.is_some());
    program.signal("TERM");
    let (_, log, _) = program.end();
    assert!(log.contains("reloaded the certificate"), "{log}");
    assert!(!log.contains("MC4"), "{log}");
}

#[tokio::test]
async fn a_renewed_certificate_is_found_without_a_signal() {
    let folder = Folder::new();
    renew(&folder);
    let program = start(&folder);
    let new = renew(&folder);
    wait_for(&program, &new).await;
}

/// Asks until the program uses the certificate; it looks every 10 s by itself.
async fn wait_for(program: &Program, certificate: &CertificateDer<'static>) {
    let used = async { while ask_trusting(program, certificate, "/healthz").await.is_none() {} };
    tokio::time::timeout(Duration::from_secs(20), used).await.expect("the new certificate is not used");
}

#[test]
fn files_that_are_no_identity_are_refused_by_name() {
    let folder = Folder::new();
    renew(&folder);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let truncated = std::fs::read_to_string(path("cert.pem")).unwrap();
    folder.write("truncated.pem", &truncated.as_bytes()[..truncated.len() / 2]);
    let other = KeyPair::generate().unwrap();
    folder.write("other.pem", other.serialize_pem().as_bytes());
    for (certificate, key, told) in [
        ("truncated.pem", "key.pem", "truncated.pem: it is not complete PEM"),
        ("key.pem", "key.pem", "key.pem: it holds no certificate"),
        ("cert.pem", "cert.pem", "cert.pem: it holds no private key"),
        ("cert.pem", "other.pem", "other.pem: its key is not the one of the certificate"),
        ("missing.pem", "key.pem", "missing.pem: cannot read it"),
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_megaphone"))
            .args(["check", "--endpoint", "drp", "--tls-cert", &path(certificate), "--tls-key", &path(key)])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(told), "{told} is not in\n{said}");
    }
}
