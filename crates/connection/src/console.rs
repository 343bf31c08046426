//! The browser's console knows what the page is never told: this reads it, from what a person pastes.

use crate::cause::Cause;
use crate::endpoint::Endpoint;

/// What a pasted line means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The part of the line that tells.
    pub sign: &'static str,
    /// The causes that it can stand for, the likeliest first.
    pub causes: &'static [Cause],
}

/// What tells, in the words of each browser, the more specific first.
static SIGNS: &[(&str, &[Cause])] = &[
    // Chromium's net error codes.
    ("ERR_CERT_DATE_INVALID", &[Cause::Expired, Cause::NotYetValid]),
    ("ERR_CERT_AUTHORITY_INVALID", &[Cause::SelfSigned, Cause::UnknownCa]),
    ("ERR_CERT_COMMON_NAME_INVALID", &[Cause::WrongName]),
    ("ERR_CERT_", &[Cause::BadCertificate]),
    ("ERR_SSL_VERSION_OR_CIPHER_MISMATCH", &[Cause::OldTls]),
    ("ERR_SSL_OBSOLETE_VERSION", &[Cause::OldTls]),
    ("ERR_SSL_PROTOCOL_ERROR", &[Cause::PlainHttp, Cause::OtherProtocol]),
    ("ERR_SSL_", &[Cause::TlsFailed]),
    ("ERR_CONNECTION_REFUSED", &[Cause::Down]),
    ("ERR_ADDRESS_UNREACHABLE", &[Cause::Down]),
    ("ERR_NAME_NOT_RESOLVED", &[Cause::NoName]),
    ("ERR_CONNECTION_TIMED_OUT", &[Cause::NoAnswer]),
    ("ERR_TIMED_OUT", &[Cause::NoAnswer]),
    ("ERR_INTERNET_DISCONNECTED", &[Cause::Offline]),
    ("ERR_NETWORK_CHANGED", &[Cause::Offline]),
    ("ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", &[Cause::LocalNetwork]),
    ("ERR_CONNECTION_RESET", &[Cause::Cut]),
    ("ERR_CONNECTION_CLOSED", &[Cause::Cut]),
    ("ERR_EMPTY_RESPONSE", &[Cause::Cut]),
    // The answer to the upgrade, in Chromium's words.
    ("Unexpected response code: 401", &[Cause::SignIn]),
    ("Unexpected response code: 403", &[Cause::TokenExpired, Cause::NoRights]),
    ("Unexpected response code: 404", &[Cause::NotDrp]),
    ("Unexpected response code: 502", &[Cause::BadGateway]),
    ("Unexpected response code: 503", &[Cause::BadGateway]),
    ("Unexpected response code: 504", &[Cause::BadGateway]),
    ("Unexpected response code: 200", &[Cause::NoUpgrade]),
    ("Unexpected response code: 426", &[Cause::NoUpgrade]),
    ("Unexpected response code: 400", &[Cause::ClockSkew]),
    // Firefox.
    ("SEC_ERROR_EXPIRED_CERTIFICATE", &[Cause::Expired]),
    ("SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE", &[Cause::Expired]),
    ("MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE", &[Cause::NotYetValid]),
    ("MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", &[Cause::SelfSigned]),
    ("SEC_ERROR_UNKNOWN_ISSUER", &[Cause::UnknownCa]),
    ("SSL_ERROR_BAD_CERT_DOMAIN", &[Cause::WrongName]),
    ("SSL_ERROR_UNSUPPORTED_VERSION", &[Cause::OldTls]),
    ("SSL_ERROR_RX_RECORD_TOO_LONG", &[Cause::PlainHttp]),
    ("MOZILLA_PKIX_ERROR_", &[Cause::BadCertificate]),
    ("SEC_ERROR_", &[Cause::BadCertificate]),
    ("NS_ERROR_UNKNOWN_HOST", &[Cause::NoName]),
    ("NS_ERROR_CONNECTION_REFUSED", &[Cause::Down]),
    ("NS_ERROR_NET_TIMEOUT", &[Cause::NoAnswer]),
    ("can’t establish a connection to the server", &[Cause::UnreachableOrUntrusted]),
    ("can't establish a connection to the server", &[Cause::UnreachableOrUntrusted]),
    // Safari.
    ("OSStatus Error -9807", &[Cause::UnknownCa]),
    ("OSStatus Error -9836", &[Cause::OldTls]),
    (
        "certificate for this server is invalid",
        &[Cause::SelfSigned, Cause::UnknownCa, Cause::Expired, Cause::WrongName],
    ),
    ("Could not connect to the server", &[Cause::Down]),
    ("hostname could not be found", &[Cause::NoName]),
    // The same words in several.
    ("Mixed Content", &[Cause::Mixed]),
    ("insecure WebSocket connection may not be initiated", &[Cause::Mixed]),
    ("violates the following Content Security Policy", &[Cause::Csp]),
    ("Content-Security-Policy", &[Cause::Csp]),
    ("violates the document's Content Security Policy", &[Cause::Csp]),
    ("local network", &[Cause::LocalNetwork]),
    ("loopback address space", &[Cause::LocalNetwork]),
    ("Invalid frame header", &[Cause::Violation]),
    ("Invalid UTF-8", &[Cause::Violation]),
    ("reserved bit", &[Cause::Violation]),
    ("Error in connection establishment", &[Cause::UnreachableOrUntrusted]),
];

