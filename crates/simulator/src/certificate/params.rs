//! From a row of the table to the parameters of a certificate.

use std::net::Ipv4Addr;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa,
    KeyUsagePurpose, NameConstraints, SanType, SerialNumber,
};
use time::{Duration, OffsetDateTime};

use super::Error;
use super::kind::{DRP, Dates, Intermediate, Names, Row, Subject, Usage};

/// DRP's default certificate lives this long, and is never renewed.
const LIFETIME: Duration = Duration::days(365);

/// How far past its end, or before its beginning, a certificate outside its dates is.
const OUTSIDE: Duration = Duration::days(7);

const MARKUP: &str = "<img src=x onerror=alert(1)>\"'&amp;{{7*7}}";
const CONTROL_CHARACTERS: &str = "line\nbreak \u{1b}[31mred\u{1b}[0m \u{202e}desrever \u{0}nul\u{7f}";

/// A server's certificate.
pub(super) fn leaf(row: &Row) -> Result<CertificateParams, Error> {
    let mut params = CertificateParams::default();
    (params.not_before, params.not_after) = span(row.dates);
    params.distinguished_name = subject(row.subject);
    params.subject_alt_names = names(row.names)?;
    params.serial_number = row.serial.map(SerialNumber::from);
    match row.usage {
        Usage::Server => {
            params.is_ca = IsCa::ExplicitNoCa;
            params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        }
        Usage::WithoutDigitalSignature => {
            params.is_ca = IsCa::ExplicitNoCa;
            params.key_usages = vec![KeyUsagePurpose::KeyEncipherment, KeyUsagePurpose::DataEncipherment];
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        }
        Usage::Authority => params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained),
    }
    Ok(params)
}

/// As DRP's own, but for this many names of another endpoint.
pub(super) fn leaf_with_names(count: u64) -> Result<CertificateParams, Error> {
    let mut params = leaf(&Row { names: Names::None, ..DRP })?;
    params.subject_alt_names =
        (0..count).map(|number| dns(&format!("n{number}.huge.example"))).collect::<Result<_, _>>()?;
    Ok(params)
}

/// An authority's certificate, valid from a week ago for a year.
pub(super) fn authority(organization: &str, common_name: &str) -> CertificateParams {
    let start = OffsetDateTime::now_utc() - OUTSIDE;
    let mut params = CertificateParams::default();
    (params.not_before, params.not_after) = (start, start + LIFETIME);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.distinguished_name = name(&[(DnType::OrganizationName, organization), (DnType::CommonName, common_name)]);
    params
}

pub(super) fn intermediate(kind: Intermediate) -> CertificateParams {
    let mut params = authority("Simulator", "Simulator Issuing CA");
    match kind {
        Intermediate::NotSent => {}
        Intermediate::Expired => (params.not_before, params.not_after) = span(Dates::LastYear),
        Intermediate::Constrained => {
            params.name_constraints = Some(NameConstraints {
                permitted_subtrees: vec![GeneralSubtree::DnsName("corp.example".to_owned())],
                excluded_subtrees: Vec::new(),
            });
        }
        Intermediate::LetsEncrypt => {
            params.distinguished_name = name(&[
                (DnType::CountryName, "US"),
                (DnType::OrganizationName, "Let's Encrypt"),
                (DnType::CommonName, "R11"),
            ]);
        }
    }
    params
}

fn span(dates: Dates) -> (OffsetDateTime, OffsetDateTime) {
    let now = OffsetDateTime::now_utc();
    let start = match dates {
        Dates::ThisYear | Dates::TenYears => now,
        Dates::LastYear => now - LIFETIME - OUTSIDE,
        Dates::NextYear => now + OUTSIDE,
        Dates::InTwoHours => now + Duration::hours(2),
    };
    (start, start + if dates == Dates::TenYears { Duration::days(3_652) } else { LIFETIME })
}

fn subject(subject: Subject) -> DistinguishedName {
    match subject {
        Subject::AcmeCo => name(&[(DnType::OrganizationName, "Acme Co")]),
        Subject::CommonName(common_name) => name(&[(DnType::CommonName, common_name)]),
        Subject::Markup => name(&[(DnType::OrganizationName, MARKUP), (DnType::CommonName, CONTROL_CHARACTERS)]),
    }
}

fn names(names: Names) -> Result<Vec<SanType>, Error> {
    match names {
        Names::Drp => names_of_drp(),
        Names::Elsewhere => {
            Ok(vec![dns("drp.elsewhere.example")?, SanType::IpAddress(Ipv4Addr::new(192, 0, 2, 10).into())])
        }
        Names::Traefik => Ok(vec![dns("8a2f0c3e5b7d9146.3d5e7f9012a4b6c8.traefik.default")?]),
        Names::Markup => Ok(vec![dns(MARKUP)?, dns("localhost")?, dns("two\r\nlines.example")?]),
        Names::None => Ok(Vec::new()),
    }
}

/// The names never include the host's own, as in DRP.
fn names_of_drp() -> Result<Vec<SanType>, Error> {
    let addresses = if_addrs::get_if_addrs()?;
    let names = [dns("localhost")?, dns("greg.fill.in")?];
    Ok(names.into_iter().chain(addresses.iter().map(|interface| SanType::IpAddress(interface.ip()))).collect())
}

fn name(parts: &[(DnType, &str)]) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    for (part, text) in parts {
        name.push(part.clone(), *text);
    }
    name
}

fn dns(name: &str) -> Result<SanType, Error> {
    Ok(SanType::DnsName(name.try_into()?))
}
