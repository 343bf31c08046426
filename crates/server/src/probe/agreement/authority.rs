//! Authorities, and the certificates that they sign.

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::corpus::{Case, Key};

/// The host of most cases.
pub(super) const HOST: &str = "drp.test";

/// A moment so many days from now.
pub(super) fn day(days: i64) -> SystemTime {
    let span = Duration::from_secs(days.unsigned_abs() * 86_400);
    if days < 0 { SystemTime::now() - span } else { SystemTime::now() + span }
}

/// What a server's certificate holds, if nothing else is said.
pub(super) fn server(names: &[&str]) -> CertificateParams {
    let mut params = CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap();
    params.distinguished_name = named(HOST);
    (params.not_before, params.not_after) = (day(-30).into(), day(60).into());
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params
}

/// What an authority's certificate holds, if nothing else is said.
pub(super) fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.distinguished_name = named(name);
    (params.not_before, params.not_after) = (day(-365).into(), day(3_650).into());
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// The same with something changed.
pub(super) fn with(mut params: CertificateParams, change: impl FnOnce(&mut CertificateParams)) -> CertificateParams {
    change(&mut params);
    params
}

pub(super) fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

/// One that can sign.
pub(super) struct Authority {
    pub(super) der: CertificateDer<'static>,
    pub(super) issuer: Issuer<'static, KeyPair>,
    pub(super) key: String,
}

impl Authority {
    /// A root with these properties.
    pub(super) fn root(params: CertificateParams) -> Self {
        Self::root_with(params, KeyPair::generate().unwrap())
    }

    pub(super) fn root_with(params: CertificateParams, key: KeyPair) -> Self {
        let certificate = params.self_signed(&key).unwrap();
        Self::of(certificate, params, key)
    }

    /// An intermediate below this one.
    pub(super) fn below(&self, params: CertificateParams) -> Self {
        self.below_with(params, KeyPair::generate().unwrap())
    }

    pub(super) fn below_with(&self, params: CertificateParams, key: KeyPair) -> Self {
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Self::of(certificate, params, key)
    }

    fn of(certificate: Certificate, params: CertificateParams, key: KeyPair) -> Self {
        let pem = key.serialize_pem();
        Self { der: certificate.into(), issuer: Issuer::new(params, key), key: pem }
    }

    /// A case: a certificate of this authority with these above it.
    pub(super) fn case(&self, name: impl Into<String>, params: CertificateParams, above: &[&Authority]) -> Case {
        self.case_with(name, params, KeyPair::generate().unwrap(), above)
    }

    pub(super) fn case_with(
        &self,
        name: impl Into<String>,
        params: CertificateParams,
        key: KeyPair,
        above: &[&Authority],
    ) -> Case {
        let leaf = params.signed_by(&key, &self.issuer).unwrap();
        let chain = std::iter::once(leaf.into()).chain(above.iter().map(|authority| authority.der.clone())).collect();
        Case { name: name.into(), host: HOST.to_owned(), chain, key: ours(&key) }
    }
}

/// A case: a certificate that signs itself.
pub(super) fn self_signed(name: impl Into<String>, params: CertificateParams) -> Case {
    self_signed_with(name, params, KeyPair::generate().unwrap())
}

pub(super) fn self_signed_with(name: impl Into<String>, params: CertificateParams, key: KeyPair) -> Case {
    let leaf = params.self_signed(&key).unwrap();
    Case { name: name.into(), host: HOST.to_owned(), chain: vec![leaf.into()], key: ours(&key) }
}

fn ours(key: &KeyPair) -> Key {
    Key::Ours(PrivateKeyDer::try_from(key.serialize_der()).unwrap())
}

/// DER as PEM.
pub(super) fn pem(label: &str, der: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(der);
    let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
