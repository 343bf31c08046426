//! What stands between a client and DRP: firewalls, proxies, sign-in pages and networks, each met over real sockets.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::wildcard_enum_match_arm)]

mod client;

use std::io::ErrorKind;
use std::net::{Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};

use client::*;
use rustls::{AlertDescription, Error as TlsError};
use serde_json::json;
use simulator::CertificateKind;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{Error, Message};

const GOOD: &str = "?token=rocketskates:r0cketsk8ts";

#[tokio::test]
async fn accept_then_close_ends_connections_before_a_byte() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "accept-then-close"})).await;
    let mut stream = tcp(&simulator).await.unwrap();
    stream.write_all(b"\x16\x03\x01").await.unwrap();
    assert_eq!(timeout(SOON, stream.read(&mut [0; 8])).await.unwrap().unwrap(), 0);
    set(&simulator, json!({"id": "accept-then-close", "how": "reset"})).await;
    let mut stream = tcp(&simulator).await.unwrap();
    let read = timeout(SOON, stream.read(&mut [0; 8])).await.unwrap();
    assert_eq!(read.unwrap_err().kind(), ErrorKind::ConnectionReset);
    clear(&simulator).await;
    is_healthy(&simulator).await;
}

#[tokio::test]
async fn the_second_address_of_localhost_says_something_else() {
    let simulator = quiet().await;
    let second = SocketAddr::from((Ipv6Addr::LOCALHOST, simulator.address().port()));
    set(&simulator, json!({"id": "some-addresses", "says": "ssh"})).await;
    let mut greeting = [0; 8];
    TcpStream::connect(second).await.unwrap().read_exact(&mut greeting).await.unwrap();
    assert_eq!(&greeting, b"SSH-2.0-");
    is_healthy(&simulator).await;
    set(&simulator, json!({"id": "some-addresses"})).await;
    let mut silent = TcpStream::connect(second).await.unwrap();
    assert!(timeout(A_MOMENT, silent.read(&mut greeting)).await.is_err());
    clear(&simulator).await;
    assert_eq!(TcpStream::connect(second).await.unwrap_err().kind(), ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn a_large_hello_is_reset_or_stalls_and_a_small_one_passes() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "large-hello"})).await;
    assert!(tls(&simulator).await.is_ok());
    assert_eq!(tls_with_large_hello(&simulator).await.unwrap_err().kind(), ErrorKind::ConnectionReset);
    set(&simulator, json!({"id": "large-hello", "then": "stall"})).await;
    assert!(tls(&simulator).await.is_ok());
    assert!(timeout(A_MOMENT, tls_with_large_hello(&simulator)).await.is_err());
    clear(&simulator).await;
    assert!(tls_with_large_hello(&simulator).await.is_ok());
}

#[tokio::test]
async fn large_packets_are_lost_after_the_upgrade_and_everything_after_them() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "large-packets"})).await;
    let mut socket = open(&simulator).await;
    register(&mut socket, "*.*.*").await;
    simulator.send_text("x".repeat(60_000));
    say(&mut socket, "register jobs.*.*").await;
    assert!(timeout(A_MOMENT, next(&mut socket)).await.is_err());
    set(&simulator, json!({"id": "large-packets", "from": "start", "limit": 200})).await;
    assert!(timeout(A_MOMENT, tls(&simulator)).await.is_err());
    clear(&simulator).await;
    is_healthy(&simulator).await;
}

#[tokio::test]
async fn a_port_that_demands_a_proxy_header_serves_only_those_who_send_it() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "proxy-protocol"})).await;
    assert!(tls(&simulator).await.is_err());
    let mut stream = tcp(&simulator).await.unwrap();
    stream.write_all(b"PROXY TCP4 192.0.2.1 192.0.2.2 4711 8092\r\nGET / HTTP/1.1\r\n\r\n").await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.0 400", "TLS is what follows the header");
}

