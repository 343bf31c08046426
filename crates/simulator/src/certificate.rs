//! The certificates that the endpoint can show, each made afresh so that no two are the same.

mod error;
mod kind;
mod p521;
mod params;

use std::sync::Arc;

use rcgen::{CertificateParams, Issuer, KeyPair, PKCS_ECDSA_P384_SHA384, PKCS_ED25519};
use ring::digest::{SHA256, digest};
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;

pub(crate) use error::Error;
pub use kind::CertificateKind;

use kind::{Intermediate, Key, Signer};

/// A certificate in use, with its key.
#[derive(Debug)]
pub(crate) struct Certificate {
    /// As the control calls its kind.
    pub(crate) name: &'static str,
    /// SHA-256 of the leaf as `openssl x509 -fingerprint` writes it: upper-case hex, colons between the bytes.
    pub(crate) fingerprint: String,
    /// The chain, the leaf first, and the key.
    pub(crate) key: Arc<CertifiedKey>,
}

/// Makes certificates; holds the private authority.
pub(crate) struct Mint {
    authority: Issuer<'static, KeyPair>,
    authority_der: CertificateDer<'static>,
    /// Tells this simulator's authority from another's.
    authority_name: String,
}

impl Mint {
    pub(crate) fn new() -> Result<Self, Error> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?;
        let authority_name = format!(
            "Simulator Private CA {}",
            &fingerprint(key.public_key_raw()).replace(':', "").get(..6).unwrap_or_default()
        );
        let (authority, authority_der) = authority(&authority_name, key)?;
        Ok(Self { authority, authority_der, authority_name })
    }

    pub(crate) fn authority(&self) -> &CertificateDer<'static> {
        &self.authority_der
    }

    pub(crate) fn make(&self, kind: CertificateKind) -> Result<Certificate, Error> {
        let row = kind.row();
        let params = params::leaf(&row)?;
        match row.key {
            Key::P384 => self.issue(kind.name(), params, row.signer, KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?),
            Key::Ed25519 => self.issue(kind.name(), params, row.signer, KeyPair::generate_for(&PKCS_ED25519)?),
            Key::P521 => {
                let template = params.self_signed(&KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?)?;
                let (leaf, key) = p521::self_signed(template.der())?;
                Ok(Certificate::new(kind.name(), CertifiedKey::new(vec![leaf], key)))
            }
        }
    }

    /// A self-signed certificate for this many names, none of them the endpoint's.
    pub(crate) fn make_huge(&self, names: u64) -> Result<Certificate, Error> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?;
        self.issue("huge", params::leaf_with_names(names)?, Signer::Itself, key)
    }

    fn issue(
        &self,
        name: &'static str,
        params: CertificateParams,
        signer: Signer,
        key: KeyPair,
    ) -> Result<Certificate, Error> {
        let chain = match signer {
            Signer::Itself => vec![params.self_signed(&key)?.der().clone()],
            Signer::Authority => {
                vec![params.signed_by(&key, &self.authority)?.der().clone(), self.authority_der.clone()]
            }
            Signer::NewAuthority => {
                let (issuer, der) = authority(&self.authority_name, KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?)?;
                vec![params.signed_by(&key, &issuer)?.der().clone(), der]
            }
            Signer::Stranger { organization, common_name } => {
                let (issuer, der) = stranger(organization, common_name)?;
                vec![params.signed_by(&key, &issuer)?.der().clone(), der]
            }
            Signer::Intermediate(kind) => self.chain_with(kind, &params, &key)?,
            Signer::Nobody => vec![CertificateDer::from_slice(BROKEN_DER)],
        };
        let tls_key = any_supported_type(&PrivatePkcs8KeyDer::from(key.serialize_der()).into())?;
        Ok(Certificate::new(name, CertifiedKey::new(chain, tls_key)))
    }

    fn chain_with(
        &self,
        kind: Intermediate,
        leaf: &CertificateParams,
        key: &KeyPair,
    ) -> Result<Vec<CertificateDer<'static>>, Error> {
        let params = params::intermediate(kind);
        let issuer_key = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?;
        let der = params.signed_by(&issuer_key, &self.authority)?.der().clone();
        let issuer = Issuer::new(params, issuer_key);
        let leaf = leaf.signed_by(key, &issuer)?.der().clone();
        Ok(if kind == Intermediate::NotSent { vec![leaf] } else { vec![leaf, der] })
    }
}

