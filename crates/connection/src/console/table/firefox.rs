//! The codes of Firefox's own error pages. Its console names none of them for a live connection.

use super::{ALPN, CLOCK, CUT_IN_HANDSHAKE, KEY_KIND, REWRITES, Row, UNKNOWN_NAME};
use super::{nothing, offered, plain, refused};
use crate::cause::Cause;

pub(super) static CODES: &[Row] = &[
    // The certificate, with an exception on offer.
    offered("SEC_ERROR_UNKNOWN_ISSUER", &[Cause::UnknownCa, Cause::ChainIncomplete, Cause::Intercepted])
        .hint("Firefox keeps its own list of authorities: one that the system trusts may be missing here."),
    offered("MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", &[Cause::SelfSigned]),
    offered("MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY", &[Cause::SelfSigned])
        .hint("It is marked as an authority and was imported as one. Remove it from the authorities and accept it, or make one with CA:FALSE."),
    offered("MOZILLA_PKIX_ERROR_MITM_DETECTED", &[Cause::Intercepted]),
    offered(
        "MOZILLA_PKIX_ERROR_V1_CERT_USED_AS_CA SEC_ERROR_CA_CERT_INVALID MOZILLA_PKIX_ERROR_EMPTY_ISSUER_NAME \
         MOZILLA_PKIX_ERROR_ADDITIONAL_POLICY_CONSTRAINT_FAILED",
        &[Cause::BadCertificate],
    )
    .hint("The fault lies in the authority that issued it."),
    offered("SEC_ERROR_UNTRUSTED_ISSUER", &[Cause::UnknownCa]).hint("Its issuer is marked as not trusted in Firefox."),
    offered("MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE", &[Cause::BadCertificate])
        .hint("Its RSA key is too short; 2,048 bits are needed."),
    offered("SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED", &[Cause::BadCertificate])
        .hint("It is signed with SHA-1 or MD5; SHA-256 is needed."),
    offered(
        "SEC_ERROR_EXPIRED_CERTIFICATE SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE",
        &[Cause::Expired, Cause::NotLoaded, Cause::YourClock],
    )
    .hint(CLOCK),
    offered(
        "MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE MOZILLA_PKIX_ERROR_NOT_YET_VALID_ISSUER_CERTIFICATE \
         SEC_ERROR_INVALID_TIME",
        &[Cause::NotYetValid, Cause::YourClock],
    )
    .hint(CLOCK),
    offered("SSL_ERROR_BAD_CERT_DOMAIN", &[Cause::WrongName, Cause::WrongSite]),
    // The certificate, with none.
    refused("SEC_ERROR_REUSED_ISSUER_AND_SERIAL", &[Cause::CannotAccept])
        .hint("It repeats the serial number of an older one. Use a private window for now, and make it anew with a random number."),
    refused("SEC_ERROR_BAD_SIGNATURE", &[Cause::StaleCa]),
    refused(
        "SEC_ERROR_BAD_DER MOZILLA_PKIX_ERROR_INVALID_INTEGER_ENCODING SEC_ERROR_EXTENSION_VALUE_INVALID \
         SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION",
        &[Cause::BadCertificate],
    ),
    refused("SEC_ERROR_INADEQUATE_KEY_USAGE SEC_ERROR_INADEQUATE_CERT_TYPE", &[Cause::BadCertificate])
        .hint("It was not made for a server: keyUsage or extendedKeyUsage does not fit, or an old authority has the same name."),
    refused("SEC_ERROR_CERT_NOT_IN_NAME_SPACE SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID", &[Cause::BadCertificate])
        .hint("The authority may not issue it: its own certificate restricts it."),
    refused(
        "SEC_ERROR_INVALID_KEY SEC_ERROR_UNSUPPORTED_KEYALG SEC_ERROR_UNSUPPORTED_ELLIPTIC_CURVE \
         SEC_ERROR_UNSUPPORTED_EC_POINT_FORM",
        &[Cause::CannotAccept],
    )
    .hint("Its key is of a kind that Firefox does not take: use P-256, P-384 or RSA with 2,048 bits."),
    refused("SEC_ERROR_REVOKED_CERTIFICATE SEC_ERROR_UNTRUSTED_CERT", &[Cause::CannotAccept])
        .hint("It was revoked or is marked as not trusted. A new one is needed."),
    refused(
        "MOZILLA_PKIX_ERROR_KEY_PINNING_FAILURE MOZILLA_PKIX_ERROR_SIGNATURE_ALGORITHM_MISMATCH \
         MOZILLA_PKIX_ERROR_INSUFFICIENT_CERTIFICATE_TRANSPARENCY MOZILLA_PKIX_ERROR_ISSUER_NO_LONGER_TRUSTED",
        &[Cause::CannotAccept],
    ),
    refused("MOZILLA_PKIX_ERROR_REQUIRED_TLS_FEATURE_MISSING SEC_ERROR_OCSP_UNKNOWN_CERT", &[Cause::CannotAccept])
        .hint("The answer that it was not revoked is missing: turn OCSP stapling on, or use a certificate without it."),
    refused(
        "SEC_ERROR_OCSP_FUTURE_RESPONSE SEC_ERROR_OCSP_OLD_RESPONSE",
        &[Cause::YourClock, Cause::CannotAccept],
    )
    .hint("Mostly this computer's clock. If it is right, the endpoint staples an answer that is out of date."),
    refused("SEC_ERROR_OCSP_TRY_SERVER_LATER", &[Cause::CannotAccept])
        .hint("The authority's server for revocations has no answer now. Try again later."),
    // TLS beyond the certificate.
    refused("SSL_ERROR_RX_RECORD_TOO_LONG", &[Cause::PlainHttp, Cause::OtherProtocol]),
    refused("SSL_ERROR_UNSUPPORTED_VERSION SSL_ERROR_PROTOCOL_VERSION_ALERT SSL_ERROR_SSL_DISABLED", &[Cause::OldTls]),
    refused("SSL_ERROR_NO_CYPHER_OVERLAP SSL_ERROR_NO_CIPHERS_SUPPORTED", &[Cause::OldTls, Cause::CannotAccept])
        .hint(KEY_KIND),
    refused(
        "SSL_ERROR_UNSUPPORTED_SIGNATURE_ALGORITHM SSL_ERROR_NO_SUPPORTED_SIGNATURE_ALGORITHM \
         SSL_ERROR_WEAK_SERVER_CERT_KEY SSL_ERROR_WEAK_SERVER_EPHEMERAL_DH_KEY",
        &[Cause::CannotAccept, Cause::OldTls],
    )
    .hint("The endpoint's key or key exchange is weak, or of a kind that Firefox does not take."),
    refused(
        "SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT SSL_ERROR_BAD_CERT_ALERT \
         SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT SSL_ERROR_UNKNOWN_CA_ALERT SSL_ERROR_EXPIRED_CERT_ALERT \
         SSL_ERROR_REVOKED_CERT_ALERT SSL_ERROR_ACCESS_DENIED_ALERT SSL_ERROR_NO_CERTIFICATE SSL_ERROR_BAD_CLIENT",
        &[Cause::ClientCertificate],
    ),
    refused("SSL_ERROR_HANDSHAKE_FAILURE_ALERT", &[Cause::ClientCertificate, Cause::OldTls])
        .hint("The endpoint ended the TLS handshake: it wants a personal certificate, or it shares no cipher with Firefox."),
    refused("SSL_ERROR_UNRECOGNIZED_NAME_ALERT", &[Cause::WrongSite]).hint(UNKNOWN_NAME),
    refused("SSL_ERROR_NEXT_PROTOCOL_NO_PROTOCOL", &[Cause::TlsFailed]).hint(ALPN),
    refused(
        "SSL_ERROR_RX_MALFORMED_* SSL_ERROR_RX_UNEXPECTED_* SSL_ERROR_BAD_MAC_READ SSL_ERROR_ILLEGAL_PARAMETER_ALERT \
         SSL_ERROR_DECODE_ERROR_ALERT SSL_ERROR_INTERNAL_ERROR_ALERT",
        &[Cause::TlsFailed],
    )
    .hint(REWRITES),
    // The way there.
    plain("NS_ERROR_CONNECTION_REFUSED", &[Cause::Down]),
    plain("NS_ERROR_WEBSOCKET_CONNECTION_REFUSED connectionFailure", &[Cause::UnreachableOrUntrusted])
        .hint("Firefox says this of every live connection that did not open."),
    plain("NS_ERROR_UNKNOWN_HOST NS_ERROR_DNS_LOOKUP_QUEUE_FULL dnsNotFound", &[Cause::NoName]),
    plain("NS_ERROR_NET_TIMEOUT NS_ERROR_NET_TIMEOUT_EXTERNAL netTimeout", &[Cause::NoAnswer, Cause::LargePackets]),
    plain(
        "NS_ERROR_NET_RESET NS_ERROR_NET_EMPTY_RESPONSE PR_CONNECT_RESET_ERROR PR_END_OF_FILE_ERROR netReset",
        &[Cause::NobodyBehind, Cause::LargePackets],
    )
    .hint(CUT_IN_HANDSHAKE),
    plain("NS_ERROR_NET_INTERRUPT NS_ERROR_NET_PARTIAL_TRANSFER netInterrupt", &[Cause::Cut]),
    plain("NS_ERROR_OFFLINE", &[Cause::Offline]),
    plain("captivePortal", &[Cause::LoginWall]).hint("This network wants a sign-in of its own first."),
    plain("vpnFailure", &[Cause::Proxy]).hint("The browser's own VPN does not let the connection through."),
    plain(
        "NS_ERROR_PROXY_CONNECTION_REFUSED NS_ERROR_UNKNOWN_PROXY_HOST NS_ERROR_PROXY_AUTHENTICATION_FAILED \
         NS_ERROR_PROXY_FORBIDDEN NS_ERROR_PROXY_UNAUTHORIZED NS_ERROR_PROXY_METHOD_NOT_ALLOWED \
         NS_ERROR_PROXY_NOT_FOUND NS_ERROR_PROXY_TOO_MANY_REQUESTS NS_ERROR_PROXY_BAD_GATEWAY \
         NS_ERROR_PROXY_GATEWAY_TIMEOUT proxyConnectFailure proxyResolveFailure",
        &[Cause::Proxy],
    ),
    // The browser itself.
    plain("NS_ERROR_PORT_ACCESS_NOT_ALLOWED deniedPortAccess", &[Cause::BrowserRefuses]),
    plain("NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED", &[Cause::LocalNetwork]),
    plain("NS_ERROR_CONTENT_BLOCKED", &[Cause::Csp, Cause::Blocked]),
    plain("NS_ERROR_TRACKING_URI NS_ERROR_BLOCKED_BY_POLICY blockedByPolicy", &[Cause::Blocked])
        .hint("Tracking protection, or a policy of whoever manages this browser."),
    plain("NS_ERROR_DOM_SECURITY_ERR", &[Cause::Mixed]),
    // What answered.
    plain(
        "NS_ERROR_NET_INADEQUATE_SECURITY NS_ERROR_NET_HTTP2_SENT_GOAWAY NS_ERROR_NET_HTTP3_PROTOCOL_ERROR \
         inadequateSecurityError networkProtocolError",
        &[Cause::NoUpgrade],
    )
    .hint("The proxy's HTTP/2 or HTTP/3 has a fault: have it use HTTP/1.1 for /api/v3/ws."),
    plain("NS_ERROR_REDIRECT_LOOP", &[Cause::LoginWall, Cause::Moved]),
    nothing("NS_BINDING_ABORTED", "The page itself ended this request, for example by being left. It is no fault."),
    nothing(
        "nssBadCert nssFailure2",
        "This names the page, not the reason. Press “Advanced” or “Learn more” there and paste the code in capitals.",
    ),
];
