//! What a new connection meets first: TLS in one of many forms, or something else in its place.

use std::sync::Arc;

use rustls::crypto::ring::default_provider;
use rustls::server::{ResolvesServerCert, WebPkiClientVerifier};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{RootCertStore, ServerConfig};

use crate::certificate::{Certificate, CertificateKind, Error, Mint};
use crate::connection::Cut;
use crate::fault::effect::{LargeHello, Show, UnknownName};

const HTTP_1: &[u8] = b"http/1.1";
pub(crate) const HTTP_2: &[u8] = b"h2";

#[derive(Debug, Clone)]
pub(crate) enum Greeting {
    Tls(Tls),
    Plain,
    Banner(String),
    OldTls,
    Ended(Cut),
}

#[derive(Debug, Clone)]
pub(crate) struct Tls {
    pub(crate) certificate: Arc<Certificate>,
    pub(crate) config: Arc<ServerConfig>,
    pub(crate) gate: Gate,
    /// What names other than the one that is known meet.
    pub(crate) one_name: Option<OneName>,
}

/// What a connection has to pass before TLS.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Gate {
    Open,
    ProxyHeader,
    LargeHello { limit: usize, then: LargeHello },
}

#[derive(Debug, Clone)]
pub(crate) struct OneName {
    pub(crate) name: String,
    /// The default certificate; without one the alert 112 is sent.
    pub(crate) default: Option<Arc<ServerConfig>>,
}

impl Greeting {
    /// A certificate of this kind, or plain HTTP without one.
    pub(crate) fn new(mint: &Mint, kind: Option<CertificateKind>) -> Result<Self, Error> {
        kind.map_or(Ok(Self::Plain), |kind| Ok(Self::Tls(Tls::new(mint.make(kind)?)?)))
    }

    /// What a fault shows. Where the fault is not about the certificate, `usual` provides it, so that a client
    /// that has accepted that certificate meets nothing but the fault.
    pub(crate) fn of_fault(show: &Show, mint: &Mint, usual: &Self) -> Result<Self, Error> {
        let usual_tls = || match usual {
            Self::Tls(tls) => Ok(tls.clone()),
            Self::Plain | Self::Banner(_) | Self::OldTls | Self::Ended(_) => {
                Tls::new(mint.make(CertificateKind::SelfSigned)?)
            }
        };
        Ok(match show {
            Show::Certificate(kind) => Self::new(mint, Some(*kind))?,
            Show::HugeCertificate { names } => Self::Tls(Tls::new(mint.make_huge(*names)?)?),
            Show::PlainHttp => Self::Plain,
            Show::Banner(banner) => Self::Banner(banner.clone()),
            Show::OldTls => Self::OldTls,
            Show::Ended(how) => Self::Ended(*how),
            Show::ProxyHeader => Self::Tls(Tls { gate: Gate::ProxyHeader, ..usual_tls()? }),
            &Show::LargeHello { limit, then } => {
                Self::Tls(Tls { gate: Gate::LargeHello { limit, then }, ..usual_tls()? })
            }
            Show::ClientCertificate { required } => Self::Tls(usual_tls()?.requesting_certificates(mint, *required)?),
            Show::OneName { name, others } => {
                let default = match others {
                    UnknownName::Alert => None,
                    UnknownName::DefaultCertificate => {
                        let certificate = mint.make(CertificateKind::TraefikDefault)?;
                        Some(config(&certificate.key, &[HTTP_1])?)
                    }
                };
                Self::Tls(Tls { one_name: Some(OneName { name: name.clone(), default }), ..usual_tls()? })
            }
            Show::Http2 => {
                let tls = usual_tls()?;
                Self::Tls(Tls { config: config(&tls.certificate.key, &[HTTP_2, HTTP_1])?, ..tls })
            }
        })
    }

    pub(crate) fn certificate(&self) -> Option<&Certificate> {
        match self {
            Self::Tls(tls) => Some(&tls.certificate),
            Self::Plain | Self::Banner(_) | Self::OldTls | Self::Ended(_) => None,
        }
    }
}

impl Tls {
    fn new(certificate: Certificate) -> Result<Self, Error> {
        let config = config(&certificate.key, &[HTTP_1])?;
        Ok(Self { certificate: Arc::new(certificate), config, gate: Gate::Open, one_name: None })
    }

    fn requesting_certificates(self, mint: &Mint, required: bool) -> Result<Self, Error> {
        let mut roots = RootCertStore::empty();
        roots.add(mint.authority().clone())?;
        let provider = Arc::new(default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
        let verifier = if required { verifier } else { verifier.allow_unauthenticated() }.build()?;
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_client_cert_verifier(verifier)
            .with_cert_resolver(resolver(&self.certificate.key));
        config.alpn_protocols = vec![HTTP_1.to_vec()];
        Ok(Self { config: Arc::new(config), ..self })
    }
}

fn config(key: &Arc<CertifiedKey>, protocols: &[&[u8]]) -> Result<Arc<ServerConfig>, Error> {
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(resolver(key));
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    Ok(Arc::new(config))
}

/// Not `with_single_cert`: that reads the certificate, and a broken one would be refused.
fn resolver(key: &Arc<CertifiedKey>) -> Arc<dyn ResolvesServerCert> {
    Arc::new(SingleCertAndKey::from(Arc::clone(key)))
}
