//! Counts tests by reading along: every runner says its numbers in its last lines.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// How many tests passed, failed, and were skipped because this machine cannot run them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u32,
    pub(super) failed: u32,
    pub(super) skipped: u32,
}

impl Tally {
    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// What counts in the end: a part that only checked counts as one, and no failure goes uncounted.
    pub(super) fn settled(self, succeeded: bool) -> Self {
        if succeeded && self.is_empty() {
            return Self { passed: 1, ..self };
        }
        if !succeeded && self.failed == 0 {
            return Self { failed: 1, ..self };
        }
        self
    }
}

/// What a line of `cargo test` adds: "test result: ok. 3 passed; 0 failed; 1 ignored; …". wasm-bindgen's runner says
/// the same words.
pub(super) fn of_libtest_line(line: &str) -> Tally {
    let Some((_, numbers)) = line.split_once("test result:").and_then(|(_, result)| result.split_once(". ")) else {
        return Tally::default();
    };
    let number = |word| numbers.split(';').find_map(|part| counted(part, word)).unwrap_or(0);
    Tally { passed: number("passed"), failed: number("failed"), skipped: 0 }
}

/// What a line of Playwright's list reporter adds: "  3 passed (2.1s)", "  1 failed". Tests that passed only when
/// repeated or never got to run are no successes.
pub(super) fn of_playwright_line(line: &str) -> Tally {
    let indented = line.strip_prefix("  ").filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    let line = indented.unwrap_or_default();
    let passed = line.split_once(" (").and_then(|(count, _time)| counted(count, "passed"));
    // What needed a second try is in the list above, and has passed.
    let passed = passed.or_else(|| counted(line, "flaky"));
    let failed = ["failed", "interrupted", "did not run"].iter().find_map(|word| counted(line, word));
    let skipped = counted(line, "skipped");
    Tally { passed: passed.unwrap_or(0), failed: failed.unwrap_or(0), skipped: skipped.unwrap_or(0) }
}

/// The number in "NUMBER WORD".
fn counted(text: &str, word: &str) -> Option<u32> {
    text.trim().strip_suffix(word)?.trim_end().parse().ok()
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u32, failed: u32) -> Tally {
        Tally { passed, failed, skipped: 0 }
    }

    #[test]
    fn cargos_results_are_summed_over_all_its_programs() {
        let output = "\
running 2 tests
test a ... ok
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 1.20s
test result: \u{1b}[32mok\u{1b}[m. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(output.lines().map(of_libtest_line).sum::<Tally>(), tally(15, 3));
    }

    #[test]
    fn playwrights_summary_is_counted_and_its_list_is_not() {
        let output = "
  ✓  1 tests/smoke.spec.ts:3:1 › 2 passed (312ms)
  ✘  2 tests/smoke.spec.ts:9:1 › breaks (1.2s)
  1) tests/smoke.spec.ts:9:1 › breaks
  1 failed
    tests/smoke.spec.ts:9:1 › breaks
  2 skipped
  3 did not run
  41 passed (1.3m)";
        assert_eq!(output.lines().map(of_playwright_line).sum::<Tally>(), Tally { skipped: 2, ..tally(41, 4) });
    }

    #[test]
    fn a_test_that_needed_a_second_try_counts_once() {
        assert_eq!(of_playwright_line("  1 flaky"), tally(1, 0));
    }

    #[test]
    fn what_was_only_skipped_has_not_passed() {
        let skipped = of_playwright_line("  32 skipped");
        assert!(!skipped.is_empty(), "a runner that skips everything has run");
        assert_eq!(skipped.settled(true).passed, 0);
    }

    #[test]
    fn a_check_counts_as_one() {
        assert_eq!(tally(0, 0).settled(true), tally(1, 0));
        assert_eq!(tally(0, 0).settled(false), tally(0, 1));
    }

    #[test]
    fn a_runner_that_failed_without_a_failed_test_has_failed() {
        assert_eq!(tally(7, 0).settled(false), tally(7, 1));
        assert_eq!(tally(7, 2).settled(false), tally(7, 2));
    }
}
