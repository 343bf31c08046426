//! What a browser would hold against a certificate chain.
//!
//! Dates, names and issuer are asked one by one, because a verifier stops at its first complaint and a person wants to
//! renew a certificate once, not once for each complaint.

use super::certificate;
use super::printable::printable;
use super::trust::Trust;
use connection::probe::TrustProblem;
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error};
use std::collections::BTreeSet;
use std::time::Duration;

/// Everything that speaks against a chain for a host at a time. The endpoint's own certificate comes first in it.
pub(super) fn problems(
    trust: &Trust,
    chain: &[CertificateDer<'_>],
    host: &ServerName<'_>,
    now: UnixTime,
) -> BTreeSet<TrustProblem> {
    let Some((leaf, intermediates)) = chain.split_first() else {
        return [TrustProblem::Malformed { text: "the endpoint sent no certificate".to_owned() }].into();
    };
    let facts = match certificate::read(leaf) {
        Ok(facts) => facts,
        Err(text) => return [TrustProblem::Malformed { text }].into(),
    };
    let parsed = match ParsedCertificate::try_from(leaf) {
        Ok(parsed) => parsed,
        Err(error) => return [problem(&error)].into(),
    };
    let (not_before, not_after) = (seconds(facts.not_before), seconds(facts.not_after));
    let mut problems = BTreeSet::new();
    if now.as_secs() > not_after {
        problems.insert(TrustProblem::Expired);
    }
    if now.as_secs() < not_before {
        problems.insert(TrustProblem::NotYetValid);
    }
    if let Err(error) = verify_server_name(&parsed, host) {
        problems.insert(problem(&error));
    }
    // At a moment when the certificate itself is valid, so that its dates do not hide what else is wrong.
    let moment = Duration::from_secs(now.as_secs().max(not_before).min(not_after));
    let issued = verify_server_cert_signed_by_trust_anchor(
        &parsed,
        trust.roots(),
        intermediates,
        UnixTime::since_unix_epoch(moment),
        trust.algorithms().all,
    );
    if let Err(error) = issued
        && !trust.names(leaf)
    {
        problems.insert(not_issued(&problem(&error), facts.self_signed, certificate::is_ca(leaf)));
    }
    problems
}

/// What it means that no authority stands behind a certificate, by what the verifier named first.
fn not_issued(named: &TrustProblem, self_signed: bool, is_ca: bool) -> TrustProblem {
    match named {
        TrustProblem::WrongPurpose => TrustProblem::WrongPurpose,
        _ if self_signed => TrustProblem::SelfSigned,
        // An authority that poses as a server is refused before anyone looks at who signed it.
        TrustProblem::Other { .. } if is_ca => TrustProblem::WrongPurpose,
        TrustProblem::Malformed { .. }
        | TrustProblem::KeyKind { .. }
        | TrustProblem::KeyUsage
        | TrustProblem::NoNames
        | TrustProblem::ChainIncomplete
        | TrustProblem::OtherIssuerKey
        | TrustProblem::IssuerExpired { .. }
        | TrustProblem::IssuerNotYetValid { .. }
        | TrustProblem::NameConstraint
        | TrustProblem::WeakKey
        | TrustProblem::WeakSignature
        | TrustProblem::Expired
        | TrustProblem::NotYetValid
        | TrustProblem::WrongName
        | TrustProblem::SelfSigned
        | TrustProblem::UnknownIssuer
        | TrustProblem::BadSignature
        | TrustProblem::Other { .. } => named.clone(),
    }
}

/// What an error of the verifier says about the chain. Revocation is never asked for.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is open; what it gains is told in the verifier's words")]
pub(super) fn problem(error: &Error) -> TrustProblem {
    let Error::InvalidCertificate(error) = error else {
        return TrustProblem::Other { text: printable(&error.to_string()) };
    };
    match error {
        CertificateError::BadEncoding => TrustProblem::Malformed { text: "the encoding is broken".to_owned() },
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TrustProblem::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => TrustProblem::NotYetValid,
        CertificateError::UnknownIssuer => TrustProblem::UnknownIssuer,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => TrustProblem::WrongName,
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => TrustProblem::WrongPurpose,
        CertificateError::BadSignature
        | CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => TrustProblem::BadSignature,
        other => TrustProblem::Other { text: printable(&other.to_string()) },
    }
}

/// Seconds since 1970; a certificate from before that counts from there.
fn seconds(timestamp: i64) -> u64 {
    u64::try_from(timestamp).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
    use std::slice::from_ref;

    const NOW: u64 = 1_800_000_000;
    const DAY: u64 = 86_400;

    fn params(from: u64, to: u64) -> CertificateParams {
        let mut params =
            CertificateParams::new(vec!["drp.example".into(), "*.lab.example".into(), "10.0.0.5".into()]).unwrap();
        params.not_before = (std::time::UNIX_EPOCH + Duration::from_secs(from)).into();
        params.not_after = (std::time::UNIX_EPOCH + Duration::from_secs(to)).into();
        params
    }

    fn valid() -> CertificateParams {
        params(NOW - DAY, NOW + DAY)
    }

    fn self_signed(params: CertificateParams) -> CertificateDer<'static> {
        params.self_signed(&KeyPair::generate().unwrap()).unwrap().into()
    }

    /// An authority of one's own, and a certificate that it signed.
    fn issued(params: CertificateParams) -> (CertificateDer<'static>, CertificateDer<'static>) {
        let mut ca = CertificateParams::new(vec![]).unwrap();
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        ca.distinguished_name.push(rcgen::DnType::CommonName, "Lab CA");
        let key = KeyPair::generate().unwrap();
        let root = ca.self_signed(&key).unwrap();
        let leaf = params.signed_by(&KeyPair::generate().unwrap(), &Issuer::new(ca, key)).unwrap();
        (root.into(), leaf.into())
    }

    fn trusting(added: &[CertificateDer<'static>]) -> Trust {
        let mut trust = Trust::with(&[]).unwrap();
        for certificate in added {
            trust.add(certificate.clone()).unwrap();
        }
        trust
    }

    fn against(trust: &Trust, leaf: &CertificateDer<'static>, host: &str) -> Vec<TrustProblem> {
        let host = ServerName::try_from(host.to_owned()).unwrap();
        let now = UnixTime::since_unix_epoch(Duration::from_secs(NOW));
        problems(trust, from_ref(leaf), &host, now).into_iter().collect()
    }

    #[test]
    fn every_complaint_is_told_at_once() {
        let leaf = self_signed(params(NOW - 2 * DAY, NOW - DAY));
        let expected = [TrustProblem::Expired, TrustProblem::WrongName, TrustProblem::SelfSigned];
        assert_eq!(against(&trusting(&[]), &leaf, "other.example"), expected);
    }

    #[test]
    fn a_certificate_of_tomorrow_is_not_yet_valid() {
        let leaf = self_signed(params(NOW + DAY, NOW + 2 * DAY));
        let expected = [TrustProblem::NotYetValid, TrustProblem::SelfSigned];
        assert_eq!(against(&trusting(&[]), &leaf, "drp.example"), expected);
    }

    #[test]
    fn the_last_second_of_validity_is_valid() {
        let leaf = self_signed(params(NOW - DAY, NOW));
        assert_eq!(against(&trusting(&[]), &leaf, "drp.example"), [TrustProblem::SelfSigned]);
    }

    #[test]
    fn a_private_authority_is_unknown_until_the_operator_adds_it() {
        let (root, leaf) = issued(valid());
        assert_eq!(against(&trusting(&[]), &leaf, "drp.example"), [TrustProblem::UnknownIssuer]);
        assert_eq!(against(&trusting(&[root]), &leaf, "drp.example"), []);
    }

    #[test]
    fn an_added_authority_does_not_excuse_dates_or_names() {
        let (root, leaf) = issued(params(NOW - 2 * DAY, NOW - DAY));
        let expected = [TrustProblem::Expired, TrustProblem::WrongName];
        assert_eq!(against(&trusting(&[root]), &leaf, "other.example"), expected);
    }

    #[test]
    fn a_self_signed_certificate_can_be_added_itself() {
        let mut ca = valid();
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        for leaf in [self_signed(valid()), self_signed(ca)] {
            assert_eq!(against(&trusting(&[]), &leaf, "drp.example"), [TrustProblem::SelfSigned]);
            assert_eq!(against(&trusting(from_ref(&leaf)), &leaf, "drp.example"), []);
        }
    }

    #[test]
    fn names_match_as_in_a_browser() {
        let leaf = self_signed(valid());
        let trust = trusting(from_ref(&leaf));
        for host in ["drp.example", "DRP.example", "a.lab.example", "10.0.0.5"] {
            assert_eq!(against(&trust, &leaf, host), [], "{host}");
        }
        for host in ["example", "lab.example", "a.b.lab.example", "10.0.0.6", "::1"] {
            assert_eq!(against(&trust, &leaf, host), [TrustProblem::WrongName], "{host}");
        }
    }

    #[test]
    fn a_certificate_for_other_purposes_is_told() {
        let mut client = valid();
        client.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let (root, leaf) = issued(client);
        assert_eq!(against(&trusting(&[root]), &leaf, "drp.example"), [TrustProblem::WrongPurpose]);
        let mut authority = valid();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let (root, leaf) = issued(authority);
        assert_eq!(against(&trusting(&[root]), &leaf, "drp.example"), [TrustProblem::WrongPurpose]);
    }

    #[test]
    fn garbage_is_malformed() {
        let garbage = CertificateDer::from(vec![0x30; 400]);
        assert!(matches!(against(&trusting(&[]), &garbage, "drp.example")[..], [TrustProblem::Malformed { .. }]));
    }
}
