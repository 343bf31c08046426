//! What outlives a page: the token and the losses for this tab (`sessionStorage`), and for this browser
//! (`localStorage`) nothing but the addresses of endpoints and what tells their certificates apart.
//!
//! Whatever is found there may have been written by anyone; what cannot be read counts as not there.

use connection::endpoint::Endpoint;
use connection::evidence::KnownCertificate;
use connection::history::History;
use connection::machine::TokenLife;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use web_sys::Storage;

use super::Credentials;

const SESSION: &str = "megaphone.session";
const HISTORY: &str = "megaphone.losses";
const RECENT: &str = "megaphone.endpoints";
const CERTIFICATES: &str = "megaphone.certificates";

/// How many endpoints are remembered.
const REMEMBERED: usize = 8;

#[derive(Serialize, Deserialize)]
struct Session {
    endpoint: String,
    token: String,
    user: Option<String>,
    life: Option<(u64, u64)>,
}

pub(super) fn session() -> Option<(Endpoint, Credentials)> {
    let Session { endpoint, token, user, life } = read(tab()?, SESSION)?;
    let life = life.map(|(issued, ttl)| TokenLife { issued, ttl });
    Some((Endpoint::parse(&endpoint).ok()?, Credentials::Token { user, token, life }))
}

/// Keeps a token for this tab. A password is never kept.
pub(super) fn save_session(endpoint: &Endpoint, credentials: &Credentials) {
    if let Credentials::Token { user, token, life } = credentials {
        let life = life.map(|life| (life.issued, life.ttl));
        let session = Session { endpoint: endpoint.to_string(), token: token.clone(), user: user.clone(), life };
        write(tab(), SESSION, &session);
    }
}

pub(super) fn forget_session() {
    if let Some(storage) = tab() {
        let _ = storage.remove_item(SESSION);
    }
}

pub(super) fn history() -> History {
    tab().and_then(|storage| read(storage, HISTORY)).unwrap_or_default()
}

pub(super) fn save_history(history: &History) {
    write(tab(), HISTORY, history);
}

pub(super) fn recent() -> Vec<String> {
    let known: Vec<String> = browser().and_then(|storage| read(storage, RECENT)).unwrap_or_default();
    let parsed = known.iter().filter_map(|text| Endpoint::parse(text).ok());
    parsed.map(|endpoint| endpoint.to_string()).take(REMEMBERED).collect()
}

/// Puts an endpoint first among those remembered.
pub(super) fn remember(endpoint: &Endpoint) -> Vec<String> {
    let mut known = recent();
    let newest = endpoint.to_string();
    known.retain(|it| *it != newest);
    known.insert(0, newest);
    known.truncate(REMEMBERED);
    write(browser(), RECENT, &known);
    known
}

pub(super) fn certificate(endpoint: &Endpoint) -> Option<KnownCertificate> {
    let known: Vec<(String, KnownCertificate)> = read(browser()?, CERTIFICATES)?;
    known.into_iter().find(|(it, _)| *it == endpoint.to_string()).map(|(_, certificate)| certificate)
}

pub(super) fn remember_certificate(endpoint: &Endpoint, certificate: KnownCertificate) {
    let mut known: Vec<(String, KnownCertificate)> =
        browser().and_then(|it| read(it, CERTIFICATES)).unwrap_or_default();
    known.retain(|(it, _)| *it != endpoint.to_string());
    known.insert(0, (endpoint.to_string(), certificate));
    known.truncate(REMEMBERED);
    write(browser(), CERTIFICATES, &known);
}

fn tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn browser() -> Option<Storage> {
    window().local_storage().ok().flatten()
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
