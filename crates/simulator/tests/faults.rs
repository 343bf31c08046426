//! Each fault, made for real: what a client meets, and that it is gone once the fault is cleared.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::wildcard_enum_match_arm)]

mod client;

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use client::*;
use rustls::{AlertDescription, CertificateError, Error as TlsError};
use serde_json::{Value, json};
use simulator::{CertificateKind, Options, Simulator, Tls};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

const GOOD: &str = "?token=rocketskates:r0cketsk8ts";

#[tokio::test]
async fn down_refuses_connections_until_it_is_cleared() {
    let simulator = quiet().await;
    let mut socket = open(&simulator).await;
    set(&simulator, json!({"id": "down"})).await;
    assert!(ends_abruptly(&mut socket).await);
    assert_eq!(tcp(&simulator).await.unwrap_err().kind(), ErrorKind::ConnectionRefused);
    clear(&simulator).await;
    is_healthy(&simulator).await;
    set(&simulator, json!({"id": "down"})).await;
    set(&simulator, json!({"id": "sign-in"})).await;
    assert_eq!(upgrade(&simulator, GOOD, &[]).await.status, 401);
}

#[tokio::test]
async fn no_answer_accepts_and_says_nothing() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "no-answer"})).await;
    let handshake = tls(&simulator);
    tokio::pin!(handshake);
    assert!(timeout(A_MOMENT, &mut handshake).await.is_err());
    clear(&simulator).await;
    assert!(timeout(SOON, handshake).await.unwrap().is_ok());
}

#[tokio::test]
async fn no_answer_at_the_upgrade_answers_everything_else() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "no-answer", "stage": "upgrade"})).await;
    assert_eq!(get(&simulator, "/api/v3/info").await.status, 401);
    assert!(timeout(A_MOMENT, upgrade(&simulator, GOOD, &[])).await.is_err());
    clear(&simulator).await;
    is_healthy(&simulator).await;
}

#[tokio::test]
async fn certificates_are_wrong_in_the_way_they_say() {
    let simulator = quiet().await;
    for (id, expected) in [
        ("expired", "Expired"),
        ("not-yet-valid", "NotValidYet"),
        ("wrong-name", "NotValidForName"),
        ("self-signed", "ok"),
        ("replaced", "ok"),
        ("huge-certificate", "NotValidForName"),
    ] {
        set(&simulator, json!({"id": id})).await;
        // Trusting the very certificate leaves only what else is wrong with it.
        let trusted = simulator.certificate_der().unwrap();
        let verdict = match tls_trusting(&simulator, &[trusted]).await {
            Ok(_) => "ok".to_owned(),
            error => format!("{:?}", tls_error(error)),
        };
        assert!(verdict.contains(expected), "{id}: {verdict}");
    }
    clear(&simulator).await;
    let stranger = quiet().await.authority_der();
    let error = tls_error(tls_trusting(&simulator, &[stranger]).await);
    assert_eq!(error, TlsError::InvalidCertificate(CertificateError::UnknownIssuer));
}

#[tokio::test]
async fn a_private_authority_is_trusted_by_those_who_know_it_only() {
    let simulator =
        Simulator::start(Options { tls: Tls::Certificate(CertificateKind::PrivateCa), ..Options::default() })
            .await
            .unwrap();
    assert!(tls_trusting(&simulator, &[simulator.authority_der()]).await.is_ok());
    let stranger = quiet().await;
    let other_trust = stranger.certificate_der().unwrap();
    let error = tls_error(tls_trusting(&simulator, &[other_trust]).await);
    assert_eq!(error, TlsError::InvalidCertificate(CertificateError::UnknownIssuer));
    set(&stranger, json!({"id": "unknown-ca"})).await;
    assert!(tls_trusting(&stranger, &[stranger.authority_der()]).await.is_ok());
}

