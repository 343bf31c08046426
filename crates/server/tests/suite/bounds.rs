//! What clients can take from the server: connections, memory, time. Every client here has descriptors of its own, and
//! the server has the 1,024 that most systems give a program.
//!
//! A program of its own, because the thousands of connections of these tests would slow down every other test that has
//! an eye on the clock.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that panics is one that fails"
)]
#![cfg(target_os = "linux")]

#[allow(dead_code, reason = "the other suite uses the rest of it")]
mod support;

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::{Duration, Instant};

use connection::probe::Probe;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::Megaphone;
use crate::support::endpoint::{DRP, answering};
use crate::support::folder::Folder;
use crate::support::http::ask;
use crate::support::program::Program;

/// Of the server, in MiB.
const MEMORY: u64 = 64;

const JSON: &str = "Content-Type: application/json\r\n";
const LOSS: &str = r#"{"endpoint":"https://drp:8092","code":1006}"#;

/// Lets this process open more connections than the server may have.
fn with_descriptors_for(connections: u64) {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
    assert!(
        maximum.is_none_or(|maximum| maximum > connections + 500),
        "the tests need more than {maximum:?} descriptors"
    );
}

/// New clients are answered in time. Half of them must be: the machine that runs the tests does other things too.
async fn new_clients_are_answered(program: &Program) {
    let mut times = Vec::new();
    for _ in 0..11 {
        let began = Instant::now();
        assert_eq!(ask(program.address, "GET", "/healthz", "", "").await.status, 200);
        times.push(began.elapsed());
    }
    times.sort();
    assert!(times[5] < Duration::from_millis(100), "{times:?}");
}

async fn connect(program: &Program) -> TcpStream {
    TcpStream::connect(program.address).await.unwrap()
}

#[tokio::test]
async fn silent_connections_keep_nobody_out() {
    with_descriptors_for(5_000);
    let endpoint = format!("https://localhost:{}", answering(DRP, DRP).await);
    let program = Program::start_with_descriptors(1_024, &["--endpoint", &endpoint]);
    let mut silent = Vec::new();
    for _ in 0..5_000 {
        silent.push(connect(&program).await);
    }
    new_clients_are_answered(&program).await;
    // What a look needs is kept in reserve: it says what the endpoint does and not what this server lacks.
    let look = ask(program.address, "GET", &format!("/api/diagnosis?endpoint={endpoint}"), "", "").await;
    let look: Probe = serde_json::from_slice(&look.body).unwrap();
    assert!(look.name.passed().is_some() && look.http.passed().is_some_and(|answer| answer.drp), "{look:?}");
    assert!(program.resident() <= MEMORY, "{} MiB", program.resident());
    drop(silent);
}

#[tokio::test]
async fn half_sent_heads_take_little_memory_and_give_it_back() {
    heads_take_little_memory_beside(0).await;
}

#[tokio::test]
async fn half_sent_heads_beside_silent_connections_take_no_more() {
    heads_take_little_memory_beside(5_000).await;
}

/// Two thousand half-sent heads, beside so many connections that are silent.
async fn heads_take_little_memory_beside(silent: u64) {
    with_descriptors_for(silent + 2_000);
    let program = Program::start_with_descriptors(1_024, &[]);
    let before = program.resident();
    let mut halves = Vec::new();
    for _ in 0..silent {
        halves.push(connect(&program).await);
    }
    for size in [15_000, 400_000].into_iter().cycle().take(2_000) {
        let mut stream = connect(&program).await;
        let head = format!("GET / HTTP/1.1\r\nHost: x\r\nX-A: {}", "a".repeat(size));
        // The server may hang up in the middle of a head that is too long.
        let _ = tokio::time::timeout(Duration::from_secs(5), stream.write_all(head.as_bytes())).await.unwrap();
        halves.push(stream);
    }
    new_clients_are_answered(&program).await;
    let during = program.resident();
    assert!(during <= MEMORY, "{before} MiB became {during} MiB");
    println!("{before} MiB became {during} MiB");
    drop(halves);
    let deadline = Instant::now() + Duration::from_secs(20);
    while program.resident() > before + 12 {
        assert!(Instant::now() < deadline, "{before} MiB became {during} MiB and then {} MiB", program.resident());
        new_clients_are_answered(&program).await;
    }
}

