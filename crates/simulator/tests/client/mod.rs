//! A client that trusts nobody or anybody, as the test needs, and looks at the bytes.
#![allow(dead_code, unreachable_pub, reason = "each test file is a crate of its own and uses a part of this")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]

use std::io;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use futures_util::{SinkExt, StreamExt};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use serde_json::{Value, json};
use simulator::{Options, Simulator};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

pub type Stream = TlsStream<TcpStream>;
pub type Socket = WebSocketStream<Stream>;

/// Long enough for anything that will happen, short enough to wait for what will not.
pub const SOON: Duration = Duration::from_secs(5);
pub const A_MOMENT: Duration = Duration::from_millis(150);

pub const PASSWORD: &str = "rocketskates:r0cketsk8ts";

/// A simulator where nothing happens by itself.
pub async fn quiet() -> Simulator {
    Simulator::start(Options { rate: 0.0, ..Options::default() }).await.unwrap()
}

pub async fn tcp(simulator: &Simulator) -> io::Result<TcpStream> {
    TcpStream::connect(simulator.address()).await
}

/// TLS with whatever certificate is shown.
pub async fn tls(simulator: &Simulator) -> io::Result<Stream> {
    let config = config().dangerous().with_custom_certificate_verifier(Arc::new(Anything));
    handshake(simulator, config.with_no_client_auth()).await
}

/// TLS as by a client that trusts these certificates, for the name `localhost`.
pub async fn tls_trusting(simulator: &Simulator, roots: &[Vec<u8>]) -> io::Result<Stream> {
    let mut store = RootCertStore::empty();
    for root in roots {
        store.add(CertificateDer::from(root.clone())).unwrap();
    }
    handshake(simulator, config().with_root_certificates(store).with_no_client_auth()).await
}

/// TLS with whatever certificate is shown, for this server name.
pub async fn tls_for(simulator: &Simulator, name: &'static str) -> io::Result<Stream> {
    let config = config().dangerous().with_custom_certificate_verifier(Arc::new(Anything));
    connect(simulator, config.with_no_client_auth(), name, &[b"http/1.1"]).await
}

/// TLS that offers these protocols.
pub async fn tls_speaking(simulator: &Simulator, protocols: &[&[u8]]) -> io::Result<Stream> {
    let config = config().dangerous().with_custom_certificate_verifier(Arc::new(Anything));
    connect(simulator, config.with_no_client_auth(), "localhost", protocols).await
}

/// TLS whose greeting is longer than one packet, by the names of many protocols.
pub async fn tls_with_large_hello(simulator: &Simulator) -> io::Result<Stream> {
    let padding: Vec<Vec<u8>> = (0..10).map(|number| vec![b'a' + number; 200]).collect();
    let mut protocols: Vec<&[u8]> = padding.iter().map(Vec::as_slice).collect();
    protocols.push(b"http/1.1");
    tls_speaking(simulator, &protocols).await
}

/// What the peer shows as its own certificate.
pub fn leaf(stream: &Stream) -> Vec<u8> {
    stream.get_ref().1.peer_certificates().unwrap()[0].to_vec()
}

fn config() -> rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier> {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
}

async fn handshake(simulator: &Simulator, config: ClientConfig) -> io::Result<Stream> {
    connect(simulator, config, "localhost", &[b"http/1.1"]).await
}

async fn connect(
    simulator: &Simulator,
    mut config: ClientConfig,
    name: &'static str,
    protocols: &[&[u8]],
) -> io::Result<Stream> {
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    let name = ServerName::try_from(name).unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, tcp(simulator).await?).await
}

/// What rustls says of a handshake that failed.
pub fn tls_error(result: io::Result<Stream>) -> rustls::Error {
    *result.unwrap_err().into_inner().unwrap().downcast::<rustls::Error>().unwrap()
}

/// An HTTP answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v)
    }
}

/// One request over a fresh connection; `headers` are whole lines.
pub async fn ask(simulator: &Simulator, method: &str, path: &str, headers: &[&str], body: &str) -> Answer {
    exchange(tls(simulator).await.unwrap(), method, path, headers, body).await.unwrap()
}

pub async fn get(simulator: &Simulator, path: &str) -> Answer {
    ask(simulator, "GET", path, &[], "").await
}

/// The answer to an upgrade that is refused.
pub async fn upgrade(simulator: &Simulator, query: &str, headers: &[&str]) -> Answer {
    let upgrade = [
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ];
    let headers: Vec<&str> = upgrade.iter().chain(headers).copied().collect();
    ask(simulator, "GET", &format!("/api/v3/ws{query}"), &headers, "").await
}

