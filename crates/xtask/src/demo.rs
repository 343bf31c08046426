//! `cargo xtask demo`: from a fresh checkout to a portal that can be broken by hand, with nothing left behind.

pub(crate) mod plan;
pub(crate) mod ports;

use std::process::ExitCode;

use crate::failure::Outcome;
use crate::servers::{self, Servers};
use crate::{build, progress};
use ports::Ports;

pub(crate) const USAGE: &str = "\
cargo xtask demo [--portal PORT] [--endpoint PORT]

Builds the app and the programs (installing what is missing), starts the portal with two simulated DRP endpoints on
127.0.0.1, and says what to open and what to try. Ctrl-C stops everything.

  --portal PORT     where the portal listens (8080)
  --endpoint PORT   first of four ports in a row: an endpoint in plain HTTP, its control, one with DRP's self-signed
                    certificate, its control (8092)";

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    let ports = Ports::from_arguments(arguments)?;
    // Before the build: nobody likes to wait for minutes and then hear about a port.
    ports.check_free()?;
    build::release()?;

    let stopped = servers::stop_signal()?;
    let servers = progress::step("start of the endpoints and the portal", "some seconds", || {
        Servers::start(&plan::programs(&ports), &stopped)
    })?;
    println!("{}", plan::screen(&ports));
    servers.run_until(&stopped)?;
    println!("\nStopped; nothing is left running.");
    Ok(ExitCode::SUCCESS)
}
