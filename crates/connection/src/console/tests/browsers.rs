//! Every code of each browser, with the causes that it stands for and whether the browser's page offers a way on.

use super::Bypass::{self, NotAsked, Offered, Refused};
use super::{Decoded, decode, meaning};
use crate::console::table;

#[rustfmt::skip]
const CHROMIUM: &[(&str, Bypass, &str)] = &[
    ("self-signed unknown-ca chain-incomplete intercepted", Offered, "ERR_CERT_AUTHORITY_INVALID"),
    ("wrong-name wrong-site", Offered, "ERR_CERT_COMMON_NAME_INVALID"),
    ("expired not-yet-valid your-clock", Offered, "ERR_CERT_DATE_INVALID"),
    ("bad-certificate", Offered, "ERR_CERT_WEAK_SIGNATURE_ALGORITHM ERR_CERT_WEAK_KEY ERR_CERT_NAME_CONSTRAINT_VIOLATION ERR_CERT_VALIDITY_TOO_LONG ERR_CERTIFICATE_TRANSPARENCY_REQUIRED"),
    ("bad-certificate", Refused, "ERR_CERT_INVALID ERR_CERT_CONTAINS_ERRORS ERR_SSL_SERVER_CERT_BAD_FORMAT"),
    ("cannot-accept", Refused, "ERR_CERT_REVOKED ERR_SSL_KEY_USAGE_INCOMPATIBLE ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN"),
    ("wrong-name", Offered, "ERR_CERT_NON_UNIQUE_NAME"),
    ("untrusted", Offered, "ERR_CERT_NO_REVOCATION_MECHANISM ERR_CERT_UNABLE_TO_CHECK_REVOCATION"),
    ("intercepted", Refused, "ERR_CERT_KNOWN_INTERCEPTION_BLOCKED"),
    ("self-signed", Offered, "ERR_CERT_SELF_SIGNED_LOCAL_NETWORK"),
    ("unknown-ca", Offered, "ERR_CERT_SYMANTEC_LEGACY"),
    ("plain-http other-protocol", Refused, "ERR_SSL_PROTOCOL_ERROR"),
    ("old-tls cannot-accept", Refused, "ERR_SSL_VERSION_OR_CIPHER_MISMATCH"),
    ("old-tls", Refused, "ERR_SSL_OBSOLETE_CIPHER ERR_SSL_OBSOLETE_VERSION"),
    ("wrong-site", Refused, "ERR_SSL_UNRECOGNIZED_NAME_ALERT ERR_ECH_NOT_NEGOTIATED ERR_ECH_FALLBACK_CERTIFICATE_INVALID ERR_DNS_NO_MATCHING_SUPPORTED_ALPN"),
    ("client-cert", Refused, "ERR_SSL_CLIENT_AUTH_CERT_NEEDED ERR_BAD_SSL_CLIENT_AUTH_CERT ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED ERR_SSL_CLIENT_AUTH_CERT_NO_PRIVATE_KEY ERR_SSL_CLIENT_AUTH_PRIVATE_KEY_ACCESS_DENIED ERR_SSL_CLIENT_AUTH_NO_COMMON_ALGORITHMS"),
    ("tls-failed", Refused, "ERR_SSL_SERVER_CERT_CHANGED ERR_SSL_BAD_RECORD_MAC_ALERT ERR_SSL_DECRYPT_ERROR_ALERT ERR_TLS13_DOWNGRADE_DETECTED ERR_ALPN_NEGOTIATION_FAILED"),
    ("down", NotAsked, "ERR_CONNECTION_REFUSED"),
    ("nobody-behind large-packets", NotAsked, "ERR_CONNECTION_RESET ERR_CONNECTION_CLOSED ERR_EMPTY_RESPONSE"),
    ("no-answer large-packets", NotAsked, "ERR_CONNECTION_TIMED_OUT ERR_TIMED_OUT"),
    ("cut", NotAsked, "ERR_CONNECTION_ABORTED ERR_NETWORK_CHANGED ERR_NETWORK_IO_SUSPENDED"),
    ("down local-network", NotAsked, "ERR_ADDRESS_UNREACHABLE"),
    ("blocked", NotAsked, "ERR_NETWORK_ACCESS_DENIED ERR_BLOCKED_BY_CLIENT ERR_BLOCKED_BY_ADMINISTRATOR"),
    ("offline", NotAsked, "ERR_INTERNET_DISCONNECTED"),
    ("no-name", NotAsked, "ERR_NAME_NOT_RESOLVED ERR_DNS_SECURE_RESOLVER_HOSTNAME_RESOLUTION_FAILED ERR_DNS_NAME_HTTPS_ONLY ERR_ICANN_NAME_COLLISION"),
    ("proxy", NotAsked, "ERR_TUNNEL_CONNECTION_FAILED ERR_PROXY_CONNECTION_FAILED ERR_PROXY_AUTH_UNSUPPORTED ERR_PROXY_AUTH_REQUESTED ERR_PROXY_CERTIFICATE_INVALID ERR_MANDATORY_PROXY_CONFIGURATION_FAILED ERR_PAC_SCRIPT_FAILED ERR_SOCKS_CONNECTION_FAILED"),
    ("csp", NotAsked, "ERR_BLOCKED_BY_CSP"),
    ("local-network", NotAsked, "ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS ERR_CACHED_IP_ADDRESS_SPACE_BLOCKED_BY_LOCAL_NETWORK_ACCESS_POLICY ERR_INCONSISTENT_IP_ADDRESS_SPACE"),
    ("", NotAsked, "ERR_BLOCKED_BY_RESPONSE ERR_BLOCKED_BY_ORB ERR_QUIC_PROTOCOL_ERROR ERR_QUIC_HANDSHAKE_FAILED ERR_DISALLOWED_URL_SCHEME ERR_INVALID_URL"),
    ("browser-refuses", NotAsked, "ERR_UNSAFE_PORT"),
    ("too-many-sockets", NotAsked, "ERR_INSUFFICIENT_RESOURCES ERR_WS_THROTTLE_QUEUE_TOO_LARGE"),
    ("other-protocol no-upgrade", NotAsked, "ERR_INVALID_HTTP_RESPONSE ERR_INVALID_RESPONSE"),
    ("no-upgrade", NotAsked, "ERR_RESPONSE_HEADERS_TOO_BIG ERR_RESPONSE_HEADERS_TRUNCATED ERR_HTTP2_PROTOCOL_ERROR ERR_HTTP2_SERVER_REFUSED_STREAM ERR_HTTP_1_1_REQUIRED ERR_HTTP2_PING_FAILED ERR_WS_UPGRADE"),
    ("violation", NotAsked, "ERR_WS_PROTOCOL_ERROR"),
    ("login-wall moved", NotAsked, "ERR_TOO_MANY_REDIRECTS ERR_UNSAFE_REDIRECT ERR_INVALID_REDIRECT"),
];