#[tokio::test]
async fn a_replaced_certificate_has_another_fingerprint_until_the_fault_is_cleared() {
    let simulator = quiet().await;
    let before = simulator.fingerprint_sha256();
    set(&simulator, json!({"id": "replaced"})).await;
    let replaced = simulator.fingerprint_sha256();
    assert_ne!(replaced, before);
    let seen = tls(&simulator).await.unwrap();
    let leaf = seen.get_ref().1.peer_certificates().unwrap()[0].to_vec();
    assert_eq!(Some(leaf), simulator.certificate_der());
    clear(&simulator).await;
    assert_eq!(simulator.fingerprint_sha256(), before);
}

#[tokio::test]
async fn a_certificate_set_by_hand_stays_until_the_reset_and_spares_open_sockets() {
    let simulator = quiet().await;
    let before = simulator.fingerprint_sha256();
    let mut socket = open(&simulator).await;
    let (_, state) = control(&simulator, "PUT", "/certificate", &json!({"tls": "wrong-host"})).await;
    assert_eq!(state["tls"], "wrong-host");
    register(&mut socket, "*.*.*").await;
    clear(&simulator).await;
    assert_ne!(simulator.fingerprint_sha256(), before);
    control(&simulator, "POST", "/reset", &Value::Null).await;
    assert_eq!(simulator.fingerprint_sha256(), before);
}

#[tokio::test]
async fn a_broken_certificate_still_reaches_the_client() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "broken-der"})).await;
    let seen = tls(&simulator).await.unwrap();
    assert!(seen.get_ref().1.peer_certificates().unwrap()[0].starts_with(b"\x30\x82\x7f\xff"));
    let error = tls_error(tls_trusting(&simulator, &[quiet().await.authority_der()]).await);
    assert_eq!(error, TlsError::InvalidCertificate(CertificateError::BadEncoding));
}

#[tokio::test]
async fn markup_in_the_names_reaches_the_client_unchanged() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "markup-names"})).await;
    let leaf = tls(&simulator).await.unwrap().get_ref().1.peer_certificates().unwrap()[0].to_vec();
    assert!(String::from_utf8_lossy(&leaf).contains("<img src=x onerror=alert(1)>"));
}

#[tokio::test]
async fn a_certificate_of_twenty_thousand_names_is_too_much_for_a_client_with_limits() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "huge-certificate", "names": 20_000})).await;
    assert!(tls(&simulator).await.is_err());
    clear(&simulator).await;
    is_healthy(&simulator).await;
}

#[tokio::test]
async fn plain_http_answers_without_tls() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "plain-http"})).await;
    let answer = exchange(tcp(&simulator).await.unwrap(), "GET", "/api/v3/info", &[], "").await.unwrap();
    assert_eq!(answer.status, 401);
    assert!(tls(&simulator).await.is_err());
    clear(&simulator).await;
    is_healthy(&simulator).await;
}

#[tokio::test]
async fn another_protocol_greets_first() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "other-protocol", "banner": "220 mail.example ESMTP"})).await;
    let mut stream = tcp(&simulator).await.unwrap();
    let mut greeting = [0; 24];
    stream.read_exact(&mut greeting).await.unwrap();
    assert_eq!(&greeting, b"220 mail.example ESMTP\r\n");
    assert!(tls(&simulator).await.is_err());
}

#[tokio::test]
async fn old_tls_answers_with_the_alert_protocol_version() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "old-tls"})).await;
    assert_eq!(tls_error(tls(&simulator).await), TlsError::AlertReceived(AlertDescription::ProtocolVersion));
}

