//! The certificates that the endpoint can show, each made afresh so that no two are the same.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P384_SHA384, SanType,
};
use ring::digest::{SHA256, digest};
use rustls::ServerConfig;
use rustls::crypto::ring::{default_provider, sign::any_supported_type};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use time::{Duration, OffsetDateTime};
use tokio_rustls::TlsAcceptor;

/// DRP's default certificate lives this long, and is never renewed.
const LIFETIME: Duration = Duration::days(365);

/// How far past its end, or before its beginning, a certificate outside its dates is.
const OUTSIDE: Duration = Duration::days(7);

/// The kinds of certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As a new DRP endpoint makes its own.
    SelfSigned,
    /// The same, a week past its year.
    Expired,
    /// The same, from next week on.
    NotYetValid,
    /// The same, for other names and addresses.
    WrongHost,
    /// Signed by an authority that nobody knows; sent with the authority's own certificate.
    PrivateCa,
    /// Self-signed, with this many names.
    Huge { names: u64 },
    /// Bytes that are no certificate.
    BrokenDer,
    /// Self-signed, its names full of markup and control characters.
    MarkupNames,
}

impl Kind {
    /// As the control calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::SelfSigned => "self-signed",
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::WrongHost => "wrong-host",
            Self::PrivateCa => "private-ca",
            Self::Huge { .. } => "huge",
            Self::BrokenDer => "broken-der",
            Self::MarkupNames => "markup-names",
        }
    }
}

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
    address: IpAddr,
}

impl Mint {
    /// `address` is what the endpoint listens on; DRP puts the addresses of its interfaces into the certificate.
    pub(crate) fn new(address: IpAddr) -> Result<Self, rcgen::Error> {
        let mut params = CertificateParams::default();
        params.distinguished_name = name(&[(DnType::OrganizationName, "Simulator"), (DnType::CommonName, AUTHORITY)]);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        (params.not_before, params.not_after) = valid_from(OffsetDateTime::now_utc());
        let key = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?;
        let authority_der = params.self_signed(&key)?.der().clone();
        Ok(Self { authority: Issuer::new(params, key), authority_der, address })
    }

    pub(crate) fn authority(&self) -> &CertificateDer<'static> {
        &self.authority_der
    }

    pub(crate) fn make(&self, kind: Kind) -> Result<Certificate, Error> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?;
        let chain = match kind {
            Kind::SelfSigned | Kind::Expired | Kind::NotYetValid | Kind::WrongHost | Kind::Huge { .. } => {
                vec![self.params(kind)?.self_signed(&key)?.der().clone()]
            }
            Kind::MarkupNames => vec![self.params(kind)?.self_signed(&key)?.der().clone()],
            Kind::PrivateCa => {
                vec![self.params(kind)?.signed_by(&key, &self.authority)?.der().clone(), self.authority_der.clone()]
            }
            Kind::BrokenDer => vec![CertificateDer::from(BROKEN_DER.to_vec())],
        };
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

    fn params(&self, kind: Kind) -> Result<CertificateParams, rcgen::Error> {
        let now = OffsetDateTime::now_utc();
        let start = match kind {
            Kind::Expired => now - LIFETIME - OUTSIDE,
            Kind::NotYetValid => now + OUTSIDE,
            Kind::SelfSigned | Kind::WrongHost | Kind::PrivateCa => now,
            Kind::Huge { .. } | Kind::BrokenDer | Kind::MarkupNames => now,
        };
        let mut params = CertificateParams::default();
        (params.not_before, params.not_after) = valid_from(start);
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.distinguished_name = match kind {
            Kind::MarkupNames => name(&[(DnType::OrganizationName, MARKUP), (DnType::CommonName, CONTROL_CHARACTERS)]),
            Kind::SelfSigned | Kind::Expired | Kind::NotYetValid | Kind::WrongHost => acme(),
            Kind::PrivateCa | Kind::Huge { .. } | Kind::BrokenDer => acme(),
        };
        params.subject_alt_names = match kind {
            Kind::WrongHost => {
                vec![dns("drp.elsewhere.example")?, SanType::IpAddress(Ipv4Addr::new(192, 0, 2, 10).into())]
            }
            Kind::Huge { names } => (0..names).map(|n| dns(&format!("n{n}.huge.example"))).collect::<Result<_, _>>()?,
            Kind::MarkupNames => vec![dns(MARKUP)?, dns("localhost")?, dns("two\r\nlines.example")?],
            Kind::SelfSigned | Kind::Expired | Kind::NotYetValid => self.own_names()?,
            Kind::PrivateCa | Kind::BrokenDer => self.own_names()?,
        };
        Ok(params)
    }

    /// DRP's names: localhost, a placeholder that it really sends, and addresses, but never the host's own name.
    fn own_names(&self) -> Result<Vec<SanType>, rcgen::Error> {
        let mut addresses = vec![IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
        if !self.address.is_unspecified() && !addresses.contains(&self.address) {
            addresses.push(self.address);
        }
        let names = [dns("localhost")?, dns("greg.fill.in")?];
        Ok(names.into_iter().chain(addresses.into_iter().map(SanType::IpAddress)).collect())
    }
}

