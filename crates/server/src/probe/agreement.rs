//! Holds the probe to a real browser: some two hundred certificates and chains, each served with real TLS, and what
//! Chromium says of each beside what the probe says that Chromium would.
//!
//! Chromium's side is stored in `docs/agreement.md`; `cargo xtask faults` asks it again and writes a new table.

mod authority;
mod commands;
mod corpus;
mod corpus_chains;
mod corpus_leaves;
mod openssl;
mod serve;
mod table;

use std::collections::BTreeSet;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use connection::endpoint::Endpoint;
use connection::probe::{Tls, TlsFailure, TrustProblem};

use super::tcp::{self, Connected};
use super::tls;
use super::trust::Trust;
use corpus::{Case, Corpus};
use serve::Served;
use table::{Row, Table};

/// The fewest that may agree, in a hundred.
const AGREE: usize = 98;

/// What the probe says of a case: the code that Chromium would show, and the problems that it names.
async fn verdict(trust: &Trust, host: &str, address: SocketAddr) -> (Option<String>, String) {
    let endpoint = Endpoint::parse(&format!("https://{host}:{}", address.port())).unwrap();
    let stream = tcp::connect(address).await.unwrap();
    match tls::handshake(&endpoint, Connected { stream, address }, trust).await {
        Ok((tls, _)) => (tls.chromium_error().map(str::to_owned), problems(&tls)),
        Err(super::Ended::There(why)) => (Some(handshake(&why).to_owned()), format!("{why:?}")),
        Err(super::Ended::Here(want)) => panic!("{want}"),
    }
}

fn problems(tls: &Tls) -> String {
    let kinds: Vec<String> = tls.problems.iter().map(kind).collect();
    if kinds.is_empty() { "–".to_owned() } else { kinds.join(", ") }
}

fn kind(problem: &TrustProblem) -> String {
    let json = serde_json::to_value(problem).unwrap();
    json.as_str().map_or_else(|| json.as_object().unwrap().keys().next().unwrap().clone(), ToOwned::to_owned)
}

/// The code that Chromium shows where the handshake fails.
fn handshake(why: &TlsFailure) -> &'static str {
    match why {
        TlsFailure::Alert { name } if name == "handshake_failure" => "ERR_SSL_VERSION_OR_CIPHER_MISMATCH",
        TlsFailure::OldVersion => "ERR_SSL_VERSION_OR_CIPHER_MISMATCH",
        TlsFailure::NoBytes { .. } | TlsFailure::Closed => "ERR_CONNECTION_CLOSED",
        TlsFailure::Timeout
        | TlsFailure::PlainHttp
        | TlsFailure::OtherProtocol { .. }
        | TlsFailure::Alert { .. }
        | TlsFailure::CertificateRequired
        | TlsFailure::Malformed { .. } => "ERR_SSL_PROTOCOL_ERROR",
    }
}

/// All cases.
fn corpus() -> Corpus {
    let mut corpus = Corpus::empty();
    corpus_leaves::add(&mut corpus);
    corpus_chains::add(&mut corpus);
    let names: BTreeSet<&str> = corpus.cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), corpus.cases.len(), "two cases have the same name");
    corpus
}

/// Every case served, and what the probe says of it.
async fn probed() -> (Corpus, Vec<Served>, Vec<Row>) {
    let corpus = corpus();
    let mut trust = Trust::with(&[]).unwrap();
    for root in &corpus.roots {
        trust.add(root.clone()).unwrap();
    }
    let mut served = Vec::new();
    let mut rows = Vec::new();
    for case in &corpus.cases {
        let server = Served::start(case, corpus.folder()).await;
        let (code, problems) = verdict(&trust, &case.host, server.address).await;
        rows.push(Row { case: case.name.clone(), problems, probe: code, chromium: None });
        served.push(server);
    }
    (corpus, served, rows)
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_probe_agrees_with_what_chromium_said_of_every_chain() {
    let stored = Table::read(&repository("docs/agreement.md"));
    let (_corpus, _served, rows) = probed().await;
    let mut table = Table { browser: stored.browser.clone(), rows };
    table.take_chromium_from(&stored);
    let differing: Vec<_> = table
        .rows
        .iter()
        .zip(&stored.rows)
        .filter(|(now, then)| now != then)
        .map(|(now, then)| format!("{then:?} → {now:?}"))
        .collect();
    assert!(table.rows.len() >= 200, "{} chains", table.rows.len());
    assert_eq!(table.rows.len(), stored.rows.len(), "docs/agreement.md is old: cargo xtask faults");
    assert!(differing.is_empty(), "docs/agreement.md says otherwise (cargo xtask faults writes it): {differing:#?}");
    assert!(table.percent() >= AGREE, "{} of {} agree", table.agreeing(), table.rows.len());
}

/// Needs Node, the npm packages, Chromium and certutil; `MEGAPHONE_AGREEMENT=write` stores the table.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "starts a browser: cargo xtask faults"]
async fn chromium_is_asked_about_every_chain() {
    let (corpus, served, rows) = probed().await;
    let cases: Vec<_> = corpus
        .cases
        .iter()
        .zip(&served)
        .map(|(Case { name, host, .. }, served)| {
            serde_json::json!({"name": name, "url": format!("https://{host}:{}/", served.address.port())})
        })
        .collect();
    let roots: Vec<String> = corpus.roots.iter().map(|root| authority::pem("CERTIFICATE", root)).collect();
    let asked = serde_json::json!({"cases": cases, "roots": roots, "folder": corpus.folder()});
    let answer = tokio::task::spawn_blocking(move || ask_chromium(&asked.to_string())).await.unwrap();
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let mut table = Table { browser: answer["browser"].as_str().unwrap().to_owned(), rows };
    for row in &mut table.rows {
        row.chromium = answer["errors"][&row.case].as_str().map(ToOwned::to_owned);
    }
    println!("{table}");
    if std::env::var_os("MEGAPHONE_AGREEMENT").is_some() {
        std::fs::write(repository("docs/agreement.md"), table.to_string()).unwrap();
    }
    assert!(table.percent() >= AGREE, "{} of {} agree", table.agreeing(), table.rows.len());
}

fn ask_chromium(cases: &str) -> String {
    let mut node = Command::new("node")
        .arg(repository("end2end/agreement/chromium.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    node.stdin.take().unwrap().write_all(cases.as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "the browser's side failed");
    String::from_utf8(output.stdout).unwrap()
}
