//! What errors of TLS and of certificates mean, in words for people rather than in those of a library.

use rustls::{AlertDescription, Error, InvalidMessage};

/// Why a handshake failed that ended neither by an alert nor with the connection.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enums are open, and the last arm is true of all the rest")]
pub(super) fn tls_error(error: &Error) -> &'static str {
    match error {
        Error::InvalidMessage(
            InvalidMessage::HandshakePayloadTooLarge
            | InvalidMessage::MessageTooLarge
            | InvalidMessage::CertificatePayloadTooLarge,
        )
        | Error::PeerSentOversizedRecord => TOO_LARGE,
        Error::InvalidMessage(_) => "a message of it cannot be read",
        Error::InappropriateMessage { .. } | Error::InappropriateHandshakeMessage { .. } => {
            "a message came out of turn"
        }
        Error::PeerIncompatible(_) => "the endpoint and browsers have no TLS parameters in common",
        Error::PeerMisbehaved(_) => "the endpoint does what the protocol forbids",
        Error::DecryptError => "a record cannot be decrypted, as if something had changed it on its way",
        Error::NoApplicationProtocol => "the endpoint does not speak HTTP/1.1 over TLS (ALPN)",
        _ => "it cannot go on",
    }
}

/// What a message is that does not fit into the buffer for one.
pub(super) const TOO_LARGE: &str = "a message of it is larger than browsers accept";

/// Whether an alert says that a certificate of the client was wanted; none is ever sent.
pub(super) fn wants_certificate(alert: AlertDescription) -> bool {
    matches!(alert, AlertDescription::CertificateRequired | AlertDescription::BadCertificate)
}

/// Which rule a certificate breaks.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is open, and the last arm is true of all the rest")]
pub(super) fn certificate_error(error: &webpki::Error) -> &'static str {
    use webpki::Error as E;
    match error {
        E::BadDer | E::BadDerTime | E::TrailingData(_) => "its encoding is broken",
        E::CaUsedAsEndEntity => "it is an authority's own certificate",
        E::EndEntityUsedAsCa => "it is signed by a certificate that is no authority",
        E::PathLenConstraintViolated => "its chain has more authorities than one of them allows",
        E::MaximumPathDepthExceeded | E::MaximumPathBuildCallsExceeded | E::MaximumSignatureChecksExceeded => {
            "its chain is too long"
        }
        E::EmptyEkuExtension => "its list of purposes is empty",
        E::ExtensionValueInvalid | E::MalformedExtensions => "it holds an extension that cannot be read",
        E::InvalidCertValidity => "it ends before it begins",
        E::InvalidSerialNumber => "its serial number breaks the rules",
        E::MalformedDnsIdentifier | E::UnsupportedNameType => "it holds a name that cannot be read",
        E::InvalidNetworkMaskConstraint | E::MalformedNameConstraint | E::MaximumNameConstraintComparisonsExceeded => {
            "its name constraints cannot be read"
        }
        E::SignatureAlgorithmMismatch => "it names two different algorithms for its signature",
        E::UnsupportedCertVersion => "it is no certificate of version 3",
        E::UnsupportedCriticalExtension => "it holds a critical extension that browsers do not know",
        _ => "it breaks a rule for certificates",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reads_the_words_of_a_library() {
        for error in [webpki::Error::BadDer, webpki::Error::CaUsedAsEndEntity, webpki::Error::InvalidCertValidity] {
            let said = certificate_error(&error);
            assert!(said.starts_with("it") && !said.contains(&error.to_string()), "{said}");
        }
        for error in [Error::DecryptError, Error::PeerSentOversizedRecord, Error::BadMaxFragmentSize] {
            let said = tls_error(&error);
            assert!(said.contains(' ') && !said.contains(&error.to_string()), "{said}");
        }
    }
}
