//! What wrk prints, as numbers.

use std::time::Duration;

use crate::failure::{Failure, Outcome};

/// Of one run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figures {
    /// A second.
    pub(super) requests: f64,
    /// The 99th percentile, in wrk's own words.
    pub(super) slowest: String,
    /// Of all of them.
    total: u32,
    /// CPU time of the server for one, in microseconds; 0 where nobody measured it.
    pub(super) cost: f64,
}

impl Figures {
    /// Fails when a request failed.
    pub(super) fn read(output: &str) -> Outcome<Self> {
        let after = |start: &str| output.lines().find_map(|line| line.trim().strip_prefix(start)).map(str::trim);
        if let Some(failed) = after("Non-2xx or 3xx responses:").or_else(|| after("Socket errors:")) {
            return Err(Failure::step(format!("requests failed: {failed}\n{output}")));
        }
        let requests = after("Requests/sec:").and_then(|text| text.parse().ok());
        let requests = requests.ok_or_else(|| Failure::step(format!("wrk said no requests a second:\n{output}")))?;
        let total = output.lines().find_map(|line| line.trim().split_once(" requests in ")?.0.parse().ok());
        let total = total.ok_or_else(|| Failure::step(format!("wrk said no number of requests:\n{output}")))?;
        Ok(Self { requests, slowest: after("99%").unwrap_or("?").to_owned(), total, cost: 0.0 })
    }

    /// The same, with the CPU time that all of these requests took.
    pub(super) fn costing(self, time: Duration) -> Self {
        Self { cost: time.as_secs_f64() * 1e6 / f64::from(self.total.max(1)), ..self }
    }
}

/// The run in the middle.
pub(super) fn median(mut all: Vec<Figures>) -> Outcome<Figures> {
    all.sort_by(|one, other| one.requests.total_cmp(&other.requests));
    all.get(all.len() / 2).cloned().ok_or_else(|| Failure::step("there was no round"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "Running 5s test @ http://127.0.0.1:1/\n  1 threads and 50 connections\n  Latency Distribution\n     \
                          50%    1.50ms\n     99%   26.10ms\n  81234 requests in 5.00s, 1.50GB read\nRequests/sec:  16234.56\n";

    #[test]
    fn the_figures_are_those_of_wrk() {
        let figures = Figures::read(OUTPUT).unwrap();
        let expected = Figures { requests: 16_234.56, slowest: "26.10ms".to_owned(), total: 81_234, cost: 0.0 };
        assert_eq!(figures, expected);
        assert!((figures.costing(Duration::from_secs(4)).cost - 49.24).abs() < 0.01);
    }

    #[test]
    fn a_failed_request_is_a_failure() {
        let output = format!("{OUTPUT}  Non-2xx or 3xx responses: 3\n");
        assert!(Figures::read(&output).unwrap_err().to_string().contains("requests failed: 3"));
        assert!(Figures::read("").is_err());
    }

    #[test]
    fn the_median_is_the_run_in_the_middle() {
        let run = |requests| Figures { requests, slowest: String::new(), total: 1, cost: 0.0 };
        assert_eq!(median(vec![run(3.0), run(1.0), run(2.0)]).unwrap().requests, 2.0);
        assert!(median(vec![]).is_err());
    }
}
