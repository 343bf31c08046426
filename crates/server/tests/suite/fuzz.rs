//! Random and nearly right input to everything that the server reads from outside, through the same functions and sockets as
//! real input: no panic, and a refusal that says something.
//!
//! A short run belongs to the suite; `MEGAPHONE_FUZZ=1000000 cargo test -p megaphone --release fuzz` runs the long one.

use megaphone::options::{Command, Options};
use megaphone::prepared::Prepared;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

use crate::support::Megaphone;
use crate::support::folder::Folder;
use crate::support::http::Answer;

/// Inputs to each reader.
fn cases() -> u32 {
    std::env::var("MEGAPHONE_FUZZ").ok().and_then(|text| text.parse().ok()).unwrap_or(64)
}

fn fuzz<S: Strategy>(inputs: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases: cases(), failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(inputs, test).unwrap();
}

/// Text between nothing like it and nearly right: pieces of the real thing in any order, with noise between them.
fn nearly(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(pieces).prop_map(ToOwned::to_owned),
        1 => any::<String>(),
        1 => "[ -~]{0,12}",
    ];
    proptest::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

const ADDRESS: &[&str] = &[
    "https://",
    "http://",
    "wss://",
    "drp",
    "localhost",
    "127.0.0.1",
    "[::1]",
    "[fe80::1%25eth0]",
    ":",
    "8092",
    "0",
    "99999",
    "/",
    "?",
    "#",
    "@",
    "%",
    "%2f",
    "%00",
    "\\",
    "*",
    "'self'",
    ";",
    ",",
    " ",
    "\t",
    ".",
    "..",
    "ⓛ",
    "\u{202e}",
    "\r\n",
];

const TOML: &[&str] = &[
    "endpoint",
    "listen",
    "trust-ca",
    "base-path",
    "no-gallery",
    "max-connections",
    "log-level",
    "connect-src",
    "trusted-proxy",
    " = ",
    "[",
    "]",
    "\"",
    "'",
    "\n",
    "#",
    "true",
    "0",
    "-1",
    "1e999",
    "\"https://drp:8092\"",
    "[\"drp\"]",
    "\"127.0.0.1:0\"",
    "1979-05-27",
    "{",
    "}",
    ".",
];

const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"endpoint\"",
    "\"code\"",
    "\"cause\"",
    "\"https://drp:8092\"",
    "1006",
    "65536",
    "-1",
    "1e999",
    "1006.0",
    "null",
    "\"expired\"",
    "\"\\ud800\"",
    "\"",
    " ",
    "\n",
];

const PEM: &[&str] = &[
    "-----BEGIN CERTIFICATE-----\n",
    "-----END CERTIFICATE-----\n",
    "-----BEGIN PRIVATE KEY-----\n",
    "-----END PRIVATE KEY-----\n",
    "MIIB",
    "MIIBszCCAVmgAwIBAgI=\n",
    "AAAA",
    "====",
    "\n",
    "\u{feff}",
    "0\u{82}",
    "\0",
];

const FORWARDED: &[&str] = &[
    "127.0.0.1",
    "10.0.0.1",
    "::1",
    "[::1]",
    "[::1]:80",
    "unknown",
    "_hidden",
    ",",
    " ",
    ";",
    "999.0.0.1",
    "for=",
    "\"",
    "https",
    "portal.example",
    ":",
    "@",
    "/",
];

/// Without what would end the line.
fn one_line(text: &str) -> String {
    text.chars().filter(|it| !matches!(it, '\r' | '\n' | '\0')).collect()
}

#[test]
fn every_option_takes_a_value_or_refuses_it_by_its_name() {
    fuzz(&nearly(ADDRESS), |text| {
        for option in ["endpoint", "listen", "base-path", "connect-src", "trusted-proxy", "public-origin", "simulator"]
        {
            let arguments = ["megaphone".to_owned(), "check".to_owned(), format!("--{option}={text}")];
            // One endpoint is needed; what is refused is the option under test.
            let endpoint = (option != "endpoint").then(|| "--endpoint=drp".to_owned());
            match Options::read(arguments.into_iter().chain(endpoint)) {
                Ok(options) => {
                    let (Command::Serve(options) | Command::Check(options)) = options.command;
                    let policy = options.connect_src.to_string();
                    prop_assert!(!policy.contains([';', '\r', '\n']), "{text:?} became {policy:?}");
                }
                Err(error) => prop_assert!(error.to_string().contains(&format!("--{option}")), "{text:?}: {error}"),
            }
        }
        Ok(())
    });
}

