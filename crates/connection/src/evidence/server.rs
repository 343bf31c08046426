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
    /// The operator did not name this endpoint.
    NotOffered,
    /// The portal is served as plain files, by a server that knows nothing else.
    Absent,
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
    /// What an answer to the request for a look means that holds none. Some file hosts answer every address that they do
    /// not know with a page.
    pub fn without_a_look(status: u16, is_page: bool) -> Self {
        match status {
            200 if is_page => Self::NotOffered,
            403 | 404 => Self::NotOffered,
            429 | 503 => Self::CouldNotLook,
            _ => Self::Away,
        }
    }

    /// Whether the endpoint gave the server an answer in HTTP, whatever the server found wanting on the way.
    pub fn got_an_answer(&self) -> bool {
        match self {
            ServerCheck::Looked { probe, .. } => probe.http.passed().is_some(),
            ServerCheck::NotOffered | ServerCheck::Absent | ServerCheck::Away | ServerCheck::CouldNotLook => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_does_not_look_is_told_from_one_that_cannot() {
        let answer = ServerCheck::without_a_look;
        for (status, is_page) in [(200, true), (403, false), (404, true)] {
            assert_eq!(answer(status, is_page), ServerCheck::NotOffered, "{status}");
        }
        assert_eq!([429, 503].map(|it| answer(it, false)), [ServerCheck::CouldNotLook, ServerCheck::CouldNotLook]);
        // Not what was expected: an answer of 200 that is neither a look nor a page, and a proxy's error.
        assert_eq!([200, 502].map(|it| answer(it, false)), [ServerCheck::Away, ServerCheck::Away]);
    }
}
