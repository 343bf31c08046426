//! The facts of one certificate, read from its DER.

use std::net::{Ipv4Addr, Ipv6Addr};

use connection::probe::{Certificate, NAMES_LIMIT};
use ring::digest::{SHA256, digest};
use x509_parser::asn1_rs::Any;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::prelude::FromDer;

use super::printable::printable;
use super::signature::{self, Signature};
use super::{distinguished_name, key};

/// Reads a certificate.
///
/// # Errors
/// What is wrong with bytes that are no certificate.
pub(super) fn read(der: &[u8]) -> Result<Certificate, String> {
    let certificate = parse(der)?;
    let (names, names_total) = names(&certificate);
    Ok(Certificate {
        subject: distinguished_name::text(certificate.subject()),
        issuer: distinguished_name::text(certificate.issuer()),
        names,
        names_total,
        not_before: certificate.validity().not_before.timestamp(),
        not_after: certificate.validity().not_after.timestamp(),
        self_signed: is_self_signed(der, &certificate),
        fingerprint: fingerprint(der),
        serial: hex(certificate.raw_serial()),
        key: key::text(certificate.public_key()),
        is_ca: certificate.is_ca(),
        issuer_key: issuer_key(&certificate).map(hex).unwrap_or_default(),
    })
}

/// By what the certificate tells its issuer's key from others of the same name (`authorityKeyIdentifier`).
fn issuer_key<'a>(certificate: &'a X509Certificate<'_>) -> Option<&'a [u8]> {
    certificate.extensions().iter().find_map(|extension| {
        let ParsedExtension::AuthorityKeyIdentifier(identifier) = extension.parsed_extension() else { return None };
        Some(identifier.key_identifier.as_ref()?.0)
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The certificate behind its DER.
///
/// # Errors
/// What is wrong with bytes that are no certificate.
pub(super) fn parse(der: &[u8]) -> Result<X509Certificate<'_>, String> {
    let (rest, certificate) =
        X509Certificate::from_der(der).map_err(|_| "these bytes are no X.509 certificate".to_owned())?;
    if rest.is_empty() { Ok(certificate) } else { Err(format!("{} bytes follow the certificate", rest.len())) }
}

/// The content of the key's `SubjectPublicKeyInfo`, without the tag and length around it.
pub(super) fn key_info<'a>(certificate: &X509Certificate<'a>) -> &'a [u8] {
    content(certificate.tbs_certificate.subject_pki.raw)
}

/// What stands within the outermost tag.
pub(super) fn content(der: &[u8]) -> &[u8] {
    Any::from_der(der).map_or(&[], |(_, any)| any.data)
}

fn is_self_signed(der: &[u8], certificate: &X509Certificate<'_>) -> bool {
    certificate.subject() == certificate.issuer() && signature::check(der, key_info(certificate)) == Signature::Verified
}

/// The names that a browser looks at: it has ignored the common name since 2017.
fn names(certificate: &X509Certificate<'_>) -> (Vec<String>, u32) {
    let Ok(Some(extension)) = certificate.subject_alternative_name() else { return (Vec::new(), 0) };
    let counted = || extension.value.general_names.iter().filter_map(name);
    (counted().take(NAMES_LIMIT).collect(), u32::try_from(counted().count()).unwrap_or(u32::MAX))
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some(printable(name)),
        GeneralName::IPAddress(bytes) => address(bytes),
        GeneralName::OtherName(..)
        | GeneralName::RFC822Name(_)
        | GeneralName::X400Address(_)
        | GeneralName::DirectoryName(_)
        | GeneralName::EDIPartyName(_)
        | GeneralName::URI(_)
        | GeneralName::RegisteredID(_)
        | GeneralName::Invalid(..) => None,
    }
}

fn address(bytes: &[u8]) -> Option<String> {
    let v4 = <[u8; 4]>::try_from(bytes).map(|octets| Ipv4Addr::from(octets).to_string());
    let v6 = <[u8; 16]>::try_from(bytes).map(|octets| Ipv6Addr::from(octets).to_string());
    v4.or(v6).ok()
}

