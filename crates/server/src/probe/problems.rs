//! What a browser would hold against a certificate chain.
//!
//! Dates, names, keys and issuers are asked one by one, because a verifier stops at its first complaint and a person
//! wants to renew a certificate once, not once for each complaint.

use std::collections::BTreeSet;
use std::time::Duration;

use connection::probe::{Certificate, TrustProblem};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error};

use super::path::{self, End, Path};
use super::trust::Trust;
use super::words::certificate_error;
use super::{certificate, key, limits, rules};

/// Everything that speaks against a chain for a host at a time. The endpoint's own certificate comes first in it.
pub(super) fn problems(
    trust: &Trust,
    chain: &[CertificateDer<'static>],
    host: &ServerName<'_>,
    now: UnixTime,
) -> BTreeSet<TrustProblem> {
    let Some((leaf, sent)) = chain.split_first() else {
        return [malformed("the endpoint sent no certificate")].into();
    };
    let facts = match certificate::read(leaf) {
        Ok(facts) => facts,
        Err(text) => return [TrustProblem::Malformed { text }].into(),
    };
    let sent = sent.get(..sent.len().min(limits::CHAIN)).unwrap_or(sent);
    let seconds = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    let path = path::find(trust, leaf, sent, seconds);
    let issuers: Vec<Certificate> = path.issuers.iter().filter_map(|der| certificate::read(der).ok()).collect();
    let named_by_operator = trust.names(leaf);

    let mut problems = BTreeSet::new();
    problems.extend(own_dates(&facts, seconds));
    problems.extend(issuers.iter().filter_map(|issuer| issuer_dates(issuer, seconds)));
    if !key::is_of_browsers(&facts.key) {
        problems.insert(TrustProblem::KeyKind { firefox: key::is_of_firefox(&facts.key) });
    }
    if std::iter::once(&facts).chain(&issuers).any(|certificate| key::is_weak(&certificate.key)) {
        problems.insert(TrustProblem::WeakKey);
    }
    problems.extend(rules::of_server(leaf, named_by_operator || facts.self_signed));
    let signed = path.issuers.iter().copied().filter(|issuer| !trust.names(issuer));
    problems.extend(std::iter::once(leaf).chain(signed).flat_map(|der| rules::of_signature(der)));
    problems.extend(name(leaf, &facts, host));
    match path.end {
        End::Anchored => {
            problems.extend(std::iter::once(leaf).chain(path.issuers.iter().copied()).flat_map(rules::of_extensions));
            problems.extend(path.issuers.iter().copied().filter_map(rules::of_issuer));
            let judged =
                if named_by_operator { None } else { verified(trust, leaf, &facts, &path, &issuers, sent, now) };
            problems.extend(judged.filter(|problem| !is_told(problem, &problems)));
        }
        End::SelfSigned => drop(problems.insert(TrustProblem::SelfSigned)),
        End::OtherKey => drop(problems.insert(TrustProblem::OtherIssuerKey)),
        End::Incomplete => drop(problems.insert(TrustProblem::ChainIncomplete)),
        End::Unknown => drop(problems.insert(TrustProblem::UnknownIssuer)),
    }
    problems
}

fn own_dates(facts: &Certificate, now: i64) -> Option<TrustProblem> {
    if now > facts.not_after {
        Some(TrustProblem::Expired)
    } else if now < facts.not_before {
        Some(TrustProblem::NotYetValid)
    } else {
        None
    }
}

fn issuer_dates(issuer: &Certificate, now: i64) -> Option<TrustProblem> {
    let subject = issuer.subject.clone();
    if now > issuer.not_after {
        Some(TrustProblem::IssuerExpired { subject, not_after: issuer.not_after })
    } else if now < issuer.not_before {
        Some(TrustProblem::IssuerNotYetValid { subject, not_before: issuer.not_before })
    } else {
        None
    }
}

fn name(leaf: &CertificateDer<'_>, facts: &Certificate, host: &ServerName<'_>) -> Option<TrustProblem> {
    if facts.names_total == 0 {
        return Some(TrustProblem::NoNames);
    }
    // What cannot be read for its names is told when the chain is verified.
    let parsed = ParsedCertificate::try_from(leaf).ok()?;
    verify_server_name(&parsed, host).err().map(|error| problem(&error))
}

/// What a verifier finds on the way up, beside dates: it is asked for a moment at which all of them hold, and not at all
/// if there never was one.
fn verified(
    trust: &Trust,
    leaf: &CertificateDer<'_>,
    facts: &Certificate,
    path: &Path<'_>,
    issuers: &[Certificate],
    sent: &[CertificateDer<'static>],
    now: UnixTime,
) -> Option<TrustProblem> {
    let parsed = match ParsedCertificate::try_from(leaf) {
        Ok(parsed) => parsed,
        Err(error) => return Some(problem(&error)).filter(|_| !is_limit_of_the_verifier(&error)),
    };
    let all = || std::iter::once(facts).chain(issuers);
    let from = all().map(|certificate| certificate.not_before).max()?;
    let to = all().map(|certificate| certificate.not_after).min()?;
    if from > to {
        return None;
    }
    let moment = now.as_secs().max(seconds(from)).min(seconds(to));
    // Only the way that was found: another one could fail for reasons that matter to nobody.
    let above: Vec<_> =
        if path.issuers.is_empty() { sent.to_vec() } else { path.issuers.iter().map(|der| (*der).clone()).collect() };
    let error = verify_server_cert_signed_by_trust_anchor(
        &parsed,
        trust.roots(),
        &above,
        UnixTime::since_unix_epoch(Duration::from_secs(moment)),
        super::signature::algorithms(),
    )
    .err()?;
    let problem = problem(&error);
    // Here the purpose `any` does for an issuer; Firefox sees it as the verifier does.
    if problem == TrustProblem::WrongPurpose && path.issuers.iter().all(|issuer| rules::serves(issuer)) {
        return Some(TrustProblem::WrongPurposeForFirefox);
    }
    Some(problem).filter(|_| !is_limit_of_the_verifier(&error))
}

/// Whether the verifier refuses what browsers accept: a chain of more than six issuers, and a certificate of version 1.
fn is_limit_of_the_verifier(error: &Error) -> bool {
    let Error::InvalidCertificate(CertificateError::Other(other)) = error else { return false };
    matches!(
        other.0.downcast_ref::<webpki::Error>(),
        Some(webpki::Error::MaximumPathDepthExceeded | webpki::Error::UnsupportedCertVersion)
    )
}

/// Whether something that is told already is what the verifier stumbled over.
fn is_told(problem: &TrustProblem, told: &BTreeSet<TrustProblem>) -> bool {
    let any = |test: fn(&TrustProblem) -> bool| told.iter().any(test);
    match problem {
        TrustProblem::BadSignature | TrustProblem::UnknownIssuer => {
            any(|told| matches!(told, TrustProblem::WeakSignature | TrustProblem::Other { .. }))
        }
        TrustProblem::WrongPurpose | TrustProblem::WrongPurposeForFirefox => {
            any(|told| matches!(told, TrustProblem::WrongPurpose | TrustProblem::WrongPurposeForFirefox))
        }
        TrustProblem::Other { .. } | TrustProblem::Malformed { .. } => {
            any(|told| matches!(told, TrustProblem::Other { .. } | TrustProblem::WrongPurposeForFirefox))
        }
        TrustProblem::KeyKind { .. }
        | TrustProblem::KeyUsage
        | TrustProblem::Expired
        | TrustProblem::NotYetValid
        | TrustProblem::WrongName
        | TrustProblem::NoNames
        | TrustProblem::SelfSigned
        | TrustProblem::ChainIncomplete
        | TrustProblem::OtherIssuerKey
        | TrustProblem::IssuerExpired { .. }
        | TrustProblem::IssuerNotYetValid { .. }
        | TrustProblem::NameConstraint
        | TrustProblem::WeakKey
        | TrustProblem::WeakSignature => false,
    }
}

/// What an error of the verifier says about the chain. Revocation is never asked for.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is open; what it gains is told in words of ours")]
pub(super) fn problem(error: &Error) -> TrustProblem {
    let Error::InvalidCertificate(error) = error else {
        return TrustProblem::Other { text: "it cannot be verified".to_owned() };
    };
    match error {
        CertificateError::BadEncoding => TrustProblem::Other { text: "its encoding breaks the rules".to_owned() },
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TrustProblem::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => TrustProblem::NotYetValid,
        CertificateError::UnknownIssuer => TrustProblem::UnknownIssuer,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => TrustProblem::WrongName,
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => TrustProblem::WrongPurpose,
        CertificateError::BadSignature
        | CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => TrustProblem::BadSignature,
        CertificateError::Other(other) => match other.0.downcast_ref::<webpki::Error>() {
            Some(webpki::Error::NameConstraintViolation) => TrustProblem::NameConstraint,
            Some(error) => TrustProblem::Other { text: certificate_error(error).to_owned() },
            None => TrustProblem::Other { text: "it breaks a rule for certificates".to_owned() },
        },
        CertificateError::UnhandledCriticalExtension => {
            TrustProblem::Other { text: "it holds a critical extension that browsers do not know".to_owned() }
        }
        _ => TrustProblem::Other { text: "it breaks a rule for certificates".to_owned() },
    }
}

fn malformed(text: &str) -> TrustProblem {
    TrustProblem::Malformed { text: text.to_owned() }
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
        assert_eq!(against(&trusting(&[root]), &leaf, "drp.example"), [TrustProblem::WrongPurposeForFirefox]);
    }

    #[test]
    fn garbage_is_malformed() {
        let garbage = CertificateDer::from(vec![0x30; 400]);
        assert!(matches!(against(&trusting(&[]), &garbage, "drp.example")[..], [TrustProblem::Malformed { .. }]));
    }

    /// A root that is trusted, an intermediate of its own dates, and a certificate below that.
    fn below(from: u64, to: u64, leaf: CertificateParams) -> (Trust, Vec<CertificateDer<'static>>) {
        let authority = |name: &str, from, to| {
            let mut params = params(from, to);
            params.subject_alt_names.clear();
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            params.distinguished_name = rcgen::DistinguishedName::new();
            params.distinguished_name.push(rcgen::DnType::CommonName, name);
            params
        };
        let (root_key, key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        let root = authority("Root", NOW - 900 * DAY, NOW + 900 * DAY);
        let trust = trusting(&[root.self_signed(&root_key).unwrap().into()]);
        let intermediate = authority("Intermediate", from, to);
        let sent = intermediate.signed_by(&key, &Issuer::new(root, root_key)).unwrap();
        let leaf = leaf.signed_by(&KeyPair::generate().unwrap(), &Issuer::new(intermediate, key)).unwrap();
        (trust, vec![leaf.into(), sent.into()])
    }

    fn against_chain(trust: &Trust, chain: &[CertificateDer<'static>]) -> Vec<TrustProblem> {
        let host = ServerName::try_from("drp.example").unwrap();
        problems(trust, chain, &host, UnixTime::since_unix_epoch(Duration::from_secs(NOW))).into_iter().collect()
    }

    #[test]
    fn an_issuer_that_has_expired_is_told_with_its_own_name_and_date() {
        let (trust, chain) = below(NOW - 400 * DAY, NOW - 2 * DAY, valid());
        let not_after = i64::try_from(NOW - 2 * DAY).unwrap();
        let expected = [TrustProblem::IssuerExpired { subject: "CN=Intermediate".to_owned(), not_after }];
        assert_eq!(against_chain(&trust, &chain), expected);
        let (trust, chain) = below(NOW + 2 * DAY, NOW + 400 * DAY, valid());
        let not_before = i64::try_from(NOW + 2 * DAY).unwrap();
        let expected = [TrustProblem::IssuerNotYetValid { subject: "CN=Intermediate".to_owned(), not_before }];
        assert_eq!(against_chain(&trust, &chain), expected);
    }

    #[test]
    fn a_certificate_that_expired_before_its_issuer_was_renewed_has_expired_and_no_more() {
        let (trust, chain) = below(NOW - DAY, NOW + 400 * DAY, params(NOW - 60 * DAY, NOW - 3 * DAY));
        assert_eq!(against_chain(&trust, &chain), [TrustProblem::Expired]);
        let expected = [TrustProblem::Expired, TrustProblem::UnknownIssuer];
        assert_eq!(against_chain(&trusting(&[]), &chain), expected);
    }
}
