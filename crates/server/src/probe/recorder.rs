//! A verifier that refuses nothing and remembers everything, so that a handshake is carried through whatever the
//! certificate is worth. Nothing secret is ever sent over such a connection, and no certificate of a client either: being
//! asked for one is remembered, too.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use connection::probe::TrustProblem;
use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{DigitallySignedStruct, Error, SignatureScheme};

use super::limits;
use super::problems::problem;

/// The signatures that Chromium offers to verify, in its order: P-256, P-384 and RSA, no P-521 and no Ed25519.
const CHROMIUM: [SignatureScheme; 8] = [
    SignatureScheme::ECDSA_NISTP256_SHA256,
    SignatureScheme::RSA_PSS_SHA256,
    SignatureScheme::RSA_PKCS1_SHA256,
    SignatureScheme::ECDSA_NISTP384_SHA384,
    SignatureScheme::RSA_PSS_SHA384,
    SignatureScheme::RSA_PKCS1_SHA384,
    SignatureScheme::RSA_PSS_SHA512,
    SignatureScheme::RSA_PKCS1_SHA512,
];

/// What else an endpoint may be able to sign with. These are not verified, only named.
const UNUSUAL: [SignatureScheme; 4] = [
    SignatureScheme::ECDSA_NISTP521_SHA512,
    SignatureScheme::ED25519,
    SignatureScheme::ED448,
    SignatureScheme::RSA_PKCS1_SHA1,
];

/// Remembers the chain of one handshake, and whether the endpoint proved that it holds the key.
#[derive(Debug)]
pub(super) struct Recorder {
    algorithms: WebPkiSupportedAlgorithms,
    wide: bool,
    seen: Mutex<Seen>,
}

/// What came by.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// The chain as sent, the endpoint's own certificate first, at most [`limits::CHAIN`] certificates.
    pub(super) chain: Vec<CertificateDer<'static>>,
    /// What speaks against the signature over the handshake.
    pub(super) signature: Option<TrustProblem>,
    /// Whether a certificate of the client was asked for.
    pub(super) asks_for_certificate: bool,
}

impl Recorder {
    /// One that offers Chromium's signatures, or a `wide` list that holds unusual ones, too.
    pub(super) fn new(algorithms: WebPkiSupportedAlgorithms, wide: bool) -> Self {
        Self { algorithms, wide, seen: Mutex::default() }
    }

    /// What came by so far.
    pub(super) fn seen(&self) -> Seen {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(
        &self,
        scheme: SignatureScheme,
        verdict: Result<HandshakeSignatureValid, Error>,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(verdict.unwrap_or_else(|error| {
            if !UNUSUAL.contains(&scheme) {
                self.lock().signature = Some(problem(&error));
            }
            HandshakeSignatureValid::assertion()
        }))
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = std::iter::once(end_entity).chain(intermediates).take(limits::CHAIN);
        self.lock().chain = chain.map(|certificate| certificate.clone().into_owned()).collect();
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.note(dss.scheme, verify_tls12_signature(message, cert, dss, &self.algorithms))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.note(dss.scheme, verify_tls13_signature(message, cert, dss, &self.algorithms))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        CHROMIUM.into_iter().chain(UNUSUAL.into_iter().filter(|_| self.wide)).collect()
    }
}

impl ResolvesClientCert for Recorder {
    fn resolve(&self, _issuers: &[&[u8]], _schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.lock().asks_for_certificate = true;
        None
    }

    fn has_certs(&self) -> bool {
        false
    }
}
