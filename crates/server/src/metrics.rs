//! What operators count and watch, in the Prometheus text format 0.0.4.
//!
//! Every label has a bounded set of values, because pages send them and each new one costs memory for good.

use connection::cause::Cause;
use connection::close_code::CLOSE_CODES;
use connection::endpoint::Endpoint;
use connection::probe::{Probe, Step};
use connection::service::LossCount;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Everything that is counted, from the start of the server.
pub(crate) struct Metrics {
    /// The only values of the label `endpoint` beside `other`. A normal form holds nothing that a label must escape.
    endpoints: Vec<String>,
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    losses: BTreeMap<Loss, u64>,
    probes: BTreeMap<(String, &'static str), u64>,
    durations: BTreeMap<String, Duration>,
    not_after: BTreeMap<String, i64>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Loss {
    endpoint: String,
    code: String,
    cause: &'static str,
}

#[derive(Default)]
struct Duration {
    milliseconds: u64,
    count: u64,
}

impl Metrics {
    /// Nothing counted yet.
    pub(crate) fn new(endpoints: &[Endpoint]) -> Self {
        Self { endpoints: endpoints.iter().map(ToString::to_string).collect(), counts: Mutex::default() }
    }

    /// Counts a loss that a page reported.
    pub(crate) fn loss(&self, loss: &LossCount) {
        let named = Endpoint::parse(&loss.endpoint).map(|endpoint| endpoint.to_string()).unwrap_or_default();
        let listed = CLOSE_CODES.iter().any(|row| row.code == loss.code);
        let loss = Loss {
            endpoint: if self.endpoints.contains(&named) { named } else { "other".to_owned() },
            code: if listed { loss.code.to_string() } else { "other".to_owned() },
            cause: loss.cause.as_deref().and_then(Cause::from_id).map_or("unknown", Cause::id),
        };
        *self.counts().losses.entry(loss).or_default() += 1;
    }

    /// Counts a look at an endpoint, and keeps until when its certificate is valid.
    pub(crate) fn probe(&self, probe: &Probe) {
        let mut counts = self.counts();
        *counts.probes.entry((probe.endpoint.clone(), result(probe))).or_default() += 1;
        let duration = counts.durations.entry(probe.endpoint.clone()).or_default();
        duration.milliseconds += u64::from(probe.took_ms);
        duration.count += 1;
        if let Some(certificate) = probe.tls.passed().and_then(|tls| tls.chain.first()) {
            counts.not_after.insert(probe.endpoint.clone(), certificate.not_after);
        }
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The step at which a look ended, `complete` when every step had its answer.
fn result(probe: &Probe) -> &'static str {
    fn failed<S, F>(step: &Step<S, F>) -> bool {
        step.failed().is_some()
    }
    let steps = [
        ("name", failed(&probe.name)),
        ("tcp", failed(&probe.tcp)),
        ("tls", failed(&probe.tls)),
        ("http", failed(&probe.http)),
        ("upgrade", failed(&probe.upgrade)),
    ];
    steps.into_iter().find(|(_, failed)| *failed).map_or("complete", |(name, _)| name)
}

impl fmt::Display for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts();
        family(f, "megaphone_losses_total", "counter", "Connections to DRP that pages lost.")?;
        for (Loss { endpoint, code, cause }, count) in &counts.losses {
            writeln!(f, r#"megaphone_losses_total{{endpoint="{endpoint}",code="{code}",cause="{cause}"}} {count}"#)?;
        }
        family(f, "megaphone_probes_total", "counter", "Looks at an endpoint, by the step that failed.")?;
        for ((endpoint, result), count) in &counts.probes {
            writeln!(f, r#"megaphone_probes_total{{endpoint="{endpoint}",result="{result}"}} {count}"#)?;
        }
        family(f, "megaphone_probe_duration_seconds", "summary", "How long looks at an endpoint took.")?;
        for (endpoint, Duration { milliseconds, count }) in &counts.durations {
            let (seconds, rest) = (milliseconds / 1_000, milliseconds % 1_000);
            writeln!(f, r#"megaphone_probe_duration_seconds_sum{{endpoint="{endpoint}"}} {seconds}.{rest:03}"#)?;
            writeln!(f, r#"megaphone_probe_duration_seconds_count{{endpoint="{endpoint}"}} {count}"#)?;
        }
        let name = "megaphone_endpoint_certificate_not_after_seconds";
        family(f, name, "gauge", "End of validity of the endpoint's certificate, seconds since 1970, when last seen.")?;
        for (endpoint, not_after) in &counts.not_after {
            writeln!(f, r#"{name}{{endpoint="{endpoint}"}} {not_after}"#)?;
        }
        Ok(())
    }
}

fn family(f: &mut fmt::Formatter<'_>, name: &str, kind: &str, help: &str) -> fmt::Result {
    writeln!(f, "# HELP {name} {help}\n# TYPE {name} {kind}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metrics() -> Metrics {
        Metrics::new(&[Endpoint::parse("drp.example").unwrap()])
    }

    fn lose(metrics: &Metrics, endpoint: &str, code: u16, cause: Option<&str>) {
        metrics.loss(&LossCount { endpoint: endpoint.into(), code, cause: cause.map(ToOwned::to_owned) });
    }

    #[test]
    fn losses_are_counted_by_endpoint_code_and_cause() {
        let metrics = metrics();
        lose(&metrics, "https://drp.example:8092", 1006, Some("expired"));
        lose(&metrics, "https://drp.example:8092", 1006, Some("expired"));
        lose(&metrics, "https://drp.example:8092", 1009, None);
        let text = metrics.to_string();
        let endpoint = r#"endpoint="https://drp.example:8092""#;
        assert!(text.contains(&format!("megaphone_losses_total{{{endpoint},code=\"1006\",cause=\"expired\"}} 2\n")));
        assert!(text.contains(&format!("megaphone_losses_total{{{endpoint},code=\"1009\",cause=\"unknown\"}} 1\n")));
    }

    #[test]
    fn whatever_pages_send_there_are_only_so_many_labels() {
        let metrics = metrics();
        for code in 0..=u16::MAX {
            lose(&metrics, &format!("https://evil-{code}\"}}:1"), code, Some("no such cause\n"));
        }
        assert_eq!(metrics.counts().losses.len(), CLOSE_CODES.len() + 1);
        assert!(metrics.counts().losses.keys().all(|loss| loss.endpoint == "other" && loss.cause == "unknown"));
    }
}