#[rustfmt::skip]
const FIREFOX: &[(&str, Bypass, &str)] = &[
    ("unknown-ca chain-incomplete intercepted", Offered, "SEC_ERROR_UNKNOWN_ISSUER"),
    ("self-signed", Offered, "MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY"),
    ("intercepted", Offered, "MOZILLA_PKIX_ERROR_MITM_DETECTED"),
    ("bad-certificate", Offered, "MOZILLA_PKIX_ERROR_V1_CERT_USED_AS_CA SEC_ERROR_CA_CERT_INVALID MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE MOZILLA_PKIX_ERROR_EMPTY_ISSUER_NAME MOZILLA_PKIX_ERROR_ADDITIONAL_POLICY_CONSTRAINT_FAILED SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED"),
    ("expired not-loaded your-clock", Offered, "SEC_ERROR_EXPIRED_CERTIFICATE SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE"),
    ("not-yet-valid your-clock", Offered, "MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE MOZILLA_PKIX_ERROR_NOT_YET_VALID_ISSUER_CERTIFICATE SEC_ERROR_INVALID_TIME"),
    ("wrong-name wrong-site", Offered, "SSL_ERROR_BAD_CERT_DOMAIN"),
    ("unknown-ca", Offered, "SEC_ERROR_UNTRUSTED_ISSUER"),
    ("stale-ca", Refused, "SEC_ERROR_BAD_SIGNATURE"),
    ("bad-certificate", Refused, "SEC_ERROR_BAD_DER MOZILLA_PKIX_ERROR_INVALID_INTEGER_ENCODING SEC_ERROR_EXTENSION_VALUE_INVALID SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION SEC_ERROR_INADEQUATE_KEY_USAGE SEC_ERROR_INADEQUATE_CERT_TYPE SEC_ERROR_CERT_NOT_IN_NAME_SPACE SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID"),
    ("cannot-accept", Refused, "SEC_ERROR_REUSED_ISSUER_AND_SERIAL SEC_ERROR_INVALID_KEY SEC_ERROR_UNSUPPORTED_KEYALG SEC_ERROR_UNSUPPORTED_ELLIPTIC_CURVE SEC_ERROR_UNSUPPORTED_EC_POINT_FORM SEC_ERROR_REVOKED_CERTIFICATE SEC_ERROR_UNTRUSTED_CERT MOZILLA_PKIX_ERROR_KEY_PINNING_FAILURE MOZILLA_PKIX_ERROR_SIGNATURE_ALGORITHM_MISMATCH MOZILLA_PKIX_ERROR_INSUFFICIENT_CERTIFICATE_TRANSPARENCY MOZILLA_PKIX_ERROR_ISSUER_NO_LONGER_TRUSTED SEC_ERROR_OCSP_UNKNOWN_CERT SEC_ERROR_OCSP_TRY_SERVER_LATER MOZILLA_PKIX_ERROR_REQUIRED_TLS_FEATURE_MISSING"),
    ("your-clock cannot-accept", Refused, "SEC_ERROR_OCSP_OLD_RESPONSE SEC_ERROR_OCSP_FUTURE_RESPONSE"),
    ("plain-http other-protocol", Refused, "SSL_ERROR_RX_RECORD_TOO_LONG"),
    ("old-tls", Refused, "SSL_ERROR_UNSUPPORTED_VERSION SSL_ERROR_PROTOCOL_VERSION_ALERT SSL_ERROR_SSL_DISABLED"),
    ("old-tls cannot-accept", Refused, "SSL_ERROR_NO_CYPHER_OVERLAP SSL_ERROR_NO_CIPHERS_SUPPORTED"),
    ("client-cert", Refused, "SSL_ERROR_BAD_CERT_ALERT SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT SSL_ERROR_UNKNOWN_CA_ALERT SSL_ERROR_EXPIRED_CERT_ALERT SSL_ERROR_REVOKED_CERT_ALERT SSL_ERROR_ACCESS_DENIED_ALERT SSL_ERROR_NO_CERTIFICATE SSL_ERROR_BAD_CLIENT SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT"),
    ("client-cert old-tls", Refused, "SSL_ERROR_HANDSHAKE_FAILURE_ALERT"),
    ("wrong-site", Refused, "SSL_ERROR_UNRECOGNIZED_NAME_ALERT"),
    ("cannot-accept old-tls", Refused, "SSL_ERROR_UNSUPPORTED_SIGNATURE_ALGORITHM SSL_ERROR_NO_SUPPORTED_SIGNATURE_ALGORITHM SSL_ERROR_WEAK_SERVER_CERT_KEY SSL_ERROR_WEAK_SERVER_EPHEMERAL_DH_KEY"),
    ("tls-failed", Refused, "SSL_ERROR_NEXT_PROTOCOL_NO_PROTOCOL SSL_ERROR_RX_MALFORMED_HANDSHAKE SSL_ERROR_RX_UNEXPECTED_ALERT SSL_ERROR_BAD_MAC_READ SSL_ERROR_ILLEGAL_PARAMETER_ALERT SSL_ERROR_DECODE_ERROR_ALERT SSL_ERROR_INTERNAL_ERROR_ALERT"),
    ("down", NotAsked, "NS_ERROR_CONNECTION_REFUSED"),
    ("unreachable-or-untrusted", NotAsked, "NS_ERROR_WEBSOCKET_CONNECTION_REFUSED connectionFailure"),
    ("no-name", NotAsked, "NS_ERROR_UNKNOWN_HOST NS_ERROR_DNS_LOOKUP_QUEUE_FULL dnsNotFound"),
    ("no-answer large-packets", NotAsked, "NS_ERROR_NET_TIMEOUT NS_ERROR_NET_TIMEOUT_EXTERNAL netTimeout"),
    ("nobody-behind large-packets", NotAsked, "NS_ERROR_NET_RESET NS_ERROR_NET_EMPTY_RESPONSE netReset"),
    ("cut", NotAsked, "NS_ERROR_NET_INTERRUPT NS_ERROR_NET_PARTIAL_TRANSFER netInterrupt"),
    ("offline", NotAsked, "NS_ERROR_OFFLINE"),
    ("browser-refuses", NotAsked, "NS_ERROR_PORT_ACCESS_NOT_ALLOWED deniedPortAccess"),
    ("proxy", NotAsked, "NS_ERROR_PROXY_CONNECTION_REFUSED NS_ERROR_UNKNOWN_PROXY_HOST NS_ERROR_PROXY_AUTHENTICATION_FAILED NS_ERROR_PROXY_FORBIDDEN NS_ERROR_PROXY_UNAUTHORIZED NS_ERROR_PROXY_METHOD_NOT_ALLOWED NS_ERROR_PROXY_NOT_FOUND NS_ERROR_PROXY_TOO_MANY_REQUESTS NS_ERROR_PROXY_BAD_GATEWAY NS_ERROR_PROXY_GATEWAY_TIMEOUT proxyConnectFailure proxyResolveFailure vpnFailure"),
    ("local-network", NotAsked, "NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED"),
    ("csp blocked", NotAsked, "NS_ERROR_CONTENT_BLOCKED"),
    ("blocked", NotAsked, "NS_ERROR_TRACKING_URI NS_ERROR_BLOCKED_BY_POLICY blockedByPolicy"),
    ("mixed", NotAsked, "NS_ERROR_DOM_SECURITY_ERR"),
    ("no-upgrade", NotAsked, "NS_ERROR_NET_INADEQUATE_SECURITY NS_ERROR_NET_HTTP2_SENT_GOAWAY NS_ERROR_NET_HTTP3_PROTOCOL_ERROR inadequateSecurityError networkProtocolError"),
    ("login-wall moved", NotAsked, "NS_ERROR_REDIRECT_LOOP"),
    ("login-wall", NotAsked, "captivePortal"),
    ("", NotAsked, "NS_BINDING_ABORTED nssFailure2 nssBadCert"),
];

