//! Keys on the curve P-521, which DRP can be told to use and which neither ring nor rcgen can make: the certificate is
//! one of rcgen's with the key, the algorithm and the signature replaced.

use std::sync::Arc;

use p521::ecdsa::signature::Signer as _;
use p521::ecdsa::{Signature, SigningKey, VerifyingKey};
use p521::elliptic_curve::rand_core::OsRng;
use rustls::pki_types::CertificateDer;
use rustls::sign::{Signer, SigningKey as TlsKey};
use rustls::{SignatureAlgorithm, SignatureScheme};
use x509_cert::Certificate;
use x509_cert::der::asn1::{Any, BitString};
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::{self, Decode, Encode};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

/// id-ecPublicKey and secp521r1 (RFC 5480), ecdsa-with-SHA512 (RFC 5758).
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const SECP521R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
const ECDSA_WITH_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4");

/// A self-signed certificate with a new key, and otherwise with what is in this one.
pub(super) fn self_signed(
    template: &CertificateDer<'_>,
) -> Result<(CertificateDer<'static>, Arc<dyn TlsKey>), der::Error> {
    let key = SigningKey::random(&mut OsRng);
    let point = VerifyingKey::from(&key).to_encoded_point(false);
    let mut certificate = Certificate::from_der(template)?;
    let signature_algorithm = AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA512, parameters: None };
    certificate.tbs_certificate.subject_public_key_info = SubjectPublicKeyInfoOwned {
        algorithm: AlgorithmIdentifierOwned { oid: EC_PUBLIC_KEY, parameters: Some(Any::encode_from(&SECP521R1)?) },
        subject_public_key: BitString::from_bytes(point.as_bytes())?,
    };
    certificate.tbs_certificate.signature = signature_algorithm.clone();
    certificate.signature_algorithm = signature_algorithm;
    certificate.signature = BitString::from_bytes(&sign(&key, &certificate.tbs_certificate.to_der()?))?;
    Ok((CertificateDer::from(certificate.to_der()?), Arc::new(Key(Arc::new(key)))))
}

fn sign(key: &SigningKey, message: &[u8]) -> Vec<u8> {
    let signature: Signature = key.sign(message);
    signature.to_der().as_bytes().to_vec()
}

/// The key as rustls uses one.
struct Key(Arc<SigningKey>);

impl TlsKey for Key {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        let known = offered.contains(&SignatureScheme::ECDSA_NISTP521_SHA512);
        known.then(|| -> Box<dyn Signer> { Box::new(Self(Arc::clone(&self.0))) })
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ECDSA
    }
}

impl Signer for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        Ok(sign(&self.0, message))
    }

    fn scheme(&self) -> SignatureScheme {
        SignatureScheme::ECDSA_NISTP521_SHA512
    }
}

// The key is a secret, even here.
impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a P-521 key")
    }
}
