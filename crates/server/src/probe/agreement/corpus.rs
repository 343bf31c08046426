//! What a case is, and where all are collected. Their keys are new each time, their dates follow the clock; their names stay.

use std::path::{Path, PathBuf};

use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// A chain as a server sends it, and the host by which the server is asked.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) host: String,
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) key: Key,
}

/// The key of the first certificate.
pub(super) enum Key {
    /// One that rustls can use.
    Ours(PrivateKeyDer<'static>),
    /// A PEM file for openssl.
    File(PathBuf),
}

/// The cases, and the roots that both sides trust.
pub(super) struct Corpus {
    pub(super) cases: Vec<Case>,
    pub(super) roots: Vec<CertificateDer<'static>>,
    folder: PathBuf,
}

impl Corpus {
    /// One without cases yet, in a new folder.
    pub(super) fn empty() -> Self {
        let mut nonce = [0; 8];
        ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut nonce).unwrap();
        let folder = std::env::temp_dir().join(format!("megaphone-agreement-{:016x}", u64::from_ne_bytes(nonce)));
        std::fs::create_dir_all(&folder).unwrap();
        Self { cases: Vec::new(), roots: Vec::new(), folder }
    }

    /// Where its files are, as long as it lives.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Corpus {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Case {
    /// The same, asked by another name.
    pub(super) fn at(self, host: &str) -> Self {
        Self { host: host.to_owned(), ..self }
    }

    /// The same with its certificates changed.
    pub(super) fn sending(mut self, change: impl FnOnce(&mut Vec<CertificateDer<'static>>)) -> Self {
        change(&mut self.chain);
        self
    }
}
