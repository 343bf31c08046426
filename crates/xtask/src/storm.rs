//! `cargo xtask storm`: what an endpoint meets when it comes back and a whole fleet of portals wants in again. The work is
//! done by an example of `connection`, so that this crate depends on none of the others.

use std::process::ExitCode;

use crate::failure::Outcome;
use crate::process;

pub(crate) const USAGE: &str = include_str!("../../connection/examples/storm/usage.txt");

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    let mut cargo = process::command("cargo");
    cargo.args(["run", "--quiet", "--release", "-p", "connection", "--example", "storm", "--"]).args(arguments);
    process::run(&mut cargo)?;
    Ok(ExitCode::SUCCESS)
}
