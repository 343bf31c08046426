//! What the server holds against certificates that endpoints really send.

use std::time::SystemTime;

use connection::probe::{NAMES_LIMIT, TEXT_LIMIT, Tls, TlsFailure, TrustProblem};
use rcgen::{DnType, SanType};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::support::endpoint::{DAY, DRP, Identity, answer, tls};
use crate::support::folder::Folder;
use crate::support::{Megaphone, look_at};

async fn serve(identity: Identity) -> u16 {
    tls(identity, |stream| answer(stream, DRP, DRP)).await
}

async fn seen(identity: Identity) -> Tls {
    let probe = look_at(&format!("https://localhost:{}", serve(identity).await)).await;
    assert_eq!(probe.http.passed().unwrap().status, 401, "the handshake is carried through");
    probe.tls.passed().unwrap().clone()
}

#[tokio::test]
async fn the_default_certificate_of_drp() {
    let tls = seen(Identity::self_signed(|_| ())).await;
    assert_eq!(tls.protocol, "TLSv1.3");
    assert_eq!(tls.problems, [TrustProblem::SelfSigned]);
    assert_eq!((tls.chain[0].subject.as_str(), tls.chain[0].self_signed), ("O=Acme Co", true));
    assert_eq!(tls.chain[0].names, ["localhost", "127.0.0.1"]);
    assert_eq!(tls.chain[0].fingerprint.split(':').count(), 32);
}

#[tokio::test]
async fn expired_for_another_name_and_self_signed_all_at_once() {
    let tls = seen(Identity::self_signed(|params| {
        params.not_before = (SystemTime::now() - 9 * DAY).into();
        params.not_after = (SystemTime::now() - 2 * DAY).into();
        params.subject_alt_names = vec![SanType::DnsName("drp.example".try_into().unwrap())];
    }))
    .await;
    assert_eq!(tls.problems, [TrustProblem::Expired, TrustProblem::WrongName, TrustProblem::SelfSigned]);
}

#[tokio::test]
async fn not_yet_valid() {
    let tls = seen(Identity::self_signed(|params| params.not_before = (SystemTime::now() + DAY).into())).await;
    assert_eq!(tls.problems, [TrustProblem::NotYetValid, TrustProblem::SelfSigned]);
}

#[tokio::test]
async fn a_private_authority_is_unknown_unless_the_operator_added_it() {
    let (identity, authority) = Identity::issued(|_| ());
    let endpoint = format!("https://localhost:{}", serve(identity).await);
    let tls = look_at(&endpoint).await.tls.passed().unwrap().clone();
    assert_eq!(tls.problems, [TrustProblem::UnknownIssuer]);
    assert!(tls.chain[0].issuer.contains("CN=Lab CA"), "{}", tls.chain[0].issuer);

    let folder = Folder::new();
    let der = CertificateDer::from_pem_slice(authority.as_bytes()).unwrap();
    for file in [folder.write("lab-ca.pem", authority.as_bytes()), folder.write("lab-ca.der", &der)] {
        let megaphone = Megaphone::start_with(&[&endpoint], &["--trust-ca", file.to_str().unwrap()]).await;
        assert_eq!(megaphone.diagnosis(&endpoint).await.tls.passed().unwrap().problems, []);
    }
}

#[tokio::test]
async fn an_address_is_a_name_too() {
    let port = serve(Identity::self_signed(|_| ())).await;
    let by_address = look_at(&format!("https://127.0.0.1:{port}")).await;
    assert_eq!(by_address.tls.passed().unwrap().problems, [TrustProblem::SelfSigned]);
    let port = serve(Identity::self_signed(|params| {
        params.subject_alt_names.pop();
    }))
    .await;
    let by_address = look_at(&format!("https://127.0.0.1:{port}")).await;
    assert_eq!(by_address.tls.passed().unwrap().problems, [TrustProblem::WrongName, TrustProblem::SelfSigned]);
}

#[tokio::test]
async fn thousands_of_names_are_counted_and_cut() {
    let many = |number: u32| {
        Identity::self_signed(move |params| {
            params.subject_alt_names =
                (0..number).map(|n| SanType::DnsName(format!("host-{n}.example").try_into().unwrap())).collect();
        })
    };
    let tls = seen(many(2_000)).await;
    assert_eq!((tls.chain[0].names.len(), tls.chain[0].names_total), (NAMES_LIMIT, 2_000));

    let port = serve(many(10_000)).await;
    let probe = look_at(&format!("https://localhost:{port}")).await;
    assert!(matches!(probe.tls.failed(), Some(TlsFailure::Malformed { .. })), "{:?}", probe.tls);
}

#[tokio::test]
async fn bytes_that_are_no_certificate() {
    for bytes in [vec![0x30; 5_000], vec![0], b"-----BEGIN CERTIFICATE-----".to_vec()] {
        let tls = seen(Identity::bytes(bytes)).await;
        assert!(matches!(tls.problems[..], [TrustProblem::Malformed { .. }]), "{:?}", tls.problems);
        assert_eq!(tls.chain, []);
    }
}

#[tokio::test]
async fn names_of_markup_and_steering_characters_are_text() {
    let tls = seen(Identity::self_signed(|params| {
        params.distinguished_name.push(DnType::CommonName, format!("<b>\u{202e}\r\nx{}", "y".repeat(500)));
    }))
    .await;
    let subject = &tls.chain[0].subject;
    assert!(subject.starts_with("CN=\\<b\\>\u{fffd}\u{fffd}\u{fffd}x"), "{subject}");
    assert_eq!(subject.chars().count(), TEXT_LIMIT);
}
