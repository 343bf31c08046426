//! What Chromium would say of a chain: it shows the gravest of its complaints and keeps the others to itself.

use super::{Tls, TrustProblem};

/// The shortest RSA key that Chromium accepts under an authority that is not public, in bits.
const SHORTEST_RSA: u32 = 1_024;

/// Chromium's complaints, the gravest first. Those of the handshake come before any look at the chain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Complaint {
    Malformed,
    KeyUsage,
    KeyKind,
    Invalid,
    Authority,
    Name,
    WeakKey,
    Date,
}

impl Complaint {
    fn token(self) -> &'static str {
        match self {
            Self::Malformed => "ERR_SSL_PROTOCOL_ERROR",
            Self::KeyUsage => "ERR_SSL_KEY_USAGE_INCOMPATIBLE",
            Self::KeyKind => "ERR_SSL_VERSION_OR_CIPHER_MISMATCH",
            Self::Invalid => "ERR_CERT_INVALID",
            Self::Authority => "ERR_CERT_AUTHORITY_INVALID",
            Self::Name => "ERR_CERT_COMMON_NAME_INVALID",
            Self::WeakKey => "ERR_CERT_WEAK_KEY",
            Self::Date => "ERR_CERT_DATE_INVALID",
        }
    }
}

impl Tls {
    /// The code on Chromium's error page for this chain, such as `ERR_CERT_DATE_INVALID`; none where it opens the page.
    /// It is true for a Chromium that trusts the same authorities as the server that looked.
    pub fn chromium_error(&self) -> Option<&'static str> {
        let complaints = self.problems.iter().filter_map(|problem| self.complaint(problem));
        let gravest = complaints.min()?;
        // Without an authority at its end Chromium does not look at the rules of the chain.
        let unanchored = self.problems.iter().any(is_unanchored);
        Some(if gravest == Complaint::Invalid && unanchored { Complaint::Authority.token() } else { gravest.token() })
    }

    fn complaint(&self, problem: &TrustProblem) -> Option<Complaint> {
        match problem {
            TrustProblem::KeyUsage => Some(Complaint::KeyUsage),
            TrustProblem::KeyKind { .. } => Some(Complaint::KeyKind),
            TrustProblem::Malformed { .. } => Some(Complaint::Malformed),
            TrustProblem::WrongPurpose
            | TrustProblem::NameConstraint
            | TrustProblem::WeakSignature
            | TrustProblem::Other { .. } => Some(Complaint::Invalid),
            TrustProblem::SelfSigned
            | TrustProblem::UnknownIssuer
            | TrustProblem::ChainIncomplete
            | TrustProblem::OtherIssuerKey
            | TrustProblem::BadSignature => Some(Complaint::Authority),
            TrustProblem::WrongName | TrustProblem::NoNames => Some(Complaint::Name),
            TrustProblem::WeakKey => {
                self.shortest_rsa().filter(|bits| *bits < SHORTEST_RSA).map(|_| Complaint::WeakKey)
            }
            TrustProblem::Expired
            | TrustProblem::NotYetValid
            | TrustProblem::IssuerExpired { .. }
            | TrustProblem::IssuerNotYetValid { .. } => Some(Complaint::Date),
            TrustProblem::WrongPurposeForFirefox => None,
        }
    }

    fn shortest_rsa(&self) -> Option<u32> {
        self.chain.iter().filter_map(|certificate| certificate.key.strip_prefix("RSA ")?.parse().ok()).min()
    }
}

fn is_unanchored(problem: &TrustProblem) -> bool {
    matches!(
        problem,
        TrustProblem::SelfSigned
            | TrustProblem::UnknownIssuer
            | TrustProblem::ChainIncomplete
            | TrustProblem::OtherIssuerKey
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::Certificate;

    fn error(problems: &[TrustProblem]) -> Option<&'static str> {
        Tls { problems: problems.to_vec(), ..Tls::default() }.chromium_error()
    }

    #[test]
    fn the_gravest_complaint_is_shown() {
        assert_eq!(error(&[]), None);
        assert_eq!(error(&[TrustProblem::Expired]), Some("ERR_CERT_DATE_INVALID"));
        assert_eq!(error(&[TrustProblem::Expired, TrustProblem::WrongName]), Some("ERR_CERT_COMMON_NAME_INVALID"));
        assert_eq!(error(&[TrustProblem::Expired, TrustProblem::SelfSigned]), Some("ERR_CERT_AUTHORITY_INVALID"));
        assert_eq!(error(&[TrustProblem::KeyUsage, TrustProblem::SelfSigned]), Some("ERR_SSL_KEY_USAGE_INCOMPATIBLE"));
    }

    #[test]
    fn the_rules_of_a_chain_count_only_below_an_authority() {
        assert_eq!(error(&[TrustProblem::WrongPurpose]), Some("ERR_CERT_INVALID"));
        assert_eq!(error(&[TrustProblem::SelfSigned, TrustProblem::WrongPurpose]), Some("ERR_CERT_AUTHORITY_INVALID"));
    }

    #[test]
    fn what_only_firefox_refuses_is_no_error_of_chromium() {
        assert_eq!(error(&[TrustProblem::WrongPurposeForFirefox]), None);
        let with = |key: &str| Tls {
            chain: vec![Certificate { key: key.to_owned(), ..Certificate::default() }],
            problems: vec![TrustProblem::WeakKey],
            ..Tls::default()
        };
        assert_eq!(with("RSA 1024").chromium_error(), None);
        assert_eq!(with("RSA 768").chromium_error(), Some("ERR_CERT_WEAK_KEY"));
    }
}
