//! The control: what it orders arrives, and what it does not know it refuses.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::wildcard_enum_match_arm)]

mod client;

use std::io::ErrorKind;

use client::*;
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn a_reset_heals_whatever_was_wrong_and_counts_from_zero_again() {
    let simulator = quiet().await;
    let (_, list) = control(&simulator, "GET", "/", &Value::Null).await;
    for fault in list["faults"].as_array().unwrap() {
        set(&simulator, json!({"id": fault["id"]})).await;
        control(&simulator, "POST", "/stop", &Value::Null).await;
        let (status, state) = control(&simulator, "POST", "/reset", &Value::Null).await;
        assert_eq!((status, &state["fault"], &state["listening"]), (200, &Value::Null, &json!(true)));
        assert_eq!((&state["sockets_open"], &state["connections_accepted"]), (&json!(0), &json!(0)));
        is_healthy(&simulator).await;
    }
}

#[tokio::test]
async fn orders_of_the_control_reach_the_sockets() {
    let simulator = quiet().await;
    let mut socket = open(&simulator).await;
    register(&mut socket, "machines.*.*").await;
    let send = async |body: Value| control(&simulator, "POST", "/send", &body).await;
    assert_eq!(send(json!({"text": "hi"})).await, (200, json!({"sockets": 1})));
    assert_eq!(next(&mut socket).await.unwrap(), Message::text("hi"));
    send(json!({"binary_base64": "AAEC"})).await;
    assert_eq!(next(&mut socket).await.unwrap(), Message::binary(vec![0, 1, 2]));
    send(json!({"size": 2_000_000})).await;
    assert_eq!(next(&mut socket).await.unwrap().len(), 2_000_000);
    let event = json!({"Type": "machines", "Action": "update", "Key": "a", "Object": {"Name": "<b>"}});
    assert_eq!(control(&simulator, "POST", "/event", &event).await.0, 200);
    assert_eq!(hear(&mut socket).await["Object"]["Name"], "<b>");
    control(&simulator, "POST", "/events", &json!({"rate": 1000})).await;
    hear(&mut socket).await;
    control(&simulator, "POST", "/events", &json!({"rate": 0})).await;
    control(&simulator, "POST", "/close", &json!({"code": 1014, "reason": "gateway"})).await;
    while !matches!(next(&mut socket).await, Ok(Message::Close(_)) | Err(_)) {}
}

#[tokio::test]
async fn a_cut_ends_tcp_in_the_way_that_was_ordered() {
    let simulator = quiet().await;
    for (how, expected) in [("fin", Ok(0)), ("reset", Err(ErrorKind::ConnectionReset))] {
        let mut stream = tcp(&simulator).await.unwrap();
        while simulator.state().await.connections_open == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(control(&simulator, "POST", "/cut", &json!({"how": how})).await, (200, json!({"connections": 1})));
        assert_eq!(stream.read(&mut [0]).await.map_err(|error| error.kind()), expected);
    }
}

#[tokio::test]
async fn what_the_control_does_not_know_is_refused_with_what_would_be_right() {
    let simulator = quiet().await;
    for (method, path, body, status, told) in [
        ("PUT", "/fault", json!({"id": "flood"}), 400, "there are: down, no-answer"),
        ("PUT", "/fault", json!([1]), 400, "expected a map"),
        ("POST", "/close", json!({}), 400, "missing field `code`"),
        ("POST", "/close", json!({"code": 70_000}), 400, "expected u16"),
        ("POST", "/close", json!({"code": 1000, "reason": "x".repeat(124)}), 400, "at most 123 bytes"),
        ("POST", "/close", json!({"code": null, "reason": "x"}), 400, "must be empty"),
        ("POST", "/close", json!({"code": 1000, "cause": "x"}), 400, "expected `code` or `reason`"),
        ("POST", "/cut", json!({"how": "gently"}), 400, "expected `fin` or `reset`"),
        ("POST", "/violate", json!({"kind": "rude"}), 400, "expected one of `reserved-bit`"),
        ("POST", "/send", json!({}), 400, "give one of"),
        ("POST", "/send", json!({"text": "a", "size": 1}), 400, "give one of"),
        ("POST", "/send", json!({"size": 1_u64 << 40}), 400, "from 0 to 67108864"),
        ("POST", "/send", json!({"binary_base64": "?"}), 400, "binary_base64"),
        ("POST", "/event", json!({"Kind": "machines"}), 400, "no key \"Kind\""),
        ("POST", "/events", json!({"rate": -1}), 400, "from 0 to 20000"),
        ("POST", "/events", json!({"rate": 1e9}), 400, "from 0 to 20000"),
        ("POST", "/restart", json!({"down_ms": u64::MAX}), 400, "from 0 to 600000"),
        ("PUT", "/certificate", json!({"tls": "golden"}), 400, "there are: self-signed, "),
        ("POST", "/nowhere", Value::Null, 404, "PUT /fault"),
        ("POST", "/fault", Value::Null, 404, "PUT /fault"),
    ] {
        let (answered, answer) = control(&simulator, method, path, &body).await;
        let error = answer["error"].as_str().unwrap_or_default();
        assert!(answered == status && error.contains(told), "{method} {path} {body}: {answered} {answer}");
    }
    is_healthy(&simulator).await;
}

#[tokio::test]
async fn the_control_is_a_page_of_buttons_for_a_browser_and_for_local_pages_only() {
    let simulator = quiet().await;
    let ask = async |method: &str, path: &str, headers: &[&str]| {
        let stream = TcpStream::connect(simulator.control_address()).await.unwrap();
        exchange(stream, method, path, headers, "").await.unwrap()
    };
    assert!(ask("GET", "/", &["Accept: text/html,*/*;q=0.8"]).await.body.starts_with("<!doctype html>"));
    assert!(ask("GET", "/", &["Accept: */*"]).await.json()["faults"].is_array());
    let local = ask("GET", "/state", &["Origin: http://127.0.0.1:8080"]).await;
    assert_eq!(local.header("Access-Control-Allow-Origin"), Some("http://127.0.0.1:8080"));
    assert_eq!(ask("OPTIONS", "/fault", &["Origin: http://localhost:8080"]).await.status, 204);
    assert_eq!(ask("POST", "/stop", &["Origin: https://elsewhere.example"]).await.status, 403);
    assert!(simulator.state().await.listening);
}

#[tokio::test]
async fn every_route_of_the_list_is_there_and_its_example_is_right() {
    let simulator = quiet().await;
    let (_, list) = control(&simulator, "GET", "/", &Value::Null).await;
    for route in list["routes"].as_array().unwrap() {
        let example = serde_json::from_str(route["example"].as_str().unwrap()).unwrap_or_default();
        let (method, path) = (route["method"].as_str().unwrap(), route["path"].as_str().unwrap());
        if path == "/certificate" && method == "GET" || path == "/authority" {
            continue;
        }
        let (status, answer) = control(&simulator, method, path, &example).await;
        assert_eq!(status, 200, "{method} {path}: {answer}");
    }
}