#[tokio::test]
async fn an_unknown_name_gets_the_alert_or_the_default_certificate() {
    let simulator = quiet().await;
    let own = simulator.certificate_der().unwrap();
    set(&simulator, json!({"id": "wrong-site", "known": "drp.known.example"})).await;
    assert_eq!(tls_error(tls(&simulator).await), TlsError::AlertReceived(AlertDescription::UnrecognisedName));
    assert_eq!(leaf(&tls_for(&simulator, "drp.known.example").await.unwrap()), own);
    set(&simulator, json!({"id": "wrong-site", "others": "default-certificate"})).await;
    let stream = tls(&simulator).await.unwrap();
    assert!(String::from_utf8_lossy(&leaf(&stream)).contains("TRAEFIK DEFAULT CERT"));
    let answer = exchange(stream, "GET", "/api/v3/info", &[], "").await.unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (404, "404 page not found\n"));
}

#[tokio::test]
async fn a_client_certificate_is_requested_and_only_then_demanded() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "client-certificate"})).await;
    is_healthy(&simulator).await;
    set(&simulator, json!({"id": "client-certificate", "required": true})).await;
    // In TLS 1.3 the client is done before the server has looked; the alert is the first thing that it reads.
    let mut stream = tls(&simulator).await.unwrap();
    let error = stream.read(&mut [0; 8]).await.unwrap_err().into_inner().unwrap().downcast::<TlsError>().unwrap();
    assert_eq!(*error, TlsError::AlertReceived(AlertDescription::CertificateRequired));
}

#[tokio::test]
async fn http_2_promises_web_sockets_and_http_1_serves_them() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "http2"})).await;
    let mut stream = tls_speaking(&simulator, &[b"h2", b"http/1.1"]).await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00").await.unwrap();
    let mut bytes = vec![0; 9];
    stream.read_exact(&mut bytes).await.unwrap();
    assert_eq!(bytes[3], 4, "a SETTINGS frame comes first");
    let mut settings = vec![0; usize::from(u16::from_be_bytes([bytes[1], bytes[2]]))];
    stream.read_exact(&mut settings).await.unwrap();
    assert!(settings.chunks(6).any(|setting| setting == [0, 8, 0, 0, 0, 1]), "SETTINGS_ENABLE_CONNECT_PROTOCOL");
    is_healthy(&simulator).await;
}

#[tokio::test]
async fn answers_in_front_of_drp_are_those_of_their_rows() {
    let simulator = quiet().await;
    // The upgrade with good credentials, and a call without.
    for (fault, expected) in [
        (json!({"id": "cloudflare", "status": 526}), [526, 526]),
        (json!({"id": "too-many"}), [429, 429]),
        (json!({"id": "login-wall"}), [302, 302]),
        (json!({"id": "moved", "status": 308}), [308, 308]),
        (json!({"id": "captive-portal"}), [200, 200]),
        (json!({"id": "firewall"}), [403, 403]),
        (json!({"id": "firewall", "scope": "upgrade"}), [403, 401]),
        (json!({"id": "exact-connection"}), [101, 401]),
        (json!({"id": "hsts"}), [101, 401]),
    ] {
        set(&simulator, fault.clone()).await;
        let met = [upgrade(&simulator, GOOD, &[]).await.status, get(&simulator, "/api/v3/info").await.status];
        assert_eq!(met, expected, "{fault}");
        // DRP's own answers are open to all pages, these are not.
        let cors = get(&simulator, "/api/v3/info").await.header("Access-Control-Allow-Origin").is_some();
        assert_eq!(cors, expected[1] == 401, "{fault}");
    }
}

#[tokio::test]
async fn headers_in_front_of_drp_are_those_of_their_rows() {
    let simulator = quiet().await;
    for (fault, name, value) in [
        (json!({"id": "too-many", "status": 503, "retry_after": 7}), "Retry-After", "7"),
        (json!({"id": "login-wall", "location": "https://sso.example/in"}), "Location", "https://sso.example/in"),
        (json!({"id": "moved", "location": "https://b.example"}), "Location", "https://b.example/api/v3/info"),
        (json!({"id": "firewall"}), "Server", "cloudflare"),
        (json!({"id": "hsts", "max_age": 60}), "Strict-Transport-Security", "max-age=60"),
    ] {
        set(&simulator, fault.clone()).await;
        assert_eq!(get(&simulator, "/api/v3/info").await.header(name), Some(value), "{fault}");
    }
}

