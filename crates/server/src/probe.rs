//! One look at an endpoint from this server's vantage: name, TCP, TLS, HTTP, WebSocket upgrade, in a browser's order and
//! dress; then what further connections tell apart.
//!
//! No credentials are ever sent, no redirect is followed, and [`limits`] bound the time and the memory of it.

mod alert;
mod certificate;
mod compared;
mod could_not_look;
mod distinguished_name;
mod firewall;
mod first_bytes;
mod headers;
mod http;
mod https_record;
mod key;
mod large_hello;
pub(crate) mod limits;
mod name;
mod path;
mod printable;
mod problems;
mod recorder;
mod rules;
mod signature;
mod tcp;
mod tls;
mod trust;
mod upgrade;
mod visit;
mod words;

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod fuzz;

pub(crate) use could_not_look::CouldNotLook;
pub(crate) use trust::Trust;
pub use trust::TrustFileError;

use std::io::{self, ErrorKind};
use std::time::{Duration, SystemTime};

use connection::endpoint::Endpoint;
use connection::probe::{Compared, HttpAnswer, HttpFailure, Probe, StepResult, TlsFailure};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout, timeout_at};

use could_not_look::Ended;
use http::Heard;
use tcp::Connected;
use tls::Dress;
use upgrade::Request;
use visit::Visit;

/// Looks at an endpoint. Takes [`limits::LOOK`] at the most, and always tells how far it came. The `origin` is that of the
/// page that asked, and is sent to the endpoint alone.
///
/// # Errors
/// When this server lacked what it takes to look; nothing was learned about the endpoint then.
pub(crate) async fn look(endpoint: &Endpoint, trust: &Trust, origin: Option<&str>) -> Result<Probe, CouldNotLook> {
    let began = Instant::now();
    let at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let mut probe = Probe {
        endpoint: endpoint.to_string(),
        at_ms: u64::try_from(at.as_millis()).unwrap_or(u64::MAX),
        took_ms: 0,
        name: StepResult::Skipped,
        tcp: StepResult::Skipped,
        tls: StepResult::Skipped,
        http: StepResult::Skipped,
        upgrade: StepResult::Skipped,
        compared: Compared::default(),
        https_record: None,
    };
    let mut seen = compared::Seen::default();
    let mut asking = JoinSet::new();
    asking.spawn(https_record::ask(endpoint.clone()));
    // The steps' own limits end them earlier, unless this machine is too busy to notice in time.
    let end = began + limits::LOOK - limits::RESERVE;
    let visit = match timeout_at(end, walk(endpoint, trust, origin, &mut probe, &mut seen)).await {
        Ok(visit) => visit?,
        Err(_) => {
            break_off(&mut probe);
            None
        }
    };
    if let Some((visit, limit)) = visit.zip(compared::limit(began.elapsed())) {
        let comparing = timeout_at(end, compared::compare(&visit, &probe, seen, limit)).await;
        probe.compared = comparing.unwrap_or_default();
    }
    // It can only be what keeps a browser away where this server was answered; otherwise nobody waits for it.
    if let (Some(addresses), Some(_)) = (probe.name.passed(), probe.upgrade.passed()) {
        let found = timeout_at(end, asking.join_next()).await.ok().flatten().and_then(Result::ok).flatten();
        probe.https_record = found.map(|found| found.beside(addresses));
    }
    probe.took_ms = ms_since(began);
    Ok(probe)
}

/// Notes that the endpoint had not answered the step that was under way. That a name or a port was not reached in time
/// would say more than is known.
fn break_off(probe: &mut Probe) {
    let ms = u32::try_from(limits::LOOK.as_millis()).unwrap_or(u32::MAX);
    if probe.tcp.passed().is_none() {
        return;
    }
    if probe.tls == StepResult::Skipped && probe.endpoint.starts_with("https:") {
        probe.tls = StepResult::Failed { ms, why: TlsFailure::Timeout };
    } else if probe.http == StepResult::Skipped {
        probe.http = StepResult::Failed { ms, why: HttpFailure::Timeout };
    } else if probe.upgrade == StepResult::Skipped {
        probe.upgrade = StepResult::Failed { ms, why: HttpFailure::Timeout };
    }
}

