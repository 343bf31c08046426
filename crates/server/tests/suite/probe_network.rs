//! What the server sees of an endpoint that cannot be reached, or whose port speaks no TLS.

use connection::probe::{Dial, DialOutcome, NameFailure, Probe, StepResult, TlsFailure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::endpoint::{DRP, Identity, accept, answer, request, tcp};
use crate::support::look_at;

async fn tls_failure(port: u16) -> TlsFailure {
    let probe = look_at(&format!("https://127.0.0.1:{port}")).await;
    assert_eq!((&probe.http, &probe.upgrade), (&StepResult::Skipped, &StepResult::Skipped));
    probe.tls.failed().unwrap().clone()
}

fn outcomes(probe: &Probe) -> Vec<DialOutcome> {
    let dials = probe.tcp.failed().or(probe.tcp.passed()).unwrap();
    dials.iter().map(|dial| dial.outcome.clone()).collect()
}

#[tokio::test]
async fn a_name_without_address() {
    let probe = look_at("https://nope.invalid:8092").await;
    assert_eq!(probe.name.failed(), Some(&NameFailure::NotFound));
    assert_eq!(probe.tcp, StepResult::Skipped);
}

#[tokio::test]
async fn nothing_listens() {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let probe = look_at(&format!("https://127.0.0.1:{port}")).await;
    assert_eq!(probe.name.passed().unwrap(), &["127.0.0.1"]);
    assert_eq!(outcomes(&probe), [DialOutcome::Refused]);
    assert_eq!(probe.tls, StepResult::Skipped);
}

#[tokio::test]
async fn every_address_of_a_name_is_dialled() {
    let port = tcp(|stream| answer(stream, DRP, DRP)).await;
    let probe = look_at(&format!("http://localhost:{port}")).await;
    let dials: &Vec<Dial> = probe.tcp.passed().unwrap();
    assert!(dials.iter().any(|dial| dial.outcome == DialOutcome::Connected));
    assert_eq!(dials.len(), probe.name.passed().unwrap().len());
}

#[tokio::test]
async fn an_ipv6_address_in_brackets() {
    let Ok(listener) = TcpListener::bind("[::1]:0").await else { return };
    let port = accept(listener, |stream| answer(stream, DRP, DRP));
    let probe = look_at(&format!("http://[::1]:{port}")).await;
    assert_eq!(probe.tcp.passed().unwrap()[0].address, format!("[::1]:{port}"));
    assert_eq!(probe.http.passed().unwrap().status, 401);
}

#[tokio::test]
async fn silence_after_the_connection_stands() {
    let port = tcp(|mut stream| async move {
        let _ = stream.read_to_end(&mut Vec::new()).await;
    })
    .await;
    assert_eq!(tls_failure(port).await, TlsFailure::Timeout);
}

#[tokio::test]
async fn silence_in_the_middle_of_the_handshake() {
    let port = tcp(|mut stream| async move {
        // The head of a handshake record that promises more than ever comes.
        let _ = stream.write_all(&[22, 3, 3, 0x10, 0, 2, 0]).await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    })
    .await;
    assert_eq!(tls_failure(port).await, TlsFailure::Timeout);
}

#[tokio::test]
async fn plain_http_where_tls_was_expected() {
    let port = tcp(|mut stream| async move {
        let _ = stream.read_u8().await;
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await;
    })
    .await;
    assert_eq!(tls_failure(port).await, TlsFailure::PlainHttp);
}

#[tokio::test]
async fn another_protocol_is_named_by_its_greeting() {
    let port = tcp(|mut stream| async move {
        let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.2p1 \x1b[31m\r\n").await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    })
    .await;
    let starts_with = "SSH-2.0-OpenSSH_9.2p1 \u{fffd}[31m".to_owned();
    assert_eq!(tls_failure(port).await, TlsFailure::OtherProtocol { starts_with });
}

#[tokio::test]
async fn a_greeting_too_short_for_a_tls_record_is_still_one() {
    let port = tcp(|mut stream| async move {
        let _ = stream.write_all(b"+OK").await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    })
    .await;
    assert_eq!(tls_failure(port).await, TlsFailure::OtherProtocol { starts_with: "+OK".to_owned() });
}

#[tokio::test]
async fn alerts_are_told_by_name_and_an_old_version_is_its_own_answer() {
    for (alert, expected) in [
        (70, TlsFailure::OldVersion),
        (40, TlsFailure::Alert { name: "handshake_failure".into() }),
        (112, TlsFailure::Alert { name: "unrecognized_name".into() }),
    ] {
        let port = tcp(move |mut stream| async move {
            let _ = stream.write_all(&[21, 3, 1, 0, 2, 2, alert]).await;
            let _ = stream.read_to_end(&mut Vec::new()).await;
        })
        .await;
        assert_eq!(tls_failure(port).await, expected);
    }
}

#[tokio::test]
async fn a_server_that_answers_with_tls_1_0_is_old() {
    let port = tcp(|mut stream| async move {
        // A ServerHello of version 3.1 without session id: TLS_RSA_WITH_AES_128_CBC_SHA, no compression.
        let mut hello = vec![22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1];
        hello.extend([7; 32]);
        hello.extend([0, 0, 0x2f, 0]);
        let _ = stream.write_all(&hello).await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    })
    .await;
    assert_eq!(tls_failure(port).await, TlsFailure::OldVersion);
}

#[tokio::test]
async fn a_connection_that_is_ended_during_the_handshake() {
    let port = tcp(|mut stream| async move {
        let _ = stream.write_all(&[22, 3, 3, 0x10, 0, 2, 0]).await;
        let _ = stream.read(&mut [0; 4_096]).await;
    })
    .await;
    assert_eq!(tls_failure(port).await, TlsFailure::Closed);
}

#[tokio::test]
async fn nobody_behind_the_port_is_an_end_or_a_reset_before_the_first_byte() {
    let ended = tcp(|mut stream| async move {
        let _ = stream.read(&mut [0; 4_096]).await;
    })
    .await;
    assert_eq!(tls_failure(ended).await, TlsFailure::NoBytes { reset: false });
    // What is left unread when a socket is closed has the operating system reset the connection.
    let reset = tcp(|mut stream| async move {
        let _ = stream.read_u8().await;
    })
    .await;
    assert_eq!(tls_failure(reset).await, TlsFailure::NoBytes { reset: true });
}

#[tokio::test]
async fn plain_http_by_choice_needs_no_handshake() {
    let port = tcp(|stream| answer(stream, DRP, DRP)).await;
    let probe = look_at(&format!("http://127.0.0.1:{port}")).await;
    assert_eq!(probe.tls, StepResult::Skipped);
    assert!(probe.http.passed().unwrap().drp && probe.upgrade.passed().unwrap().drp);
}

#[tokio::test]
async fn no_request_ever_carries_credentials() {
    let (requests, mut seen) = tokio::sync::mpsc::unbounded_channel();
    let port = crate::support::endpoint::tls(Identity::self_signed(|_| ()), move |mut stream| {
        let requests = requests.clone();
        async move {
            let _ = requests.send(request(&mut stream).await);
            let _ = stream.write_all(DRP.as_bytes()).await;
        }
    })
    .await;
    look_at(&format!("https://localhost:{port}")).await;
    for path in ["/api/v3/info", "/api/v3/ws"] {
        let request = seen.recv().await.unwrap();
        assert!(request.starts_with(&format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n")), "{request}");
        let request = request.to_lowercase();
        assert!(!request.contains("authorization") && !request.contains("cookie") && !request.contains("token"));
    }
}
