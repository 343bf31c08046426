//! What the program tells those who run it.

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
