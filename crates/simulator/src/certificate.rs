//! The certificates that the endpoint can show, each made afresh so that no two are the same.

mod kind;

use std::io;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P384_SHA384,
};
use ring::digest::{SHA256, digest};
use rustls::ServerConfig;
use rustls::crypto::ring::{default_provider, sign::any_supported_type};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use tokio_rustls::TlsAcceptor;

pub(crate) use kind::Kind;

/// A certificate in use.
pub(crate) struct Certificate {
    pub(crate) kind: Kind,
    /// The leaf first.
    pub(crate) chain: Vec<CertificateDer<'static>>,
    /// SHA-256 of the leaf as `openssl x509 -fingerprint` writes it: upper-case hex, colons between the bytes.
    pub(crate) fingerprint: String,
    pub(crate) acceptor: TlsAcceptor,
}

/// Makes certificates; holds the private authority.
pub(crate) struct Mint {
    authority: Issuer<'static, KeyPair>,
    authority_der: CertificateDer<'static>,
}

impl Mint {
    pub(crate) fn new() -> Result<Self, Error> {
        let mut params = CertificateParams::default();
        params.distinguished_name =
            kind::name(&[(DnType::OrganizationName, "Simulator"), (DnType::CommonName, "Simulator Private CA")]);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        (params.not_before, params.not_after) = Kind::PrivateCa.validity();
        let key = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?;
        let authority_der = params.self_signed(&key)?.der().clone();
        Ok(Self { authority: Issuer::new(params, key), authority_der })
    }

    pub(crate) fn authority(&self) -> &CertificateDer<'static> {
        &self.authority_der
    }

    pub(crate) fn make(&self, kind: Kind) -> Result<Certificate, Error> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?;
        let chain = self.chain(kind, &key)?;
        let fingerprint = fingerprint(chain.first().map_or(&[], |leaf| leaf.as_ref()));
        let signer = any_supported_type(&PrivatePkcs8KeyDer::from(key.serialize_der()).into())?;
        // Not `with_single_cert`: that reads the certificate, and a broken one would be refused.
        let resolver = SingleCertAndKey::from(CertifiedKey::new(chain.clone(), signer));
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(resolver));
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Certificate { kind, chain, fingerprint, acceptor: TlsAcceptor::from(Arc::new(config)) })
    }

    fn chain(&self, kind: Kind, key: &KeyPair) -> Result<Vec<CertificateDer<'static>>, Error> {
        let params = kind.params()?;
        Ok(match kind {
            Kind::PrivateCa => {
                vec![params.signed_by(key, &self.authority)?.der().clone(), self.authority_der.clone()]
            }
            Kind::BrokenDer => vec![CertificateDer::from_slice(BROKEN_DER)],
            Kind::SelfSigned
            | Kind::Expired
            | Kind::NotYetValid
            | Kind::WrongHost
            | Kind::Huge { .. }
            | Kind::MarkupNames => vec![params.self_signed(key)?.der().clone()],
        })
    }
}

/// The beginning of a DER sequence that promises more than comes, and what comes is none.
const BROKEN_DER: &[u8] = b"\x30\x82\x7f\xff\x30\x03\x02\x01\xffthis was never a certificate\x00\xff\xfe";

/// Why a certificate could not be made. None of it depends on what a client does.
#[derive(Debug)]
pub(crate) enum Error {
    Certificate(rcgen::Error),
    Tls(rustls::Error),
    /// The addresses of the interfaces, which stand in it, cannot be had.
    Interfaces(io::Error),
}

impl From<rcgen::Error> for Error {
    fn from(error: rcgen::Error) -> Self {
        Self::Certificate(error)
    }
}

impl From<rustls::Error> for Error {
    fn from(error: rustls::Error) -> Self {
        Self::Tls(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Interfaces(error)
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Certificate(error) => Self::other(format!("the certificate could not be made: {error}")),
            Error::Tls(error) => Self::other(format!("the certificate could not be taken into use: {error}")),
            Error::Interfaces(error) => {
                Self::new(error.kind(), format!("the addresses of this machine cannot be had: {error}"))
            }
        }
    }
}

