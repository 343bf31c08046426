//! Who signed a certificate: the signature over it, checked with a key.
//!
//! Beside what TLS needs this knows two kinds that browsers accept within a chain: P-521, and RSA keys of 1,024 bits.

use std::sync::LazyLock;

use p521::ecdsa::signature::hazmat::PrehashVerifier;
use ring::digest::{SHA512, digest};
use ring::signature::{self as ring_signature, UnparsedPublicKey, VerificationAlgorithm};
use rustls::pki_types::{AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id};
use x509_parser::asn1_rs::{Any, FromDer};

/// What a signature turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signature {
    /// The key made it.
    Verified,
    /// The key did not make it.
    Refuted,
    /// Of a kind that nothing here can check.
    Unchecked,
}

/// Everything that can be checked within a chain.
pub(super) fn algorithms() -> &'static [&'static dyn SignatureVerificationAlgorithm] {
    static ALL: LazyLock<Vec<&'static dyn SignatureVerificationAlgorithm>> = LazyLock::new(|| {
        let of_tls = rustls::crypto::ring::default_provider().signature_verification_algorithms.all;
        let replaced = |known: &&&'static dyn SignatureVerificationAlgorithm| {
            !SHORT_RSA.iter().any(|short| short.signature_alg_id == known.signature_alg_id())
        };
        let mut all: Vec<_> = of_tls.iter().filter(replaced).copied().collect();
        all.extend(SHORT_RSA.iter().map(|short| short as &'static dyn SignatureVerificationAlgorithm));
        all.push(&P521);
        all
    });
    &ALL
}

/// Whether the owner of a key signed a certificate. The key is the content of a `SubjectPublicKeyInfo`.
pub(super) fn check(certificate: &[u8], key: &[u8]) -> Signature {
    let (Some(signed), Some(key)) = (Signed::read(certificate), Key::read(key)) else { return Signature::Unchecked };
    let mut fitting = algorithms().iter().filter(|algorithm| {
        algorithm.signature_alg_id().as_ref() == signed.algorithm
            && algorithm.public_key_alg_id().as_ref() == key.algorithm
    });
    let Some(algorithm) = fitting.next() else { return Signature::Unchecked };
    match algorithm.verify_signature(key.bits, signed.content, signed.signature) {
        Ok(()) => Signature::Verified,
        Err(InvalidSignature) => Signature::Refuted,
    }
}

struct Signed<'a> {
    content: &'a [u8],
    algorithm: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Signed<'a> {
    fn read(certificate: &'a [u8]) -> Option<Self> {
        let (_, outer) = Any::from_der(certificate).ok()?;
        let (rest, _) = Any::from_der(outer.data).ok()?;
        let content = outer.data.get(..outer.data.len().checked_sub(rest.len())?)?;
        let (rest, algorithm) = Any::from_der(rest).ok()?;
        let (_, signature) = Any::from_der(rest).ok()?;
        Some(Self { content, algorithm: algorithm.data, signature: bits(signature.data)? })
    }
}

struct Key<'a> {
    algorithm: &'a [u8],
    bits: &'a [u8],
}

impl<'a> Key<'a> {
    fn read(info: &'a [u8]) -> Option<Self> {
        let (rest, algorithm) = Any::from_der(info).ok()?;
        let (_, key) = Any::from_der(rest).ok()?;
        Some(Self { algorithm: algorithm.data, bits: bits(key.data)? })
    }
}

/// The content of a bit string of whole bytes: its first byte counts the unused bits.
fn bits(content: &[u8]) -> Option<&[u8]> {
    content.split_first().filter(|(unused, _)| **unused == 0).map(|(_, bits)| bits)
}

#[derive(Debug)]
struct ShortRsa {
    signature_alg_id: AlgorithmIdentifier,
    algorithm: &'static (dyn VerificationAlgorithm + Sync),
}

static SHORT_RSA: [ShortRsa; 3] = [
    ShortRsa {
        signature_alg_id: alg_id::RSA_PKCS1_SHA256,
        algorithm: &ring_signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
    },
    ShortRsa {
        signature_alg_id: alg_id::RSA_PKCS1_SHA512,
        algorithm: &ring_signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
    },
    // sha1WithRSAEncryption: that a browser refuses it is told; who signed is still worth knowing.
    ShortRsa {
        signature_alg_id: AlgorithmIdentifier::from_slice(&[
            0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x05, 0x05, 0x00,
        ]),
        algorithm: &ring_signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
    },
];

impl SignatureVerificationAlgorithm for ShortRsa {
    fn verify_signature(&self, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        UnparsedPublicKey::new(self.algorithm, key).verify(message, signature).map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::RSA_ENCRYPTION
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature_alg_id
    }
}

/// ECDSA with P-521 and SHA-512.
#[derive(Debug)]
struct P521;

impl SignatureVerificationAlgorithm for P521 {
    fn verify_signature(&self, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let key = p521::ecdsa::VerifyingKey::from_sec1_bytes(key).map_err(|_| InvalidSignature)?;
        let signature = p521::ecdsa::Signature::from_der(signature).map_err(|_| InvalidSignature)?;
        key.verify_prehash(digest(&SHA512, message).as_ref(), &signature).map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_P521
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_SHA512
    }
}
