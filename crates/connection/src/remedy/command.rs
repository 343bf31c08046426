//! The commands, with the person's own host filled in. The host is a parsed [`Endpoint`], so nothing in it can end a
//! word of the shell.

use super::{Step, Way};
use crate::endpoint::Endpoint;

fn run(text: &str, command: String, note: &'static str) -> Step {
    Step { text: text.to_owned(), way: Some(Way::Run { command, note }) }
}

/// Shows what certificate is served.
pub(super) fn read_certificate(endpoint: &Endpoint) -> Step {
    let command = format!(
        "echo | openssl s_client -connect {} 2>/dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName -fingerprint -sha256",
        endpoint.authority()
    );
    run("Look at the certificate that the endpoint serves.", command, "On any computer with OpenSSL.")
}

/// Makes a new self-signed pair with the names that browsers look at.
pub(super) fn make_certificate(endpoint: &Endpoint) -> Step {
    let host = endpoint.host();
    let kind = if host.parse::<std::net::IpAddr>().is_ok() { "IP" } else { "DNS" };
    let command = format!(
        "openssl req -new -x509 -keyout server.key -out server.crt -days 365 -nodes \\\n  -subj \"/CN={host}\" -addext \"subjectAltName={kind}:{host}\""
    );
    let text =
        "Make a new certificate, or have your CA issue one. Browsers want every name and address in subjectAltName.";
    run(text, command, "On any computer with OpenSSL.")
}

/// Puts a certificate in place.
pub(super) fn set_certificate(endpoint: &Endpoint) -> Step {
    let command = format!("drpcli -E {endpoint} system certs set server.crt server.key");
    run(
        "Put it in place. It counts for new connections at once, on every node of a cluster; no restart is needed.",
        command,
        "DRP 4.6 and later. Before 4.6, start dr-provision with --tls-cert and --tls-key instead.",
    )
}

/// Asks the service how it is.
pub(super) fn service_status() -> Step {
    run(
        "See whether the service runs, and why not.",
        "systemctl status dr-provision\njournalctl -u dr-provision --since -15min".to_owned(),
        "On the endpoint's host.",
    )
}

/// Starts the service.
pub(super) fn service_restart() -> Step {
    run("Start it again.", "sudo systemctl restart dr-provision".to_owned(), "On the endpoint's host.")
}

/// Sees whether the port can be reached.
pub(super) fn reach_port(endpoint: &Endpoint) -> Step {
    let command = format!("curl -kisS --max-time 5 {}", endpoint.info_url());
    run("Try the address from your own computer: a healthy endpoint answers 401.", command, "On your computer.")
}

/// Resolves the name.
pub(super) fn resolve_name(endpoint: &Endpoint) -> Step {
    run("See what the name resolves to.", format!("nslookup {}", endpoint.host()), "On your computer.")
}

/// Compares clocks.
pub(super) fn clocks() -> Step {
    run(
        "Compare the clocks and see that both follow a time server.",
        "timedatectl status\nchronyc tracking".to_owned(),
        "On the endpoint's host and on this computer.",
    )
}
