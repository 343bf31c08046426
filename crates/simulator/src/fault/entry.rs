//! What an entry of the table of faults is made of.

use serde::Serialize;

use crate::certificate::CertificateKind;

/// One fault, for people and programs.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// The word that sets it.
    pub id: &'static str,
    /// What it does.
    pub line: &'static str,
    /// What it takes besides its id.
    pub params: &'static [Param],
}

/// A parameter of a fault; one that is left out has its default.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Param {
    /// Its key in the JSON body.
    pub name: &'static str,
    /// What it does, with its unit.
    pub about: &'static str,
    /// What it may be.
    #[serde(flatten)]
    pub allowed: Allowed,
}

/// The values that a parameter may have.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields say it")]
pub enum Allowed {
    /// A whole number within bounds, both included.
    Number { default: u64, min: u64, max: u64 },
    /// One of a few words.
    Word { default: &'static str, one_of: &'static [&'static str] },
    /// One of a few HTTP statuses.
    Status { default: u16, one_of: &'static [u16] },
    /// True or false.
    Flag { default: bool },
    /// Text of at most so many bytes.
    Text { default: &'static str, max_bytes: usize },
}

/// Whether existing connections are cut. The parser removes it before the fault itself is read.
pub(super) const CUT: Param = Param {
    name: "cut",
    about: "also cut existing connections, so that the fault is met at once",
    allowed: Allowed::Flag { default: true },
};

pub(super) const CORS: Param = Param {
    name: "cors",
    about: "whether the answer carries Access-Control-Allow-Origin, so that a page may read it",
    allowed: Allowed::Flag { default: false },
};

pub(super) const fn plain(id: &'static str, line: &'static str) -> Entry {
    Entry { id, line, params: &[CUT] }
}

pub(super) const fn number(name: &'static str, about: &'static str, default: u64, min: u64, max: u64) -> Param {
    Param { name, about, allowed: Allowed::Number { default, min, max } }
}

pub(super) const fn word(
    name: &'static str,
    about: &'static str,
    default: &'static str,
    one_of: &'static [&'static str],
) -> Param {
    Param { name, about, allowed: Allowed::Word { default, one_of } }
}

pub(super) const fn flag(name: &'static str, about: &'static str, default: bool) -> Param {
    Param { name, about, allowed: Allowed::Flag { default } }
}

pub(super) const fn location(about: &'static str, default: &'static str) -> Param {
    Param { name: "location", about, allowed: Allowed::Text { default, max_bytes: 1_024 } }
}

/// The kinds of certificate, as words of a parameter.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which refuses what is out of bounds")]
pub(super) const KIND_NAMES: [&str; CertificateKind::ALL.len()] = {
    let mut names = [""; CertificateKind::ALL.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = CertificateKind::ALL[index].name();
        index += 1;
    }
    names
};