/// Takes the steps until one leads nowhere. What it returns is where the endpoint was visited.
async fn walk<'a>(
    endpoint: &'a Endpoint,
    trust: &'a Trust,
    origin: Option<&'a str>,
    probe: &mut Probe,
    seen: &mut compared::Seen,
) -> Result<Option<Visit<'a>>, CouldNotLook> {
    let Some(addresses) = take(&mut probe.name, name::resolve(endpoint)).await? else { return Ok(None) };
    let Some(connected) = take(&mut probe.tcp, tcp::dial(addresses)).await? else { return Ok(None) };
    let mut visit = Visit { endpoint, trust, origin, address: connected.address, dress: Dress::BROWSER };
    let heard = if endpoint.is_secure() {
        let Some((shaken, dress)) = take(&mut probe.tls, tls::handshake(endpoint, connected, trust)).await? else {
            return Ok(Some(visit));
        };
        visit.dress = dress;
        take(&mut probe.http, answer(limits::HTTP, async { Ok((http::info(endpoint, shaken.stream).await?, None)) }))
            .await?
    } else {
        let Connected { stream, .. } = connected;
        take(&mut probe.http, answer(limits::HTTP, async { Ok((http::info(endpoint, stream).await?, None)) })).await?
    };
    seen.strict_transport = heard.and_then(|(heard, _)| heard.headers.strict_transport());
    let request = Request { origin, two_tokens: false, large_head: false };
    let heard = take(&mut probe.upgrade, answer(limits::UPGRADE, upgrade::attempt(&visit, request))).await?;
    seen.fingerprint = heard.and_then(|(_, fingerprint)| fingerprint);
    Ok(Some(visit))
}

/// An answer and the fingerprint that came with it, within a time limit.
type Answered = (HttpAnswer, (Heard, Option<String>));

async fn answer(
    limit: Duration,
    attempt: impl Future<Output = Result<(Heard, Option<String>), visit::Failed>>,
) -> Result<Answered, Ended<HttpFailure>> {
    let (heard, fingerprint) = timeout(limit, attempt).await.unwrap_or(Err(HttpFailure::Timeout.into()))?;
    Ok((heard.answer.clone(), (heard, fingerprint)))
}

/// Takes one step, notes how it went, and hands on what the next one needs; nothing, where it led nowhere.
async fn take<Saw, Next, Why>(
    step: &mut StepResult<Saw, Why>,
    attempt: impl Future<Output = Result<(Saw, Next), Ended<Why>>>,
) -> Result<Option<Next>, CouldNotLook> {
    let began = Instant::now();
    let (outcome, next) = match attempt.await {
        Ok((saw, next)) => (StepResult::Passed { ms: ms_since(began), saw }, Some(next)),
        Err(Ended::There(why)) => (StepResult::Failed { ms: ms_since(began), why }, None),
        Err(Ended::Here(want)) => return Err(want),
    };
    *step = outcome;
    Ok(next)
}

/// Whether an error says that the connection was ended, by the endpoint or by something in between.
fn is_end(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::TimedOut
    )
}

fn ms_since(began: Instant) -> u32 {
    u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::process::Command;

    #[test]
    fn a_lack_of_descriptors_is_no_finding_about_the_endpoint() {
        let script = "ulimit -n 60 && exec \"$0\" --ignored --exact probe::tests::without_descriptors_there_is_no_look";
        let output = Command::new("sh").args(["-c", script]).arg(std::env::current_exe().unwrap()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }

    #[tokio::test]
    #[ignore = "run by the test above in a process of its own"]
    async fn without_descriptors_there_is_no_look() {
        let trust = Trust::with(&[]).unwrap();
        let mut taken = Vec::new();
        while let Ok(file) = File::open("/dev/null") {
            taken.push(file);
            assert!(taken.len() < 60, "only under ulimit -n 60");
        }
        for endpoint in ["https://127.0.0.1:9", "https://localhost:9"] {
            let endpoint = Endpoint::parse(endpoint).unwrap();
            assert_eq!(look(&endpoint, &trust, None).await, Err(CouldNotLook::Descriptors), "{endpoint}");
        }
        drop(taken);
        let endpoint = Endpoint::parse("https://127.0.0.1:9").unwrap();
        assert!(look(&endpoint, &trust, None).await.is_ok());
    }
}
