//! What operators count and watch, in the Prometheus text format 0.0.4.
//!
//! Every label has a bounded set of values, because pages send some of them and each new one costs memory for good.

use std::time::{Duration, SystemTime};

use axum::http::StatusCode;
use connection::cause::Cause;
use connection::close_code::CLOSE_CODES;
use connection::endpoint::Endpoint;
use connection::probe::{Probe, StepResult};
use connection::service::LossCount;
use prometheus::core::Collector;
use prometheus::{
    HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
    proto::MetricFamily,
};

use crate::logging::lines_lost;

/// Upper bounds in seconds: from a file in memory to a probe that waits for a place first.
const LATENCIES: [f64; 9] = [0.001, 0.005, 0.025, 0.1, 0.25, 1.0, 2.5, 5.0, 10.0];

/// Everything that is counted, from the start of the server.
pub(crate) struct Metrics {
    registry: Registry,
    /// The only values of the label `endpoint` beside `other`. A normal form holds nothing that a label must escape.
    endpoints: Vec<String>,
    losses: IntCounterVec,
    probes: IntCounterVec,
    probe_durations: HistogramVec,
    reachable: IntGaugeVec,
    certificate_ends: IntGaugeVec,
    requests: IntCounterVec,
    request_durations: HistogramVec,
    connections: IntGauge,
    connection_outcomes: IntCounterVec,
    own_certificate_end: IntGauge,
    log_lines_lost: IntCounter,
}

impl Metrics {
    /// Nothing counted yet.
    ///
    /// # Errors
    /// When two metrics have one name: a mistake in this file, which every test of the server would find.
    pub(crate) fn new(endpoints: &[Endpoint]) -> prometheus::Result<Self> {
        let registry = Registry::new();
        let build = Opts::new("megaphone_build_info", "Always 1; the labels tell the build.")
            .const_label("version", env!("CARGO_PKG_VERSION"));
        register(&registry, IntGauge::with_opts(build)?)?.set(1);
        #[cfg(target_os = "linux")]
        registry.register(Box::new(prometheus::process_collector::ProcessCollector::for_self()))?;
        let start = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let started = IntGauge::new(
            "megaphone_start_time_seconds",
            "Start of the server, seconds since 1970. process_start_time_seconds is 0 where /proc shows processes alone.",
        )?;
        register(&registry, started)?.set(i64::try_from(start).unwrap_or(i64::MAX));
        let counter = |name, help, labels: &[&str]| {
            IntCounterVec::new(Opts::new(name, help), labels).and_then(|it| register(&registry, it))
        };
        let histogram = |name, help, labels: &[&str]| {
            let options = HistogramOpts::new(name, help).buckets(LATENCIES.to_vec());
            HistogramVec::new(options, labels).and_then(|it| register(&registry, it))
        };
        let gauge = |name, help| IntGauge::new(name, help).and_then(|it| register(&registry, it));
        let by_endpoint =
            |name, help| IntGaugeVec::new(Opts::new(name, help), &["endpoint"]).and_then(|it| register(&registry, it));
        let metrics = Self {
            endpoints: endpoints.iter().map(ToString::to_string).collect(),
            losses: counter(
                "megaphone_losses_total",
                "Connections to DRP that pages lost.",
                &["endpoint", "code", "cause"],
            )?,
            probes: counter(
                "megaphone_probes_total",
                "Probes of an endpoint, by the step that failed.",
                &["endpoint", "result"],
            )?,
            probe_durations: histogram(
                "megaphone_probe_duration_seconds",
                "Duration of the probes of an endpoint.",
                &["endpoint"],
            )?,
            reachable: by_endpoint(
                "megaphone_endpoint_reachable",
                "1 if every step of the endpoint's last probe had its answer, 0 if one failed.",
            )?,
            certificate_ends: by_endpoint(
                "megaphone_endpoint_certificate_not_after_seconds",
                "End of validity of the endpoint's certificate, seconds since 1970, when last seen.",
            )?,
            requests: counter("megaphone_http_requests_total", "Requests, by route and status.", &["route", "status"])?,
            request_durations: histogram(
                "megaphone_http_request_duration_seconds",
                "Time from a request's head to the head of its answer, or until its client left.",
                &["route"],
            )?,
            connections: gauge("megaphone_connections_open", "Open connections of clients.")?,
            connection_outcomes: counter(
                "megaphone_connections_total",
                "Connections of clients: accepted, closed while idle to make room, refused for want of room.",
                &["outcome"],
            )?,
            own_certificate_end: gauge(
                "megaphone_tls_certificate_not_after_seconds",
                "End of validity of the server's own certificate, seconds since 1970; 0 without TLS.",
            )?,
            log_lines_lost: register(
                &registry,
                IntCounter::new(
                    "megaphone_log_lines_lost_total",
                    "Lines of the log that were not written: its reader is gone, stuck or out of space.",
                )?,
            )?,
            registry,
        };
        metrics.begin_at_zero();
        Ok(metrics)
    }

    /// Prometheus sees an increase only from a value that it has seen: a counter that is born at 1 hides the first event.
    fn begin_at_zero(&self) {
        for endpoint in &self.endpoints {
            for result in RESULTS {
                self.probes.with_label_values(&[endpoint.as_str(), result]).reset();
            }
        }
        for outcome in ConnectionOutcome::ALL {
            self.connection_outcomes.with_label_values(&[outcome.label()]).reset();
        }
    }