#[tokio::test]
async fn an_origin_is_refused_unless_it_is_the_host() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "origin-refused"})).await;
    for (origin, expected) in [
        ("Origin: https://portal.example", 403),
        ("Origin: null", 403),
        ("Origin: https://localhost", 101),
        ("X-None: 1", 101),
    ] {
        assert_eq!(upgrade(&simulator, GOOD, &[origin]).await.status, expected, "{origin}");
    }
    assert_eq!(ask(&simulator, "GET", "/api/v3/info", &["Origin: https://portal.example"], "").await.status, 401);
}

#[tokio::test]
async fn a_head_beyond_the_limit_is_refused() {
    let simulator = quiet().await;
    let cookie = format!("Cookie: other={}", "0".repeat(3_000));
    for (answer, status) in [("431", 431), ("413", 413), ("414", 414), ("400", 400)] {
        set(&simulator, json!({"id": "head-too-large", "answer": answer})).await;
        assert_eq!(upgrade(&simulator, GOOD, &[]).await.status, 101);
        assert_eq!(upgrade(&simulator, GOOD, &[&cookie]).await.status, status);
    }
    set(&simulator, json!({"id": "head-too-large", "answer": "reset"})).await;
    let reset = exchange(tls(&simulator).await.unwrap(), "GET", "/", &[&cookie], "").await;
    assert_eq!(reset.unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_connection_header_of_two_words_is_refused() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "exact-connection", "status": 200})).await;
    let firefox = [
        "Connection: keep-alive, Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ];
    assert_eq!(ask(&simulator, "GET", &format!("/api/v3/ws{GOOD}"), &firefox, "").await.status, 200);
    assert_eq!(upgrade(&simulator, GOOD, &[]).await.status, 101);
}

#[tokio::test]
async fn an_upgrade_against_the_rules_is_no_upgrade_for_a_client() {
    let simulator = quiet().await;
    for how in ["wrong-accept", "protocol", "extension"] {
        set(&simulator, json!({"id": "odd-upgrade", "how": how})).await;
        let answer = upgrade(&simulator, GOOD, &["Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA=="]).await;
        assert_eq!(answer.status, 101);
        let name = ["sec-websocket-protocol", "sec-websocket-extensions"];
        let odd = name.iter().filter(|name| answer.header(name).is_some()).count();
        assert_eq!(odd, usize::from(how != "wrong-accept"), "{how}");
    }
    set(&simulator, json!({"id": "odd-upgrade"})).await;
    assert!(matches!(open_with(&simulator, PASSWORD).await, Err(Error::Protocol(_))));
    clear(&simulator).await;
    is_healthy(&simulator).await;
}

#[tokio::test]
async fn an_altered_frame_follows_the_upgrade() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "altered-frames", "after_ms": 50})).await;
    let mut socket = open(&simulator).await;
    assert!(matches!(next(&mut socket).await, Err(Error::Protocol(_))));
}

#[tokio::test]
async fn sockets_in_use_are_cut_at_the_same_age() {
    let simulator = quiet().await;
    for fault in [json!({"id": "cut-in-use", "seconds": 1}), json!({"id": "firewall", "scope": "late", "seconds": 1})] {
        set(&simulator, fault).await;
        let mut socket = open(&simulator).await;
        let opened = Instant::now();
        register(&mut socket, "*.*.*").await;
        let mut last = opened;
        while let Ok(Message::Text(_)) = next(&mut socket).await {
            last = Instant::now();
        }
        assert!(opened.elapsed() >= Duration::from_millis(900), "{:?}", opened.elapsed());
        // In proportion, so that a machine that is busy for a moment changes nothing.
        assert!(last.duration_since(opened) * 3 > opened.elapsed(), "events flowed, and not only at the beginning");
    }
}

#[tokio::test]
async fn every_kind_of_certificate_is_shown_by_the_control() {
    let simulator = quiet().await;
    for kind in CertificateKind::ALL {
        set(&simulator, json!({"id": "certificate", "kind": kind.name()})).await;
        assert_eq!(simulator.state().await.tls, kind.name());
        if kind != CertificateKind::P521 {
            assert_eq!(Some(leaf(&tls(&simulator).await.unwrap())), simulator.certificate_der(), "{}", kind.name());
        }
    }
    // The client here, as Chromium, knows no signatures on that curve.
    set(&simulator, json!({"id": "certificate", "kind": "p521"})).await;
    assert_eq!(tls_error(tls(&simulator).await), TlsError::AlertReceived(AlertDescription::HandshakeFailure));
}