#[rustfmt::skip]
const SAFARI: &[(&str, &str, &[i32])] = &[
    ("OSStatus Error", "plain-http other-protocol", &[-9800]),
    ("OSStatus Error", "old-tls cannot-accept", &[-9801, -9818, -9824]),
    ("OSStatus Error", "tls-failed", &[-9802, -9838, -9858, -9859, -9860, -9861]),
    ("OSStatus Error", "nobody-behind client-cert", &[-9805, -9806, -9816]),
    ("OSStatus Error", "unknown-ca self-signed wrong-name", &[-9807]),
    ("OSStatus Error", "bad-certificate", &[-9808, -67609, -67880, -67900]),
    ("OSStatus Error", "unknown-ca chain-incomplete", &[-9812, -9813]),
    ("OSStatus Error", "expired your-clock", &[-9814, -67818]),
    ("OSStatus Error", "not-yet-valid your-clock", &[-9815, -67819]),
    ("OSStatus Error", "client-cert", &[-9825, -9826, -9827, -9828, -9829, -9831, -9832, -9842, -9863]),
    ("OSStatus Error", "cannot-accept tls-failed", &[-9830]),
    ("OSStatus Error", "old-tls", &[-9836, -9850]),
    ("OSStatus Error", "wrong-name", &[-9843, -67602]),
    ("OSStatus Error", "down", &[-9844]),
    ("OSStatus Error", "nobody-behind large-packets", &[-9852]),
    ("OSStatus Error", "no-answer large-packets", &[-9853]),
    ("OSStatus Error", "tls-failed other-protocol", &[-9845, -9846, -9847, -9848, -9849]),
    ("OSStatus Error", "wrong-site", &[-9865]),
    ("OSStatus Error", "cannot-accept", &[-9880, -9881, -9882, -9883, -9884, -9885, -9886, -67820, -67901, -67902]),
    ("OSStatus Error", "unknown-ca self-signed", &[-67843]),
    ("NSURLErrorDomain error", "no-answer large-packets", &[-1001]),
    ("NSURLErrorDomain error", "no-name", &[-1003, -1006]),
    ("NSURLErrorDomain error", "down local-network", &[-1004]),
    ("NSURLErrorDomain error", "cut", &[-1005]),
    ("NSURLErrorDomain error", "offline local-network", &[-1009, -1020]),
    ("NSURLErrorDomain error", "no-upgrade other-protocol sign-in", &[-1011, -1017]),
    ("NSURLErrorDomain error", "mixed", &[-1022]),
    ("NSURLErrorDomain error", "tls-failed", &[-1200]),
    ("NSURLErrorDomain error", "expired not-yet-valid your-clock", &[-1201]),
    ("NSURLErrorDomain error", "not-yet-valid your-clock", &[-1204]),
    ("NSURLErrorDomain error", "unknown-ca self-signed wrong-name", &[-1202, -1203]),
    ("NSURLErrorDomain error", "client-cert", &[-1205, -1206]),
    ("kCFErrorDomainCFNetwork error", "no-name", &[1, 2]),
    ("kCFErrorDomainCFNetwork error", "cut", &[302]),
    ("kCFErrorDomainCFNetwork error", "other-protocol no-upgrade", &[303]),
    ("kCFErrorDomainCFNetwork error", "login-wall moved", &[304]),
    ("kCFErrorDomainCFNetwork error", "proxy", &[306, 307, 308, 309, 310]),
    ("NSPOSIXErrorDomain error", "down local-network", &[50, 51, 64, 65]),
    ("NSPOSIXErrorDomain error", "cut", &[53, 54, 57]),
    ("NSPOSIXErrorDomain error", "no-answer large-packets", &[60]),
    ("NSPOSIXErrorDomain error", "down", &[61]),
    ("NSPOSIXErrorDomain error", "violation", &[100]),
];

