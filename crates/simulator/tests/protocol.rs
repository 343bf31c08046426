//! DRP's protocol in good health, over real sockets.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::wildcard_enum_match_arm)]

mod client;

use std::time::{Duration, Instant};

use client::*;
use futures_util::SinkExt;
use serde_json::{Value, json};
use simulator::{Cut, Event, Options, Simulator, Timing, Violation};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};

#[tokio::test]
async fn commands_are_acknowledged_and_all_else_is_ignored() {
    let simulator = quiet().await;
    let mut socket = open(&simulator).await;
    for ignored in ["hello", "REGISTER *.*.*", "unregister *.*.*", ""] {
        say(&mut socket, ignored).await;
    }
    socket.send(Message::binary("register *.*.*")).await.unwrap();
    register(&mut socket, "machines,jobs.*.*").await;
    register(&mut socket, "machines,jobs.*.*").await;
    say(&mut socket, " deregister machines,jobs.*.* \n").await;
    let acknowledgement = hear(&mut socket).await;
    assert_eq!((&acknowledgement["Action"], &acknowledgement["Object"]), (&json!("deregister"), &Value::Null));
    for key in Event::KEYS {
        assert!(acknowledgement.get(key).is_some(), "{key}");
    }
}

#[tokio::test]
async fn an_event_posted_by_one_reaches_all_who_registered_for_it() {
    let simulator = quiet().await;
    let (mut one, mut other, mut deaf) = (open(&simulator).await, open(&simulator).await, open(&simulator).await);
    register(&mut one, "leases,machines.save,update.10.0.0.7").await;
    register(&mut other, "*.*.*").await;
    register(&mut deaf, "leases.*.10").await;
    let bearer = format!("Authorization: Bearer {}", token(&simulator, "60").await);
    let body = json!({"Type": "leases", "Action": "update", "Key": "10.0.0.7", "Object": {"Addr": "10.0.0.7"}});
    let answer = ask(&simulator, "POST", "/api/v3/events", &[&bearer], &body.to_string()).await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    for socket in [&mut one, &mut other] {
        assert_eq!(hear(socket).await["Object"]["Addr"], "10.0.0.7");
    }
    // The acknowledgement comes next, so no event came before it.
    register(&mut deaf, "jobs.*.*").await;
}

#[tokio::test]
async fn upgrades_without_good_credentials_are_refused_as_drp_refuses_them() {
    let simulator = quiet().await;
    let challenge = Some("dr-provision");
    for (query, header, status, challenged) in [
        ("", None, 401, challenge),
        ("", Some("Authorization: Digest x"), 401, challenge),
        ("", Some("Authorization: Basic ???"), 401, challenge),
        ("?token=nobody:x", None, 403, None),
        ("?token=rocketskates:x", None, 403, None),
        ("?token=made-up", None, 403, challenge),
        ("?token=rocketskates:r0cketsk8ts", Some("Authorization: Bearer made-up"), 403, challenge),
    ] {
        let answer = upgrade(&simulator, query, header.as_slice()).await;
        assert_eq!((answer.status, answer.header("WWW-Authenticate")), (status, challenged), "{query} {header:?}");
        assert_eq!((answer.body.as_str(), answer.header("Access-Control-Allow-Origin")), ("", Some("*")));
    }
    let state = simulator.state().await;
    assert_eq!((state.counts.upgrade_attempts, state.counts.upgrades_accepted), (7, 0));
    assert_eq!((state.counts.refused[&401], state.counts.refused[&403]), (3, 4));
}

