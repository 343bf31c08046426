//! What wrk prints, as numbers.

use crate::failure::{Failure, Outcome};

/// Of one run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figures {
    /// A second.
    pub(super) requests: f64,
    /// The 99th percentile, in wrk's own words.
    pub(super) slowest: String,
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
        Ok(Self { requests, slowest: after("99%").unwrap_or("?").to_owned() })
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
        assert_eq!(figures, Figures { requests: 16_234.56, slowest: "26.10ms".to_owned() });
    }

    #[test]
    fn a_failed_request_is_a_failure() {
        let output = format!("{OUTPUT}  Non-2xx or 3xx responses: 3\n");
        assert!(Figures::read(&output).unwrap_err().to_string().contains("requests failed: 3"));
        assert!(Figures::read("").is_err());
    }

    #[test]
    fn the_median_is_the_run_in_the_middle() {
        let run = |requests| Figures { requests, slowest: String::new() };
        assert_eq!(median(vec![run(3.0), run(1.0), run(2.0)]).unwrap().requests, 2.0);
        assert!(median(vec![]).is_err());
    }
}