fn fingerprint(der: &[u8]) -> String {
    let bytes: Vec<String> = digest(&SHA256, der).as_ref().iter().map(|byte| format!("{byte:02X}")).collect();
    bytes.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{IpAddr, UdpSocket};
    use time::OffsetDateTime;
    use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

    fn with_leaf<T>(kind: Kind, look: impl FnOnce(&X509Certificate<'_>) -> T) -> T {
        let certificate = Mint::new().unwrap().make(kind).unwrap();
        look(&X509Certificate::from_der(&certificate.chain[0]).unwrap().1)
    }

    #[test]
    fn the_default_certificate_is_made_as_drp_makes_its_own() {
        with_leaf(Kind::SelfSigned, |leaf| {
            assert_eq!(leaf.subject().to_string(), "O=Acme Co");
            assert_eq!(leaf.issuer(), leaf.subject());
            assert!(leaf.verify_signature(None).is_ok());
            assert!(!leaf.is_ca());
            assert!(leaf.basic_constraints().unwrap().is_some());
            assert!(leaf.extended_key_usage().unwrap().unwrap().value.server_auth);
            let validity = leaf.validity();
            assert!(validity.is_valid());
            assert_eq!(validity.not_after.timestamp() - validity.not_before.timestamp(), 365 * 24 * 3600);
            let curve = leaf.public_key().algorithm.parameters.as_ref().unwrap().as_oid().unwrap();
            assert_eq!(curve.to_id_string(), "1.3.132.0.34", "P-384");
        });
    }

    #[test]
    fn the_default_certificate_is_for_localhost_a_placeholder_and_every_address_of_this_machine() {
        let has = |names: &[GeneralName<'_>], address: IpAddr| match address {
            IpAddr::V4(v4) => names.contains(&GeneralName::IPAddress(&v4.octets())),
            IpAddr::V6(v6) => names.contains(&GeneralName::IPAddress(&v6.octets())),
        };
        with_leaf(Kind::SelfSigned, |leaf| {
            let names = &leaf.subject_alternative_name().unwrap().unwrap().value.general_names;
            assert_eq!(names[..2], [GeneralName::DNSName("localhost"), GeneralName::DNSName("greg.fill.in")]);
            assert!(names[2..].iter().all(|name| matches!(name, GeneralName::IPAddress(_))));
            for peer in ["127.0.0.1", "::1", "198.51.100.1", "2001:db8::1"] {
                if let Some(own) = address_towards(peer.parse().unwrap()) {
                    assert!(has(names, own), "{own}, from which {peer} is reached");
                }
            }
            assert_eq!(address_towards([127, 0, 0, 1].into()), Some([127, 0, 0, 1].into()), "something was looked for");
        });
    }

    /// The address from which this machine would reach a peer, by its routes alone: nothing is sent.
    fn address_towards(peer: IpAddr) -> Option<IpAddr> {
        let any = if peer.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
        let socket = UdpSocket::bind(any).ok()?;
        socket.connect((peer, 9)).ok()?;
        Some(socket.local_addr().ok()?.ip())
    }

    #[test]
    fn dates_outside_are_outside_by_a_week() {
        let now = OffsetDateTime::now_utc().unix_timestamp();
        let week = 7 * 24 * 3600;
        with_leaf(Kind::Expired, |leaf| assert!((now - leaf.validity().not_after.timestamp() - week).abs() < 60));
        with_leaf(Kind::NotYetValid, |leaf| {
            assert!((leaf.validity().not_before.timestamp() - now - week).abs() < 60);
        });
    }

    #[test]
    fn the_private_authority_signs_and_is_sent_along() {
        let mint = Mint::new().unwrap();
        let chain = mint.make(Kind::PrivateCa).unwrap().chain;
        assert_eq!(&chain[1], mint.authority());
        let (_, leaf) = X509Certificate::from_der(&chain[0]).unwrap();
        let (_, authority) = X509Certificate::from_der(&chain[1]).unwrap();
        assert!(leaf.verify_signature(Some(authority.public_key())).is_ok());
        assert!(authority.is_ca());
    }

    #[test]
    fn no_two_certificates_are_the_same() {
        let mint = Mint::new().unwrap();
        let (one, other) = (mint.make(Kind::SelfSigned).unwrap(), mint.make(Kind::SelfSigned).unwrap());
        assert_ne!(one.fingerprint, other.fingerprint);
        assert_eq!(one.fingerprint.len(), 32 * 3 - 1);
    }

    #[test]
    fn a_huge_certificate_has_as_many_names_as_asked_for() {
        with_leaf(Kind::Huge { names: 3000 }, |leaf| {
            assert_eq!(leaf.subject_alternative_name().unwrap().unwrap().value.general_names.len(), 3000);
        });
    }

    #[test]
    fn markup_stays_in_the_names_as_it_is() {
        with_leaf(Kind::MarkupNames, |leaf| {
            assert!(leaf.subject().iter_organization().next().unwrap().as_str().unwrap().starts_with("<img src=x"));
        });
    }

    #[test]
    fn broken_bytes_are_no_certificate() {
        let certificate = Mint::new().unwrap().make(Kind::BrokenDer).unwrap();
        assert!(X509Certificate::from_der(&certificate.chain[0]).is_err());
    }
}