#[tokio::test]
async fn answers_of_faults_are_those_of_their_rows() {
    let simulator = quiet().await;
    let token = token(&simulator, "600").await;
    let bearer = format!("Authorization: Bearer {token}");
    // The upgrade with good credentials, the upgrade without, a call with, a call without.
    for (fault, expected) in [
        (json!({"id": "sign-in"}), [401, 401, 401, 401]),
        (json!({"id": "no-rights"}), [403, 403, 403, 401]),
        (json!({"id": "not-drp"}), [404, 404, 404, 404]),
        (json!({"id": "bad-gateway"}), [502, 502, 502, 502]),
        (json!({"id": "bad-gateway", "status": 504, "cors": true}), [504, 504, 504, 504]),
        (json!({"id": "no-upgrade"}), [200, 200, 200, 401]),
        (json!({"id": "no-upgrade", "status": 426}), [426, 426, 200, 401]),
        (json!({"id": "clock-skew"}), [400, 400, 400, 401]),
        (json!({"id": "redirect-flood"}), [302, 302, 302, 302]),
        (json!({"id": "wrong-content-type"}), [200, 200, 200, 200]),
        (json!({"id": "token-expired"}), [403, 403, 403, 401]),
    ] {
        set(&simulator, fault.clone()).await;
        let met = [
            upgrade(&simulator, "", &[&bearer]).await.status,
            upgrade(&simulator, "", &[]).await.status,
            ask(&simulator, "GET", "/api/v3/info", &[&bearer], "").await.status,
            get(&simulator, "/api/v3/info").await.status,
        ];
        assert_eq!(met, expected, "{fault}");
    }
    clear(&simulator).await;
    is_healthy(&simulator).await;
}

#[tokio::test]
async fn an_expired_token_is_mended_by_signing_in_again() {
    let simulator = quiet().await;
    let old = token(&simulator, "600").await;
    set(&simulator, json!({"id": "token-expired"})).await;
    let refused = upgrade(&simulator, &format!("?token={old}"), &[]).await;
    assert_eq!((refused.status, refused.header("WWW-Authenticate")), (403, Some("dr-provision")));
    let new = token(&simulator, "600").await;
    register(&mut open_with(&simulator, &new).await.unwrap(), "*.*.*").await;
}

#[tokio::test]
async fn a_page_may_read_a_proxys_answer_only_where_the_fault_lets_it() {
    let simulator = quiet().await;
    for (cors, header) in [(false, None), (true, Some("*"))] {
        for id in ["bad-gateway", "not-drp"] {
            set(&simulator, json!({"id": id, "cors": cors})).await;
            let answer = get(&simulator, "/api/v3/info").await;
            assert_eq!(answer.header("Access-Control-Allow-Origin"), header);
            assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"));
        }
    }
}

#[tokio::test]
async fn no_rights_says_what_is_missing() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "no-rights"})).await;
    let answer = upgrade(&simulator, GOOD, &[]).await;
    assert_eq!(answer.json()["Type"], "AUTH");
    assert_eq!(answer.json()["Messages"][0], "Cannot access /api/v3/ws");
}

#[tokio::test]
async fn slow_answers_late() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "slow", "delay_ms": 300})).await;
    let asked = Instant::now();
    assert_eq!(upgrade(&simulator, GOOD, &[]).await.status, 101);
    assert!(asked.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn silence_neither_answers_nor_closes() {
    let simulator = quiet().await;
    let mut socket = open(&simulator).await;
    set(&simulator, json!({"id": "silence"})).await;
    say(&mut socket, "register *.*.*").await;
    assert!(timeout(A_MOMENT, next(&mut socket)).await.is_err());
    assert!(timeout(A_MOMENT, tls(&simulator)).await.is_err());
    let state = simulator.state().await;
    assert_eq!((state.sockets_open, state.listening), (1, true));
    clear(&simulator).await;
    assert_eq!(hear(&mut socket).await["Action"], "register");
}

#[tokio::test]
async fn silence_can_spare_new_connections() {
    let simulator = quiet().await;
    let mut socket = open(&simulator).await;
    set(&simulator, json!({"id": "silence", "new_connections": "work"})).await;
    is_healthy(&simulator).await;
    say(&mut socket, "register *.*.*").await;
    assert!(timeout(A_MOMENT, next(&mut socket)).await.is_err());
}

#[tokio::test]
async fn idle_cut_ends_every_socket_at_the_same_age() {
    let simulator = quiet().await;
    let mut before = open(&simulator).await;
    let started = Instant::now();
    set(&simulator, json!({"id": "idle-cut", "seconds": 1})).await;
    let mut after = open(&simulator).await;
    for socket in [&mut before, &mut after] {
        assert!(ends_abruptly(socket).await);
        assert!((1..3).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
    }
}

#[tokio::test]
async fn flapping_accepts_and_cuts_until_it_is_cleared() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "flapping", "up_ms": 20})).await;
    for _ in 0..3 {
        assert!(ends_abruptly(&mut open(&simulator).await).await);
    }
    assert_eq!(simulator.state().await.counts.upgrades_accepted, 3);
    clear(&simulator).await;
    is_healthy(&simulator).await;
}

