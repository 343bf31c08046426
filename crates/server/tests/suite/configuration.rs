//! Options wherever they stand: command line, environment, file; and what `megaphone check` says of them.

use std::process::{Command, Output};

use connection::service::Config;

use crate::support::Megaphone;
use crate::support::folder::Folder;
use crate::support::http::ask;
use crate::support::program::{self, Program};

fn check(app: &Folder, arguments: &[&str]) -> (bool, String) {
    check_with(&[], app, arguments)
}

fn check_with(variables: &[(&str, &str)], app: &Folder, arguments: &[&str]) -> (bool, String) {
    let Output { status, stdout, stderr } = program::command()
        .envs(variables.iter().copied())
        .args(["check", "--app", app.path().to_str().unwrap()])
        .args(arguments)
        .output()
        .unwrap();
    (status.success(), String::from_utf8([stdout, stderr].concat()).unwrap())
}

#[tokio::test]
async fn the_command_line_comes_before_the_environment_and_that_before_the_file() {
    let folder = Folder::new();
    let file = folder.write(
        "megaphone.toml",
        b"endpoint = ['https://of-the-file']\nbase-path = '/of-the-file/'\nno-gallery = true\nhead-timeout = 3\n",
    );
    let variables = [
        ("MEGAPHONE_CONFIG", file.to_str().unwrap()),
        ("MEGAPHONE_BASE_PATH", "/of-the-environment/"),
        // Program::start gives --endpoint, which comes first.
        ("MEGAPHONE_ENDPOINT", "https://of-the-environment"),
    ];
    let program = Program::start_with_environment(&variables, &[]);
    let config = ask(program.address, "GET", "/of-the-environment/api/config", "", "").await;
    let config: Config = serde_json::from_slice(&config.body).unwrap();
    assert_eq!(config.endpoints, ["https://drp:8092"]);
    assert_eq!(ask(program.address, "GET", "/of-the-file/api/config", "", "").await.status, 404);
    assert_eq!(ask(program.address, "GET", "/preview", "", "").await.status, 404, "the file leaves the gallery out");
}

#[test]
fn check_says_what_a_right_configuration_means() {
    let app = Folder::app();
    let (is_right, text) = check(&app, &["--endpoint", "https://drp:8092", "--base-path", "/portal/", "--no-gallery"]);
    assert!(is_right, "{text}");
    for told in [
        "serves        http://127.0.0.1:8080/portal/",
        "without the gallery",
        "probes        https://drp:8092",
        "This configuration is right.",
    ] {
        assert!(text.contains(told), "{told} is not in\n{text}");
    }
    let (_, text) =
        check(&app, &["--endpoint", "drp", "--listen", "0.0.0.0:80", "--allow-plain-http", "--connect-src", "'self'"]);
    assert!(text.contains("make sure that a proxy adds TLS") && text.contains("add https://drp:8092"), "{text}");
}

#[test]
fn check_counts_the_connections_that_the_descriptors_allow() {
    let app = Folder::app();
    let output = Command::new("sh")
        .args(["-c", "ulimit -n 1024 && exec \"$0\" check --endpoint drp --app \"$1\""])
        .args([env!("CARGO_BIN_EXE_megaphone"), app.path().to_str().unwrap()])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("limits        832 connections;"), "{text}");
    assert!(text.contains("not the 4096 of --max-connections: raise LimitNOFILE"), "{text}");
}

#[test]
fn check_warns_of_metrics_that_other_machines_can_read() {
    let said = |address: &str| check(&Folder::app(), &["--endpoint", "drp", "--metrics-listen", address]).1;
    assert!(said("0.0.0.0:9180").contains("warning       --metrics-listen 0.0.0.0:9180 answers other machines"));
    assert!(!said("127.0.0.1:9180").contains("warning       --metrics-listen"));
}

#[test]
fn check_warns_of_a_proxy_that_is_half_the_world() {
    let (is_right, text) = check(&Folder::app(), &["--endpoint", "drp", "--trusted-proxy", "0.0.0.0/1"]);
    assert!(is_right && text.contains("warning       --trusted-proxy 0.0.0.0/1"), "{text}");
    let (_, text) = check(&Folder::app(), &["--endpoint", "drp", "--trusted-proxy", "10.0.0.0/8,fc00::/7"]);
    assert!(!text.contains("warning       --trusted-proxy"), "{text}");
}

#[test]
fn check_names_the_option_that_is_wrong() {
    let app = Folder::app();
    for (arguments, told) in [
        (&["--listen", "0.0.0.0:80"][..], "--allow-plain-http"),
        (&["--tls-cert", "missing.pem", "--tls-key", "missing.pem"], "missing.pem (--tls-cert): cannot read it"),
        (&["--trust-ca", "missing.pem"], "missing.pem"),
        (&["--connect-src", "blah 'unsafe-nonsense'"], "blah is not a source"),
        (&["--base-path", "/api/"], "the server itself has addresses below /api"),
        (&["--trusted-proxy", "0.0.0.0/0"], "name the proxy's own"),
        (&["--public-origin", "https://*.example.com"], "one host"),
        (&["--config", "missing.toml"], "missing.toml: cannot read it (--config)"),
    ] {
        let (is_right, text) = check(&app, &[&["--endpoint", "drp"], arguments].concat());
        assert!(!is_right && text.contains(told), "{told} is not in\n{text}");
        assert!(!text.contains("is right"), "{text}");
    }
}

