//! Each address of a host by itself: something else may listen at one of them, or nothing at all.

use std::net::SocketAddr;
use std::time::Duration;

use connection::probe::{AddressCheck, AddressOutcome, Dial, DialOutcome, HttpAnswer, HttpFailure, Probe, TlsFailure};
use tokio::time::timeout;

use crate::probe::could_not_look::Ended;
use crate::probe::http;
use crate::probe::limits;
use crate::probe::visit::Visit;

/// How far each address comes; nothing for a host with one.
pub(super) async fn each(visit: &Visit<'_>, probe: &Probe, limit: Duration) -> Vec<AddressCheck> {
    let dials = probe.tcp.passed().map(Vec::as_slice).unwrap_or_default();
    if dials.len() < 2 {
        return Vec::new();
    }
    let asked = dials.iter().take(limits::ADDRESSES_ASKED).map(|dial| one(visit, probe, dial, limit));
    join(asked.collect()).await.into_iter().flatten().collect()
}

/// All of them at once, in their order. They borrow from the look, so they are no tasks of their own.
async fn join<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut pending: Vec<_> = futures.into_iter().map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|cx| {
        let mut done = true;
        for (future, output) in &mut pending {
            if output.is_none() {
                match future.as_mut().poll(cx) {
                    std::task::Poll::Ready(value) => *output = Some(value),
                    std::task::Poll::Pending => done = false,
                }
            }
        }
        if done { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    pending.into_iter().filter_map(|(_, output)| output).collect()
}

async fn one(visit: &Visit<'_>, probe: &Probe, dial: &Dial, limit: Duration) -> Option<AddressCheck> {
    let of = |outcome| Some(AddressCheck { address: dial.address.clone(), outcome });
    if dial.outcome != DialOutcome::Connected {
        return of(AddressOutcome::Tcp(dial.outcome.clone()));
    }
    let address: SocketAddr = dial.address.parse().ok()?;
    // The look itself was at this one.
    if address == visit.address {
        return of(known(probe)?);
    }
    let visit = Visit { address, ..*visit };
    let asked = timeout(limit, async {
        if visit.endpoint.is_secure() {
            let shaken = crate::probe::tls::again(visit.endpoint, address, visit.trust, visit.dress, limit).await;
            match shaken {
                Ok(shaken) => Ok(http::info(visit.endpoint, shaken.stream).await),
                Err(why) => Err(why),
            }
        } else {
            let (stream, _) = visit.connect(limit).await.map_err(|_| Ended::There(TlsFailure::Closed))?;
            Ok(http::info(visit.endpoint, stream).await)
        }
    });
    match asked.await {
        Ok(Ok(Ok(heard))) => of(answered(&heard.answer)),
        Ok(Ok(Err(why))) => of(AddressOutcome::Http(why)),
        Ok(Err(Ended::There(why))) => of(AddressOutcome::Tls(why)),
        Ok(Err(Ended::Here(_))) => None,
        Err(_) => of(AddressOutcome::Http(HttpFailure::Timeout)),
    }
}

/// What the look saw of the address that it chose.
fn known(probe: &Probe) -> Option<AddressOutcome> {
    if let Some(why) = probe.tls.failed() {
        return Some(AddressOutcome::Tls(why.clone()));
    }
    if let Some(why) = probe.http.failed() {
        return Some(AddressOutcome::Http(why.clone()));
    }
    probe.http.passed().map(answered)
}

fn answered(answer: &HttpAnswer) -> AddressOutcome {
    if answer.drp { AddressOutcome::Drp } else { AddressOutcome::Answered(answer.status) }
}