#[tokio::test]
async fn a_connection_with_nothing_to_say_is_closed() {
    let megaphone = Megaphone::start_with(&["drp"], &["--head-timeout", "1"]).await;
    let answered = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    for (case, bytes) in
        [("silent", ""), ("half a head", "GET / HTTP/1.1\r\nHost: x\r\nX-A: a"), ("kept alive", answered)]
    {
        let mut stream = TcpStream::connect(megaphone.address).await.unwrap();
        stream.write_all(bytes.as_bytes()).await.unwrap();
        let began = Instant::now();
        let mut answer = String::new();
        let end = tokio::time::timeout(Duration::from_secs(5), stream.read_to_string(&mut answer)).await;
        assert!(end.is_ok(), "{case} is still open");
        assert!(began.elapsed() > Duration::from_millis(900), "{case} was closed after {:?}", began.elapsed());
        assert_eq!(answer.starts_with("HTTP/1.1 200"), case == "kept alive", "{case}: {answer}");
    }
}

#[tokio::test]
async fn connections_that_never_begin_tls_keep_nobody_out_and_are_closed() {
    let folder = Folder::new();
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
    let key = folder.write("key.pem", key.serialize_pem().as_bytes());
    let certificate = folder.write("cert.pem", certificate.pem().as_bytes());
    let tls = ["--tls-cert", certificate.to_str().unwrap(), "--tls-key", key.to_str().unwrap()];
    let limits = ["--max-connections", "2", "--head-timeout", "1"];
    let megaphone = Megaphone::start_with(&["drp"], &[tls, limits].concat()).await;
    let mut silent = Vec::new();
    for _ in 0..5 {
        silent.push(TcpStream::connect(megaphone.address).await.unwrap());
    }
    // What a client of plain HTTP is told comes from the place that TLS would be spoken in.
    assert!(megaphone.get("/healthz", "").await.text().contains("https://"));
    let began = Instant::now();
    for mut stream in silent {
        let end = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut [0])).await;
        assert!(matches!(end, Ok(Ok(0) | Err(_))), "still open after {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_waited_for_five_seconds() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let mut stream = TcpStream::connect(megaphone.address).await.unwrap();
    let head =
        format!("POST /api/losses HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{JSON}Content-Length: 10\r\n\r\n{{");
    let began = Instant::now();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    let end = tokio::time::timeout(Duration::from_secs(10), stream.read_to_string(&mut answer)).await;
    assert!(end.is_ok() && answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(began.elapsed() > Duration::from_millis(4_900), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_head_beyond_16_kb_or_100_lines_is_refused() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let long = format!("X-A: {}\r\n", "a".repeat(20_000));
    assert_eq!(megaphone.get("/", &long).await.status, 431);
    assert_eq!(megaphone.get("/", &"X-A: a\r\n".repeat(120)).await.status, 431);
    assert_eq!(megaphone.get("/", &format!("X-A: {}\r\n", "a".repeat(12_000))).await.status, 200);
}

#[tokio::test]
async fn a_client_beyond_the_limit_is_answered_when_all_others_are_busy() {
    let megaphone = Megaphone::start_with(&["drp"], &["--max-connections", "2"]).await;
    let mut busy = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(megaphone.address).await.unwrap();
        let head =
            format!("POST /api/losses HTTP/1.1\r\nHost: x\r\n{JSON}Expect: 100-continue\r\nContent-Length: 10\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        // The answer "100 Continue" says that the request is under way.
        assert_ne!(stream.read(&mut [0; 100]).await.unwrap(), 0);
        busy.push(stream);
    }
    let mut stream = TcpStream::connect(megaphone.address).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("Retry-After: "), "{answer}");
}

#[tokio::test]
async fn an_address_that_asks_too_often_is_told_when_to_ask_again() {
    let megaphone = Megaphone::start_with(&["drp"], &["--losses-rate", "1", "--diagnosis-rate", "2"]).await;
    let mut statuses = Vec::new();
    for _ in 0..60 {
        statuses.push(megaphone.ask("POST", "/api/losses", JSON, LOSS).await.status);
    }
    let counted = statuses.iter().filter(|status| **status == 204).count();
    assert!((20..40).contains(&counted) && statuses.ends_with(&[429]), "{statuses:?}");
    let refused = megaphone.ask("POST", "/api/losses", JSON, LOSS).await;
    assert!(refused.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().unwrap() >= 1));
    assert!(refused.problem().contains("ask again"), "{}", refused.problem());
    // Another route has a bucket of its own, and twice the rate here.
    let mut statuses = Vec::new();
    for _ in 0..90 {
        statuses.push(megaphone.get("/api/diagnosis?endpoint=http://elsewhere", "").await.status);
    }
    let asked = statuses.iter().filter(|status| **status == 403).count();
    assert!((40..80).contains(&asked) && statuses.ends_with(&[429]), "{statuses:?}");
    assert_eq!(megaphone.get("/api/config", "").await.status, 200);
}

