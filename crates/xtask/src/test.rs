//! `cargo xtask test`: the tests in an order of their own, counted into one last line. CI adds the engines and the release.

mod advisories;
mod package;
mod part;
mod size;
mod tally;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::{options, progress};
use part::Part;
use tally::Tally;

pub(crate) const USAGE: &str = "\
cargo xtask test [--only PART,PART] [--also PART,PART]

Runs the tests, continues after a failed part, and ends with one line: N passed, N failed. CI adds `--also engines,dist`.
A part that only checks counts as one test; a part that should run tests and runs none has failed.

  --only PART,…     only these, and what they need:
                    format, clippy, clippy-wasm, types, dependencies, unit, release, size,
                    end-to-end, states, faults, engines, dist
  --also PART,…     these as well as all that runs unless less is asked for

`states`, `faults`, `engines` and `dist` run only when they are named. MEGAPHONE_ENGINES_FULL=1 adds the long scenarios to
`engines`: outages of ten minutes, and every fault in Firefox and WebKitGTK.";

/// How a part went.
struct Report {
    part: Part,
    tally: Tally,
    time: Duration,
    problem: Option<Failure>,
}

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    let mut reports: Vec<Report> = Vec::new();
    for part in selection(arguments)? {
        let failed = |needed: &Part| reports.iter().any(|report| report.part == *needed && report.problem.is_some());
        reports.push(match part.needs().filter(failed) {
            Some(needed) => Report::not_run(part, needed),
            None => Report::of(part),
        });
    }
    let total: Tally = reports.iter().map(|report| report.tally).sum();
    println!("\n{}\n", summary(&reports));
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The parts asked for and those that they need, in CI's order.
fn selection(arguments: &[String]) -> Outcome<Vec<Part>> {
    let given = options::parse(arguments, &["only", "also"])?;
    let mut asked = Vec::new();
    for (_option, names) in &given {
        for name in names.split(',') {
            let part = Part::ALL.into_iter().find(|part| part.name() == name);
            asked.push(part.ok_or_else(|| Failure::Usage(format!("unknown part `{name}`.\n\n{USAGE}")))?);
        }
    }
    if !given.iter().any(|(option, _names)| *option == "only") {
        asked.extend(Part::ALL.into_iter().filter(|part| part.runs_by_default()));
    }
    let needed: Vec<Part> = asked.iter().filter_map(|part| part.needs()).collect();
    Ok(Part::ALL.into_iter().filter(|part| asked.contains(part) || needed.contains(part)).collect())
}

impl Report {
    fn of(part: Part) -> Self {
        let started = Instant::now();
        let mut tally = Tally::default();
        println!();
        let problem = progress::step(part.name(), part.expectation(), || part.run(&mut tally)).err();
        if let Some(problem) = &problem {
            println!("  {problem}");
        }
        Self { part, tally: tally.settled(problem.is_none()), time: started.elapsed(), problem }
    }

    fn not_run(part: Part, needed: Part) -> Self {
        let problem = Some(Failure::step(format!("not run: it needs {}, which failed", needed.name())));
        Self { part, tally: Tally::default().settled(false), time: Duration::ZERO, problem }
    }
}

fn summary(reports: &[Report]) -> String {
    let rows = reports.iter().map(|Report { part, tally, time, problem }| {
        let (mark, why) = match problem {
            None if tally.passed == 0 => ("–", format!("{} skipped", tally.skipped)),
            None if tally.skipped > 0 => ("✔", format!("{} skipped", tally.skipped)),
            None => ("✔", String::new()),
            Some(problem) => ("✘", format!("{} of {}: {problem}", tally.failed, tally.failed + tally.passed)),
        };
        format!("  {mark} {:<12} {:>12}  {why}", part.name(), progress::human(*time)).trim_end().to_owned()
    });
    rows.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(parts: &str) -> Vec<Part> {
        selection(&["--only".to_owned(), parts.to_owned()]).unwrap()
    }

    #[test]
    fn the_order_is_that_of_ci_whatever_was_typed() {
        assert_eq!(only("unit,format"), [Part::Format, Part::Unit]);
    }

    #[test]
    fn what_a_part_needs_comes_with_it() {
        assert_eq!(only("end-to-end"), [Part::Release, Part::EndToEnd]);
    }

    #[test]
    fn everything_runs_unless_less_is_asked_for() {
        assert!(selection(&[]).unwrap().into_iter().eq(Part::ALL.into_iter().filter(|part| part.runs_by_default())));
    }

    #[test]
    fn a_part_can_be_added_to_all_that_run() {
        let parts = selection(&["--also=engines".to_owned()]).unwrap();
        assert!(parts.contains(&Part::Engines) && parts.contains(&Part::Unit) && !parts.contains(&Part::States));
    }

    #[test]
    fn an_unknown_part_is_refused() {
        assert!(matches!(selection(&["--only=e2e".to_owned()]), Err(Failure::Usage(_))));
    }

    #[test]
    fn the_help_names_every_part() {
        for part in Part::ALL {
            assert!(USAGE.contains(part.name()), "{}", part.name());
        }
    }

    #[test]
    fn the_summary_says_why_a_part_failed() {
        let text = summary(&[Report::not_run(Part::Size, Part::Release)]);
        assert!(text.contains("✘ size") && text.contains("needs release"), "{text}");
    }
}