/// What the console said, as far as it is known. Anything may be pasted, of any length and in any case.
pub fn decode(pasted: &str) -> Option<Meaning> {
    let pasted = pasted.to_lowercase();
    let (sign, causes) = SIGNS.iter().find(|(sign, _)| pasted.contains(&sign.to_lowercase()))?;
    Some(Meaning { sign, causes })
}

/// The endpoint that the line is about, if an address stands in it.
pub fn endpoint(pasted: &str) -> Option<Endpoint> {
    let (before, after) = pasted.split_once("://")?;
    let (scheme, port) = match before.ends_with("wss") || before.ends_with("https") {
        true => ("https", ":443"),
        false => ("http", ":80"),
    };
    let end = after.find(|c: char| c == '/' || c.is_whitespace() || "'\"’”,;)>".contains(c)).unwrap_or(after.len());
    let authority = after.get(..end)?;
    // Browsers leave out the ports that a scheme has by itself; DRP's is none of them.
    let has_port = authority.rsplit(']').next().is_some_and(|tail| tail.contains(':'));
    Endpoint::parse(&[scheme, "://", authority, if has_port { "" } else { port }].concat()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_console_lines_of_each_browser_are_read() {
        let lines = [
            (
                "WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: Error in connection establishment: net::ERR_CERT_DATE_INVALID",
                Cause::Expired,
            ),
            ("Error during WebSocket handshake: Unexpected response code: 403", Cause::TokenExpired),
            ("GET https://drp:8092/api/v3/info net::err_connection_refused", Cause::Down),
            ("Firefox can’t establish a connection to the server at wss://drp:8092/.", Cause::UnreachableOrUntrusted),
            ("WebSocket network error: The operation couldn’t be completed. (OSStatus Error -9807.)", Cause::UnknownCa),
            (
                "Refused to connect because it violates the following Content Security Policy directive: \"connect-src\"",
                Cause::Csp,
            ),
        ];
        for (line, cause) in lines {
            assert_eq!(decode(line).map(|meaning| meaning.causes[0]), Some(cause), "{line}");
        }
    }

    #[test]
    fn the_endpoint_is_found_in_the_line() {
        for (line, found) in [
            ("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed", Some("https://drp:8092")),
            (
                "Firefox can’t establish a connection to the server at wss://drp.example.com:8092/.",
                Some("https://drp.example.com:8092"),
            ),
            ("connection to ws://10.0.0.1:8092 failed", Some("http://10.0.0.1:8092")),
            ("GET https://[fd00::1]:8092/api/v3/info net::ERR_FAILED", Some("https://[fd00::1]:8092")),
            ("GET https://drp/api/v3/info net::ERR_FAILED", Some("https://drp:443")),
            ("net::ERR_CERT_DATE_INVALID", None),
            ("://", None),
            ("wss://", None),
            ("wss://user:secret@drp:8092/", None),
        ] {
            assert_eq!(endpoint(line).map(|it| it.to_string()).as_deref(), found, "{line}");
        }
    }

    #[test]
    fn every_sign_can_be_reached() {
        for (sign, causes) in SIGNS {
            assert_eq!(decode(sign).map(|meaning| meaning.causes), Some(*causes), "{sign} stands behind a broader one");
        }
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        for text in ["", "   ", "Uncaught TypeError: x is undefined", &"é".repeat(100_000)] {
            assert_eq!(decode(text), None);
        }
    }
}
