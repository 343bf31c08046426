//! Whom this server trusts: what its operator's browsers do, as far as it can know.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fmt, fs};

use rustls::RootCertStore;
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::{certificate, distinguished_name};

/// The authorities that this server trusts: Mozilla's, and those its operator added.
pub(crate) struct Trust {
    roots: RootCertStore,
    added: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl Trust {
    /// Mozilla's authorities and every certificate of these files.
    ///
    /// # Errors
    /// When a file cannot be read, holds no certificate, or one that can be no authority.
    pub(crate) fn with(files: &[PathBuf]) -> Result<Self, TrustFileError> {
        let mut trust = Self {
            roots: webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect(),
            added: Vec::new(),
            provider: Arc::new(rustls::crypto::ring::default_provider()),
        };
        for file in files {
            certificates(file)
                .and_then(|authorities| authorities.into_iter().try_for_each(|authority| trust.add(authority)))
                .map_err(|error| TrustFileError { file: file.clone(), error })?;
        }
        Ok(trust)
    }

    /// Trusts one more certificate: as an authority, and as that of an endpoint itself.
    pub(super) fn add(&mut self, certificate: CertificateDer<'static>) -> Result<(), String> {
        self.roots
            .add(certificate.clone())
            .map_err(|_| "it holds bytes that are no certificate of an authority".to_owned())?;
        self.added.push(certificate);
        Ok(())
    }

    pub(super) fn roots(&self) -> &RootCertStore {
        &self.roots
    }

    /// The certificate with this subject and key that the operator added. Of the public authorities only names and keys
    /// are known; their dates are looked after by those who list them.
    pub(super) fn added(&self, subject: &[u8], key: &[u8]) -> Option<&CertificateDer<'static>> {
        self.added.iter().find(|added| {
            certificate::parse(added).is_ok_and(|added| {
                certificate::content(added.subject().as_raw()) == subject && certificate::key_info(&added) == key
            })
        })
    }

    /// Whether an authority of this organisation is trusted.
    pub(super) fn knows_organisation(&self, organisation: &str) -> bool {
        self.roots
            .roots
            .iter()
            .any(|anchor| distinguished_name::holds_organisation(anchor.subject.as_ref(), organisation))
    }

    /// Whether the operator added this very certificate.
    pub(super) fn names(&self, certificate: &CertificateDer<'_>) -> bool {
        self.added.contains(certificate)
    }

    pub(super) fn provider(&self) -> &Arc<CryptoProvider> {
        &self.provider
    }

    pub(super) fn algorithms(&self) -> WebPkiSupportedAlgorithms {
        self.provider.signature_verification_algorithms
    }
}

/// The certificates of a PEM file, or the one that is a DER file: browsers and operating systems export both.
fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    // DER begins with the tag of a sequence, which no text does.
    if bytes.first() == Some(&0x30) {
        return Ok(vec![CertificateDer::from(bytes)]);
    }
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(&bytes).collect::<Result<_, _>>().map_err(|_| {
        "its PEM is broken: each “BEGIN CERTIFICATE” needs Base64 below it and an “END CERTIFICATE”".to_owned()
    })?;
    if certificates.is_empty() {
        return Err("it holds no certificate; expected PEM with “BEGIN CERTIFICATE”, or DER".to_owned());
    }
    Ok(certificates)
}

/// Why a file of authorities is of no use.
#[derive(Debug)]
pub struct TrustFileError {
    file: PathBuf,
    error: String,
}

impl fmt::Display for TrustFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot take the authorities in {} (--trust-ca): {}", self.file.display(), self.error)
    }
}

impl std::error::Error for TrustFileError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_holds_no_certificate_is_refused() {
        let error = Trust::with(&[PathBuf::from("Cargo.toml")]).err().unwrap().to_string();
        assert!(error.contains("Cargo.toml") && error.contains("BEGIN CERTIFICATE"), "{error}");
        let error = Trust::with(&[PathBuf::from("no such file")]).err().unwrap().to_string();
        assert!(error.contains("no such file"), "{error}");
        let file = std::env::temp_dir().join(format!("megaphone-truncated-{}.pem", std::process::id()));
        for (text, said) in [
            ("-----BEGIN CERTIFICATE-----\nMIIB\n", "needs Base64 below it and an “END CERTIFICATE”"),
            ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "no certificate of an authority"),
            ("\x30\x03", "no certificate of an authority"),
        ] {
            fs::write(&file, text).unwrap();
            let error = Trust::with(std::slice::from_ref(&file)).err().unwrap().to_string();
            assert!(error.contains(said), "{text:?}: {error}");
        }
        fs::remove_file(file).unwrap();
    }
}
