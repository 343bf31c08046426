//! The TLS handshake as the server met it: the chain, and what browsers hold against it.

use serde::{Deserialize, Serialize};

/// A finished TLS handshake.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tls {
    /// `TLSv1.2` or `TLSv1.3`.
    pub protocol: String,
    /// The chain as it was sent, the endpoint's own certificate first.
    pub chain: Vec<Certificate>,
    /// What some browser would hold against the chain; empty when nothing. Sorted as declared in [`TrustProblem`].
    pub problems: Vec<TrustProblem>,
    /// Whether the endpoint asked for a client certificate, needed or not.
    #[serde(default)]
    pub asks_for_certificate: bool,
}

/// The facts of one certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Subject as RFC 4514 text, such as `O=Acme Co`.
    pub subject: String,
    /// Issuer, likewise.
    pub issuer: String,
    /// Subject alternative names (DNS names and IP addresses), at most [`NAMES_LIMIT`] of them.
    pub names: Vec<String>,
    /// How many names the certificate really holds.
    pub names_total: u32,
    /// Start of validity, seconds since 1970 (UTC).
    pub not_before: i64,
    /// End of validity, seconds since 1970 (UTC).
    pub not_after: i64,
    /// Whether subject and issuer are the same and its own key signed it.
    pub self_signed: bool,
    /// SHA-256 over the DER, 64 hex digits in upper case, pairs joined by colons.
    pub fingerprint: String,
    /// Serial number, hex digits in upper case.
    #[serde(default)]
    pub serial: String,
    /// Kind and size of the public key, such as `RSA 2048`, `P-256` or `Ed25519`.
    #[serde(default)]
    pub key: String,
    /// Whether it is marked as a certificate authority (`basicConstraints`).
    #[serde(default)]
    pub is_ca: bool,
    /// By what it tells its issuer's key (`authorityKeyIdentifier`), hex digits in upper case; may be empty.
    #[serde(default)]
    pub issuer_key: String,
}

/// One thing that a browser holds against a certificate chain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrustProblem {
    /// The bytes are no certificate, or one that breaks the rules.
    Malformed {
        /// What is wrong with it.
        text: String,
    },
    /// The key is of a kind that Chromium and Safari do not have in TLS (P-521, Ed25519, …): the handshake fails there,
    /// without a page that offers to go on. `firefox` tells whether Firefox has it.
    KeyKind {
        /// Whether Firefox accepts the kind.
        firefox: bool,
    },
    /// The key usage does not allow digital signatures: Chromium refuses the handshake, without a page that offers to go
    /// on; Firefox accepts it.
    KeyUsage,
    /// `not_after` has passed.
    Expired,
    /// `not_before` is still to come.
    NotYetValid,
    /// The host asked for is not among the names.
    WrongName,
    /// There are no names in `subjectAltName`; a common name no longer counts.
    NoNames,
    /// The certificate is its own issuer and no root of the server's.
    SelfSigned,
    /// The chain ends at an issuer that is no root of the server's.
    UnknownIssuer,
    /// The endpoint sends only its own certificate, whose issuer is an intermediate one: the chain is incomplete.
    ChainIncomplete,
    /// The issuer has the name of a root that is known here and another key.
    OtherIssuerKey,
    /// A certificate of the chain other than the endpoint's own has expired.
    IssuerExpired {
        /// Whose.
        subject: String,
        /// When, seconds since 1970 (UTC).
        not_after: i64,
    },
    /// A certificate of the chain other than the endpoint's own is not valid yet.
    IssuerNotYetValid {
        /// Whose.
        subject: String,
        /// From when on, seconds since 1970 (UTC).
        not_before: i64,
    },
    /// An issuer of the chain may not vouch for this host (name constraints).
    NameConstraint,
    /// A signature does not verify, or uses an algorithm that is no longer accepted.
    BadSignature,
    /// The key is shorter than browsers accept (RSA below 2,048 bits).
    WeakKey,
    /// A signature in the chain uses SHA-1 or MD5.
    WeakSignature,
    /// The certificate, or one above it, is not made for a server.
    WrongPurpose,
    /// The certificate is an authority's own, or made for any purpose: Firefox refuses that of a server, Chromium does not.
    WrongPurposeForFirefox,
    /// Another refusal, in words that a person can read.
    Other {
        /// What the verifier refused.
        text: String,
    },
}

/// Why the TLS handshake did not finish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsFailure {
    /// No answer within the limit.
    Timeout,
    /// The port answered in plain HTTP.
    PlainHttp,
    /// The port speaks another protocol.
    OtherProtocol {
        /// The first bytes, made printable.
        starts_with: String,
    },
    /// The endpoint speaks no TLS version that a browser of today accepts (1.2 and 1.3).
    OldVersion,
    /// The endpoint sent a fatal alert.
    Alert {
        /// The alert's registered name, such as `handshake_failure`.
        name: String,
    },
    /// The endpoint insists on a client certificate and ended the handshake without one (TLS 1.2; in TLS 1.3 it is
    /// [`HttpFailure::CertificateRequired`]).
    CertificateRequired,
    /// The connection ended before a single byte came.
    NoBytes {
        /// Whether it was reset (RST) rather than ended (FIN).
        reset: bool,
    },
    /// The connection ended during the handshake, after something had been answered.
    Closed,
    /// The certificate or the handshake was larger than a browser accepts, or broke the protocol.
    Malformed {
        /// What is wrong with it.
        text: String,
    },
}