    /// Counts a loss that a page reported.
    pub(crate) fn loss(&self, loss: &LossCount) {
        let named = Endpoint::parse(&loss.endpoint).map(|endpoint| endpoint.to_string()).unwrap_or_default();
        let endpoint = if self.endpoints.contains(&named) { named.as_str() } else { "other" };
        let is_listed = CLOSE_CODES.iter().any(|row| row.code == loss.code);
        let code = if is_listed { loss.code.to_string() } else { "other".to_owned() };
        let cause = loss.cause.as_deref().and_then(Cause::from_id).map_or("unknown", Cause::id);
        self.losses.with_label_values(&[endpoint, code.as_str(), cause]).inc();
    }

    /// Counts a probe, keeps the end of validity of the endpoint's certificate, and returns the probe's result.
    pub(crate) fn probe(&self, probe: &Probe) -> &'static str {
        let (endpoint, result) = (probe.endpoint.as_str(), result(probe));
        self.probes.with_label_values(&[endpoint, result]).inc();
        self.reachable.with_label_values(&[endpoint]).set(i64::from(result == COMPLETE));
        let took = Duration::from_millis(probe.took_ms.into());
        self.probe_durations.with_label_values(&[endpoint]).observe(took.as_secs_f64());
        if let Some(certificate) = probe.tls.passed().and_then(|tls| tls.chain.first()) {
            self.certificate_ends.with_label_values(&[endpoint]).set(certificate.not_after);
        }
        result
    }

    /// Counts a request; without a status its client left before the answer. `route` is one of the server's own routes, never
    /// the path that a client sent.
    pub(crate) fn request(&self, route: &str, status: Option<StatusCode>, took: Duration) {
        let status = status.as_ref().map_or("client left", StatusCode::as_str);
        self.requests.with_label_values(&[route, status]).inc();
        self.request_durations.with_label_values(&[route]).observe(took.as_secs_f64());
    }

    /// Counts what became of a connection.
    pub(crate) fn connection(&self, outcome: ConnectionOutcome) {
        self.connection_outcomes.with_label_values(&[outcome.label()]).inc();
    }

    /// The number of open connections.
    pub(crate) fn open_connections(&self) -> &IntGauge {
        &self.connections
    }

    /// Keeps the end of validity of the server's own certificate.
    pub(crate) fn own_certificate(&self, not_after: i64) {
        self.own_certificate_end.set(not_after);
    }

    /// The text that Prometheus reads.
    ///
    /// # Errors
    /// When a metric cannot be written as text.
    pub(crate) fn text(&self) -> prometheus::Result<String> {
        self.log_lines_lost.inc_by(lines_lost());
        let families: Vec<MetricFamily> = self.registry.gather();
        TextEncoder::new().encode_to_string(&families)
    }
}

/// What became of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConnectionOutcome {
    /// It is served.
    Accepted,
    /// It was idle, and had to make room for a new one.
    ClosedIdle,
    /// Every connection had a request under way.
    Refused,
}

impl ConnectionOutcome {
    const ALL: [Self; 3] = [Self::Accepted, Self::ClosedIdle, Self::Refused];

    fn label(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::ClosedIdle => "closed_idle",
            Self::Refused => "refused",
        }
    }
}

fn register<C: Collector + Clone + 'static>(registry: &Registry, collector: C) -> prometheus::Result<C> {
    registry.register(Box::new(collector.clone()))?;
    Ok(collector)
}

/// The result of a probe whose every step had its answer.
pub(crate) const COMPLETE: &str = "complete";

/// Every result of a probe: the step that failed, or [`COMPLETE`].
const RESULTS: [&str; 6] = ["name", "tcp", "tls", "http", "upgrade", COMPLETE];

fn result(probe: &Probe) -> &'static str {
    fn failed<S, F>(step: &StepResult<S, F>) -> bool {
        step.failed().is_some()
    }
    let steps =
        [failed(&probe.name), failed(&probe.tcp), failed(&probe.tls), failed(&probe.http), failed(&probe.upgrade)];
    let mut named = RESULTS.into_iter().zip(steps);
    named.find(|(_, failed)| *failed).map_or(COMPLETE, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metrics() -> Metrics {
        Metrics::new(&[Endpoint::parse("drp.example").unwrap()]).unwrap()
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
        let (text, endpoint) = (metrics.text().unwrap(), r#"endpoint="https://drp.example:8092""#);
        assert!(text.contains(&format!("megaphone_losses_total{{cause=\"expired\",code=\"1006\",{endpoint}}} 2\n")));
        assert!(text.contains(&format!("megaphone_losses_total{{cause=\"unknown\",code=\"1009\",{endpoint}}} 1\n")));
    }

    #[test]
    fn probes_and_connections_are_counted_from_zero() {
        let text = metrics().text().unwrap();
        for result in RESULTS {
            let line =
                format!("megaphone_probes_total{{endpoint=\"https://drp.example:8092\",result=\"{result}\"}} 0\n");
            assert!(text.contains(&line), "{line} is not in\n{text}");
        }
        assert!(text.contains("megaphone_connections_total{outcome=\"refused\"} 0\n"));
        assert!(!text.contains("megaphone_endpoint_reachable{"), "nothing is known before the first probe");
    }

    #[test]
    fn whatever_pages_send_there_are_only_so_many_labels() {
        let metrics = metrics();
        for code in 0..=u16::MAX {
            lose(&metrics, &format!("https://evil-{code}\"}}:1"), code, Some("no such cause\n"));
        }
        let text = metrics.text().unwrap();
        let losses: Vec<_> = text.lines().filter(|line| line.starts_with("megaphone_losses_total{")).collect();
        assert_eq!(losses.len(), CLOSE_CODES.len() + 1);
        assert!(losses.iter().all(|line| line.contains(r#"cause="unknown""#) && line.contains(r#"endpoint="other""#)));
    }
}
