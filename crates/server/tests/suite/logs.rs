//! What the program tells those who run it.

use std::process::Command;
use std::time::Duration;

use crate::support::http::ask;
use crate::support::program::Program;

/// The log of a program that was asked a few things.
async fn log_of(more: &[&str]) -> (String, Vec<String>) {
    let mut program = Program::start(more);
    let mut ids = Vec::new();
    for (method, path) in [
        ("GET", "/?token=secret"),
        ("GET", "/api/diagnosis?endpoint=https://elsewhere"),
        ("GET", "/api/diagnosis?endpoint=drp"),
    ] {
        let answer = ask(program.address, method, path, "Authorization: Bearer secret\r\n", "").await;
        ids.push(answer.header("x-request-id").unwrap().to_owned());
    }
    program.signal("TERM");
    let (_, log, _) = program.end();
    (log, ids)
}

#[tokio::test]
async fn start_probes_refusals_and_stop_are_logged() {
    let (log, ids) = log_of(&[]).await;
    for told in
        ["probes https://drp:8092", "listening", "probed", "request refused", "status=403", "stopping", "stopped"]
    {
        assert!(log.contains(told), "{told} is not in\n{log}");
    }
    assert!(
        log.contains(&ids[1]) && !log.contains(&ids[0]),
        "a refusal has its id, and a plain request no line:\n{log}"
    );
    assert!(!log.contains("secret"), "{log}");
}

#[tokio::test]
async fn every_request_is_logged_at_debug() {
    let (log, ids) = log_of(&["--log-level", "debug"]).await;
    assert!(ids.iter().all(|id| log.contains(id)), "{ids:?}\n{log}");
    assert!(!log.contains("secret"), "{log}");
}

#[tokio::test]
async fn json_has_one_object_a_line() {
    let (log, ids) = log_of(&["--log-format", "json"]).await;
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let refusal = lines.iter().find(|line| line["message"] == "request refused").unwrap();
    assert_eq!((&refusal["status"], &refusal["span"]["id"]), (&403.into(), &ids[1].as_str().into()));
    assert!(lines.iter().all(|line| line["timestamp"].is_string() && line["level"].is_string()), "{log}");
}

/// How many lines the program says it has lost.
async fn lines_lost(program: &Program) -> u64 {
    let metrics = ask(program.address, "GET", "/metrics", "", "").await.text();
    let lost = metrics.lines().find_map(|line| line.strip_prefix("megaphone_log_lines_lost_total ")).unwrap();
    lost.parse().unwrap()
}

/// Asks until a line of the log is lost; every request is one, and each must be answered.
async fn answers_and_counts_the_loss(program: &mut Program) {
    let losing = async {
        while lines_lost(program).await == 0 {
            for _ in 0..50 {
                assert_eq!(ask(program.address, "GET", "/", "", "").await.status, 200);
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), losing).await.expect("no line is counted as lost");
    program.signal("TERM");
    assert!(program.end_unread().success());
}

#[tokio::test]
async fn a_log_on_a_full_disk_costs_lines_and_no_answer() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    answers_and_counts_the_loss(&mut Program::start_logging_to(full, &["--log-level", "debug"])).await;
}

#[tokio::test]
async fn a_log_whose_reader_is_gone_costs_lines_and_no_answer() {
    let mut program = Program::start(&["--log-level", "debug"]);
    program.close_log();
    answers_and_counts_the_loss(&mut program).await;
}

#[tokio::test]
async fn a_log_that_nobody_reads_costs_lines_and_no_answer() {
    answers_and_counts_the_loss(&mut Program::start(&["--log-level", "debug"])).await;
}

#[test]
fn a_refused_start_needs_no_log_either() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_megaphone"))
        .args(["serve", "--endpoint", "drp", "--app", "/nowhere"])
        .stderr(full)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(1));
}

#[tokio::test]
async fn one_client_cannot_fill_the_log_with_refusals() {
    let mut program = Program::start(&[]);
    let began = std::time::Instant::now();
    let foreign = format!("Origin: https://{}.example\r\n", "a".repeat(5_000));
    for _ in 0..300 {
        assert_eq!(ask(program.address, "GET", "/api/config", &foreign, "").await.status, 403);
        assert_eq!(ask(program.address, "GET", &format!("/api/{}", "b".repeat(5_000)), "", "").await.status, 404);
    }
    let seconds = usize::try_from(began.elapsed().as_secs()).unwrap() + 2;
    program.signal("TERM");
    let (_, log, _) = program.end();
    let refusals: Vec<_> = log.lines().filter(|line| line.contains("refused")).collect();
    assert!((1..=2 * seconds).contains(&refusals.len()), "{} lines in {seconds} s", refusals.len());
    assert!(refusals.iter().all(|line| line.len() < 700), "{}", refusals[0]);
}
