//! `cargo xtask bench`: measures the portal in a real browser beside two pages that do the same.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::failure::{Failure, Outcome};
use crate::{browser, build, options, process, progress, search_path, tools, workspace};

pub(crate) const USAGE: &str = "\
cargo xtask bench [--quick] [--rounds N] [--json FILE]

Builds the release and measures it in Chromium beside two pages with the same words and markup: one written by hand, as
the floor, and one in React with react-use-websocket and TanStack Virtual. All three are sent by `megaphone` and connect
to a `drp-simulator`; each round has them in turn. Prints what each sends, how soon it paints and is connected on a slow
line and a slow device, how soon a loss is seen, what 10,000 events a second cost, how soon the dialog opens, and
Lighthouse's scores, with ratios, spreads and budgets. A busy machine moves the times, so nothing fails by them.

  --quick       two rounds without Lighthouse, in less than five minutes; all of it takes about twenty
  --rounds N    how many rounds     [default: 5]
  --json FILE   where all figures are written     [default: target/bench/bench.json]";

/// What the command line asks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    quick: bool,
    rounds: Option<u32>,
    json: Option<PathBuf>,
}

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    let asked = read(arguments)?;
    build::release()?;
    packages()?;
    progress::step("the types of the bench", "seconds", || {
        let tsc = workspace::npm_programs().join(search_path::script("tsc"));
        process::run(process::command(tsc).args(["--noEmit", "--project"]).arg(folder()))
    })?;
    process::run(&mut driver(&asked)?)?;
    Ok(ExitCode::SUCCESS)
}

fn read(arguments: &[String]) -> Outcome<Asked> {
    let (flags, rest): (Vec<_>, Vec<_>) = arguments.iter().cloned().partition(|argument| argument == "--quick");
    let mut asked = Asked { quick: !flags.is_empty(), ..Asked::default() };
    for (name, value) in options::parse(&rest, &["rounds", "json"])? {
        if name == "json" {
            asked.json = Some(PathBuf::from(value));
            continue;
        }
        let rounds = value.parse().ok().filter(|rounds| *rounds > 0);
        let refused = || Failure::Usage(format!("--rounds: expected a number of at least 1, got `{value}`"));
        asked.rounds = Some(rounds.ok_or_else(refused)?);
    }
    Ok(asked)
}

/// The packages of its own, which nothing else needs.
fn packages() -> Outcome {
    tools::installed(&folder(), "npm packages of the bench", "about three minutes, once")
}

/// The program that measures.
fn driver(asked: &Asked) -> Outcome<Command> {
    let tsx = folder().join("node_modules/.bin").join(search_path::script("tsx"));
    let mut command = process::command(tsx);
    command.arg(folder().join("main.ts"));
    command.args(asked.quick.then_some("--quick"));
    command.args(asked.rounds.map(|rounds| format!("--rounds={rounds}")));
    let json = asked.json.clone().unwrap_or_else(|| workspace::target().join("bench/bench.json"));
    command.arg("--json").arg(json);
    command.env("MEGAPHONE_PROGRAMS", workspace::target().join("release"));
    browser::name_chromium(&mut command)?;
    Ok(command)
}

fn folder() -> PathBuf {
    workspace::root().join("end2end/bench")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn what_is_asked_for_may_stand_in_any_order() {
        let asked = Asked { quick: true, rounds: Some(3), json: Some(PathBuf::from("a.json")) };
        assert_eq!(read(&words("--json a.json --quick --rounds 3")).unwrap(), asked);
        assert_eq!(read(&[]).unwrap(), Asked::default());
    }

    #[test]
    fn no_rounds_at_all_are_refused_before_anything_is_built() {
        for value in ["0", "many", "-1"] {
            let failure = run(&["--rounds".to_owned(), value.to_owned()]);
            assert!(matches!(failure, Err(Failure::Usage(_))), "{value}");
        }
    }

    #[test]
    fn an_unknown_option_is_refused_before_anything_is_built() {
        assert!(matches!(run(&words("--slow 1")), Err(Failure::Usage(_))));
    }
}
