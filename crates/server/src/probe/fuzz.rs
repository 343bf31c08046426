//! Random and nearly right bytes from an endpoint, to what reads them: certificates, chains and answers. No panic, and no
//! text that is longer than is promised or that could end a line.
//!
//! A short run belongs to the suite; `MEGAPHONE_FUZZ=1000000 cargo test -p megaphone --release --lib fuzz` runs the long one.

use std::io::Cursor;
use std::time::Duration;

use connection::endpoint::Endpoint;
use connection::probe::{Certificate, HttpFailure, TEXT_LIMIT, TrustProblem};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio::runtime::Builder;

use super::trust::Trust;
use super::{certificate, http, problems};

/// Inputs to each reader.
fn fuzz<S: Strategy>(inputs: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let cases = std::env::var("MEGAPHONE_FUZZ").ok().and_then(|text| text.parse().ok()).unwrap_or(256);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(inputs, test).unwrap();
}

/// Bytes that take the place of others, from somewhere on; both counted through the whole.
type Changes = Vec<(usize, Vec<u8>)>;

fn changes() -> impl Strategy<Value = Changes> {
    proptest::collection::vec((any::<usize>(), proptest::collection::vec(any::<u8>(), 1..6)), 0..6)
}

fn changed(sample: &[u8], changes: &Changes) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for (at, new) in changes {
        let at = at % bytes.len();
        for (old, new) in bytes.iter_mut().skip(at).zip(new) {
            *old = *new;
        }
    }
    bytes
}

/// An authority and what it issued, with as many kinds of fields as possible.
fn chain() -> [Vec<u8>; 2] {
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.distinguished_name.push(DnType::OrganizationName, "An authority");
    let key = KeyPair::generate().unwrap();
    let authority = params.self_signed(&key).unwrap();
    let names =
        vec!["drp.example.com".to_owned(), "*.example.com".to_owned(), "10.0.0.7".to_owned(), "fd00::7".to_owned()];
    let mut leaf = CertificateParams::new(names).unwrap();
    leaf.use_authority_key_identifier_extension = true;
    leaf.distinguished_name.push(DnType::CommonName, "drp.example.com");
    leaf.distinguished_name.push(DnType::CountryName, "AT");
    let issuer = Issuer::new(params, key);
    let leaf = leaf.signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap();
    [leaf.der().to_vec(), authority.der().to_vec()]
}

/// Whether a text from an endpoint keeps what is promised of it.
fn is_printable(text: &str) -> bool {
    text.chars().count() <= TEXT_LIMIT && !text.chars().any(char::is_control)
}

fn is_printable_in_full(facts: &Certificate) -> bool {
    [&facts.subject, &facts.issuer, &facts.key].into_iter().chain(&facts.names).all(|text| is_printable(text))
}

#[test]
fn a_chain_of_nearly_certificates_is_read_or_refused() {
    let [leaf, authority] = chain();
    let trust = Trust::with(&[]).unwrap();
    let host = ServerName::try_from("drp.example.com").unwrap();
    let now = UnixTime::since_unix_epoch(Duration::from_secs(1_790_000_000));
    assert!(certificate::read(&leaf).is_ok(), "the sample itself is read");
    let noise = proptest::collection::vec(any::<u8>(), 0..400);
    fuzz(&(changes(), changes(), noise, any::<bool>()), |(first, second, noise, is_noise)| {
        let first = if is_noise { noise } else { changed(&leaf, &first) };
        if let Ok(facts) = certificate::read(&first) {
            prop_assert!(is_printable_in_full(&facts), "{facts:?}");
        }
        let chain = [first, changed(&authority, &second)].map(CertificateDer::from);
        for problem in problems::problems(&trust, &chain, &host, now) {
            if let TrustProblem::Malformed { text } | TrustProblem::Other { text } = problem {
                prop_assert!(is_printable(&text), "{text:?}");
            }
        }
        Ok(())
    });
}

#[rustfmt::skip]
const ANSWER: &[&str] = &[
    "HTTP/1.1 ", "HTTP/1.0 ", "HTTP/2 ", "100 Continue", "101 Switching Protocols", "200 OK", "401 Unauthorized", "502",
    "99", "1000", "\r\n", "\n", "\r\n\r\n", "Content-Type: ", "application/json", "WWW-Authenticate: dr-provision",
    "Location: ", "https://x/", "Date: Thu, 01 Jan 1970 00:00:00 GMT", "Retry-After: ", "99999999999", "-1",
    "Strict-Transport-Security: max-age=", "Server: ", "Transfer-Encoding: chunked\r\n\r\n", "{\"Model\":\"",
    "\",\"Key\":\"\",\"Type\":\"\",\"Messages\":[],\"Code\":401}", "{", "\u{202e}",
];

#[test]
fn an_answer_of_any_bytes_is_read_or_refused() {
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let endpoint = Endpoint::parse("drp").unwrap();
    let piece = prop_oneof![
        6 => proptest::sample::select(ANSWER).prop_map(|text| text.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..40),
        1 => "[ -~]{0,200}".prop_map(String::into_bytes),
    ];
    let answer = proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat());
    fuzz(&answer, |bytes| {
        let stream = tokio::io::join(Cursor::new(bytes), tokio::io::sink());
        match runtime.block_on(http::info(&endpoint, stream)) {
            Ok(heard) => {
                prop_assert!((100..1000).contains(&heard.answer.status), "{heard:?}");
                let texts =
                    [heard.answer.server, heard.answer.content_type, heard.answer.location, heard.answer.firewall];
                prop_assert!(texts.iter().flatten().all(|text| is_printable(text)), "{texts:?}");
            }
            Err(HttpFailure::Malformed { text }) => prop_assert!(is_printable(&text), "{text:?}"),
            Err(
                HttpFailure::Timeout | HttpFailure::Closed | HttpFailure::TooLarge | HttpFailure::CertificateRequired,
            ) => {}
        }
        Ok(())
    });
}
