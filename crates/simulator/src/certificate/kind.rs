//! What stands in each kind of certificate.

use std::net::Ipv4Addr;

use rcgen::{CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, KeyUsagePurpose, SanType};
use time::{Duration, OffsetDateTime};

use super::Error;

/// DRP's default certificate lives this long, and is never renewed.
const LIFETIME: Duration = Duration::days(365);

/// How far past its end, or before its beginning, a certificate outside its dates is.
const OUTSIDE: Duration = Duration::days(7);

const MARKUP: &str = "<img src=x onerror=alert(1)>\"'&amp;{{7*7}}";
const CONTROL_CHARACTERS: &str = "line\nbreak \u{1b}[31mred\u{1b}[0m \u{202e}desrever \u{0}nul\u{7f}";

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

    /// The moments between which it is valid.
    pub(super) fn validity(self) -> (OffsetDateTime, OffsetDateTime) {
        let now = OffsetDateTime::now_utc();
        let start = match self {
            Self::Expired => now - LIFETIME - OUTSIDE,
            Self::NotYetValid => now + OUTSIDE,
            Self::SelfSigned
            | Self::WrongHost
            | Self::PrivateCa
            | Self::Huge { .. }
            | Self::BrokenDer
            | Self::MarkupNames => now,
        };
        (start, start + LIFETIME)
    }

    pub(super) fn params(self) -> Result<CertificateParams, Error> {
        let mut params = CertificateParams::default();
        (params.not_before, params.not_after) = self.validity();
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.distinguished_name = self.subject();
        params.subject_alt_names = self.names()?;
        Ok(params)
    }

    fn subject(self) -> DistinguishedName {
        match self {
            Self::MarkupNames => name(&[(DnType::OrganizationName, MARKUP), (DnType::CommonName, CONTROL_CHARACTERS)]),
            Self::SelfSigned
            | Self::Expired
            | Self::NotYetValid
            | Self::WrongHost
            | Self::PrivateCa
            | Self::Huge { .. }
            | Self::BrokenDer => name(&[(DnType::OrganizationName, "Acme Co")]),
        }
    }

    fn names(self) -> Result<Vec<SanType>, Error> {
        match self {
            Self::WrongHost => {
                Ok(vec![dns("drp.elsewhere.example")?, SanType::IpAddress(Ipv4Addr::new(192, 0, 2, 10).into())])
            }
            Self::Huge { names } => (0..names).map(|number| dns(&format!("n{number}.huge.example"))).collect(),
            Self::MarkupNames => Ok(vec![dns(MARKUP)?, dns("localhost")?, dns("two\r\nlines.example")?]),
            Self::SelfSigned | Self::Expired | Self::NotYetValid | Self::PrivateCa | Self::BrokenDer => names_of_drp(),
        }
    }
}

/// DRP's names: localhost, a placeholder that it really sends, and the addresses of all interfaces at this moment, but
/// never the host's own name.
fn names_of_drp() -> Result<Vec<SanType>, Error> {
    let addresses = if_addrs::get_if_addrs()?;
    let names = [dns("localhost")?, dns("greg.fill.in")?];
    Ok(names.into_iter().chain(addresses.iter().map(|interface| SanType::IpAddress(interface.ip()))).collect())
}

pub(super) fn name(parts: &[(DnType, &str)]) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    for (part, text) in parts {
        name.push(part.clone(), *text);
    }
    name
}

fn dns(name: &str) -> Result<SanType, Error> {
    Ok(SanType::DnsName(name.try_into()?))
}
