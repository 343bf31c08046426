//! The commands, with the person's own host filled in. The host is a parsed [`Endpoint`], so nothing in it can end a
//! word of the shell.

use super::{Action, Step};
use crate::endpoint::Endpoint;

/// The longest validity that every browser takes, in days.
const LONGEST_DAYS: u32 = 397;

fn run(text: &str, command: String, note: &'static str) -> Step {
    Step { text: text.to_owned(), action: Some(Action::Run { command, note }), quiet: false }
}

/// Shows what certificate is served.
pub(super) fn read_certificate(endpoint: &Endpoint) -> Step {
    let command = format!(
        "echo | openssl s_client -connect {} 2>/dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName -fingerprint -sha256",
        endpoint.authority()
    );
    run("Look at the certificate that the endpoint serves.", command, "On any computer with OpenSSL.")
}

/// Makes a new self-signed pair that every browser accepts: no authority, P-256, for servers, with the name and, as far as
/// the command can know it, every address of the host; OpenSSL gives it a random serial number.
pub(super) fn make_certificate(endpoint: &Endpoint) -> Step {
    let host = endpoint.host();
    let names = if endpoint.is_name() { format!("DNS:{host}") } else { format!("IP:{host}") };
    let command = format!(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days {LONGEST_DAYS} \\\n  -keyout server.key -out server.crt -subj \"/CN={host}\" \\\n  -addext \"subjectAltName={names}\" \\\n  -addext \"basicConstraints=critical,CA:FALSE\" -addext \"extendedKeyUsage=serverAuth\""
    );
    let text = "Make a new certificate, or have your CA issue one. Add every name and address by which the endpoint is used to subjectAltName, such as DNS:drp,IP:10.0.0.5.";
    run(text, command, "On any computer with OpenSSL 1.1.1 or later.")
}

/// Shows the dates of the certificate on disk.
pub(super) fn read_file() -> Step {
    run(
        "Look at the dates of the renewed certificate.",
        "openssl x509 -in server.crt -noout -dates -issuer".to_owned(),
        "On the endpoint's host, with the path of your certificate.",
    )
}

/// Puts a certificate in place.
pub(super) fn set_certificate(endpoint: &Endpoint) -> Step {
    let command = format!("drpcli -E {endpoint} system certs set server.crt server.key");
    run(
        "Install it. New connections use it at once, on every node of a cluster.",
        command,
        "DRP 4.6 and later. Before 4.6, start dr-provision with --tls-cert and --tls-key instead.",
    )
}

/// Asks the service how it is.
pub(super) fn service_status() -> Step {
    run(
        "Check whether the service is running.",
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

/// Shows the HTTPS record of a name, as browsers ask for it, and has it taken out of their way.
pub(super) fn https_record(name: &str) -> Step {
    let text = format!("Answer or block the HTTPS record (type 65) for “{name}” in your DNS.");
    run(&text, format!("nslookup -type=HTTPS {name}"), "On your computer: shows what browsers are told.")
}

/// Compares clocks.
pub(super) fn clocks() -> Step {
    run(
        "Compare the clocks and see that both follow a time server.",
        "timedatectl status\nchronyc tracking".to_owned(),
        "On the endpoint's host and on this computer.",
    )
}
