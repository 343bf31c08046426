//! The commands of the project: `cargo xtask COMMAND`.
//!
//! Each command is one file and one row of [`COMMANDS`]; the help text and the lookup are made from that table.

mod bench;
mod browser;
mod build;
mod debian;
mod demo;
mod dev;
mod dist;
mod engines;
mod failure;
mod faults;
mod folder;
mod freshness;
mod http;
mod load;
mod lockfile;
mod options;
mod process;
mod progress;
mod search_path;
mod servers;
mod size;
mod soak;
mod states;
mod storm;
mod test;
mod tools;
mod wasm;
mod workspace;

use std::process::ExitCode;

use failure::{Failure, Outcome};

/// One row of the table: what is typed, what it does, and the function that does it.
struct Command {
    name: &'static str,
    summary: &'static str,
    /// The text after `cargo xtask NAME --help`.
    usage: &'static str,
    run: fn(&[String]) -> Outcome<ExitCode>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "demo",
        summary: "builds everything, starts the portal with two simulated endpoints, says what to try",
        usage: demo::USAGE,
        run: demo::run,
    },
    Command {
        name: "dev",
        summary: "serves portal and gallery, rebuilt and reloaded at every save",
        usage: dev::USAGE,
        run: dev::run,
    },
    Command {
        name: "build",
        summary: "builds the portal, the gallery and the two programs as they ship",
        usage: build::USAGE,
        run: build::run,
    },
    Command {
        name: "dist",
        summary: "packs the release: archive, Debian package, licences, bill of materials, checksums",
        usage: dist::USAGE,
        run: dist::run,
    },
    Command {
        name: "test",
        summary: "runs the tests and ends with `N passed, N failed`",
        usage: test::USAGE,
        run: test::run,
    },
    Command {
        name: "faults",
        summary: "produces every fault and shows what the portal says about it",
        usage: faults::USAGE,
        run: faults::run,
    },
    Command {
        name: "size",
        summary: "says where the bytes of the portal's program are, by part, crate and module",
        usage: size::USAGE,
        run: size::run,
    },
    Command {
        name: "soak",
        summary: "loses the connection thousands of times and checks for leaks",
        usage: soak::USAGE,
        run: soak::run,
    },
    Command {
        name: "states",
        summary: "stores how every state looks, as the reference of the suite",
        usage: states::USAGE,
        run: states::run,
    },
    Command {
        name: "storm",
        summary: "simulates a fleet of portals that reconnect to one endpoint",
        usage: storm::USAGE,
        run: storm::run,
    },
    Command {
        name: "load",
        summary: "measures the server beside nginx, with the same files on this machine",
        usage: load::USAGE,
        run: load::run,
    },
    Command {
        name: "bench",
        summary: "measures the page beside one written by hand and one in React",
        usage: bench::USAGE,
        run: bench::run,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    dispatch(&arguments).unwrap_or_else(|failure| {
        eprintln!("{failure}");
        failure.exit_code()
    })
}

fn dispatch(arguments: &[String]) -> Outcome<ExitCode> {
    let Some((name, rest)) = arguments.split_first().filter(|(name, _)| !asks_for_help(name)) else {
        println!("{}", table());
        return Ok(ExitCode::SUCCESS);
    };
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        return Err(Failure::Usage(format!("unknown command `{name}`.\n\n{}", table())));
    };
    if rest.iter().any(|argument| asks_for_help(argument)) {
        println!("{}", command.usage);
        return Ok(ExitCode::SUCCESS);
    }
    (command.run)(rest)
}

fn asks_for_help(argument: &str) -> bool {
    matches!(argument, "--help" | "-h" | "help")
}

fn table() -> String {
    let rows = COMMANDS.iter().map(|command| format!("  cargo xtask {:<6} {}", command.name, command.summary));
    format!("{}\n\n`cargo xtask COMMAND --help` says more.", rows.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_command_says_what_exists() {
        let failure = dispatch(&["stomr".to_owned()]).unwrap_err();
        let text = failure.to_string();
        assert!(matches!(failure, Failure::Usage(_)));
        for command in COMMANDS {
            assert!(text.contains(command.name), "{text}");
        }
    }

    #[test]
    fn help_runs_no_command() {
        for command in COMMANDS {
            let arguments = [command.name.to_owned(), "--help".to_owned()];
            assert_eq!(dispatch(&arguments).unwrap(), ExitCode::SUCCESS);
        }
    }
}
