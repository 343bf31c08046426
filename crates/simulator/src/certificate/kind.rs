//! The kinds of certificate that the endpoint can show, as one table: adding a kind is adding a variant and a row.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A kind of certificate, written in kebab case by the control and on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is described in the table, for readers and for users of the control alike")]
pub enum CertificateKind {
    SelfSigned,
    Expired,
    NotYetValid,
    WrongHost,
    PrivateCa,
    P521,
    Ed25519,
    NoDigitalSignature,
    CaAsLeaf,
    CommonNameOnly,
    TenYears,
    SameSerial,
    IncompleteChain,
    ExpiredIntermediate,
    NameConstraints,
    NewAuthority,
    NotLoaded,
    ValidInTwoHours,
    Avast,
    Zscaler,
    TraefikDefault,
    BrokenDer,
    MarkupNames,
}

/// Everything about a kind; what is left out of a row is as in [`DRP`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// Its name on the command line and in the control.
    pub(super) name: &'static str,
    /// What it is, as one sentence.
    pub(super) line: &'static str,
    pub(super) subject: Subject,
    pub(super) names: Names,
    pub(super) dates: Dates,
    pub(super) signer: Signer,
    pub(super) key: Key,
    pub(super) usage: Usage,
    /// The same serial number each time, in place of a random one.
    pub(super) serial: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    AcmeCo,
    CommonName(&'static str),
    Markup,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// localhost, a placeholder that DRP really sends, and the addresses of all interfaces.
    Drp,
    Elsewhere,
    Traefik,
    Markup,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dates {
    ThisYear,
    /// A year that ended a week ago.
    LastYear,
    /// A year that begins in a week.
    NextYear,
    /// A year that begins in two hours.
    InTwoHours,
    TenYears,
}

/// Who signs a certificate. The signer's own certificate is sent along unless it says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signer {
    Itself,
    /// The private authority.
    Authority,
    /// A new authority with the name of the private one and another key.
    NewAuthority,
    /// An authority of this name that nobody knows.
    Stranger {
        organization: &'static str,
        common_name: &'static str,
    },
    /// An intermediate of the private authority.
    Intermediate(Intermediate),
    /// Nobody: the certificate is bytes that cannot be read.
    Nobody,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intermediate {
    /// Correct, but not sent.
    NotSent,
    /// Expired a week ago.
    Expired,
    /// Constrained to names below `corp.example`.
    Constrained,
    /// Correct, under the name of a public authority.
    LetsEncrypt,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// DRP's default.
    P384,
    P521,
    Ed25519,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Usage {
    /// A server's, as DRP sets it.
    Server,
    /// A server's, without the right to sign.
    WithoutDigitalSignature,
    /// An authority's, as `openssl req -x509` sets it.
    Authority,
}

/// DRP's default certificate.
pub(super) const DRP: Row = Row {
    name: "self-signed",
    line: "Self-signed, as DRP makes its own.",
    subject: Subject::AcmeCo,
    names: Names::Drp,
    dates: Dates::ThisYear,
    signer: Signer::Itself,
    key: Key::P384,
    usage: Usage::Server,
    serial: None,
};

impl CertificateKind {
    /// Every kind.
    pub const ALL: [Self; 23] = [
        Self::SelfSigned,
        Self::Expired,
        Self::NotYetValid,
        Self::WrongHost,
        Self::PrivateCa,
        Self::P521,
        Self::Ed25519,
        Self::NoDigitalSignature,
        Self::CaAsLeaf,
        Self::CommonNameOnly,
        Self::TenYears,
        Self::SameSerial,
        Self::IncompleteChain,
        Self::ExpiredIntermediate,
        Self::NameConstraints,
        Self::NewAuthority,
        Self::NotLoaded,
        Self::ValidInTwoHours,
        Self::Avast,
        Self::Zscaler,
        Self::TraefikDefault,
        Self::BrokenDer,
        Self::MarkupNames,
    ];

    /// Its name on the command line and in the control.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// What it is, as one sentence.
    pub const fn line(self) -> &'static str {
        self.row().line
    }

    pub(super) const fn row(self) -> Row {
        match self {
            Self::SelfSigned => DRP,
            Self::Expired => {
                Row { name: "expired", line: "Self-signed, expired a week ago.", dates: Dates::LastYear, ..DRP }
            }
            Self::NotYetValid => Row {
                name: "not-yet-valid",
                line: "Self-signed, valid from next week on.",
                dates: Dates::NextYear,
                ..DRP
            },
            Self::WrongHost => Row {
                name: "wrong-host",
                line: "Self-signed, for drp.elsewhere.example and 192.0.2.10.",
                names: Names::Elsewhere,
                ..DRP
            },
            Self::PrivateCa => Row {
                name: "private-ca",
                line: "Signed by the private authority, whose certificate is sent along.",
                signer: Signer::Authority,
                ..DRP
            },
            Self::P521 => Row {
                name: "p521",
                line: "Self-signed, with a key on the curve P-521, which Chromium does not support.",
                key: Key::P521,
                ..DRP
            },
            Self::Ed25519 => Row {
                name: "ed25519",
                line: "Self-signed, with an Ed25519 key, which no browser supports.",
                key: Key::Ed25519,
                ..DRP
            },
            Self::NoDigitalSignature => Row {
                name: "no-digital-signature",
                line: "Self-signed, with a keyUsage that lacks digitalSignature.",
                usage: Usage::WithoutDigitalSignature,
                ..DRP
            },
            Self::CaAsLeaf => Row {
                name: "ca-as-leaf",
                line: "Self-signed and marked as a certificate authority.",
                usage: Usage::Authority,
                ..DRP
            },
            Self::CommonNameOnly => Row {
                name: "common-name-only",
                line: "Self-signed, with localhost as its common name and no alternative names.",
                subject: Subject::CommonName("localhost"),
                names: Names::None,
                ..DRP
            },
            Self::TenYears => {
                Row { name: "ten-years", line: "Self-signed, valid for ten years.", dates: Dates::TenYears, ..DRP }
            }
            Self::SameSerial => Row {
                name: "same-serial",
                line: "Self-signed, with a new key and the serial number 1 each time it is made.",
                serial: Some(1),
                ..DRP
            },
            Self::IncompleteChain => Row {
                name: "incomplete-chain",
                line: "Signed by an intermediate of the private authority that is not sent.",
                signer: Signer::Intermediate(Intermediate::NotSent),
                ..DRP
            },
            Self::ExpiredIntermediate => Row {
                name: "expired-intermediate",
                line: "Signed by an intermediate of the private authority that has expired.",
                signer: Signer::Intermediate(Intermediate::Expired),
                ..DRP
            },
            Self::NameConstraints => Row {
                name: "name-constraints",
                line: "Signed by an intermediate that may sign only for names below corp.example.",
                signer: Signer::Intermediate(Intermediate::Constrained),
                ..DRP
            },
            Self::NewAuthority => Row {
                name: "new-authority",
                line: "Signed by a new authority with the name of the private one and another key.",
                signer: Signer::NewAuthority,
                ..DRP
            },
            Self::NotLoaded => Row {
                name: "not-loaded",
                line: "Expired a week ago, signed by an intermediate with the name of one of Let's Encrypt.",
                dates: Dates::LastYear,
                signer: Signer::Intermediate(Intermediate::LetsEncrypt),
                ..DRP
            },
            Self::ValidInTwoHours => Row {
                name: "valid-in-two-hours",
                line: "Signed by the private authority, valid from two hours on.",
                dates: Dates::InTwoHours,
                signer: Signer::Authority,
                ..DRP
            },
            Self::Avast => Row {
                name: "avast",
                line: "Signed by an unknown authority with Avast's name, as by a security program.",
                signer: Signer::Stranger {
                    organization: "Avast Web/Mail Shield",
                    common_name: "Avast Web/Mail Shield Root",
                },
                ..DRP
            },
            Self::Zscaler => Row {
                name: "zscaler",
                line: "Signed by an unknown authority with Zscaler's name, as by a company's proxy.",
                signer: Signer::Stranger { organization: "Zscaler Inc.", common_name: "Zscaler Root CA" },
                ..DRP
            },
            Self::TraefikDefault => Row {
                name: "traefik-default",
                line: "Traefik's built-in certificate, which it shows for names that no route knows.",
                subject: Subject::CommonName("TRAEFIK DEFAULT CERT"),
                names: Names::Traefik,
                ..DRP
            },
            Self::BrokenDer => Row {
                name: "broken-der",
                line: "Hostile: bytes that are not a certificate.",
                signer: Signer::Nobody,
                ..DRP
            },
            Self::MarkupNames => Row {
                name: "markup-names",
                line: "Hostile: self-signed, with markup and control characters in its names.",
                subject: Subject::Markup,
                names: Names::Markup,
                ..DRP
            },
        }
    }
}

impl FromStr for CertificateKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.iter().map(|kind| kind.name()).collect();
            format!("no certificate is called {text:?}; there are: {}", known.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_listed_once_and_read_back_by_its_name() {
        for (index, kind) in CertificateKind::ALL.into_iter().enumerate() {
            assert_eq!(kind.name().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert!(!CertificateKind::ALL[..index].contains(&kind), "{} is listed twice", kind.name());
        }
        let error = serde_json::from_str::<CertificateKind>("\"?\"").unwrap_err().to_string();
        assert_eq!(error.matches('`').count() / 2 - 1, CertificateKind::ALL.len(), "{error}");
    }
}