#[tokio::test]
async fn the_gallery_can_be_left_out() {
    let megaphone = Megaphone::start_with(&["drp"], &["--no-gallery"]).await;
    for path in ["/preview", "/preview/red", "/preview.html", "/preview/states.json"] {
        let answer = megaphone.get(path, "Accept: text/html\r\n").await;
        assert!(answer.status == 404 && !answer.text().contains("the gallery"), "{path}");
    }
    assert_eq!(Megaphone::start(&["drp"]).await.get("/preview/states.json", "").await.status, 200);
}

#[tokio::test]
async fn the_metrics_can_have_an_address_of_their_own() {
    let megaphone = Megaphone::start_with(&["drp"], &["--metrics-listen", "127.0.0.1:0"]).await;
    let metrics = megaphone.metrics_address.unwrap();
    assert_eq!(megaphone.get("/metrics", "").await.status, 404);
    for (path, status) in [("/metrics", 200), ("/healthz", 200), ("/readyz", 200), ("/", 404), ("/api/config", 404)] {
        assert_eq!(ask(metrics, "GET", path, "", "").await.status, status, "{path}");
    }
    assert_eq!(megaphone.get("/readyz", "").await.status, 200);
}

#[tokio::test]
async fn only_a_trusted_proxy_speaks_for_clients() {
    let limits = ["--losses-rate", "1"];
    let loss = r#"{"endpoint":"https://drp:8092","code":1006}"#;
    let counted = async |megaphone: &Megaphone| {
        let mut counted = 0;
        for client in 0..40 {
            let headers = format!("Content-Type: application/json\r\nX-Forwarded-For: 198.51.100.{client}\r\n");
            counted += u32::from(megaphone.ask("POST", "/api/losses", &headers, loss).await.status == 204);
        }
        counted
    };
    let trusting = Megaphone::start_with(&["drp"], &[&limits[..], &["--trusted-proxy", "127.0.0.0/8"]].concat()).await;
    assert_eq!(counted(&trusting).await, 40, "each client behind the proxy has a limit of its own");
    let other = Megaphone::start_with(&["drp"], &[&limits[..], &["--trusted-proxy", "10.0.0.0/8"]].concat()).await;
    assert!(counted(&other).await < 40, "made-up addresses have the limit of the one who made them up");
}

#[tokio::test]
async fn behind_a_proxy_that_changes_the_host_the_public_origin_is_named() {
    let loss = r#"{"endpoint":"https://drp:8092","code":1006}"#;
    let headers = "Content-Type: application/json\r\nOrigin: https://portal.example.com\r\n";
    let plain = Megaphone::start(&["drp"]).await;
    assert_eq!(plain.ask("POST", "/api/losses", headers, loss).await.status, 403);
    let told = Megaphone::start_with(&["drp"], &["--public-origin", "https://portal.example.com"]).await;
    assert_eq!(told.ask("POST", "/api/losses", headers, loss).await.status, 204);
}

#[test]
fn a_mistake_in_the_environment_is_told_with_the_variable() {
    let app = Folder::app();
    for (variable, value, told) in [
        ("MEGAPHONE_LISTEN", "8080", "MEGAPHONE_LISTEN: invalid value '8080'"),
        ("MEGAPHONE_LOG_LEVEL", "loud", "possible values: error, warn, info, debug, trace"),
        ("MEGAPHONE_NO_GALLERY", "perhaps", "MEGAPHONE_NO_GALLERY: expected true or false, not perhaps"),
        ("MEGAPHONE_TRUSTED_PROXY", "127.0.0.1,proxy", "MEGAPHONE_TRUSTED_PROXY: invalid value 'proxy'"),
    ] {
        let (is_right, text) = check_with(&[(variable, value)], &app, &["--endpoint", "drp"]);
        assert!(!is_right && text.contains(told), "{told} is not in\n{text}");
    }
    let (is_right, text) =
        check_with(&[("MEGAPHONE_LISTEN", "8080")], &app, &["--endpoint", "drp", "--listen", "127.0.0.1:1"]);
    assert!(is_right, "what the command line replaces is not looked at: {text}");
}

#[test]
fn variables_may_be_empty_and_a_switch_may_be_1() {
    let app = Folder::app();
    let variables =
        [("MEGAPHONE_CONFIG", ""), ("MEGAPHONE_LISTEN", ""), ("MEGAPHONE_NO_GALLERY", "1"), ("MEGAPHONE_TRUST_CA", "")];
    let (is_right, text) = check_with(&variables, &app, &["--endpoint", "drp"]);
    assert!(is_right && text.contains("without the gallery") && !text.contains("warning"), "{text}");
    let (_, text) = check_with(&[("MEGAPHONE_NO_GALLERY", "0")], &app, &["--endpoint", "drp"]);
    assert!(text.contains("with the gallery"), "{text}");
}

#[test]
fn a_variable_of_no_option_is_told() {
    let (is_right, text) = check_with(&[("MEGAPHONE_LISTNE", "127.0.0.1:1")], &Folder::app(), &["--endpoint", "drp"]);
    assert!(is_right && text.contains("warning       no option has the variable MEGAPHONE_LISTNE"), "{text}");
}
