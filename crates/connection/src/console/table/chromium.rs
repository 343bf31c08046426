//! Chromium's network error codes: Chrome, Edge, Brave, Opera.

use super::{ALPN, CLOCK, CUT_IN_HANDSHAKE, KEY_KIND, NO_ROUTE, REWRITES, Row, UNKNOWN_NAME};
use super::{nothing, offered, plain, refused};
use crate::cause::Cause;

pub(super) static CODES: &[Row] = &[
    // The certificate.
    offered(
        "ERR_CERT_AUTHORITY_INVALID",
        &[Cause::SelfSigned, Cause::UnknownCa, Cause::ChainIncomplete, Cause::Intercepted],
    ),
    offered("ERR_CERT_SELF_SIGNED_LOCAL_NETWORK", &[Cause::SelfSigned]),
    offered("ERR_CERT_COMMON_NAME_INVALID", &[Cause::WrongName, Cause::WrongSite])
        .hint("Browsers read the subjectAltName alone: a name that stands only as CN counts for nothing."),
    offered("ERR_CERT_NON_UNIQUE_NAME", &[Cause::WrongName])
        .hint("A public authority may not certify a name that is used only inside a network."),
    offered("ERR_CERT_DATE_INVALID", &[Cause::Expired, Cause::NotYetValid, Cause::YourClock]).hint(CLOCK),
    offered("ERR_CERT_WEAK_SIGNATURE_ALGORITHM", &[Cause::BadCertificate])
        .hint("It is signed with SHA-1 or MD5; SHA-256 is needed."),
    offered("ERR_CERT_WEAK_KEY", &[Cause::BadCertificate]).hint("Its RSA key is too short; 2,048 bits are needed."),
    offered("ERR_CERT_VALIDITY_TOO_LONG", &[Cause::BadCertificate])
        .hint("Certificates of public authorities may be valid for 398 days at most."),
    offered("ERR_CERT_NAME_CONSTRAINT_VIOLATION", &[Cause::BadCertificate])
        .hint("The authority may not certify this name: its own certificate restricts it to others."),
    offered("ERR_CERTIFICATE_TRANSPARENCY_REQUIRED", &[Cause::BadCertificate])
        .hint("The public authority has not logged it, which Chromium requires."),
    offered("ERR_CERT_SYMANTEC_LEGACY", &[Cause::UnknownCa]).hint("Its issuer is no longer trusted by any browser."),
    offered(
        "ERR_CERT_NO_REVOCATION_MECHANISM ERR_CERT_UNABLE_TO_CHECK_REVOCATION",
        &[Cause::Untrusted],
    )
    .hint("The browser cannot ask whether the certificate was revoked: the authority's server is out of reach from here."),
    refused("ERR_CERT_INVALID ERR_CERT_CONTAINS_ERRORS", &[Cause::BadCertificate])
        .hint("Often an authority's certificate that is used as a server's, or on macOS one that is valid for more than 825 days."),
    refused("ERR_CERT_REVOKED", &[Cause::CannotAccept]).hint("Its issuer has revoked it. A new one is needed."),
    refused("ERR_CERT_KNOWN_INTERCEPTION_BLOCKED", &[Cause::Intercepted]),
    // TLS beyond the certificate.
    refused("ERR_SSL_PROTOCOL_ERROR", &[Cause::PlainHttp, Cause::OtherProtocol]),
    refused("ERR_SSL_VERSION_OR_CIPHER_MISMATCH", &[Cause::OldTls, Cause::CannotAccept]).hint(KEY_KIND),
    refused("ERR_SSL_OBSOLETE_CIPHER ERR_SSL_OBSOLETE_VERSION", &[Cause::OldTls]),
    refused("ERR_SSL_KEY_USAGE_INCOMPATIBLE", &[Cause::CannotAccept])
        .hint("The certificate's keyUsage lacks digitalSignature. Firefox opens it; Chrome and Edge do not."),
    refused("ERR_SSL_SERVER_CERT_BAD_FORMAT", &[Cause::BadCertificate]),
    refused("ERR_SSL_UNRECOGNIZED_NAME_ALERT", &[Cause::WrongSite]).hint(UNKNOWN_NAME),
    refused("ERR_SSL_SERVER_CERT_CHANGED", &[Cause::TlsFailed])
        .hint("The endpoint showed another certificate while the connection was open."),
    refused(
        "ERR_SSL_CLIENT_AUTH_CERT_NEEDED ERR_BAD_SSL_CLIENT_AUTH_CERT ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED \
         ERR_SSL_CLIENT_AUTH_CERT_NO_PRIVATE_KEY ERR_SSL_CLIENT_AUTH_PRIVATE_KEY_ACCESS_DENIED \
         ERR_SSL_CLIENT_AUTH_NO_COMMON_ALGORITHMS",
        &[Cause::ClientCertificate],
    ),
    refused("ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN", &[Cause::CannotAccept])
        .hint("The browser was told which key to expect for this name, and the endpoint has another."),
    refused(
        "ERR_SSL_BAD_RECORD_MAC_ALERT ERR_SSL_DECRYPT_ERROR_ALERT ERR_TLS13_DOWNGRADE_DETECTED",
        &[Cause::TlsFailed],
    )
    .hint(REWRITES),
    refused(
        "ERR_ECH_NOT_NEGOTIATED ERR_ECH_FALLBACK_CERTIFICATE_INVALID ERR_DNS_NO_MATCHING_SUPPORTED_ALPN",
        &[Cause::WrongSite],
    )
    .hint("DNS has a record of type HTTPS for this name that belongs to another server: the DNS inside should answer for it."),
    refused("ERR_ALPN_NEGOTIATION_FAILED", &[Cause::TlsFailed]).hint(ALPN),
    // The way there.
    plain("ERR_CONNECTION_REFUSED", &[Cause::Down]),
    plain("ERR_CONNECTION_FAILED", &[Cause::Down, Cause::NoAnswer]),
    plain(
        "ERR_CONNECTION_RESET ERR_CONNECTION_CLOSED ERR_EMPTY_RESPONSE",
        &[Cause::NobodyBehind, Cause::LargePackets],
    )
    .hint(CUT_IN_HANDSHAKE),
    plain("ERR_CONNECTION_TIMED_OUT ERR_TIMED_OUT", &[Cause::NoAnswer, Cause::LargePackets])
        .hint("A firewall drops the packets, the host is off, or large packets do not get through."),
    plain("ERR_CONNECTION_ABORTED ERR_NETWORK_CHANGED ERR_NETWORK_IO_SUSPENDED", &[Cause::Cut])
        .hint("This computer changed its network or slept. The portal reconnects on its own."),
    plain("ERR_ADDRESS_UNREACHABLE", &[Cause::Down, Cause::LocalNetwork]).hint(NO_ROUTE),
    plain("ERR_NETWORK_ACCESS_DENIED", &[Cause::Blocked])
        .hint("A firewall or security program on this computer keeps the browser from the network."),
    plain("ERR_INTERNET_DISCONNECTED", &[Cause::Offline]),
    plain("ERR_NAME_NOT_RESOLVED ERR_NAME_RESOLUTION_FAILED", &[Cause::NoName]),
    plain("ERR_DNS_SECURE_RESOLVER_HOSTNAME_RESOLUTION_FAILED", &[Cause::NoName])
        .hint("The browser asks a secure DNS of its own, which does not know names of your network."),
    plain("ERR_DNS_NAME_HTTPS_ONLY ERR_ICANN_NAME_COLLISION", &[Cause::NoName]),
    plain(
        "ERR_TUNNEL_CONNECTION_FAILED ERR_PROXY_CONNECTION_FAILED ERR_PROXY_AUTH_UNSUPPORTED ERR_PROXY_AUTH_REQUESTED \
         ERR_PROXY_CERTIFICATE_INVALID ERR_MANDATORY_PROXY_CONFIGURATION_FAILED ERR_PAC_SCRIPT_FAILED \
         ERR_SOCKS_CONNECTION_FAILED",
        &[Cause::Proxy],
    ),
    // The browser itself.
    plain("ERR_BLOCKED_BY_CLIENT", &[Cause::Blocked]).hint("An extension, such as an ad blocker, or the browser's shield."),
    plain("ERR_BLOCKED_BY_ADMINISTRATOR", &[Cause::Blocked]).hint("A policy of whoever manages this browser."),
    plain("ERR_BLOCKED_BY_CSP", &[Cause::Csp]),
    plain(
        "ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS \
         ERR_CACHED_IP_ADDRESS_SPACE_BLOCKED_BY_LOCAL_NETWORK_ACCESS_POLICY ERR_INCONSISTENT_IP_ADDRESS_SPACE",
        &[Cause::LocalNetwork],
    ),
    plain("ERR_UNSAFE_PORT", &[Cause::BrowserRefuses]),
    nothing(
        "ERR_DISALLOWED_URL_SCHEME ERR_INVALID_URL",
        "The browser does not take the address itself. Check how it is written.",
    ),
    plain("ERR_INSUFFICIENT_RESOURCES ERR_WS_THROTTLE_QUEUE_TOO_LARGE", &[Cause::TooManySockets]),
    // What answered.
    plain("ERR_INVALID_HTTP_RESPONSE ERR_INVALID_RESPONSE", &[Cause::OtherProtocol, Cause::NoUpgrade]),
    plain("ERR_RESPONSE_HEADERS_TOO_BIG ERR_RESPONSE_HEADERS_TRUNCATED", &[Cause::NoUpgrade])
        .hint("What answers is no DRP: its answer's head is broken or too large."),
    plain(
        "ERR_HTTP2_PROTOCOL_ERROR ERR_HTTP2_SERVER_REFUSED_STREAM ERR_HTTP_1_1_REQUIRED ERR_HTTP2_PING_FAILED",
        &[Cause::NoUpgrade],
    )
    .hint("The proxy offers WebSockets over HTTP/2 and does not serve them: have it use HTTP/1.1 for /api/v3/ws."),
    plain("ERR_WS_UPGRADE", &[Cause::NoUpgrade]),
    plain("ERR_WS_PROTOCOL_ERROR", &[Cause::Violation]),
    plain("ERR_TOO_MANY_REDIRECTS ERR_UNSAFE_REDIRECT ERR_INVALID_REDIRECT", &[Cause::LoginWall, Cause::Moved]),
    nothing(
        "ERR_BLOCKED_BY_RESPONSE ERR_BLOCKED_BY_ORB ERR_QUIC_PROTOCOL_ERROR ERR_QUIC_HANDSHAKE_FAILED ERR_FAILED ERR_ABORTED",
        "This is about a request, not about the live connection. Look for the line that begins with “WebSocket connection to”.",
    ),
];
