//! HTTPS by the server itself, with certificates that are renewed while it runs.

use std::sync::Arc;
use std::time::Duration;

use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::support::folder::Folder;
use crate::support::http::{Answer, ask, ask_on};
use crate::support::program::Program;

/// Writes a certificate for `localhost` and its key; returns the certificate.
fn renew(folder: &Folder) -> CertificateDer<'static> {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
    folder.write("key.pem", key.serialize_pem().as_bytes());
    folder.write("cert.pem", certificate.pem().as_bytes());
    certificate.der().clone()
}

fn start(folder: &Folder) -> Program {
    start_logging_to(std::process::Stdio::piped(), folder)
}

fn start_logging_to(log: impl Into<std::process::Stdio>, folder: &Folder) -> Program {
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    Program::start_logging_to(log, &["--tls-cert", &path("cert.pem"), "--tls-key", &path("key.pem")])
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
    let log = folder.path().join("log");
    let mut program = start_logging_to(std::fs::File::create(&log).unwrap(), &folder);
    let said = || std::fs::read_to_string(&log).unwrap();
    assert!(ask_trusting(&program, &old, "/healthz").await.is_some());
    let new = renew(&folder);
    program.signal("HUP");
    // Before the program would have looked by itself.
    wait_for(&program, &new, Duration::from_secs(5)).await;
    assert!(ask_trusting(&program, &old, "/healthz").await.is_none());
    // Half a renewal changes nothing.
    folder.write("key.pem", b"-----BEGIN PRIVATE KEY-----\nMC4");
    program.signal("HUP");
    let read = async {
        while !said().contains("kept the certificate in use") {
            tokio::task::yield_now().await
        }
    };
    tokio::time::timeout(Duration::from_secs(5), read).await.expect("the signal changed nothing");
    assert!(ask_trusting(&program, &new, "/healthz").await.is_some());
    program.signal("TERM");
    program.end_unread();
    let log = said();
    assert!(log.contains("reloaded the certificate"), "{log}");
    assert!(!log.contains("MC4"), "{log}");
}

#[tokio::test]
async fn a_renewed_certificate_is_found_without_a_signal() {
    let folder = Folder::new();
    renew(&folder);
    let program = start(&folder);
    let new = renew(&folder);
    wait_for(&program, &new, Duration::from_secs(20)).await;
}

/// Asks until the program uses the certificate; it looks every 10 s by itself.
async fn wait_for(program: &Program, certificate: &CertificateDer<'static>, limit: Duration) {
    let used = async { while ask_trusting(program, certificate, "/healthz").await.is_none() {} };
    tokio::time::timeout(limit, used).await.expect("the new certificate is not used");
}

/// Of no use to anyone: made for this test.
const RSA_1024: &str = "\
-----BEGIN RSA PRIVATE KEY-----
MIICXQIBAAKBgQC6knQxhaRWVdI+0+PNBySsJ+q/DAQ03X9rHiCVPa42nMAR7bLt
+KGqCuYmvoP/87WwVNKUXFR71bH5dPkPHKl95HpnJTyv8aX932bbC0pUjrsMPoFR
2dhDeJBE4XD93pP9CO9ETbnO4TKW340hijCHat1DKlWFgkqtKLXSpf5F4QIDAQAB
AoGAfqnhIqHVcRuwsiDOfiqEVjB/aZax4GYkFEgO3ONUPBVtPH7AxFjRAI2HtPQQ
z5rYVc8wa7LHVI8+1dn5IK5XzkvbWKnXslwVdr4CIVU7WbzedIFMVn09ZTPhZpuU
vY8Nezq6Sq1ZcuxLS5yD9WYiRX66hR7Wi/cFNnM5kLTZMvUCQQDrPtNMZjnBFXTw
wXbNvds1C/wmd20/mVG4RNyOoca62zi9SjRJOaIp/ENPwFuto4yXjid5QHfJDdnG
TjXyFhdPAkEAywhPFswjawSAgwYI5HLS+vz0WdVRF1r05Zeonw+4L131xT2jIW91
ZG6pXLiMkMU68GZTRUJyH2TOOf8OV4yDzwJBAOq0/QZtu9O8P7dxnsH5WbscYRBT
+WkJ5HHQKqoYGHoX/Q1G+tHQMc5oBRSN3CprUftn9lRQkPLE4fGr2MDXb5sCQQCX
KbaIyLBOC2oLI0EXpY4DpLXg9HuNogDXt9SpqLB/Q7uqgLumNy/1+JZMHHM7jjzV
o7m3xULmsM0CTS3GbS3tAkAGnUaR/SPNPIBUws2hDFo0DADZI54uquebxm8OmRA8
CTGcDuxlY8mgv7todiRd13+95Rh0qRWir81r6RP/WLia
-----END RSA PRIVATE KEY-----
";

#[test]
fn files_that_are_no_identity_are_refused_by_name() {
    let folder = Folder::new();
    renew(&folder);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let truncated = std::fs::read_to_string(path("cert.pem")).unwrap();
    folder.write("truncated.pem", &truncated.as_bytes()[..truncated.len() / 2]);
    let other = KeyPair::generate().unwrap();
    folder.write("other.pem", other.serialize_pem().as_bytes());
    let authority = KeyPair::generate().unwrap();
    let authority = CertificateParams::new(vec!["authority".to_owned()]).unwrap().self_signed(&authority).unwrap();
    folder.write("turned.pem", [authority.pem(), truncated.clone()].concat().as_bytes());
    folder
        .write("encrypted.pem", b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIH0\n-----END ENCRYPTED PRIVATE KEY-----\n");
    let old_form = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMIH0\n\
                    -----END RSA PRIVATE KEY-----\n";
    folder.write("encrypted-old.pem", old_form.as_bytes());
    folder.write("rsa-1024.pem", RSA_1024.as_bytes());
    for (certificate, key, told) in [
        ("truncated.pem", "key.pem", "truncated.pem (--tls-cert): it is not complete PEM"),
        ("key.pem", "key.pem", "key.pem (--tls-cert): it holds no certificate"),
        ("cert.pem", "cert.pem", "cert.pem (--tls-key): it holds no private key"),
        ("cert.pem", "other.pem", "other.pem (--tls-key): its key is not the one of the certificate"),
        ("turned.pem", "key.pem", "turned.pem (--tls-cert): its first certificate is not the one of the key"),
        ("cert.pem", "encrypted.pem", "encrypted.pem (--tls-key): its key is encrypted"),
        ("cert.pem", "encrypted-old.pem", "encrypted-old.pem (--tls-key): its key is encrypted"),
        ("cert.pem", "rsa-1024.pem", "expected RSA with 2048 bits or more"),
        ("missing.pem", "key.pem", "missing.pem (--tls-cert): cannot read it"),
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_megaphone"))
            .args(["check", "--endpoint", "drp", "--tls-cert", &path(certificate), "--tls-key", &path(key)])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(told), "{told} is not in\n{said}");
    }
}
