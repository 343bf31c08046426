//! What further connections tell apart. All are made at once, each only where it can tell something, and together they
//! take no longer than what is left of the look.

mod addresses;
mod http2;
mod strict_transport;

use std::time::Duration;

use connection::probe::{Compared, HelloOutcome, HttpFailure, HttpOutcome, NameOutcome, Probe, TlsFailure};
use tokio::time::timeout;

use super::could_not_look::Ended;
use super::http::Heard;
use super::tls::{self, Dress, Shaken};
use super::upgrade::{self, Request};
use super::visit::{Failed, Visit};
use super::{certificate, limits};

/// What the look saw so far that the probe does not hold.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// `Strict-Transport-Security` of the endpoint itself.
    pub(super) strict_transport: Option<(u64, bool)>,
    /// The fingerprint that came with the upgrade.
    pub(super) fingerprint: Option<String>,
}

/// Makes the comparisons that a look calls for, within a time limit.
pub(super) async fn compare(visit: &Visit<'_>, probe: &Probe, seen: Seen, limit: Duration) -> Compared {
    let secured = probe.tls.passed();
    let upgrade = probe.upgrade.passed().map(|answer| answer.status);
    let healthy = matches!(upgrade, Some(101 | 401));
    let refused = (upgrade.is_some() && !healthy) || probe.upgrade.failed() == Some(&HttpFailure::Closed);
    let origin = visit.origin;
    let plain = Request { origin, two_tokens: false, large_head: false };
    let ask = async |wanted: bool, request: Request<'_>| if wanted { asked(visit, request, limit).await } else { None };
    let greet = async |wanted: bool, dress: Dress| if wanted { greeted(visit, dress, limit).await } else { None };

    let (without_origin, large_head, two_tokens, large, nameless, addresses, hsts, http2_refuses) = tokio::join!(
        ask(refused && origin.is_some(), Request { origin: None, ..plain }),
        ask(healthy, Request { large_head: true, ..plain }),
        ask(healthy, Request { two_tokens: true, ..plain }),
        greet(secured.is_some(), Dress { large: true, ..visit.dress }),
        greet(secured.is_some() && visit.has_name(), Dress { name: false, ..visit.dress }),
        addresses::each(visit, probe, limit),
        strict_transport::of(visit, probe, limit),
        http2::refuses(visit, probe, limit),
    );

    let first = secured.and_then(|tls| tls.chain.first()).map(|leaf| leaf.fingerprint.clone());
    let shown = [&without_origin, &large_head, &two_tokens].into_iter().filter_map(|asked| asked.as_ref()?.1.clone());
    let greeted = large.as_ref().and_then(|greeted| greeted.as_ref().ok()?.fingerprint());
    let certificates = distinct(first.clone().into_iter().chain(seen.fingerprint).chain(shown).chain(greeted));
    let own = seen.strict_transport.map(|header| strict_transport::hsts(visit.endpoint.host(), header));
    let outcome = |asked: Option<Asked>| asked.map(|(outcome, _)| outcome);
    Compared {
        addresses,
        without_origin: outcome(without_origin),
        large_head: outcome(large_head),
        two_tokens: outcome(two_tokens),
        large_hello: large.as_ref().map(hello),
        without_name: nameless.map(|greeted| name(greeted, first.as_deref())),
        certificates,
        hsts: own.into_iter().chain(hsts).collect(),
        http2_refuses,
    }
}

/// An outcome, and the fingerprint of the certificate that came with it.
type Asked = (HttpOutcome, Option<String>);

async fn asked(visit: &Visit<'_>, request: Request<'_>, limit: Duration) -> Option<Asked> {
    match timeout(limit, upgrade::attempt(visit, request)).await {
        Ok(attempt) => outcome(attempt),
        Err(_) => Some((HttpOutcome::Silent, None)),
    }
}

fn outcome(attempt: Result<(Heard, Option<String>), Failed>) -> Option<Asked> {
    match attempt {
        Ok((heard, fingerprint)) => Some((HttpOutcome::Answered(heard.answer.status), fingerprint)),
        Err(ended) => match ended.there()? {
            HttpFailure::Timeout => Some((HttpOutcome::Silent, None)),
            HttpFailure::Closed
            | HttpFailure::TooLarge
            | HttpFailure::CertificateRequired
            | HttpFailure::Malformed { .. } => Some((HttpOutcome::Ended, None)),
        },
    }
}

async fn greeted(visit: &Visit<'_>, dress: Dress, limit: Duration) -> Option<Result<Shaken, TlsFailure>> {
    match timeout(limit, tls::again(visit.endpoint, visit.address, visit.trust, dress, limit)).await {
        Ok(Ok(shaken)) => Some(Ok(shaken)),
        Ok(Err(Ended::There(why))) => Some(Err(why)),
        Ok(Err(Ended::Here(_))) => None,
        Err(_) => Some(Err(TlsFailure::Timeout)),
    }
}

fn hello(greeted: &Result<Shaken, TlsFailure>) -> HelloOutcome {
    match greeted {
        Ok(_) => HelloOutcome::Passed,
        Err(TlsFailure::Timeout) => HelloOutcome::Silent,
        Err(_) => HelloOutcome::Ended,
    }
}

fn name(greeted: Result<Shaken, TlsFailure>, known: Option<&str>) -> NameOutcome {
    let Ok(shaken) = greeted else { return NameOutcome::Failed };
    let Some(leaf) = shaken.seen.chain.first() else { return NameOutcome::Failed };
    let fingerprint = certificate::fingerprint(leaf);
    if Some(fingerprint.as_str()) == known {
        return NameOutcome::Same;
    }
    let subject = certificate::read(leaf).map(|facts| facts.subject).unwrap_or_default();
    NameOutcome::Other { subject, fingerprint }
}

/// Each once, and none where all are the same.
fn distinct(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for fingerprint in all {
        if !once.contains(&fingerprint) {
            once.push(fingerprint);
        }
    }
    if once.len() > 1 { once } else { Vec::new() }
}

/// The time that is left for comparisons.
pub(super) fn limit(spent: Duration) -> Option<Duration> {
    let left = limits::LOOK.checked_sub(limits::RESERVE)?.checked_sub(spent)?;
    Some(left.min(limits::COMPARE)).filter(|left| !left.is_zero())
}
