//! The files that operators install beside the program, held against the program.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};

use crate::support::Megaphone;
use crate::support::endpoint::{DRP, answering};
use crate::support::folder::Folder;
use crate::support::other_server::OtherServer;
use crate::support::program;

const ALERTS: &str = include_str!("../../ops/prometheus-alerts.yml");
const DASHBOARD: &str = include_str!("../../ops/grafana-dashboard.json");
const GUIDE: &str = include_str!("../../../../docs/operations.md");
const MANIFEST: &str = include_str!("../../ops/kubernetes.yaml");
const CONTRACTS: &str = include_str!("../../../../docs/contracts.md");

/// The names of metrics in a text, without what a histogram adds to its own.
fn metrics_in(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'))
        .filter(|word| word.starts_with("megaphone_") || word.starts_with("process_"))
        .map(|word| word.trim_end_matches("_bucket").to_owned())
        .collect()
}

#[tokio::test]
async fn every_metric_of_alerts_dashboard_and_guide_exists() {
    let port = answering(DRP, DRP).await;
    let endpoint = format!("https://localhost:{port}");
    let megaphone = Megaphone::start(&[&endpoint]).await;
    megaphone.diagnosis(&endpoint).await;
    let loss = format!(r#"{{"endpoint":"{endpoint}","code":1006}}"#);
    megaphone.ask("POST", "/api/losses", "Content-Type: application/json\r\n", &loss).await;
    let exposed = megaphone.get("/metrics", "").await.text();
    for (file, text) in [("alerts", ALERTS), ("dashboard", DASHBOARD), ("guide", GUIDE)] {
        let named = metrics_in(text);
        assert!(named.len() > 5, "{file}: {named:?}");
        // A prefix of several names is no metric, and neither is the name of the package.
        for metric in named.iter().filter(|name| !name.ends_with('_') && name.chars().all(|it| !it.is_uppercase())) {
            assert!(exposed.contains(&format!("# TYPE {metric} ")), "{metric} of the {file} is not in\n{exposed}");
        }
    }
}

/// Whether Debian's `prometheus` is there; says so where it is not.
fn has_promtool() -> bool {
    let found = Command::new("promtool").arg("--version").output().is_ok();
    if !found {
        eprintln!("skipped: promtool is not installed");
    }
    found
}

/// Has promtool check something, and finds that it is right.
fn checked(arguments: &[&str], input: &str) {
    let mut child = Command::new("promtool")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(output.status.success(), "promtool {arguments:?}: {said}");
}

#[tokio::test]
async fn prometheus_takes_the_alerts_and_the_metrics_as_they_are() {
    if !has_promtool() {
        return;
    }
    let here = |file: &str| format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
    checked(&["check", "rules", &here("ops/prometheus-alerts.yml")], "");
    checked(&["test", "rules", &here("tests/alerts.yml")], "");
    let megaphone = Megaphone::start(&["drp"]).await;
    checked(&["check", "metrics"], &megaphone.get("/metrics", "").await.text());
}

/// The real program with the rules as they are, scraping the real program.
#[tokio::test]
async fn prometheus_scrapes_the_server_and_evaluates_every_alert() {
    let endpoint = format!("https://localhost:{}", answering(DRP, DRP).await);
    let megaphone = Megaphone::start_with(&[&endpoint], &["--metrics-listen", "127.0.0.1:0"]).await;
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/ops/prometheus-alerts.yml");
    let configuration = format!(
        "global: {{ scrape_interval: 1s, evaluation_interval: 1s }}\nrule_files: [{rules}]\n\
         scrape_configs:\n  - job_name: megaphone\n    static_configs: [{{ targets: [\"{}\"] }}]\n",
        megaphone.metrics_address.unwrap()
    );
    let Some(prometheus) = OtherServer::prometheus(&configuration).await else { return };
    let ask = async |path: &str| -> serde_json::Value {
        serde_json::from_slice(&prometheus.get(path, "").await.body).unwrap_or_default()
    };
    let deadline = Instant::now() + Duration::from_secs(60);
    let reachable = "/api/v1/query?query=megaphone_endpoint_reachable";
    // The first scrape has the endpoint probed, a later one tells.
    while ask(reachable).await["data"]["result"][0]["value"][1] != "1" {
        assert!(Instant::now() < deadline, "{}", ask("/api/v1/targets").await);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let alerts = async || -> Vec<serde_json::Value> {
        let groups = ask("/api/v1/rules").await["data"]["groups"].as_array().cloned().unwrap_or_default();
        groups.iter().flat_map(|group| group["rules"].as_array().cloned().unwrap_or_default()).collect()
    };
    let evaluated = |alerts: &[serde_json::Value]| {
        alerts.len() == ALERTS.matches("- alert:").count() && alerts.iter().all(|alert| alert["health"] != "unknown")
    };
    let mut all = alerts().await;
    while !evaluated(&all) {
        assert!(Instant::now() < deadline, "{all:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
        all = alerts().await;
    }
    for alert in all {
        assert_eq!((&alert["health"], &alert["state"]), (&"ok".into(), &"inactive".into()), "{alert}");
    }
}

#[test]
fn the_dashboard_has_a_query_in_every_panel() {
    let dashboard: serde_json::Value = serde_json::from_str(DASHBOARD).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    assert!(panels.len() >= 10);
    for panel in panels {
        assert!(panel["targets"][0]["expr"].as_str().is_some_and(|query| query.contains("_")), "{}", panel["title"]);
        assert!(panel["description"].as_str().is_some_and(|text| text.len() > 10), "{}", panel["title"]);
    }
}

#[test]
fn prometheus_understands_every_query_of_the_dashboard() {
    let dashboard: serde_json::Value = serde_json::from_str(DASHBOARD).unwrap();
    let targets = dashboard["panels"].as_array().unwrap().iter().flat_map(|panel| panel["targets"].as_array().unwrap());
    let queries: Vec<&str> = targets.map(|target| target["expr"].as_str().unwrap()).collect();
    // A rule for each, as Prometheus checks rules and not queries.
    let rules = queries.iter().enumerate().map(|(at, query)| {
        let query = serde_json::to_string(query).unwrap();
        format!("      - {{ record: \"query:{at}\", expr: {query} }}\n")
    });
    let folder = Folder::new();
    let rules = format!("groups:\n  - name: dashboard\n    rules:\n{}", rules.collect::<String>());
    let file = folder.write("rules.yml", rules.as_bytes());
    if has_promtool() {
        checked(&["check", "rules", file.to_str().unwrap()], "");
    }
}

/// What `check` says of a configuration file.
fn said_of(file: &Path) -> String {
    let app = Folder::app();
    let output =
        program::command().args(["check", "--config"]).arg(file).arg("--app").arg(app.path()).output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(output.status.success() && said.contains("This configuration is right."), "{said}");
    said
}

#[test]
fn the_configuration_file_to_start_from_is_right() {
    let said = said_of(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/ops/megaphone.toml")));
    assert!(!said.contains("warning"), "{said}");
}

#[test]
fn the_configuration_of_the_kubernetes_manifest_is_right() {
    let (_, after) = MANIFEST.split_once("  megaphone.toml: |\n").unwrap();
    let lines = after.lines().map_while(|line| line.strip_prefix("    "));
    let folder = Folder::new();
    said_of(&folder.write("megaphone.toml", lines.collect::<Vec<_>>().join("\n").as_bytes()));
}

#[test]
fn the_contracts_name_every_option() {
    let help = Command::new(env!("CARGO_BIN_EXE_megaphone")).args(["serve", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let words = help.split_whitespace().map(|word| word.trim_end_matches(','));
    let options: BTreeSet<&str> = words.filter(|word| word.len() > 3 && word.starts_with("--")).collect();
    assert!(options.contains("--listen"), "{help}");
    for option in options.into_iter().filter(|option| !["--help", "--version"].contains(option)) {
        let name: String =
            option.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
        assert!(CONTRACTS.contains(&format!("`{name}`")), "docs/contracts.md does not name {name}");
    }
}

#[test]
fn the_guide_names_only_options_that_exist() {
    let help = Command::new(env!("CARGO_BIN_EXE_megaphone")).args(["serve", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let options = GUIDE.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'));
    for option in options.filter(|word| word.len() > 3 && word.starts_with("--") && !word.starts_with("---")) {
        let is_of_others = ["--now", "--help", "--check", "--embed-app", "--explode", "--system"].contains(&option);
        assert!(is_of_others || help.contains(option), "{option} is not an option");
    }
}

#[tokio::test]
async fn a_request_whose_client_left_is_counted() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("https://{}", silent.local_addr().unwrap());
    let megaphone = Megaphone::start(&[&endpoint]).await;
    let mut page = TcpStream::connect(megaphone.address).await.unwrap();
    let head = format!("GET /api/diagnosis?endpoint={endpoint} HTTP/1.1\r\nHost: x\r\n\r\n");
    page.write_all(head.as_bytes()).await.unwrap();
    let _looking = silent.accept().await.unwrap();
    drop(page);
    let counted = "megaphone_http_requests_total{route=\"/api/diagnosis\",status=\"client left\"} 1";
    let deadline = Instant::now() + Duration::from_secs(5);
    while !megaphone.get("/metrics", "").await.text().contains(counted) {
        assert!(Instant::now() < deadline, "{}", megaphone.get("/metrics", "").await.text());
    }
}
