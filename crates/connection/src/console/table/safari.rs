//! The numbers of Apple's systems, which Safari prints, and every browser on iOS.

use super::Kind::{CfNetwork, NsUrl, OsStatus, Posix};
use super::{CLOCK, CUT_IN_HANDSHAKE, KEY_KIND, NO_ROUTE, Numbers, REWRITES, UNKNOWN_NAME, numbered};
use super::{nothing, offered, plain, refused};
use crate::cause::Cause;

/// A certificate that Safari's page accepts is still refused for a live connection.
const NOT_CARRIED: &str =
    "Safari gives this also for a certificate that was accepted on a page: it must be trusted in the keychain.";
const NO_ANSWER: &[Cause] = &[Cause::NoAnswer, Cause::LargePackets];

#[rustfmt::skip]
pub(super) static NUMBERS: &[Numbers] = &[
    numbered(OsStatus, &[-9800], refused("errSSLProtocol", &[Cause::PlainHttp, Cause::OtherProtocol])),
    numbered(OsStatus, &[-9801, -9818], refused("errSSLNegotiation errSSLBadCipherSuite", &[Cause::OldTls, Cause::CannotAccept]).hint(KEY_KIND)),
    numbered(OsStatus, &[-9802], refused("errSSLFatalAlert", &[Cause::TlsFailed])),
    numbered(OsStatus, &[-9805, -9806, -9816], refused("errSSLClosedGraceful errSSLClosedAbort errSSLClosedNoNotify", &[Cause::NobodyBehind, Cause::ClientCertificate]).hint(CUT_IN_HANDSHAKE)),
    numbered(OsStatus, &[-9807], offered("errSSLXCertChainInvalid", &[Cause::UnknownCa, Cause::SelfSigned, Cause::WrongName]).hint(NOT_CARRIED)),
    numbered(OsStatus, &[-9808], refused("errSSLBadCert", &[Cause::BadCertificate])),
    numbered(OsStatus, &[-9812, -9813], offered("errSSLUnknownRootCert errSSLNoRootCert", &[Cause::UnknownCa, Cause::ChainIncomplete]).hint(NOT_CARRIED)),
    numbered(OsStatus, &[-9814], offered("errSSLCertExpired", &[Cause::Expired, Cause::YourClock]).hint(CLOCK)),
    numbered(OsStatus, &[-9815], offered("errSSLCertNotYetValid", &[Cause::NotYetValid, Cause::YourClock]).hint(CLOCK)),
    numbered(OsStatus, &[-9824], refused("errSSLPeerHandshakeFail", &[Cause::OldTls, Cause::CannotAccept]).hint(KEY_KIND)),
    numbered(OsStatus, &[-9825, -9826, -9827, -9828, -9829], refused("errSSLPeerBadCert errSSLPeerUnsupportedCert errSSLPeerCertRevoked errSSLPeerCertExpired errSSLPeerCertUnknown", &[Cause::ClientCertificate])),
    numbered(OsStatus, &[-9830], refused("errSSLIllegalParam", &[Cause::CannotAccept, Cause::TlsFailed]).hint(KEY_KIND)),
    numbered(OsStatus, &[-9831, -9832], refused("errSSLPeerUnknownCA errSSLPeerAccessDenied", &[Cause::ClientCertificate])),
    numbered(OsStatus, &[-9836], refused("errSSLPeerProtocolVersion", &[Cause::OldTls])),
    numbered(OsStatus, &[-9838], refused("errSSLPeerInternalError", &[Cause::TlsFailed]).hint("The endpoint itself reports a fault in its TLS: its log says more.")),
    numbered(OsStatus, &[-9842, -9863], refused("errSSLClientCertRequested errSSLCertificateRequired", &[Cause::ClientCertificate])),
    numbered(OsStatus, &[-9843], offered("errSSLHostNameMismatch", &[Cause::WrongName])),
    numbered(OsStatus, &[-9844], plain("errSSLConnectionRefused", &[Cause::Down])),
    numbered(OsStatus, &[-9852], plain("errSSLTransportReset", &[Cause::NobodyBehind, Cause::LargePackets]).hint(CUT_IN_HANDSHAKE)),
    numbered(OsStatus, &[-9853], plain("errSSLNetworkTimeout", NO_ANSWER)),
    numbered(OsStatus, &[-9845, -9846, -9847, -9848, -9849], refused("errSSLDecryptionFail errSSLBadRecordMac errSSLRecordOverflow errSSLBadConfiguration errSSLUnexpectedRecord", &[Cause::TlsFailed, Cause::OtherProtocol]).hint(REWRITES)),
    numbered(OsStatus, &[-9850], refused("errSSLWeakPeerEphemeralDHKey", &[Cause::OldTls])),
    numbered(OsStatus, &[-9858, -9859, -9860, -9861], refused("errSSLHandshakeFail errSSLDecodeError errSSLInappropriateFallback errSSLMissingExtension", &[Cause::TlsFailed])),
    numbered(OsStatus, &[-9865], refused("errSSLUnrecognizedName", &[Cause::WrongSite]).hint(UNKNOWN_NAME)),
    numbered(OsStatus, &[-9880, -9881, -9882, -9883, -9884, -9885, -9886], refused("errSSLATS*", &[Cause::CannotAccept]).hint("Apple's rules for apps: TLS 1.2, a key of 2,048 bits, SHA-256, and an authority that the system trusts.")),
    numbered(OsStatus, &[-67602], offered("errSecHostNameMismatch", &[Cause::WrongName])),
    numbered(OsStatus, &[-67609], refused("errSecInvalidExtendedKeyUsage", &[Cause::BadCertificate]).hint("Its extendedKeyUsage must name serverAuth.")),
    numbered(OsStatus, &[-67818], offered("errSecCertificateExpired", &[Cause::Expired, Cause::YourClock]).hint(CLOCK)),
    numbered(OsStatus, &[-67819], offered("errSecCertificateNotValidYet", &[Cause::NotYetValid, Cause::YourClock]).hint(CLOCK)),
    numbered(OsStatus, &[-67820], refused("errSecCertificateRevoked", &[Cause::CannotAccept]).hint("Its issuer has revoked it. A new one is needed.")),
    numbered(OsStatus, &[-67843], offered("errSecNotTrusted", &[Cause::UnknownCa, Cause::SelfSigned]).hint(NOT_CARRIED)),
    numbered(OsStatus, &[-67880], refused("errSecMissingRequiredExtension", &[Cause::BadCertificate])),
    numbered(OsStatus, &[-67900], refused("errSecCertificateNameNotAllowed", &[Cause::BadCertificate]).hint("The authority may not certify this name: its own certificate restricts it to others.")),
    numbered(OsStatus, &[-67901], refused("errSecCertificateValidityPeriodTooLong", &[Cause::CannotAccept]).hint("Apple takes certificates for 825 days at most: make one for 397 days.")),
    numbered(OsStatus, &[-67902], refused("errSecCertificateIsCA", &[Cause::CannotAccept]).hint("It is marked as an authority. Make one with CA:FALSE.")),

    numbered(NsUrl, &[-1001], plain("NSURLErrorTimedOut kCFURLErrorTimedOut", NO_ANSWER)),
    numbered(NsUrl, &[-1003, -1006], plain("NSURLErrorCannotFindHost NSURLErrorDNSLookupFailed kCFURLErrorCannotFindHost kCFURLErrorDNSLookupFailed", &[Cause::NoName])),
    numbered(NsUrl, &[-1004], plain("NSURLErrorCannotConnectToHost kCFURLErrorCannotConnectToHost", &[Cause::Down, Cause::LocalNetwork]).hint(NO_ROUTE)),
    numbered(NsUrl, &[-1005], plain("NSURLErrorNetworkConnectionLost kCFURLErrorNetworkConnectionLost", &[Cause::Cut])),
    numbered(NsUrl, &[-1009, -1020], plain("NSURLErrorNotConnectedToInternet NSURLErrorDataNotAllowed kCFURLErrorNotConnectedToInternet kCFURLErrorDataNotAllowed", &[Cause::Offline, Cause::LocalNetwork]).hint("On iOS the browser also needs “Local Network” in Settings, Privacy & Security.")),
    numbered(NsUrl, &[-1011, -1017], plain("NSURLErrorBadServerResponse NSURLErrorCannotParseResponse kCFURLErrorBadServerResponse kCFURLErrorCannotParseResponse", &[Cause::NoUpgrade, Cause::OtherProtocol, Cause::SignIn])),
    numbered(NsUrl, &[-1022], plain("NSURLErrorAppTransportSecurityRequiresSecureConnection kCFURLErrorAppTransportSecurityRequiresSecureConnection", &[Cause::Mixed])),
    numbered(NsUrl, &[-1200], refused("NSURLErrorSecureConnectionFailed kCFURLErrorSecureConnectionFailed", &[Cause::TlsFailed])),
    numbered(NsUrl, &[-1201], offered("NSURLErrorServerCertificateHasBadDate kCFURLErrorServerCertificateHasBadDate", &[Cause::Expired, Cause::NotYetValid, Cause::YourClock]).hint(CLOCK)),
    numbered(NsUrl, &[-1204], offered("NSURLErrorServerCertificateNotYetValid kCFURLErrorServerCertificateNotYetValid", &[Cause::NotYetValid, Cause::YourClock]).hint(CLOCK)),
    numbered(NsUrl, &[-1202, -1203], offered("NSURLErrorServerCertificateUntrusted NSURLErrorServerCertificateHasUnknownRoot kCFURLErrorServerCertificateUntrusted kCFURLErrorServerCertificateHasUnknownRoot", &[Cause::UnknownCa, Cause::SelfSigned, Cause::WrongName]).hint(NOT_CARRIED)),
    numbered(NsUrl, &[-1205, -1206], refused("NSURLErrorClientCertificateRejected NSURLErrorClientCertificateRequired kCFURLErrorClientCertificateRejected kCFURLErrorClientCertificateRequired", &[Cause::ClientCertificate])),
    numbered(NsUrl, &[-999], nothing("NSURLErrorCancelled kCFURLErrorCancelled", "The page itself ended this request, for example by being left. It is no fault.")),

    numbered(CfNetwork, &[1, 2], plain("kCFHostErrorHostNotFound kCFHostErrorUnknown", &[Cause::NoName])),
    numbered(CfNetwork, &[302], plain("kCFErrorHTTPConnectionLost", &[Cause::Cut])),
    numbered(CfNetwork, &[303], plain("kCFErrorHTTPParseFailure", &[Cause::OtherProtocol, Cause::NoUpgrade])),
    numbered(CfNetwork, &[304], plain("kCFErrorHTTPRedirectionLoopDetected", &[Cause::LoginWall, Cause::Moved])),
    numbered(CfNetwork, &[306, 307, 308, 309, 310], plain("kCFErrorHTTPProxyConnectionFailure kCFErrorHTTPBadProxyCredentials kCFErrorPACFileError kCFErrorPACFileAuth kCFErrorHTTPSProxyConnectionFailure", &[Cause::Proxy])),

    numbered(Posix, &[50, 51, 64, 65], plain("ENETDOWN ENETUNREACH EHOSTDOWN EHOSTUNREACH", &[Cause::Down, Cause::LocalNetwork]).hint(NO_ROUTE)),
    numbered(Posix, &[53, 54, 57], plain("ECONNABORTED ECONNRESET ENOTCONN", &[Cause::Cut]).hint("Also after the device was locked or slept. The portal reconnects on its own.")),
    numbered(Posix, &[60], plain("ETIMEDOUT", NO_ANSWER)),
    numbered(Posix, &[61], plain("ECONNREFUSED", &[Cause::Down])),
    numbered(Posix, &[100], plain("EPROTO", &[Cause::Violation])),
];