#[test]
fn every_code_of_chromium_and_firefox_stands_for_its_causes() {
    for (causes, bypass, codes) in CHROMIUM.iter().chain(FIREFOX) {
        for code in codes.split_whitespace() {
            let line = format!("WebSocket connection to 'wss://drp:8092/api/v3/ws' failed: net::{code}");
            let Decoded::Known(found) = decode(&line) else { panic!("{code} is not known") };
            assert_eq!(meaning(&line), *causes, "{code}");
            assert_eq!((found.bypass, found.sign.as_str()), (*bypass, code));
            assert_eq!(meaning(&code.to_lowercase()), *causes, "{code} in lower case");
        }
    }
}

#[test]
fn every_number_of_safari_stands_for_its_causes_where_its_kind_is_named() {
    for (kind, causes, numbers) in SAFARI {
        for number in *numbers {
            let line = format!("WebSocket network error: The operation couldn’t be completed. ({kind} {number}.)");
            assert_eq!(meaning(&line), *causes, "{kind} {number}");
            // A longer number is another one.
            assert!(meaning(&format!("({kind} {number}999.)")).starts_with("unknown "), "{kind} {number}999");
            // A negative number is Apple's also by itself; a small one could be anything.
            assert_eq!(meaning(&number.to_string()), if *number < 0 { causes } else { "nothing" }, "{number}");
        }
    }
}

#[test]
fn every_row_of_the_table_is_reached_and_every_code_is_in_one_row_alone() {
    let rows = || table::codes().chain(table::numbers().map(|numbers| &numbers.row));
    for row in rows() {
        for sign in row.signs.split_whitespace() {
            let Decoded::Known(found) = decode(&sign.replace('*', "X")) else { panic!("{sign}") };
            assert!(core::ptr::eq(found.causes, row.causes) || found.causes == row.causes, "{sign}");
            assert_eq!(rows().filter(|row| row.signs.split_whitespace().any(|it| it == sign)).count(), 1, "{sign}");
        }
    }
    for row in table::sentences() {
        for sign in row.signs.split('|') {
            let Decoded::Known(found) = decode(sign) else { panic!("{sign}") };
            assert_eq!((found.causes, found.sign.as_str()), (row.causes, sign), "{sign} stands behind a broader one");
        }
    }
    for numbers in table::numbers() {
        for number in numbers.numbers {
            let same = table::numbers().filter(|it| it.kind == numbers.kind && it.numbers.contains(number));
            assert_eq!(same.count(), 1, "{:?} {number}", numbers.kind);
        }
    }
}
