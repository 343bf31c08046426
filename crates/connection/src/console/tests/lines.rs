//! Whole lines as people paste them: console lines, error pages, several lines, and what tells nothing.

use super::{Decoded, decode, meaning};
use crate::cause::Cause;
use crate::console::{endpoint, evidence};
use crate::endpoint::Endpoint;
use crate::evidence::PersonSaw;

/// Lines of the console as each browser writes them.
#[rustfmt::skip]
const LINES: &[(&str, &str)] = &[
    // Chromium.
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: Error in connection establishment: net::ERR_CERT_DATE_INVALID", "expired not-yet-valid your-clock"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: Error in connection establishment: net::ERR_TUNNEL_CONNECTION_FAILED", "proxy"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: Error in connection establishment: net::ERR_ALPN_NEGOTIATION_FAILED", "tls-failed"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: Error in connection establishment", "unreachable-or-untrusted"),
    ("GET https://drp:8092/api/v3/info net::err_connection_refused", "down"),
    ("Error during WebSocket handshake: Unexpected response code: 200", "no-upgrade not-drp login-wall"),
    ("Error during WebSocket handshake: Unexpected response code: 301", "login-wall moved"),
    ("Error during WebSocket handshake: Unexpected response code: 302", "login-wall moved"),
    ("Error during WebSocket handshake: Unexpected response code: 307", "login-wall moved"),
    ("Error during WebSocket handshake: Unexpected response code: 400", "no-upgrade clock-skew head-too-large"),
    ("Error during WebSocket handshake: Unexpected response code: 401", "sign-in"),
    ("Error during WebSocket handshake: Unexpected response code: 403", "token-expired no-rights origin-refused firewall"),
    ("Error during WebSocket handshake: Unexpected response code: 404", "not-drp"),
    ("Error during WebSocket handshake: Unexpected response code: 413", "head-too-large"),
    ("Error during WebSocket handshake: Unexpected response code: 414", "head-too-large"),
    ("Error during WebSocket handshake: Unexpected response code: 426", "no-upgrade"),
    ("Error during WebSocket handshake: Unexpected response code: 429", "too-many"),
    ("Error during WebSocket handshake: Unexpected response code: 431", "head-too-large"),
    ("Error during WebSocket handshake: Unexpected response code: 502", "bad-gateway"),
    ("Error during WebSocket handshake: Unexpected response code: 503", "bad-gateway"),
    ("Error during WebSocket handshake: Unexpected response code: 504", "bad-gateway"),
    ("Error during WebSocket handshake: Unexpected response code: 522", "bad-gateway"),
    ("Error during WebSocket handshake: Incorrect 'Sec-WebSocket-Accept' header value", "no-upgrade"),
    ("Error during WebSocket handshake: Response must not include 'Sec-WebSocket-Protocol' header if not present in request: x", "no-upgrade"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: One or more reserved bits are on: reserved1 = 1, reserved2 = 0, reserved3 = 0", "violation"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: Invalid frame header", "violation"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: Could not decode a text frame as UTF-8.", "violation"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: A server must not mask any frames that it sends to the client.", "violation"),
    ("Refused to connect because it violates the following Content Security Policy directive: \"connect-src\"", "csp"),
    ("Mixed Content: The page at 'https://portal/' was loaded over HTTPS, but attempted to connect to the insecure WebSocket endpoint 'ws://drp:8092/api/v3/ws'.", "mixed"),
    // Firefox.
    ("Firefox can’t establish a connection to the server at wss://drp:8092/api/v3/ws.", "unreachable-or-untrusted"),
    ("The connection to wss://drp:8092/api/v3/ws was interrupted while the page was loading.", "unreachable-or-untrusted"),
    ("Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://drp:8092/api/v3/info. (Reason: CORS request did not succeed). Status code: (null).", ""),
    ("Blocked loading mixed active content “http://drp:8092/api/v3/info”", "mixed"),
    ("Content-Security-Policy: The page’s settings blocked the loading of a resource (connect-src) at wss://drp:8092/api/v3/ws because it violates the following directive: “connect-src 'self'”", "csp"),
    ("An error occurred during a connection to drp:8092. SSL_ERROR_RX_RECORD_TOO_LONG", "plain-http other-protocol"),
    ("Error code: SEC_ERROR_UNKNOWN_ISSUER", "unknown-ca chain-incomplete intercepted"),
    // Safari and other WebKit.
    ("WebSocket network error: The operation couldn’t be completed. (OSStatus Error -9807.)", "unknown-ca self-signed wrong-name"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: The operation couldn’t be completed. No route to host", "down local-network"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: The operation couldn’t be completed. Socket is not connected", "cut"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: There was a bad response from the server.", "no-upgrade"),
    ("A server with the specified hostname could not be found.", "no-name"),
    ("Could not connect to the server.", "down"),
    ("Error Domain=NSURLErrorDomain Code=-1206", "client-cert"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: Unacceptable TLS certificate", "self-signed unknown-ca expired wrong-name"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: Could not connect to drp: Connection refused", "down"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: The server did not accept the WebSocket handshake", "no-upgrade"),
    ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: WebSocket is closed due to suspension.", "cut"),
    ("Fetch API cannot load https://drp:8092/api/v3/info due to access control checks.", ""),
    ("Not allowed to request resource", "mixed"),
    ("Refused to connect to wss://drp:8092/api/v3/ws because it does not appear in the connect-src directive of the Content Security Policy.", "csp"),
];

#[test]
fn lines_of_each_browser_are_read() {
    for (line, causes) in LINES {
        assert_eq!(meaning(line), *causes, "{line}");
    }
}

#[test]
fn a_code_that_is_not_in_the_table_is_told_as_such_and_not_taken_for_another() {
    for (line, code) in [
        ("failed: Error in connection establishment: net::ERR_SOMETHING_NEW", "ERR_SOMETHING_NEW"),
        ("net::ERR_CERT_AUTHORITY_INVALID_2", "ERR_CERT_AUTHORITY_INVALID_2"),
        ("ERR_SSL_NEW", "ERR_SSL_NEW"),
        ("SEC_ERROR_NEW", "SEC_ERROR_NEW"),
        ("MOZILLA_PKIX_ERROR_NEW", "MOZILLA_PKIX_ERROR_NEW"),
        ("SSL_ERROR_NEW", "SSL_ERROR_NEW"),
        ("NS_ERROR_NEW", "NS_ERROR_NEW"),
        ("(OSStatus Error -9999.)", "OSStatus -9999"),
        ("Unexpected response code: 418", "Unexpected response code: 418"),
    ] {
        assert_eq!(decode(line), Decoded::UnknownCode(code.to_owned()), "{line}");
    }
}

#[test]
fn a_sign_counts_only_as_a_whole_word_or_number() {
    for line in [
        "MY_ERR_SSL_PROTOCOL_ERROR",
        "ERR_",
        "Unexpected response code: 3020",
        "Unexpected response code: x",
        "the proxy said 57",
        "offset -98070",
        "an unconnection refusedly",
    ] {
        let read = decode(line);
        assert!(!matches!(read, Decoded::Known(_)), "{line}: {read:?}");
    }
}

#[test]
fn what_tells_nothing_is_not_guessed() {
    for text in ["", "   ", "Uncaught TypeError: x is undefined", &"é".repeat(100_000), &"wss://".repeat(3_000)] {
        assert_eq!(decode(text), Decoded::Nothing);
    }
}

#[test]
fn of_several_lines_the_one_that_tells_most_about_the_endpoint_counts() {
    let pasted = "GET https://stats.example.com/ping net::ERR_BLOCKED_BY_CLIENT\n\
                  WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: Error in connection establishment\n\
                  GET https://drp:8092/api/v3/info net::ERR_FAILED\n\
                  GET https://drp:8092/api/v3/info net::ERR_CONNECTION_REFUSED";
    assert_eq!(meaning(pasted), "down");
    let page = "Secure Connection Failed\nAn error occurred during a connection to other:8092.\nError code: SSL_ERROR_BAD_CERT_DOMAIN";
    assert_eq!(evidence(page, &Endpoint::parse("drp").unwrap()), None);
    assert_eq!(evidence(page, &Endpoint::parse("other").unwrap()), Some(PersonSaw::Warning));
}

#[test]
fn the_paste_is_evidence_where_it_names_this_endpoint_or_none() {
    let here = Endpoint::parse("https://drp.example.com:8092").unwrap();
    for (pasted, saw) in [
        ("net::ERR_BLOCKED_BY_CLIENT", Some(PersonSaw::Code(Cause::Blocked))),
        (
            "WebSocket connection to 'wss://DRP.example.com:8092/api/v3/ws' failed: net::ERR_UNSAFE_PORT",
            Some(PersonSaw::Code(Cause::BrowserRefuses)),
        ),
        ("WebSocket connection to 'wss://other:8092/api/v3/ws' failed: net::ERR_UNSAFE_PORT", None),
        (
            "https://portal/app.js:1 WebSocket connection to 'wss://drp.example.com:8092/api/v3/ws' failed: net::ERR_UNSAFE_PORT",
            Some(PersonSaw::Code(Cause::BrowserRefuses)),
        ),
        // Several causes: what they have in common.
        ("net::ERR_CERT_AUTHORITY_INVALID", Some(PersonSaw::Warning)),
        ("net::ERR_CONNECTION_RESET", Some(PersonSaw::Unreachable)),
        ("Unexpected response code: 403", None),
        ("net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH", None),
        // How it ended is not why it stays away.
        ("net::ERR_NETWORK_CHANGED", None),
        ("net::ERR_SOMETHING_NEW", None),
        ("Firefox can’t establish a connection to the server at wss://drp.example.com:8092/api/v3/ws.", None),
        ("", None),
    ] {
        assert_eq!(evidence(pasted, &here), saw, "{pasted}");
    }
}

#[test]
fn the_endpoint_is_found_in_the_paste() {
    for (line, found) in [
        ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed", Some("https://drp:8092")),
        (
            "(index):1 https://portal/app.js:2:1 WebSocket connection to 'wss://drp:8092/api/v3/ws' failed",
            Some("https://drp:8092"),
        ),
        (
            "Firefox can’t establish a connection to the server at wss://drp.example.com:8092/.",
            Some("https://drp.example.com:8092"),
        ),
        (
            "An error occurred during a connection to drp.example.com:8092. PR_END_OF_FILE_ERROR",
            Some("https://drp.example.com:8092"),
        ),
        ("connection to ws://10.0.0.1:8092 failed", Some("http://10.0.0.1:8092")),
        ("GET https://[fd00::1]:8092/api/v3/info net::ERR_FAILED", Some("https://[fd00::1]:8092")),
        ("GET https://drp/api/v3/info net::ERR_FAILED", Some("https://drp:443")),
        ("net::ERR_CERT_DATE_INVALID", None),
        ("://", None),
        ("wss://", None),
        ("wss://user:secret@drp:8092/", None),
        ("ftp://drp:8092/", None),
    ] {
        assert_eq!(endpoint(line).map(|it| it.to_string()).as_deref(), found, "{line}");
    }
}

#[test]
fn apples_limit_is_the_verdicts() {
    let days = format!("{} days", crate::verdict::APPLE_LONGEST_DAYS);
    assert_eq!(crate::console::hints().filter(|hint| hint.contains(&days)).count(), 2);
}
