//! The addresses under `/api` and the metrics, over real HTTP.

use connection::service::{Config, Simulators};
use tokio::net::TcpListener;

use crate::support::Megaphone;
use crate::support::endpoint::{DRP, Identity, answering};

const JSON: &str = "Content-Type: application/json\r\n";

#[tokio::test]
async fn the_config_names_each_endpoint_once_and_in_order() {
    let megaphone = Megaphone::start(&["drp-b.example", "https://drp-a.example:443/", "wss://DRP-B.example"]).await;
    let answer = megaphone.get("/api/config", "").await;
    let config: Config = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(config.endpoints, ["https://drp-b.example:8092", "https://drp-a.example:443"]);
    assert!(config.diagnosis && config.losses);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(answer.header("date").unwrap().ends_with(" GMT"));
}

#[tokio::test]
async fn the_config_names_the_simulators_beside_the_portal_and_the_policy_lets_its_pages_reach_them() {
    let (first, second) = ("http://127.0.0.1:8093", "http://localhost:8095");
    let more = ["--simulator", first, "--simulator", second, "--simulator", first, "--connect-src", "'self'"];
    let megaphone = Megaphone::start_with(&["drp"], &more).await;
    let answer = megaphone.get("/api/config", "").await;
    let config: Config = serde_json::from_slice(&answer.body).unwrap();
    let Simulators { simulators } = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!((config.endpoints.len(), simulators), (1, vec![first.to_owned(), second.to_owned()]));
    let policy = megaphone.get("/preview/live", "").await.header("content-security-policy").unwrap().to_owned();
    assert!(policy.contains(&format!("; connect-src 'self' {first} {second};")), "{policy}");
}

#[tokio::test]
async fn a_diagnosis_is_json_and_takes_any_spelling_of_a_named_endpoint() {
    let port = answering(DRP, DRP).await;
    let megaphone = Megaphone::start(&[&format!("https://localhost:{port}")]).await;
    let answer = megaphone.get(&format!("/api/diagnosis?endpoint=wss%3A%2F%2FLOCALHOST%3A{port}"), "").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    let json: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(json["endpoint"], format!("https://localhost:{port}"));
    assert!(json["tls"]["passed"]["ms"].is_u64());
    assert_eq!(json["tls"]["passed"]["saw"]["problems"][0], "self-signed");
}

#[tokio::test]
async fn only_named_endpoints_are_looked_at() {
    let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = other.local_addr().unwrap().port();
    let megaphone = Megaphone::start(&["https://127.0.0.1:8092"]).await;
    for endpoint in [format!("https://127.0.0.1:{port}"), "http://127.0.0.1:8092".into(), "localhost:8092".into()] {
        let answer = megaphone.get(&format!("/api/diagnosis?endpoint={endpoint}"), "").await;
        assert_eq!(answer.status, 403, "{endpoint}");
        assert!(answer.problem().contains("--endpoint"), "{}", answer.problem());
    }
    let dialled = tokio::time::timeout(std::time::Duration::from_millis(100), other.accept()).await;
    assert!(dialled.is_err(), "an endpoint that was not named was dialled");
}

#[tokio::test]
async fn what_is_no_endpoint_is_answered_with_what_would_be() {
    let megaphone = Megaphone::start(&["drp"]).await;
    for query in ["", "?endpoint=", "?endpoint=ftp://drp", "?endpoint=drp&endpoint=drp", "?endpoint=a%20b"] {
        let answer = megaphone.get(&format!("/api/diagnosis{query}"), "").await;
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.problem().len() > 20, "{query}");
    }
}

