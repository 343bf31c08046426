//! The browser's console, and its error page, know what the page is never told: this reads them, from what a person
//! pastes. A code counts for more than a sentence, and a code that is not in the table is never taken for one that is.

mod address;
mod signs;
mod table;

use crate::cause::Cause;
use crate::endpoint::Endpoint;
use crate::evidence::PersonSaw;

pub use address::endpoint;
use signs::{Found, find};

/// Whether the browser's own page offers a way past an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bypass {
    /// It does, unless the endpoint's name is under HSTS.
    Offered,
    /// It does not.
    Refused,
    /// There is nothing to go past: it is about the way to the endpoint, or about what answers there.
    NotAsked,
}

/// What a known sign means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The part of the paste that tells.
    pub sign: String,
    /// The causes that it can stand for, the likeliest first; none where it is not about the live connection.
    pub causes: &'static [Cause],
    /// Whether the browser's own page offers a way past it.
    pub bypass: Bypass,
    /// What helps to tell the causes apart, or what else to know.
    pub hint: Option<&'static str>,
}

/// What was pasted, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// It holds a sign of the table.
    Known(Meaning),
    /// It holds a code of a browser that is not in the table: this one.
    UnknownCode(String),
    /// It holds nothing that tells.
    Nothing,
}

impl Decoded {
    /// What the sign means, if it is known.
    pub fn known(self) -> Option<Meaning> {
        match self {
            Self::Known(meaning) => Some(meaning),
            Self::UnknownCode(_) | Self::Nothing => None,
        }
    }

    fn of(found: Found) -> Self {
        match found {
            Found::Row { sign, row } => Self::Known(Meaning {
                sign,
                causes: row.causes,
                bypass: row.bypass,
                hint: (!row.hint.is_empty()).then_some(row.hint),
            }),
            Found::UnknownCode(code) => Self::UnknownCode(code),
        }
    }
}

/// What the paste says about the endpoint that it names. Anything may be pasted, of any length and in any case.
pub fn decode(pasted: &str) -> Decoded {
    read(pasted, endpoint(pasted).as_ref())
}

/// What the paste tells of this endpoint, as something that the person saw; lines about other addresses do not count.
///
/// Where several causes fit, only what they have in common is taken for seen: that the browser refused the certificate, or
/// that it could not reach the endpoint.
pub fn evidence(pasted: &str, endpoint: &Endpoint) -> Option<PersonSaw> {
    let Decoded::Known(meaning) = read(pasted, Some(endpoint)) else { return None };
    match meaning.causes {
        // How a connection ended does not say why it stays away, and that this computer is offline shows by itself.
        [] | [Cause::UnreachableOrUntrusted | Cause::Cut | Cause::Offline] => None,
        [cause] => Some(PersonSaw::Code(*cause)),
        _ if meaning.bypass == Bypass::Offered => Some(PersonSaw::Warning),
        causes if causes.iter().all(|cause| is_out_of_reach(*cause)) => Some(PersonSaw::Unreachable),
        _ => None,
    }
}

/// Whether the cause is that the browser gets no answer from the endpoint's port.
fn is_out_of_reach(cause: Cause) -> bool {
    matches!(cause, Cause::Down | Cause::NobodyBehind | Cause::NoAnswer | Cause::LargePackets | Cause::LocalNetwork)
}

/// Every hint, for the test that holds sentences to the rules.
#[cfg(test)]
pub(crate) fn hints() -> impl Iterator<Item = &'static str> {
    let rows = table::codes().chain(table::numbers().map(|numbers| &numbers.row)).chain(table::sentences());
    rows.map(|row| row.hint).filter(|hint| !hint.is_empty())
}

/// The weightiest sign of the lines that are about `about`, or about no address.
fn read(pasted: &str, about: Option<&Endpoint>) -> Decoded {
    let mut concerns = true;
    let mut best: Option<Found> = None;
    for line in pasted.lines() {
        // A line without an address goes on with what the line before it was about.
        let named = address::all(line);
        if !named.is_empty() {
            concerns = about.is_none_or(|about| named.contains(about));
        }
        if !concerns {
            continue;
        }
        for found in find(line) {
            if best.as_ref().is_none_or(|best| found.weight() > best.weight()) {
                best = Some(found);
            }
        }
    }
    best.map_or(Decoded::Nothing, Decoded::of)
}

#[cfg(test)]
mod tests;