impl Certificate {
    fn new(name: &'static str, key: CertifiedKey) -> Self {
        let fingerprint = fingerprint(key.cert.first().map_or(&[], |leaf| leaf.as_ref()));
        Self { name, fingerprint, key: Arc::new(key) }
    }
}

type Authority = (Issuer<'static, KeyPair>, CertificateDer<'static>);

fn authority(name: &str, key: KeyPair) -> Result<Authority, Error> {
    issuer(params::authority("Simulator", name), key)
}

fn stranger(organization: &str, common_name: &str) -> Result<Authority, Error> {
    issuer(params::authority(organization, common_name), KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?)
}

fn issuer(params: CertificateParams, key: KeyPair) -> Result<Authority, Error> {
    let der = params.self_signed(&key)?.der().clone();
    Ok((Issuer::new(params, key), der))
}

/// A truncated DER sequence with an invalid body.
const BROKEN_DER: &[u8] = b"\x30\x82\x7f\xff\x30\x03\x02\x01\xffthis was never a certificate\x00\xff\xfe";

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

    fn with_leaf<T>(kind: CertificateKind, look: impl FnOnce(&X509Certificate<'_>) -> T) -> T {
        let certificate = Mint::new().unwrap().make(kind).unwrap();
        look(&X509Certificate::from_der(&certificate.key.cert[0]).unwrap().1)
    }

    #[test]
    fn the_default_certificate_is_made_as_drp_makes_its_own() {
        with_leaf(CertificateKind::SelfSigned, |leaf| {
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
        with_leaf(CertificateKind::SelfSigned, |leaf| {
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
        with_leaf(CertificateKind::Expired, |leaf| {
            assert!((now - leaf.validity().not_after.timestamp() - week).abs() < 60)
        });
        with_leaf(CertificateKind::NotYetValid, |leaf| {
            assert!((leaf.validity().not_before.timestamp() - now - week).abs() < 60);
        });
    }

    #[test]
    fn the_private_authority_signs_and_is_sent_along() {
        let mint = Mint::new().unwrap();
        let chain = mint.make(CertificateKind::PrivateCa).unwrap().key.cert.clone();
        assert_eq!(&chain[1], mint.authority());
        let (_, leaf) = X509Certificate::from_der(&chain[0]).unwrap();
        let (_, authority) = X509Certificate::from_der(&chain[1]).unwrap();
        assert!(leaf.verify_signature(Some(authority.public_key())).is_ok());
        assert!(authority.is_ca());
    }

    #[test]
    fn no_two_certificates_are_the_same() {
        let mint = Mint::new().unwrap();
        let (one, other) =
            (mint.make(CertificateKind::SelfSigned).unwrap(), mint.make(CertificateKind::SelfSigned).unwrap());
        assert_ne!(one.fingerprint, other.fingerprint);
        assert_eq!(one.fingerprint.len(), 32 * 3 - 1);
    }

    #[test]
    fn a_huge_certificate_has_as_many_names_as_asked_for() {
        let certificate = Mint::new().unwrap().make_huge(3_000).unwrap();
        let (_, leaf) = X509Certificate::from_der(&certificate.key.cert[0]).unwrap();
        assert_eq!(leaf.subject_alternative_name().unwrap().unwrap().value.general_names.len(), 3_000);
    }

    #[test]
    fn markup_stays_in_the_names_as_it_is() {
        with_leaf(CertificateKind::MarkupNames, |leaf| {
            assert!(leaf.subject().iter_organization().next().unwrap().as_str().unwrap().starts_with("<img src=x"));
        });
    }

    #[test]
    fn broken_bytes_are_no_certificate() {
        let certificate = Mint::new().unwrap().make(CertificateKind::BrokenDer).unwrap();
        assert!(X509Certificate::from_der(&certificate.key.cert[0]).is_err());
    }
}