#[tokio::test]
async fn an_answer_that_nobody_reads_does_not_keep_its_connection_from_making_room() {
    let app = with_a_large_file();
    let program = Program::start_with_app(app.path(), &["--max-connections", "2"]);
    let mut readers = Vec::new();
    for _ in 0..5 {
        let mut stream = connect(&program).await;
        stream.write_all(b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        // As one does that reads a byte now and then.
        assert_eq!(stream.read(&mut [0]).await.unwrap(), 1);
        readers.push(stream);
    }
    assert_eq!(ask(program.address, "GET", "/healthz", "", "").await.status, 200);
}

/// Bytes of a file, of which the two systems keep only a part on the way.
const LARGE: usize = 32 * 1024 * 1024;

fn with_a_large_file() -> Folder {
    let app = Folder::app();
    app.write("large.bin", &vec![0; LARGE]);
    app
}

#[tokio::test]
async fn an_answer_that_nobody_reads_is_given_up() {
    let app = with_a_large_file();
    let program = Program::start_with_app(app.path(), &["--answer-timeout", "1"]);
    let mut stream = connect(&program).await;
    stream.write_all(b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    let open = async || {
        let metrics = ask(program.address, "GET", "/metrics", "", "").await.text();
        let line = metrics.lines().find_map(|line| line.strip_prefix("megaphone_connections_open ").map(str::to_owned));
        line.unwrap()
    };
    while open().await != "1" {
        assert!(Instant::now() < deadline, "it still waits");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut came = 0;
    let mut buffer = vec![0; 1024 * 1024];
    while let Ok(length @ 1..) = stream.read(&mut buffer).await {
        came += length;
    }
    assert!(came > 0 && came < LARGE, "{came} bytes came");
}

#[tokio::test]
async fn each_limit_has_an_option() {
    let limits = ["--max-head", "8192", "--body-timeout", "1", "--max-probes", "1", "--probe-wait", "0"];
    let megaphone = Megaphone::start_with(&["drp"], &limits).await;
    assert_eq!(megaphone.get("/", &format!("X-A: {}\r\n", "a".repeat(12_000))).await.status, 431);
    let mut stream = TcpStream::connect(megaphone.address).await.unwrap();
    let head = format!("POST /api/losses HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{JSON}Content-Length: 10\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("within 1 s"), "{answer}");
}

#[tokio::test]
async fn more_probes_than_places_are_told_to_come_again() {
    let endpoints = [TcpListener::bind("127.0.0.1:0").await.unwrap(), TcpListener::bind("127.0.0.1:0").await.unwrap()];
    let [first, second] = endpoints.each_ref().map(|it| format!("https://{}", it.local_addr().unwrap()));
    let limits = ["--max-probes", "1", "--probe-wait", "0"];
    let megaphone = Arc::new(Megaphone::start_with(&[&first, &second], &limits).await);
    let probing = tokio::spawn({
        let megaphone = Arc::clone(&megaphone);
        async move { megaphone.get(&format!("/api/diagnosis?endpoint={first}"), "").await.status }
    });
    // The one place is taken once the first endpoint is connected to.
    let (_silent, _) = endpoints[0].accept().await.unwrap();
    let answer = megaphone.get(&format!("/api/diagnosis?endpoint={second}"), "").await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("5")), "{}", answer.text());
    assert_eq!(probing.await.unwrap(), 200);
}

#[tokio::test]
async fn a_second_signal_ends_the_program_at_once() {
    let mut program = Program::start(&[]);
    let mut stream = connect(&program).await;
    let head =
        format!("POST /api/losses HTTP/1.1\r\nHost: x\r\n{JSON}Expect: 100-continue\r\nContent-Length: 10\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    assert_ne!(stream.read(&mut [0; 100]).await.unwrap(), 0);
    program.signal("INT");
    // The listener is closed before the grace begins, so a refused connection says that the first signal has arrived.
    while TcpStream::connect(program.address)
        .await
        .err()
        .is_none_or(|error| error.kind() != ErrorKind::ConnectionRefused)
    {}
    program.signal("INT");
    let (status, log, took) = program.end();
    assert!(status.success() && took < Duration::from_secs(2), "{status} after {took:?}: {log}");
}
