//! Each kind of certificate as a client meets it that trusts the private authority: wrong in the way that it says, and in
//! no other.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::wildcard_enum_match_arm)]

mod client;

use client::*;
use serde_json::json;
use simulator::{CertificateKind, Simulator};
use x509_parser::prelude::{FromDer, X509Certificate};

async fn verdict(simulator: &Simulator, kind: CertificateKind, roots: &[Vec<u8>]) -> String {
    set(simulator, json!({"id": "certificate", "kind": kind.name()})).await;
    match tls_trusting(simulator, roots).await {
        Ok(_) => "trusted".to_owned(),
        error => format!("{:?}", tls_error(error)),
    }
}

#[tokio::test]
async fn a_client_that_trusts_the_authority_meets_nothing_but_the_fault() {
    let simulator = quiet().await;
    let roots = [simulator.authority_der()];
    for (kind, expected) in [
        (CertificateKind::PrivateCa, "trusted"),
        (CertificateKind::SelfSigned, "UnknownIssuer"),
        (CertificateKind::IncompleteChain, "UnknownIssuer"),
        (CertificateKind::ExpiredIntermediate, "Expired"),
        (CertificateKind::NameConstraints, "NameConstraintViolation"),
        (CertificateKind::NewAuthority, "BadSignature"),
        (CertificateKind::NotLoaded, "Expired"),
        (CertificateKind::ValidInTwoHours, "NotValidYet"),
        (CertificateKind::Avast, "UnknownIssuer"),
        (CertificateKind::Zscaler, "UnknownIssuer"),
        (CertificateKind::BrokenDer, "BadEncoding"),
    ] {
        let verdict = verdict(&simulator, kind, &roots).await;
        assert!(verdict.contains(expected), "{}: {verdict}", kind.name());
    }
}

fn with_leaf<T>(simulator: &Simulator, look: impl FnOnce(&X509Certificate<'_>) -> T) -> T {
    look(&X509Certificate::from_der(&simulator.certificate_der().unwrap()).unwrap().1)
}

#[tokio::test]
async fn what_only_browsers_refuse_is_in_the_certificate() {
    let simulator = quiet().await;
    let show = async |kind: CertificateKind| set(&simulator, json!({"id": "certificate", "kind": kind.name()})).await;
    show(CertificateKind::P521).await;
    with_leaf(&simulator, |leaf| {
        let curve = leaf.public_key().algorithm.parameters.as_ref().unwrap().as_oid().unwrap();
        assert_eq!(curve.to_id_string(), "1.3.132.0.35");
        assert_eq!(leaf.signature_algorithm.algorithm.to_id_string(), "1.2.840.10045.4.3.4");
        assert_eq!(leaf.signature_value.data.len(), leaf.signature_value.as_ref().len());
    });
    show(CertificateKind::Ed25519).await;
    with_leaf(&simulator, |leaf| assert_eq!(leaf.public_key().algorithm.algorithm.to_id_string(), "1.3.101.112"));
    show(CertificateKind::NoDigitalSignature).await;
    with_leaf(&simulator, |leaf| assert!(!leaf.key_usage().unwrap().unwrap().value.digital_signature()));
    show(CertificateKind::CaAsLeaf).await;
    with_leaf(&simulator, |leaf| assert!(leaf.is_ca() && leaf.subject_alternative_name().unwrap().is_some()));
    show(CertificateKind::CommonNameOnly).await;
    with_leaf(&simulator, |leaf| {
        assert_eq!(leaf.subject().to_string(), "CN=localhost");
        assert!(leaf.subject_alternative_name().unwrap().is_none());
    });
    show(CertificateKind::TenYears).await;
    with_leaf(&simulator, |leaf| assert!(leaf.validity().time_to_expiration().unwrap().whole_days() > 3_649));
    show(CertificateKind::NotLoaded).await;
    with_leaf(&simulator, |leaf| assert_eq!(leaf.issuer().to_string(), "C=US, O=Let's Encrypt, CN=R11"));
}

#[tokio::test]
async fn the_same_serial_comes_with_another_key() {
    let simulator = quiet().await;
    let mut seen = Vec::new();
    for _ in 0..2 {
        set(&simulator, json!({"id": "certificate", "kind": "same-serial"})).await;
        seen.push(with_leaf(&simulator, |leaf| {
            (leaf.issuer().to_string(), leaf.raw_serial_as_string(), leaf.public_key().raw.to_vec())
        }));
    }
    assert_eq!((&seen[0].0, &seen[0].1), (&seen[1].0, &seen[1].1));
    assert_ne!(seen[0].2, seen[1].2);
}

#[tokio::test]
async fn the_new_authority_has_the_name_of_the_old_one() {
    let (simulator, other) = (quiet().await, quiet().await);
    set(&simulator, json!({"id": "certificate", "kind": "new-authority"})).await;
    let old = simulator.authority_der();
    let name = X509Certificate::from_der(&old).unwrap().1.subject().to_string();
    with_leaf(&simulator, |leaf| assert_eq!(leaf.issuer().to_string(), name));
    let another = other.authority_der();
    assert_ne!(X509Certificate::from_der(&another).unwrap().1.subject().to_string(), name);
}
