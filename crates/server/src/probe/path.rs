//! The way from an endpoint's certificate up to an authority, by names and signatures alone.
//!
//! A verifier stops at a date that has passed. Here dates only decide between two ways, so that whose date it is, and
//! what is missing at the upper end, can be told.

use rustls::pki_types::CertificateDer;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::oid_registry::OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS;

use super::signature::{self, Signature};
use super::trust::Trust;
use super::{certificate, limits};

/// The certificates above the endpoint's own, the nearest first, and what stands at the upper end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Path<'a> {
    /// Those that were sent; and the root itself, where the operator added it.
    pub(super) issuers: Vec<&'a CertificateDer<'static>>,
    /// What the way leads to.
    pub(super) end: End,
}

/// What stands at the upper end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// An authority that is trusted here.
    Anchored,
    /// The endpoint's certificate itself: it is its own issuer.
    SelfSigned,
    /// An issuer that has the name of an authority trusted here, and another key.
    OtherKey,
    /// An intermediate issuer that was not sent.
    Incomplete,
    /// An authority that is not known here.
    Unknown,
}

/// Finds the best way: one that is valid now, else the one with the fewest dates that do not hold.
pub(super) fn find<'a>(
    trust: &'a Trust,
    leaf: &'a CertificateDer<'static>,
    sent: &'a [CertificateDer<'static>],
    now: i64,
) -> Path<'a> {
    let mut search =
        Search { trust, sent, now, above: Vec::new(), best: None, dead_end: None, other_key: false, steps: 0 };
    search.climb(leaf);
    if let Some((_, issuers)) = search.best {
        return Path { issuers, end: End::Anchored };
    }
    let issuers = search.dead_end.unwrap_or_default();
    let top = issuers.last().copied().unwrap_or(leaf);
    let facts = certificate::read(top);
    let end = if facts.as_ref().is_ok_and(|facts| facts.self_signed) && issuers.is_empty() {
        End::SelfSigned
    } else if search.other_key {
        End::OtherKey
    } else if facts.is_ok_and(|facts| !facts.self_signed)
        && certificate::parse(top).is_ok_and(|top| is_below(trust, &top))
    {
        End::Incomplete
    } else {
        End::Unknown
    };
    Path { issuers, end }
}

struct Search<'a> {
    trust: &'a Trust,
    sent: &'a [CertificateDer<'static>],
    now: i64,
    above: Vec<&'a CertificateDer<'static>>,
    best: Option<(usize, Vec<&'a CertificateDer<'static>>)>,
    dead_end: Option<Vec<&'a CertificateDer<'static>>>,
    other_key: bool,
    steps: usize,
}

impl<'a> Search<'a> {
    fn climb(&mut self, from: &'a CertificateDer<'static>) {
        self.steps += 1;
        let Ok(certificate) = certificate::parse(from) else { return };
        let issuer = certificate::content(certificate.issuer().as_raw());
        for anchor in self.trust.roots().roots.iter().filter(|anchor| anchor.subject.as_ref() == issuer) {
            let key = anchor.subject_public_key_info.as_ref();
            match signature::check(from, key) {
                Signature::Refuted => self.other_key = true,
                Signature::Verified | Signature::Unchecked => {
                    let root = self.trust.added(issuer, key).filter(|root| *root != from);
                    let way = self.above.iter().copied().chain(root).collect();
                    self.offer(way);
                }
            }
        }
        let mut further = false;
        for next in self.sent {
            if self.steps > limits::PATH_STEPS || next == from || self.above.contains(&next) {
                continue;
            }
            let Ok(parsed) = certificate::parse(next) else { continue };
            if certificate::content(parsed.subject().as_raw()) == issuer
                && signature::check(from, certificate::key_info(&parsed)) != Signature::Refuted
            {
                further = true;
                self.above.push(next);
                self.climb(next);
                self.above.pop();
            }
        }
        if !further && self.dead_end.as_ref().is_none_or(|longest| longest.len() < self.above.len()) {
            self.dead_end = Some(self.above.clone());
        }
    }

    fn offer(&mut self, way: Vec<&'a CertificateDer<'static>>) {
        let invalid_now = |der: &&&CertificateDer<'static>| {
            certificate::parse(der).is_ok_and(|certificate| {
                let validity = certificate.validity();
                self.now < validity.not_before.timestamp() || validity.not_after.timestamp() < self.now
            })
        };
        let invalid = way.iter().filter(invalid_now).count();
        if self.best.as_ref().is_none_or(|(least, _)| invalid < *least) {
            self.best = Some((invalid, way));
        }
    }
}

/// Whether the issuer that was not sent is an intermediate one rather than a root. Nobody but its owner knows for sure;
/// three things speak for it, each by itself:
///
/// - the certificate says where its issuer's certificate can be had (AIA `caIssuers`): a root need not be fetched;
/// - its authority key identifier names an issuer of the issuer that is not the issuer itself;
/// - an authority that is trusted here belongs to the same organisation as the issuer.
///
/// A private root that signs servers itself and publishes an AIA address is taken for an intermediate one. The advice
/// that follows, to send the full chain, then does no harm.
#[expect(clippy::wildcard_enum_match_arm, reason = "of all extensions two tell of the issuer, and of all names one")]
fn is_below(trust: &Trust, certificate: &X509Certificate<'_>) -> bool {
    let issuer = certificate.issuer();
    let told = certificate.iter_extensions().any(|extension| match extension.parsed_extension() {
        ParsedExtension::AuthorityInfoAccess(access) => access
            .accessdescs
            .iter()
            .any(|description| description.access_method == OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS),
        ParsedExtension::AuthorityKeyIdentifier(identifier) => {
            identifier.authority_cert_issuer.iter().flatten().any(|name| match name {
                GeneralName::DirectoryName(name) => name.as_raw() != issuer.as_raw(),
                _ => false,
            })
        }
        _ => false,
    });
    let organisation = issuer.iter_organization().next().and_then(|part| part.as_str().ok());
    told || organisation.is_some_and(|organisation| trust.knows_organisation(organisation))
}
