//! All cases. Their keys are made anew each time and their dates follow the clock; their names stay.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::{corpus_chains, corpus_leaves};

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
    pub(super) fn make() -> Self {
        let mut nonce = [0; 8];
        ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut nonce).unwrap();
        let folder = std::env::temp_dir().join(format!("megaphone-agreement-{:016x}", u64::from_ne_bytes(nonce)));
        std::fs::create_dir_all(&folder).unwrap();
        let mut corpus = Self { cases: Vec::new(), roots: Vec::new(), folder };
        corpus_leaves::add(&mut corpus);
        corpus_chains::add(&mut corpus);
        let names: BTreeSet<&str> = corpus.cases.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(names.len(), corpus.cases.len(), "two cases have the same name");
        corpus
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
