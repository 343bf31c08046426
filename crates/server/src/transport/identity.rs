//! The server's own certificate, read again when its files change: certificates are renewed every few weeks, and a
//! restart would cost every page its connection.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio_rustls::TlsAcceptor;

use crate::metrics::Metrics;

/// How often the files are read and compared with what is in use.
pub(crate) const RELOAD_EVERY: Duration = Duration::from_secs(10);

/// The certificate and key in use, and the files that they came from.
#[derive(Debug)]
pub(crate) struct Identity {
    certificate_file: PathBuf,
    key_file: PathBuf,
    current: RwLock<Current>,
}

#[derive(Debug)]
struct Current {
    certificate_pem: Vec<u8>,
    key: Arc<CertifiedKey>,
    not_after: i64,
}

impl Identity {
    /// Reads a certificate chain and its private key.
    ///
    /// # Errors
    /// Names the file and says what is wrong with it.
    pub(crate) fn read(certificate_file: &Path, key_file: &Path) -> Result<Arc<Self>, IdentityError> {
        let current = RwLock::new(read(certificate_file, key_file)?);
        Ok(Arc::new(Self { certificate_file: certificate_file.to_owned(), key_file: key_file.to_owned(), current }))
    }

    /// Reads the files again if they changed. What is wrong is logged, and the certificate in use stays in use.
    pub(crate) fn reload(&self, metrics: &Metrics) {
        match read(&self.certificate_file, &self.key_file) {
            Ok(new) => {
                let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
                if new.certificate_pem != current.certificate_pem {
                    metrics.own_certificate(new.not_after);
                    tracing::info!(file = %self.certificate_file.display(), not_after = new.not_after, "reloaded the certificate");
                    *current = new;
                }
            }
            Err(error) => tracing::error!(%error, "kept the certificate in use"),
        }
    }

    /// End of validity of the certificate in use, in seconds since 1970.
    pub(crate) fn not_after(&self) -> i64 {
        self.current.read().unwrap_or_else(PoisonError::into_inner).not_after
    }

    /// What the operator should do about the certificate soon.
    pub(crate) fn warning(&self) -> Option<String> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let left = self.not_after().saturating_sub(i64::try_from(now).unwrap_or(i64::MAX));
        let (file, days) = (self.certificate_file.display(), left / 86_400);
        match left {
            ..=0 => Some(format!("the certificate of {file} (--tls-cert) has expired: browsers refuse it; renew it")),
            1..604_800 => Some(format!("the certificate of {file} (--tls-cert) expires in {days} days: renew it")),
            604_800.. => None,
        }
    }

    /// Accepts TLS with the certificate that is in use at each handshake. Only HTTP/1.1 is offered: the pages are a
    /// dozen small files, and everything that bounds a client here counts connections.
    pub(crate) fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor, rustls::Error> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

impl ResolvesServerCert for Identity {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner).key))
    }
}

fn read(certificate_file: &Path, key_file: &Path) -> Result<Current, IdentityError> {
    let of_certificate = |what| IdentityError { file: certificate_file.to_owned(), option: "--tls-cert", what };
    let of_key = |what| IdentityError { file: key_file.to_owned(), option: "--tls-key", what };
    let certificate_pem = std::fs::read(certificate_file).map_err(|cause| of_certificate(Wrong::Unreadable(cause)))?;
    let key_pem = std::fs::read(key_file).map_err(|cause| of_key(Wrong::Unreadable(cause)))?;
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&certificate_pem)
        .collect::<Result<_, _>>()
        .map_err(|cause| of_certificate(Wrong::Pem(cause)))?;
    let leaf = chain.first().ok_or_else(|| of_certificate(Wrong::NoCertificate))?;
    let (_, parsed) = x509_parser::parse_x509_certificate(leaf).map_err(|_| of_certificate(Wrong::NotACertificate))?;
    let not_after = parsed.validity().not_after.timestamp();
    let key = PrivateKeyDer::from_pem_slice(&key_pem).map_err(|cause| {
        // Both forms say so in a line of their own.
        let is_encrypted = String::from_utf8_lossy(&key_pem).contains("ENCRYPTED");
        let is_missing = matches!(cause, pem::Error::NoItemsFound);
        of_key(match (is_encrypted, is_missing) {
            (true, _) => Wrong::EncryptedKey,
            (false, true) => Wrong::NoKey,
            (false, false) => Wrong::Pem(cause),
        })
    })?;
    let key = ring::sign::any_supported_type(&key).map_err(|_| of_key(Wrong::UnsupportedKey))?;
    let certified = CertifiedKey::new(chain, key);
    if certified.keys_match().is_err() {
        let is_of_key = |certificate: &CertificateDer<'static>| {
            CertifiedKey::new(vec![certificate.clone()], Arc::clone(&certified.key)).keys_match().is_ok()
        };
        let is_further_down = certified.cert.iter().any(is_of_key);
        return Err(if is_further_down { of_certificate(Wrong::Order) } else { of_key(Wrong::OtherKey) });
    }
    Ok(Current { certificate_pem, key: Arc::new(certified), not_after })
}

/// Why a file of `--tls-cert` or `--tls-key` is of no use.
#[derive(Debug)]
pub struct IdentityError {
    file: PathBuf,
    option: &'static str,
    what: Wrong,
}

#[derive(Debug)]
enum Wrong {
    Unreadable(io::Error),
    Pem(pem::Error),
    NoCertificate,
    NotACertificate,
    NoKey,
    EncryptedKey,
    UnsupportedKey,
    OtherKey,
    Order,
}

impl fmt::Display for IdentityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): ", self.file.display(), self.option)?;
        match &self.what {
            Wrong::Unreadable(error) => write!(f, "cannot read it: {error}"),
            Wrong::Pem(_) => {
                write!(f, "it is not complete PEM, with a line -----BEGIN …----- and a line -----END …-----")
            }
            Wrong::NoCertificate => {
                write!(f, "it holds no certificate; expected PEM with the server's certificate first")
            }
            Wrong::NotACertificate => write!(f, "its first certificate cannot be read"),
            Wrong::NoKey => {
                write!(f, "it holds no private key; expected PEM with PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY")
            }
            Wrong::EncryptedKey => write!(
                f,
                "its key is encrypted; expected one without a passphrase, as `openssl pkey -in {} -out NEW` writes it",
                self.file.display()
            ),
            Wrong::UnsupportedKey => write!(
                f,
                "its key is of a kind or size that is not supported; expected RSA with 2048 bits or more, ECDSA P-256 or \
                 P-384, or Ed25519"
            ),
            Wrong::Order => write!(
                f,
                "its first certificate is not the one of the key (--tls-key), but another is; expected the server's \
                 certificate first, then its chain"
            ),
            Wrong::OtherKey => write!(f, "its key is not the one of the certificate (--tls-cert)"),
        }
    }
}

impl std::error::Error for IdentityError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.what {
            Wrong::Unreadable(error) => Some(error),
            Wrong::Pem(error) => Some(error),
            Wrong::NoCertificate
            | Wrong::NotACertificate
            | Wrong::NoKey
            | Wrong::EncryptedKey
            | Wrong::UnsupportedKey
            | Wrong::OtherKey
            | Wrong::Order => None,
        }
    }
}