#[tokio::test]
async fn a_shorter_limit_closes_on_a_command_that_drp_would_take_until_it_is_cleared() {
    let simulator = quiet().await;
    set(&simulator, json!({"id": "too-large", "limit": 14})).await;
    let mut socket = open(&simulator).await;
    say(&mut socket, "register *.*.*").await;
    assert!(matches!(next(&mut socket).await.unwrap(), Message::Text(_)));
    say(&mut socket, "register *.*.xyz").await;
    let Message::Close(Some(CloseFrame { code, .. })) = next(&mut socket).await.unwrap() else { panic!() };
    assert_eq!(u16::from(code), 1009);
    clear(&simulator).await;
    is_healthy(&simulator).await;
}

#[tokio::test]
async fn hostile_answers_never_end() {
    let simulator = quiet().await;
    for (fault, enough) in [
        (json!({"id": "endless-headers"}), 100_000),
        (json!({"id": "slow-drip", "every_ms": 5}), 20),
        (json!({"id": "lying-length"}), 80),
    ] {
        set(&simulator, fault.clone()).await;
        let mut stream = tls(&simulator).await.unwrap();
        stream.write_all(b"GET /api/v3/info HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
        let mut bytes = vec![0; enough];
        timeout(SOON, stream.read_exact(&mut bytes)).await.unwrap().unwrap();
        assert!(bytes.starts_with(b"HTTP/1.1 200 OK\r\n"), "{fault}");
        assert!(!bytes.windows(4).any(|end| end == b"\r\n\r\n") || fault["id"] == "lying-length", "{fault}");
    }
    set(&simulator, json!({"id": "redirect-flood"})).await;
    assert_eq!(get(&simulator, "/elsewhere/41").await.header("Location"), Some("/elsewhere/42"));
}

#[tokio::test]
async fn faults_of_new_connections_spare_the_standing_ones_when_told_to() {
    let simulator = quiet().await;
    let (mut spared, fault) = (open(&simulator).await, json!({"id": "bad-gateway", "cut": false}));
    set(&simulator, fault).await;
    register(&mut spared, "*.*.*").await;
    set(&simulator, json!({"id": "bad-gateway"})).await;
    assert!(ends_abruptly(&mut spared).await);
}

#[tokio::test]
async fn a_restart_cuts_refuses_and_comes_back() {
    let simulator = quiet().await;
    let mut socket = open(&simulator).await;
    let restarting = simulator.clone();
    let restart = tokio::spawn(async move {
        control(&restarting, "POST", "/restart", &json!({"down_ms": 300, "how": "reset"})).await
    });
    assert!(ends_abruptly(&mut socket).await);
    assert_eq!(tcp(&simulator).await.unwrap_err().kind(), ErrorKind::ConnectionRefused);
    assert_eq!(restart.await.unwrap().1["listening"], true);
    is_healthy(&simulator).await;
}

#[tokio::test]
async fn a_stop_during_a_restart_stays_a_stop() {
    let simulator = quiet().await;
    let restarting = simulator.clone();
    let restart = tokio::spawn(async move { control(&restarting, "POST", "/restart", &json!({"down_ms": 100})).await });
    while simulator.state().await.listening {
        tokio::task::yield_now().await;
    }
    control(&simulator, "POST", "/stop", &Value::Null).await;
    assert_eq!(restart.await.unwrap().1["listening"], false);
    assert_eq!(control(&simulator, "POST", "/start", &Value::Null).await.1["listening"], true);
}