/// SHA-256 over the DER, as [`Certificate::fingerprint`] writes it.
pub(super) fn fingerprint(der: &[u8]) -> String {
    let pairs: Vec<String> = digest(&SHA256, der).as_ref().iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertificateParams, DnType, KeyPair};

    fn made(names: Vec<String>, change: impl FnOnce(&mut CertificateParams)) -> Certificate {
        let mut params = CertificateParams::new(names).unwrap();
        change(&mut params);
        let certificate = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        read(certificate.der()).unwrap()
    }

    #[test]
    fn the_default_certificate_of_drp_is_read_in_full() {
        let facts = made(vec!["localhost".into(), "10.0.0.5".into(), "fd00::5".into()], |params| {
            params.distinguished_name = rcgen::DistinguishedName::new();
            params.distinguished_name.push(DnType::OrganizationName, "Acme Co");
            params.not_before = rcgen::date_time_ymd(2026, 1, 1);
            params.not_after = rcgen::date_time_ymd(2027, 1, 1);
        });
        assert_eq!((facts.subject.as_str(), facts.issuer.as_str()), ("O=Acme Co", "O=Acme Co"));
        assert_eq!(facts.names, ["localhost", "10.0.0.5", "fd00::5"]);
        assert_eq!((facts.not_before, facts.not_after), (1_767_225_600, 1_798_761_600));
        assert!(facts.self_signed && !facts.is_ca);
        assert_eq!((facts.fingerprint.len(), facts.key.as_str()), (95, "P-256"));
    }

    #[test]
    fn serial_number_and_mark_of_an_authority_are_read() {
        let facts = made(vec![], |params| {
            params.serial_number = Some(rcgen::SerialNumber::from(vec![0x0a, 0xbc, 0xff]));
            params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        });
        assert_eq!((facts.serial.as_str(), facts.is_ca), ("0ABCFF", true));
    }

    #[test]
    fn a_new_authority_of_the_same_name_is_told_by_its_key() {
        let issued = || {
            let params = CertificateParams::new(vec![]).unwrap();
            let issuer = rcgen::Issuer::new(params.clone(), KeyPair::generate().unwrap());
            let mut leaf = params;
            leaf.use_authority_key_identifier_extension = true;
            read(leaf.signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap().der()).unwrap()
        };
        let (before, now) = (issued(), issued());
        assert_eq!(before.issuer, now.issuer);
        assert!(!before.issuer_key.is_empty() && before.issuer_key != now.issuer_key);
    }

    #[test]
    fn the_most_particular_part_of_a_name_comes_first() {
        let facts = made(vec![], |params| {
            params.distinguished_name = rcgen::DistinguishedName::new();
            params.distinguished_name.push(DnType::CountryName, "DE");
            params.distinguished_name.push(DnType::OrganizationName, "A, B");
            params.distinguished_name.push(DnType::CommonName, "drp");
        });
        assert_eq!(facts.subject, "CN=drp,O=A\\, B,C=DE");
    }

    #[test]
    fn thousands_of_names_are_counted_and_cut() {
        let facts = made((0..2_000).map(|n| format!("host-{n}.example")).collect(), |_| ());
        assert_eq!(facts.names.len(), NAMES_LIMIT);
        assert_eq!(facts.names_total, 2_000);
    }

    #[test]
    fn the_same_name_without_the_key_is_not_self_signed() {
        let (root_key, leaf_key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        let params = CertificateParams::new(vec![]).unwrap();
        let issuer = rcgen::Issuer::new(params.clone(), root_key);
        let facts = read(params.signed_by(&leaf_key, &issuer).unwrap().der()).unwrap();
        assert_eq!(facts.subject, facts.issuer);
        assert!(!facts.self_signed);
    }

    #[test]
    fn bytes_that_are_no_certificate_are_an_error() {
        assert!(read(b"").is_err());
        assert!(read(&[0x30; 400]).is_err());
    }
}
