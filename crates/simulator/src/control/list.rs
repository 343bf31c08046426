//! What the control can do, for those who ask it: the page of buttons is drawn from the same list.

use serde::Serialize;
use serde_json::{Value, json};

use crate::certificate::CertificateKind;
use crate::fault::table::FAULTS;
use crate::simulator::Violation;

/// One request that the control takes.
#[derive(Debug, Serialize)]
pub(super) struct Route {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    /// What it does.
    line: &'static str,
    /// A body that it takes, or the empty string.
    example: &'static str,
}

const fn route(method: &'static str, path: &'static str, line: &'static str, example: &'static str) -> Route {
    Route { method, path, line, example }
}

pub(super) const ROUTES: &[Route] = &[
    route("GET", "/", "This list; a page of buttons for a browser.", ""),
    route("GET", "/state", "What the simulator is doing and has counted.", ""),
    route("PUT", "/fault", "Sets one fault in place of any other.", r#"{"id": "idle-cut", "seconds": 30}"#),
    route("DELETE", "/fault", "Clears the fault.", ""),
    route(
        "POST",
        "/close",
        "Sends every socket a close frame with any code from 0 to 65535; with code null an empty one.",
        r#"{"code": 1012, "reason": "restart"}"#,
    ),
    route("POST", "/cut", "Ends every connection without a word: fin or reset.", r#"{"how": "reset"}"#),
    route("POST", "/violate", "Breaks the WebSocket protocol on every socket.", r#"{"kind": "reserved-bit"}"#),
    route("POST", "/send", "Sends a message: text, binary_base64, or size with binary.", r#"{"text": "not JSON"}"#),
    route(
        "POST",
        "/event",
        "Publishes one event; keys left out are filled.",
        r#"{"Type": "machines", "Action": "update", "Key": "by-hand", "Object": {"Name": "by hand"}}"#,
    ),
    route("POST", "/events", "Sets how many events happen by themselves a second; 0 stops them.", r#"{"rate": 5}"#),
    route("POST", "/stop", "Closes the port and ends every connection: fin or reset.", r#"{"how": "fin"}"#),
    route("POST", "/start", "Opens the port again.", ""),
    route("POST", "/restart", "Stops, and starts again after so many milliseconds.", r#"{"down_ms": 2000}"#),
    route(
        "PUT",
        "/certificate",
        "Shows a new certificate of one of the kinds listed, or none, to new connections.",
        r#"{"tls": "self-signed", "cut": true}"#,
    ),
    route("GET", "/certificate", "The certificate that is shown, as DER.", ""),
    route("GET", "/authority", "The certificate of the private authority, as DER.", ""),
    route("POST", "/tokens/expire", "Makes every token void; open sockets stay open.", ""),
    route("POST", "/reset", "Heals everything and goes back to the start.", ""),
];

pub(super) fn everything() -> Value {
    let certificates: Vec<Value> =
        CertificateKind::ALL.iter().map(|kind| json!({"name": kind.name(), "line": kind.line()})).collect();
    json!({"faults": FAULTS, "certificates": certificates, "routes": ROUTES, "violations": Violation::ALL})
}
