//! What came of asking the portal's server to look, and the certificate that this browser remembers beside it.

use serde::{Deserialize, Serialize};

use crate::probe::{Certificate, Probe};

/// What came of asking the portal's server to look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServerCheck {
    /// It looked.
    Looked {
        /// What it saw.
        probe: Box<Probe>,
        /// The certificate that was in use when this browser was last connected, if it remembers one.
        known: Option<KnownCertificate>,
    },
    /// The operator did not name this endpoint, or the server cannot look at all.
    NotOffered,
    /// The server did not answer, or not with what was expected.
    Away,
    /// The server answered that it cannot look at the moment, for a want of its own.
    CouldNotLook,
}

/// A certificate that was in use while this browser was connected. Nothing of it is secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KnownCertificate {
    /// [`Certificate::fingerprint`].
    pub fingerprint: String,
    /// [`Certificate::issuer`].
    pub issuer: String,
    /// [`Certificate::serial`].
    pub serial: String,
    /// [`Certificate::not_after`].
    pub not_after: i64,
    /// [`Certificate::issuer_key`].
    pub issuer_key: String,
}

impl From<&Certificate> for KnownCertificate {
    fn from(it: &Certificate) -> Self {
        Self {
            fingerprint: it.fingerprint.clone(),
            issuer: it.issuer.clone(),
            serial: it.serial.clone(),
            not_after: it.not_after,
            issuer_key: it.issuer_key.clone(),
        }
    }
}

impl ServerCheck {
    /// Whether the endpoint gave the server an answer in HTTP, whatever the server found wanting on the way.
    pub fn got_an_answer(&self) -> bool {
        match self {
            ServerCheck::Looked { probe, .. } => probe.http.passed().is_some(),
            ServerCheck::NotOffered | ServerCheck::Away | ServerCheck::CouldNotLook => false,
        }
    }
}
