//! The parts of `cargo xtask test`: what each runs, and what it needs to have run before.

use std::process::Command;

use super::tally::{self, Tally};
use super::{advisories, package, size};
use crate::debian::Packages;
use crate::failure::{Failure, Outcome};
use crate::{browser, build, engines, faults, load, process, search_path, tools, workspace};

/// One part, in CI's order: what is quick and often wrong comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Format,
    Clippy,
    ClippyWasm,
    Types,
    Dependencies,
    Unit,
    Release,
    Size,
    EndToEnd,
    States,
    Faults,
    Engines,
    Dist,
}

impl Part {
    pub(super) const ALL: [Self; 13] = [
        Self::Format,
        Self::Clippy,
        Self::ClippyWasm,
        Self::Types,
        Self::Dependencies,
        Self::Unit,
        Self::Release,
        Self::Size,
        Self::EndToEnd,
        Self::States,
        Self::Faults,
        Self::Engines,
        Self::Dist,
    ];

    /// The word for `--only`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Clippy => "clippy",
            Self::ClippyWasm => "clippy-wasm",
            Self::Types => "types",
            Self::Dependencies => "dependencies",
            Self::Unit => "unit",
            Self::Release => "release",
            Self::Size => "size",
            Self::EndToEnd => "end-to-end",
            Self::States => "states",
            Self::Faults => "faults",
            Self::Engines => "engines",
            Self::Dist => "dist",
        }
    }

    /// What it does and how long that takes on two cores.
    pub(super) fn expectation(self) -> &'static str {
        match self {
            Self::Format => "rustfmt, and prettier for TypeScript and CSS, seconds",
            Self::Clippy => "the programs and the pure crates, 2 minutes the first time",
            Self::ClippyWasm => "the app, 2 minutes the first time",
            Self::Types => "TypeScript of the end-to-end suite, seconds",
            Self::Dependencies => {
                "licences, sources, duplicates and advisories of what Cargo.lock names, 3 minutes the first time"
            }
            Self::Unit => "tests on this machine, 3 minutes the first time",
            Self::Release => "the app and both programs as they ship, 6 minutes the first time",
            Self::Size => "what a visitor downloads, seconds",
            Self::EndToEnd => "real programs and a real browser, 10 minutes",
            Self::States => "every state of the gallery: pictures, trees, axe, fit, motion, budgets; 25 minutes",
            Self::Faults => "every fault for real, with and without the portal's server, 10 minutes",
            Self::Engines => "the same scenarios in Chromium, Firefox and WebKitGTK, 7 minutes",
            Self::Dist => "the archive and the package that operators get, 7 minutes the first time",
        }
    }

    /// Whether it runs where nobody names a part. Every state in every appearance takes half an hour, the whole table of
    /// faults ten minutes, the engines seven with two more browsers, and a release is built anew: they are asked for by name.
    pub(super) fn runs_by_default(self) -> bool {
        !matches!(self, Self::States | Self::Faults | Self::Engines | Self::Dist)
    }

    /// The part without which this one means nothing.
    pub(super) fn needs(self) -> Option<Self> {
        match self {
            Self::Size | Self::EndToEnd | Self::States | Self::Faults | Self::Engines => Some(Self::Release),
            Self::Format
            | Self::Clippy
            | Self::ClippyWasm
            | Self::Types
            | Self::Dependencies
            | Self::Unit
            | Self::Release
            | Self::Dist => None,
        }
    }

    /// Runs it, adding the tests that it saw to `tally`.
    pub(super) fn run(self, tally: &mut Tally) -> Outcome {
        match self {
            Self::Format => {
                process::run(&mut cargo("fmt --all --check"))?;
                tools::npm_packages()?;
                let prettier = workspace::npm_programs().join(search_path::script("prettier"));
                process::run(process::command(prettier).arg("--check").args(PRETTIER_FILES))
            }
            Self::Clippy => process::run(
                cargo("clippy --workspace --exclude portal --exclude gallery --all-targets").args(DENY_WARNINGS),
            ),
            Self::ClippyWasm => {
                tools::wasm_target()?;
                // The pure crates without their tests, which run on this machine only: proptest wants its random numbers.
                process::run(cargo("clippy -p connection -p states").args(FOR_WASM).args(DENY_WARNINGS))?;
                process::run(cargo("clippy -p portal -p gallery --all-targets").args(FOR_WASM).args(DENY_WARNINGS))
            }
            Self::Types => {
                tools::npm_packages()?;
                let tsc = workspace::npm_programs().join(search_path::script("tsc"));
                process::run(
                    process::command(tsc).args(["--noEmit", "--project"]).arg(workspace::root().join("end2end")),
                )
            }
            Self::Dependencies => {
                let cargo_deny = tools::cargo_deny()?.join(search_path::executable("cargo-deny"));
                let checks = ["--workspace", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"];
                process::run(process::command(&cargo_deny).args(checks))?;
                println!("{}", advisories::check(&cargo_deny));
                Ok(())
            }
            Self::Unit => {
                let mut command = cargo("test --workspace --exclude portal --exclude gallery --no-fail-fast");
                command.env("PROPTEST_CASES", "100000");
                with_others(tally, |tally| count(&mut command, tally, tally::of_libtest_line))
            }
            Self::Release => build::release(),
            Self::Size => size::check(),
            Self::EndToEnd => {
                with_others(tally, |tally| count(browser::suite()?.arg(FLOWS), tally, tally::of_playwright_line))
            }
            Self::States => count(browser::suite()?.arg(STATES), tally, tally::of_playwright_line),
            Self::Faults => count(&mut faults::matrix()?, tally, tally::of_playwright_line),
            Self::Dist => package::check(),
            Self::Engines => count(&mut engines::scenarios()?, tally, tally::of_playwright_line),
        }
    }
}