#[tokio::test]
async fn losses_are_counted_and_shown() {
    let megaphone = Megaphone::start(&["https://drp:8092"]).await;
    let loss = r#"{"endpoint":"https://drp:8092","code":1006,"cause":"expired"}"#;
    assert_eq!(megaphone.ask("POST", "/api/losses", JSON, loss).await.status, 204);
    let metrics = megaphone.get("/metrics", "").await;
    assert_eq!(metrics.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    let line = "megaphone_losses_total{cause=\"expired\",code=\"1006\",endpoint=\"https://drp:8092\"} 1\n";
    assert!(metrics.text().contains(line), "{}", metrics.text());
}

#[tokio::test]
async fn losses_that_make_no_sense_are_refused() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let loss = r#"{"endpoint":"https://drp:8092","code":1006}"#;
    let free_text = r#"{"endpoint":"https://drp:8092","code":1006,"reason":"hello"}"#;
    let status = async |headers: &str, body: &str| {
        let answer = megaphone.ask("POST", "/api/losses", headers, body).await;
        assert!(answer.status == 204 || !answer.problem().is_empty());
        answer.status
    };
    assert_eq!(status("Content-Type: application/json; charset=utf-8\r\n", loss).await, 204);
    assert_eq!(status("Content-Type: text/plain\r\n", loss).await, 415);
    assert_eq!(status("", loss).await, 415);
    assert_eq!(status(JSON, free_text).await, 400);
    assert_eq!(status(JSON, "{").await, 400);
    assert_eq!(status(JSON, r#"{"endpoint":"drp","code":65536}"#).await, 400);
    assert_eq!(status(JSON, &format!("{:2000}", loss)).await, 413);
}

#[tokio::test]
async fn pages_of_other_sites_are_refused() {
    let megaphone = Megaphone::start(&["https://drp:8092"]).await;
    let loss = r#"{"endpoint":"https://drp:8092","code":1006}"#;
    for foreign in ["Sec-Fetch-Site: cross-site\r\n", "Origin: https://evil.example\r\n", "Origin: null\r\n"] {
        let answer = megaphone.ask("POST", "/api/losses", &format!("{JSON}{foreign}"), loss).await;
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (403, None), "{foreign}");
        assert_eq!(megaphone.get("/api/diagnosis?endpoint=drp", foreign).await.status, 403, "{foreign}");
    }
    assert!(!megaphone.get("/metrics", "").await.text().contains("megaphone_losses_total{"));
    let own = format!("{JSON}Origin: http://{}\r\n", megaphone.address);
    assert_eq!(megaphone.ask("POST", "/api/losses", &own, loss).await.status, 204);
}

#[tokio::test]
async fn other_methods_and_addresses_are_refused_with_a_problem() {
    let megaphone = Megaphone::start(&["drp"]).await;
    for (method, path, status) in [
        ("GET", "/api/losses", 405),
        ("POST", "/api/config", 405),
        ("DELETE", "/api/diagnosis", 405),
        ("GET", "/api/nothing", 404),
    ] {
        let answer = megaphone.ask(method, path, "Accept: text/html\r\n", "").await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert!(!answer.problem().is_empty());
        assert_eq!(answer.header("allow").is_some(), status == 405, "{method} {path}");
    }
}

#[tokio::test]
async fn a_look_leaves_its_mark_in_the_metrics() {
    let port = answering(DRP, DRP).await;
    let endpoint = format!("https://localhost:{port}");
    let megaphone = Megaphone::start(&[&endpoint]).await;
    let probe = megaphone.diagnosis(&endpoint).await;
    let metrics = megaphone.get("/metrics", "").await.text();
    let not_after = probe.tls.passed().unwrap().chain[0].not_after;
    for line in [
        format!("megaphone_probes_total{{endpoint=\"{endpoint}\",result=\"complete\"}} 1\n"),
        format!("megaphone_probe_duration_seconds_count{{endpoint=\"{endpoint}\"}} 1\n"),
        format!("megaphone_endpoint_certificate_not_after_seconds{{endpoint=\"{endpoint}\"}} {not_after}\n"),
    ] {
        assert!(metrics.contains(&line), "{line} is not in\n{metrics}");
    }
}

#[tokio::test]
async fn a_scrape_has_an_endpoint_looked_at_that_nobody_asked_about() {
    let (looked, mut seen) = tokio::sync::mpsc::unbounded_channel();
    let port = crate::support::endpoint::tls(Identity::self_signed(|_| ()), move |stream| {
        let looked = looked.clone();
        async move {
            let _ = looked.send(());
            crate::support::endpoint::answer(stream, DRP, DRP).await;
        }
    })
    .await;
    let megaphone = Megaphone::start(&[&format!("https://localhost:{port}")]).await;
    megaphone.get("/metrics", "").await;
    seen.recv().await.unwrap();
}

#[tokio::test]
async fn more_endpoints_than_places_are_all_probed() {
    let silent = async || TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut listeners = Vec::new();
    for _ in 0..14 {
        listeners.push(silent().await);
    }
    let endpoints: Vec<_> = listeners.iter().map(|it| format!("https://{}", it.local_addr().unwrap())).collect();
    let named: Vec<_> = endpoints.iter().map(String::as_str).collect();
    let megaphone = std::sync::Arc::new(Megaphone::start(&named).await);
    let asked: tokio::task::JoinSet<_> = endpoints
        .into_iter()
        .map(|endpoint| {
            let megaphone = std::sync::Arc::clone(&megaphone);
            async move { megaphone.get(&format!("/api/diagnosis?endpoint={endpoint}"), "").await.status }
        })
        .collect();
    assert_eq!(asked.join_all().await, [200; 14]);
}

#[tokio::test]
async fn the_server_says_that_it_runs() {
    let answer = Megaphone::start(&["drp"]).await.get("/healthz", "").await;
    assert_eq!((answer.status, answer.text().as_str()), (200, "ok\n"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn requests_are_counted_by_route_and_status() {
    let megaphone = Megaphone::start(&["drp"]).await;
    for path in ["/api/config", "/made-up-by-a-client", "/api/made-up"] {
        megaphone.get(path, "").await;
    }
    let metrics = megaphone.get("/metrics", "").await.text();
    for line in [
        "megaphone_http_requests_total{route=\"/api/config\",status=\"200\"} 1\n",
        "megaphone_http_requests_total{route=\"app\",status=\"404\"} 1\n",
        "megaphone_http_request_duration_seconds_count{route=\"/api/config\"} 1\n",
        "megaphone_connections_open 1\n",
        "megaphone_build_info{version=",
    ] {
        assert!(metrics.contains(line), "{line} is not in\n{metrics}");
    }
    assert!(!metrics.contains("made-up"), "{metrics}");
}