#[test]
fn the_configuration_file_is_taken_or_refused_by_its_name() {
    let folder = Folder::new();
    fuzz(&nearly(TOML), |text| {
        let file = folder.write("megaphone.toml", text.as_bytes());
        if let Err(error) = Options::read(["megaphone", "check", "--config", file.to_str().unwrap()]) {
            let said = error.to_string();
            prop_assert!(said.contains("megaphone.toml") || said.contains("--"), "{text:?}: {said}");
        }
        Ok(())
    });
}

#[test]
fn certificates_are_taken_or_refused_by_their_file() {
    let (folder, app) = (Folder::new(), Folder::app());
    let bytes = prop_oneof![nearly(PEM).prop_map(String::into_bytes), proptest::collection::vec(any::<u8>(), 0..300)];
    fuzz(&bytes, |bytes| {
        let file = folder.write("ca.pem", &bytes);
        let (file, app) = (file.to_str().unwrap(), app.path().to_str().unwrap());
        for option in [["--trust-ca", file, "--base-path", "/"], ["--tls-cert", file, "--tls-key", file]] {
            let arguments = [&["megaphone", "check", "--endpoint", "drp", "--app", app][..], &option].concat();
            let (Command::Serve(options) | Command::Check(options)) = Options::read(arguments).unwrap().command;
            if let Err(error) = Prepared::new(*options) {
                prop_assert!(error.to_string().contains("ca.pem"), "{error}");
            }
        }
        Ok(())
    });
}

#[test]
fn requests_are_answered_whatever_stands_in_query_body_and_forwarded_headers() {
    let runtime = Runtime::new().unwrap();
    let limits = ["--trusted-proxy", "127.0.0.1", "--losses-rate", "0", "--diagnosis-rate", "0"];
    let megaphone = runtime.block_on(Megaphone::start_with(&["https://localhost:1"], &limits));
    let request = (nearly(ADDRESS), nearly(JSON), nearly(FORWARDED), nearly(FORWARDED));
    fuzz(&request, |(query, body, first, second)| {
        let query: String = query.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let (first, second) = (one_line(&first), one_line(&second));
        let headers = format!(
            "Content-Type: application/json\r\nX-Forwarded-For: {first}\r\nX-Forwarded-Host: {second}\r\n\
             X-Forwarded-Proto: {first}\r\nX-Request-Id: {second}\r\n"
        );
        let is_sensible = |answer: &Answer| matches!(answer.status, 200 | 204 | 400 | 403 | 413 | 503);
        let asked = runtime.block_on(megaphone.get(&format!("/api/diagnosis?endpoint={query}"), &headers));
        prop_assert!(is_sensible(&asked), "{query}: {}", asked.status);
        let counted = runtime.block_on(megaphone.ask("POST", "/api/losses", &headers, &body));
        prop_assert!(is_sensible(&counted), "{body:?}: {} {}", counted.status, counted.text());
        Ok(())
    });
}

#[test]
fn bytes_that_are_no_request_harm_nobody() {
    let runtime = Runtime::new().unwrap();
    let megaphone = runtime.block_on(Megaphone::start(&["drp"]));
    let bytes = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..200),
        nearly(&[
            "GET ",
            "POST ",
            "/",
            " HTTP/1.1",
            "\r\n",
            "\n",
            "Host: a",
            "Content-Length: ",
            "5",
            "Transfer-Encoding: chunked",
            "0\r\n\r\n"
        ])
        .prop_map(String::into_bytes),
    ];
    fuzz(&bytes, |bytes| {
        let answer = runtime.block_on(async {
            let mut stream = TcpStream::connect(megaphone.address).await.unwrap();
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer).await;
            answer
        });
        prop_assert!(answer.is_empty() || answer.starts_with(b"HTTP/1."), "{bytes:?}");
        Ok(())
    });
    assert_eq!(runtime.block_on(megaphone.get("/healthz", "")).status, 200);
}