/// Playwright's patterns for the two halves of the suite: what people do; and every state by itself, what it says, how it looks
/// and whether all of it can be read and reached, which takes longer than all the rest and runs when it is named.
const FLOWS: &str = r"tests/[^/]+\.spec\.ts$";
const STATES: &str = r"tests/states/.+\.spec\.ts$";

/// What prettier formats; quoted for prettier, which knows patterns on every system.
const PRETTIER_FILES: [&str; 3] = ["end2end/**/*.{ts,tsx,css}", "style/**/*.css", "crates/*/src/**/*.js"];

/// The programs with which the tests try what operators install beside it, and the packages that bring them.
const OTHER_PROGRAMS: [&str; 4] = ["nginx", "caddy", "promtool", "prometheus"];
const OTHERS: Packages =
    Packages { title: "nginx, Caddy and Prometheus", names: &["nginx-light", "caddy", "prometheus"] };

/// Runs tests with those programs: installs what is missing of them, and counts as skipped what cannot be installed without
/// a question.
fn with_others(tally: &mut Tally, run: impl FnOnce(&mut Tally) -> Outcome) -> Outcome {
    let is_missing = OTHER_PROGRAMS.iter().any(|name| load::program(name).is_none());
    let lacking = if is_missing { OTHERS.install().err() } else { None };
    run(tally)?;
    if let Some(why) = lacking {
        println!("skipped: what is held against nginx, Caddy and Prometheus. {why}");
        tally.skipped += 1;
    }
    Ok(())
}

const FOR_WASM: [&str; 2] = ["--target", tools::WASM];
const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

fn cargo(words: &str) -> Command {
    let mut command = process::command("cargo");
    command.args(words.split(' '));
    command
}

fn count(command: &mut Command, tally: &mut Tally, of_line: fn(&str) -> Tally) -> Outcome {
    process::watch(command, |line| *tally += of_line(line))?;
    if tally.is_empty() { Err(Failure::step("no test ran")) } else { Ok(()) }
}