/// The private authority's common name.
const AUTHORITY: &str = "Simulator Private CA";

const MARKUP: &str = "<img src=x onerror=alert(1)>\"'&amp;{{7*7}}";
const CONTROL_CHARACTERS: &str = "line\nbreak \u{1b}[31mred\u{1b}[0m \u{202e}desrever \u{0}nul\u{7f}";

/// The beginning of a DER sequence that promises more than comes, and what comes is none.
const BROKEN_DER: &[u8] = b"\x30\x82\x7f\xff\x30\x03\x02\x01\xffthis was never a certificate\x00\xff\xfe";

/// Why a certificate could not be made. None of it depends on what a client does.
#[derive(Debug)]
pub(crate) enum Error {
    Certificate(rcgen::Error),
    Tls(rustls::Error),
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

impl From<Error> for std::io::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Certificate(error) => Self::other(format!("the certificate could not be made: {error}")),
            Error::Tls(error) => Self::other(format!("the certificate could not be taken into use: {error}")),
        }
    }
}

fn acme() -> DistinguishedName {
    name(&[(DnType::OrganizationName, "Acme Co")])
}

fn name(parts: &[(DnType, &str)]) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    for (part, text) in parts {
        name.push(part.clone(), *text);
    }
    name
}

fn dns(name: &str) -> Result<SanType, rcgen::Error> {
    Ok(SanType::DnsName(name.try_into()?))
}

fn valid_from(start: OffsetDateTime) -> (OffsetDateTime, OffsetDateTime) {
    (start, start + LIFETIME)
}

fn fingerprint(der: &[u8]) -> String {
    let bytes: Vec<String> = digest(&SHA256, der).as_ref().iter().map(|byte| format!("{byte:02X}")).collect();
    bytes.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use x509_parser::prelude::*;

    fn with_leaf<T>(kind: Kind, look: impl FnOnce(&X509Certificate<'_>) -> T) -> T {
        let certificate = Mint::new(Ipv4Addr::LOCALHOST.into()).unwrap().make(kind).unwrap();
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
            let names = &leaf.subject_alternative_name().unwrap().unwrap().value.general_names;
            assert!(names.contains(&GeneralName::DNSName("localhost")));
            assert!(names.contains(&GeneralName::DNSName("greg.fill.in")));
            assert!(names.contains(&GeneralName::IPAddress(&[127, 0, 0, 1])));
            assert_eq!(names.len(), 4);
        });
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
        let mint = Mint::new(Ipv4Addr::LOCALHOST.into()).unwrap();
        let chain = mint.make(Kind::PrivateCa).unwrap().chain;
        assert_eq!(&chain[1], mint.authority());
        let (_, leaf) = X509Certificate::from_der(&chain[0]).unwrap();
        let (_, authority) = X509Certificate::from_der(&chain[1]).unwrap();
        assert!(leaf.verify_signature(Some(authority.public_key())).is_ok());
        assert!(authority.is_ca());
    }

    #[test]
    fn no_two_certificates_are_the_same() {
        let mint = Mint::new(Ipv4Addr::LOCALHOST.into()).unwrap();
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
            assert_eq!(leaf.subject().iter_organization().next().unwrap().as_str().unwrap(), MARKUP);
        });
    }

    #[test]
    fn broken_bytes_are_no_certificate() {
        let certificate = Mint::new(Ipv4Addr::LOCALHOST.into()).unwrap().make(Kind::BrokenDer).unwrap();
        assert!(X509Certificate::from_der(&certificate.chain[0]).is_err());
    }
}
