//! `cargo xtask faults`: produces every fault and shows what the portal says about it, with its server and without.

use std::process::{Command, ExitCode};

use crate::failure::Outcome;
use crate::{browser, build, options, process};

pub(crate) const USAGE: &str = "\
cargo xtask faults [--only WORDS]

Produces every fault that the portal can tell, with real sockets, real TLS and a real browser: each is met by one page
whose server probes too and by one whose server is gone. Prints a table in Markdown: the cause that each page
named, how sure it was and after how long, and how it came back once the fault was healed. The table is also written to
target/faults/matrix.md and, once every row is right, into the README. Fails if a page named another cause than it
should. Without --only it then asks browsers about some 250 certificate chains and about the certificate that the
portal's own command makes, and writes docs/agreement.md.

  --only WORDS   only the faults whose name holds these words, such as `certificate` or `bad-gateway`";

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    let only = options::parse(arguments, &["only"])?;
    build::release()?;
    let mut command = matrix()?;
    if only.is_empty() {
        command.env("MEGAPHONE_MATRIX", "write");
    }
    for (_only, words) in &only {
        command.args(["--grep", words]);
    }
    process::run(&mut command)?;
    if only.is_empty() {
        process::run(&mut agreement()?)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The tests of the probe that start browsers.
fn agreement() -> Outcome<Command> {
    let mut command = process::command("cargo");
    command.args(["test", "-p", "megaphone", "--lib", "--", "--ignored", "--nocapture", "probe::agreement"]);
    command.env("MEGAPHONE_AGREEMENT", "write");
    browser::name_chromium(&mut command)?;
    Ok(command)
}

/// Playwright with the table of faults, held against the one in the README; the programs have to be built.
pub(crate) fn matrix() -> Outcome<Command> {
    let mut command = browser::suite()?;
    command.args(["--config", "faults/playwright.config.ts"]);
    Ok(command)
}