#[tokio::test]
async fn every_documented_way_to_sign_in_opens_a_socket() {
    let simulator = quiet().await;
    let token = token(&simulator, "60").await;
    assert_eq!(token.len(), 890);
    for query in [format!("?token={token}"), format!("?Token={token}"), "?token=rocketskates:r0cketsk8ts".to_owned()] {
        assert_eq!(upgrade(&simulator, &query, &[]).await.status, 101);
    }
    let basic = "Authorization: Basic cm9ja2V0c2thdGVzOnIwY2tldHNrOHRz";
    let answer = upgrade(&simulator, "", &[basic]).await;
    assert_eq!(answer.status, 101);
    // The example of RFC 6455, 1.3.
    assert_eq!(answer.header("Sec-WebSocket-Accept"), Some("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
}

#[tokio::test]
async fn an_open_socket_outlives_its_token_but_cannot_come_back_with_it() {
    let simulator = quiet().await;
    let token = token(&simulator, "2").await;
    let expires = Instant::now() + Duration::from_secs(2);
    let mut socket = open_with(&simulator, &token).await.unwrap();
    sleep(expires.saturating_duration_since(Instant::now())).await;
    register(&mut socket, "*.*.*").await;
    match open_with(&simulator, &token).await {
        Err(Error::Http(response)) => assert_eq!(response.status(), 403),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_command_of_512_bytes_is_taken_and_one_more_closes_with_1009() {
    let simulator = quiet().await;
    let mut socket = open(&simulator).await;
    let longest = "x".repeat(512 - "register *.*.".len());
    register(&mut socket, &format!("*.*.{longest}")).await;
    say(&mut socket, &format!("register *.*.{longest}x")).await;
    let Message::Close(Some(CloseFrame { code, reason })) = next(&mut socket).await.unwrap() else { panic!() };
    assert_eq!((u16::from(code), reason.as_str()), (1009, ""));
}

#[tokio::test]
async fn stopping_ends_sockets_without_a_close_frame_and_really_closes_the_port() {
    let simulator = quiet().await;
    for how in [Cut::Fin, Cut::Reset] {
        let mut socket = open(&simulator).await;
        simulator.stop(how).await;
        assert!(ends_abruptly(&mut socket).await);
        assert_eq!(tcp(&simulator).await.unwrap_err().kind(), std::io::ErrorKind::ConnectionRefused);
        assert!(!simulator.state().await.listening);
        simulator.listen().await.unwrap();
    }
    assert_eq!(simulator.state().await.sockets_open, 0);
    register(&mut open(&simulator).await, "*.*.*").await;
}

#[tokio::test]
async fn any_close_code_goes_over_the_wire_as_it_is() {
    let simulator = quiet().await;
    let codes = [0, 1, 999, 1000, 1001, 1004, 1005, 1006, 1012, 1013, 1014, 1015, 1016, 2999, 3000, 4999, 5000, 65535];
    for code in codes {
        let long = "r".repeat(123);
        for reason in ["", "why – not", long.as_str()] {
            let mut stream = raw_socket(&simulator).await;
            assert_eq!(simulator.close(Some((code, reason))), 1);
            let mut frame = vec![0x88, u8::try_from(2 + reason.len()).unwrap()];
            frame.extend(code.to_be_bytes());
            frame.extend(reason.as_bytes());
            assert_eq!(all_bytes(&mut stream).await, frame, "{code}");
        }
    }
    let mut stream = raw_socket(&simulator).await;
    simulator.close(None);
    assert_eq!(all_bytes(&mut stream).await, [0x88, 0]);
}

/// A socket as bytes; it answers nothing.
async fn raw_socket(simulator: &Simulator) -> Stream {
    let mut stream = tls(simulator).await.unwrap();
    let request = "GET /api/v3/ws?token=rocketskates:r0cketsk8ts HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n\
                   Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    stream
}

/// What comes until the server ends; the empty close frame of a client is the answer that makes it end at once.
async fn all_bytes(stream: &mut Stream) -> Vec<u8> {
    stream.write_all(b"\x88\x80\x00\x00\x00\x00").await.unwrap();
    let mut bytes = Vec::new();
    timeout(SOON, stream.read_to_end(&mut bytes)).await.unwrap().unwrap();
    bytes
}

#[tokio::test]
async fn a_peer_that_answers_pings_stays_and_one_that_does_not_is_dropped_without_a_word() {
    let timing = Timing {
        ping_every: Duration::from_millis(100),
        pong_within: Duration::from_millis(1_000),
        ..Timing::default()
    };
    let simulator = Simulator::start(Options { rate: 0.0, timing, ..Options::default() }).await.unwrap();
    let mut lively = open(&simulator).await;
    let mut dead = raw_socket(&simulator).await;
    let mut bytes = Vec::new();
    let reading = tokio::spawn(async move {
        for _ in 0..12 {
            next(&mut lively).await.unwrap();
        }
        lively
    });
    // No close_notify either: TLS calls it an unexpected end.
    let ended = timeout(SOON, dead.read_to_end(&mut bytes)).await.unwrap();
    assert_eq!(ended.unwrap_err().kind(), std::io::ErrorKind::UnexpectedEof);
    assert!(bytes.len() >= 4 && bytes.chunks(2).all(|frame| frame == [0x89, 0]), "{bytes:?}");
    register(&mut reading.await.unwrap(), "*.*.*").await;
}

#[tokio::test]
async fn each_violation_is_one() {
    let simulator = quiet().await;
    for violation in Violation::ALL {
        let mut socket = open(&simulator).await;
        assert_eq!(simulator.violate(violation), 1);
        let error = next(&mut socket).await;
        assert!(matches!(error, Err(Error::Protocol(_) | Error::Utf8(_))), "{violation:?}: {error:?}");
        drop(socket);
        simulator.cut(Cut::Fin).await;
    }
}

#[tokio::test]
async fn plain_http_on_the_tls_port_is_refused_as_go_refuses_it() {
    let simulator = quiet().await;
    let answer = exchange(tcp(&simulator).await.unwrap(), "GET", "/", &[], "").await.unwrap();
    assert_eq!(answer.status, 400);
    assert_eq!(answer.body, "Client sent an HTTP request to an HTTPS server.\n");
    let mut stream = tcp(&simulator).await.unwrap();
    stream.write_all(b"SSH-2.0-x\r\n").await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    assert_eq!(bytes, b"");
}

#[tokio::test]
async fn http_1_1_is_the_one_protocol_that_is_agreed_on() {
    let stream = tls(&quiet().await).await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(b"http/1.1".as_slice()));
}

#[tokio::test]
async fn a_user_without_rights_signs_in_and_gets_no_further() {
    let simulator = quiet().await;
    let basic = "Authorization: Basic YnlzdGFuZGVyOmp1c3QtbDAwa2luZw==";
    let answer = ask(&simulator, "GET", "/api/v3/users/bystander/token", &[basic], "").await;
    assert_eq!(answer.status, 200);
    let bearer = format!("Authorization: Bearer {}", answer.json()["Token"].as_str().unwrap());
    let refused = [
        upgrade(&simulator, "", &[&bearer]).await,
        ask(&simulator, "GET", "/api/v3/info", &[&bearer], "").await,
        ask(&simulator, "POST", "/api/v3/events", &[&bearer], "{}").await,
        ask(&simulator, "GET", "/api/v3/users/rocketskates/token", &[&bearer], "").await,
    ];
    for answer in refused {
        assert_eq!(answer.status, 403);
        assert_eq!((&answer.json()["Type"], &answer.json()["Code"]), (&json!("AUTH"), &json!(403)));
    }
}

#[tokio::test]
async fn the_api_answers_as_documented() {
    let simulator = quiet().await;
    let basic = "Authorization: Basic cm9ja2V0c2thdGVzOnIwY2tldHNrOHRz";
    let info = ask(&simulator, "GET", "/api/v3/info", &[basic], "").await;
    assert_eq!((info.status, info.header("content-type")), (200, Some("application/json")));
    assert_eq!(info.json()["api_port"], simulator.address().port());
    for (path, status, message) in [
        ("/api/v3/users/rocketskates/token?ttl=soon", 400, "ttl is not a number of seconds"),
        ("/api/v3/users/nobody/token", 404, "Not Found"),
        ("/api/v3/nothing", 404, "No route"),
    ] {
        let answer = ask(&simulator, "GET", path, &[basic], "").await;
        assert_eq!((answer.status, &answer.json()["Messages"][0]), (status, &json!(message)));
        assert_eq!(answer.json()["Code"], status);
    }
    assert_eq!(ask(&simulator, "POST", "/api/v3/events", &[basic], "no JSON").await.status, 400);
    assert_eq!(get(&simulator, "/api/v3/info").await.status, 401);
    let root = get(&simulator, "/").await;
    assert_eq!((root.status, root.header("location")), (301, Some("/ui/")));
    assert!(get(&simulator, "/ui/").await.body.contains("close this tab"));
}

#[tokio::test]
async fn every_answer_may_be_read_by_pages_of_any_origin() {
    let simulator = quiet().await;
    for path in ["/", "/ui/", "/api/v3/info", "/api/v3/ws", "/api/v3/ws?token=x", "/nothing"] {
        let answer = get(&simulator, path).await;
        assert_eq!(answer.header("Access-Control-Allow-Origin"), Some("*"), "{path}");
        assert_eq!(answer.header("Access-Control-Allow-Credentials"), Some("true"), "{path}");
        let preflight = ask(&simulator, "OPTIONS", path, &["Origin: https://portal.example"], "").await;
        assert_eq!(preflight.status, 200, "{path}");
        assert!(preflight.header("Access-Control-Allow-Headers").unwrap().contains("Authorization"), "{path}");
    }
}

#[tokio::test]
async fn thousands_of_events_a_second_arrive() {
    let simulator = quiet().await;
    let mut socket = open(&simulator).await;
    register(&mut socket, "*.*.*").await;
    simulator.set_rate(2_000.0).unwrap();
    let started = Instant::now();
    for _ in 0..2_000 {
        hear(&mut socket).await;
    }
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
    simulator.set_rate(0.0).unwrap();
}

#[tokio::test]
async fn messages_of_any_kind_and_size_can_be_sent() {
    let simulator = quiet().await;
    let mut socket = open(&simulator).await;
    assert_eq!(simulator.send_text("not JSON".to_owned()), 1);
    assert_eq!(next(&mut socket).await.unwrap(), Message::text("not JSON"));
    simulator.send_binary(vec![7; 3 << 20]);
    assert_eq!(next(&mut socket).await.unwrap(), Message::binary(vec![7; 3 << 20]));
}

#[tokio::test]
async fn the_clients_own_close_code_is_echoed() {
    let simulator = quiet().await;
    let mut socket = open(&simulator).await;
    socket.close(Some(CloseFrame { code: 4001.into(), reason: "bye".into() })).await.unwrap();
    let Message::Close(Some(echo)) = next(&mut socket).await.unwrap() else { panic!() };
    assert_eq!(u16::from(echo.code), 4001);
    assert!(matches!(next(&mut socket).await, Err(Error::ConnectionClosed | Error::AlreadyClosed)));
}
