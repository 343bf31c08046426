//! Rules of browsers for single certificates that the verifier does not check, or checks otherwise.

use connection::probe::TrustProblem;
use rustls::pki_types::CertificateDer;
use x509_parser::extensions::{ExtendedKeyUsage, ParsedExtension};

use super::certificate;

/// What speaks against the use of a certificate by a server. An authority that serves itself is no riddle: it is told as
/// self-signed.
pub(super) fn of_server(leaf: &CertificateDer<'_>, itself: bool) -> Vec<TrustProblem> {
    let Ok(leaf) = certificate::parse(leaf) else { return Vec::new() };
    let mut problems = Vec::new();
    if leaf.key_usage().ok().flatten().is_some_and(|usage| !usage.value.digital_signature()) {
        problems.push(TrustProblem::KeyUsage);
    }
    match leaf.extended_key_usage().ok().flatten().map(|usage| usage.value) {
        Some(usage) if !usage.server_auth && usage.any => problems.push(TrustProblem::WrongPurposeForFirefox),
        Some(usage) if !usage.server_auth && !is_step_up(usage) => problems.push(TrustProblem::WrongPurpose),
        Some(_) | None if leaf.is_ca() && !itself => problems.push(TrustProblem::WrongPurposeForFirefox),
        Some(_) | None => {}
    }
    problems
}

/// Netscape's server-gated cryptography, of the last century.
fn is_step_up(usage: &ExtendedKeyUsage<'_>) -> bool {
    usage.other.iter().any(|other| other.to_id_string() == "2.16.840.1.113730.4.1")
}

/// What speaks against the algorithm with which a certificate was signed.
pub(super) fn of_signature(der: &CertificateDer<'_>) -> Option<TrustProblem> {
    let certificate = certificate::parse(der).ok()?;
    let name = match certificate.signature_algorithm.algorithm.to_id_string().as_str() {
        // MD2, MD5 and SHA-1 with RSA, SHA-1 with ECDSA and with DSA.
        "1.2.840.113549.1.1.2"
        | "1.2.840.113549.1.1.4"
        | "1.2.840.113549.1.1.5"
        | "1.2.840.10045.4.1"
        | "1.2.840.10040.4.3" => {
            return Some(TrustProblem::WeakSignature);
        }
        "1.3.101.112" => "Ed25519",
        "1.3.101.113" => "Ed448",
        "1.2.840.10045.4.3.1" => "ECDSA and SHA-224",
        "1.2.840.113549.1.1.14" => "RSA and SHA-224",
        _ => return None,
    };
    // A certificate that signed itself is not believed for its signature.
    if certificate.subject() == certificate.issuer() {
        return None;
    }
    Some(other(&format!("it is signed with {name}, which browsers do not accept in certificates")))
}

/// What speaks against an issuer.
pub(super) fn of_issuer(der: &CertificateDer<'_>) -> Option<TrustProblem> {
    let usage = certificate::parse(der).ok()?.key_usage().ok().flatten().map(|usage| usage.value.key_cert_sign());
    (usage == Some(false)).then(|| other("it is signed by a certificate whose key usage does not allow that"))
}

/// Whether the purposes of an issuer leave room for servers, by Chromium's reading.
pub(super) fn serves(der: &CertificateDer<'_>) -> bool {
    let Ok(issuer) = certificate::parse(der) else { return false };
    issuer.extended_key_usage().ok().flatten().is_none_or(|usage| usage.value.server_auth || usage.value.any)
}

/// What speaks against the extensions of a certificate.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other extensions are judged elsewhere, or by nobody")]
pub(super) fn of_extensions(der: &CertificateDer<'_>) -> Option<TrustProblem> {
    let certificate = certificate::parse(der).ok()?;
    certificate.iter_extensions().find_map(|extension| match extension.parsed_extension() {
        ParsedExtension::AuthorityKeyIdentifier(_) | ParsedExtension::SubjectKeyIdentifier(_) if extension.critical => {
            Some(other("it marks a key identifier as critical"))
        }
        ParsedExtension::UnsupportedExtension { .. } if extension.critical => {
            Some(other("it holds a critical extension that browsers do not know"))
        }
        ParsedExtension::NameConstraints(constraints)
            if constraints.permitted_subtrees.as_ref().is_none_or(Vec::is_empty)
                && constraints.excluded_subtrees.as_ref().is_none_or(Vec::is_empty) =>
        {
            Some(other("its name constraints are empty"))
        }
        ParsedExtension::ParseError { .. } => Some(other("it holds an extension that cannot be read")),
        _ => None,
    })
}

fn other(text: &str) -> TrustProblem {
    TrustProblem::Other { text: text.to_owned() }
}