pub async fn exchange(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    method: &str,
    path: &str,
    headers: &[&str],
    body: &str,
) -> io::Result<Answer> {
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n", body.len());
    if !headers.iter().any(|header| header.starts_with("Connection:")) {
        request += "Connection: close\r\n";
    }
    for header in headers {
        request += &format!("{header}\r\n");
    }
    stream.write_all(format!("{request}\r\n{body}").as_bytes()).await?;
    let mut bytes = Vec::new();
    loop {
        let count = timeout(SOON, stream.read_buf(&mut bytes)).await??;
        if let Some(answer) = parse(&bytes, count == 0) {
            return Ok(answer);
        }
        assert!(count > 0, "cut short: {:?}", String::from_utf8_lossy(&bytes));
    }
}

/// An answer is complete with its announced length, or with the end of the connection.
fn parse(bytes: &[u8], ended: bool) -> Option<Answer> {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let answer = Answer { status, head: head.to_owned(), body: body.to_owned() };
    let length = answer.header("content-length").and_then(|length| length.parse().ok());
    (ended || status == 101 || length.is_some_and(|length: usize| body.len() >= length)).then_some(answer)
}

/// One request to the control.
pub async fn control(simulator: &Simulator, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let stream = TcpStream::connect(simulator.control_address()).await.unwrap();
    let answer = exchange(stream, method, path, &[], &body).await.unwrap();
    (answer.status, answer.json())
}

/// Sets a fault through the control, as programs do.
pub async fn set(simulator: &Simulator, fault: Value) {
    let (status, answer) = control(simulator, "PUT", "/fault", &fault).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["fault"]["id"], fault["id"]);
}

pub async fn clear(simulator: &Simulator) {
    let (status, answer) = control(simulator, "DELETE", "/fault", &json!(null)).await;
    assert_eq!((status, &answer["fault"]), (200, &Value::Null));
}

pub async fn token(simulator: &Simulator, ttl: &str) -> String {
    let basic = format!("Authorization: Basic {}", BASE64_STANDARD.encode(PASSWORD));
    let answer = ask(simulator, "GET", &format!("/api/v3/users/rocketskates/token?ttl={ttl}"), &[&basic], "").await;
    answer.json()["Token"].as_str().unwrap().to_owned()
}

/// An open socket.
pub async fn open(simulator: &Simulator) -> Socket {
    open_with(simulator, PASSWORD).await.unwrap()
}

pub async fn open_with(simulator: &Simulator, token: &str) -> Result<Socket, Error> {
    let request = format!("wss://localhost/api/v3/ws?token={token}").into_client_request()?;
    Ok(client_async(request, tls(simulator).await?).await?.0)
}

pub async fn say(socket: &mut Socket, text: &str) {
    socket.send(Message::text(text)).await.unwrap();
}

/// The next event that the socket hears.
pub async fn hear(socket: &mut Socket) -> Value {
    loop {
        match next(socket).await.unwrap() {
            Message::Text(text) => return serde_json::from_str(&text).unwrap(),
            Message::Ping(_) => {}
            other => panic!("heard {other:?}"),
        }
    }
}

pub async fn next(socket: &mut Socket) -> Result<Message, Error> {
    timeout(SOON, socket.next()).await.expect("nothing was heard").unwrap_or(Err(Error::AlreadyClosed))
}

/// Registers and waits for the acknowledgement.
pub async fn register(socket: &mut Socket, pattern: &str) {
    say(socket, &format!("register {pattern}")).await;
    let acknowledgement = hear(socket).await;
    assert_eq!(
        (&acknowledgement["Type"], &acknowledgement["Action"], &acknowledgement["Key"]),
        (&json!("websocket"), &json!("register"), &json!(pattern))
    );
}

/// A socket opens and its commands are answered.
pub async fn is_healthy(simulator: &Simulator) {
    register(&mut open(simulator).await, "*.*.*").await;
}

/// Whether the socket ended without a close frame: the page would see 1006.
pub async fn ends_abruptly(socket: &mut Socket) -> bool {
    loop {
        match next(socket).await {
            Ok(Message::Close(_)) => return false,
            Ok(_) => {}
            Err(Error::ConnectionClosed | Error::AlreadyClosed) => return false,
            Err(_) => return true,
        }
    }
}

#[derive(Debug)]
struct Anything;

impl ServerCertVerifier for Anything {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let provider: CryptoProvider = ring::default_provider();
        provider.signature_verification_algorithms.supported_schemes()
    }
}
