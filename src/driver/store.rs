//! What outlives a page beside the token and the addresses of endpoints: the losses for this tab (`sessionStorage`), and
//! for this browser (`localStorage`) what tells the certificates of its endpoints apart.
//!
//! Whatever is found there may have been written by anyone; what cannot be read counts as not there.

use connection::endpoint::Endpoint;
use connection::evidence::KnownCertificate;
use connection::history::History;
use connection::machine::Machine;
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::Storage;

use super::recent::REMEMBERED;
use crate::browser::{kept_for_tab, kept_in_browser};

const HISTORY: &str = "megaphone.losses";
const CERTIFICATES: &str = "megaphone.certificates";

/// Whether an earlier page of this tab has left losses: asked by the first part, which reads none of them.
pub(crate) fn has_losses() -> bool {
    kept_for_tab().and_then(|storage| storage.get_item(HISTORY).ok()).flatten().is_some()
}

/// Whether it has, and they have not been read yet.
pub(crate) fn losses_unread(machine: &Machine) -> bool {
    !machine.knows_losses() && has_losses()
}

pub(super) fn history() -> History {
    kept_for_tab().and_then(|storage| read(storage, HISTORY)).unwrap_or_default()
}

pub(super) fn save_history(history: &History) {
    write(kept_for_tab(), HISTORY, history);
}

pub(super) fn certificate(endpoint: &Endpoint) -> Option<KnownCertificate> {
    let known: Vec<(String, KnownCertificate)> = read(kept_in_browser()?, CERTIFICATES)?;
    known.into_iter().find(|(it, _)| *it == endpoint.to_string()).map(|(_, certificate)| certificate)
}

pub(super) fn remember_certificate(endpoint: &Endpoint, certificate: KnownCertificate) {
    let mut known: Vec<(String, KnownCertificate)> =
        kept_in_browser().and_then(|it| read(it, CERTIFICATES)).unwrap_or_default();
    known.retain(|(it, _)| *it != endpoint.to_string());
    known.insert(0, (endpoint.to_string(), certificate));
    known.truncate(REMEMBERED);
    write(kept_in_browser(), CERTIFICATES, &known);
}

fn read<T: DeserializeOwned>(storage: Storage, key: &str) -> Option<T> {
    serde_json::from_str(&storage.get_item(key).ok()??).ok()
}

/// A full or forbidden storage costs the convenience, not the page.
fn write<T: Serialize>(storage: Option<Storage>, key: &str, value: &T) {
    if let (Some(storage), Ok(text)) = (storage, serde_json::to_string(value)) {
        let _ = storage.set_item(key, &text);
    }
}
