//! `cargo xtask soak`: loses the connection thousands of times in one page and looks at what is left over.

use std::process::ExitCode;

use crate::failure::{Failure, Outcome};
use crate::{browser, build, options, process};

pub(crate) const USAGE: &str = "\
cargo xtask soak [--flaps N] [--seconds N]

Ends a standing connection N times, in every way that an endpoint can, as fast as one page in a real browser connects
again. Prints the memory, the DOM nodes and the event listeners of the first quarter and of the last, and fails if they
grew, if more than one socket is open in the end, or if the page had an error.

  --flaps N     how many times     [default: 2000]
  --seconds N   stop after this long, however many times it was by then     [default: no limit]";

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    let mut limits = vec![("MEGAPHONE_FLAPS", 2_000)];
    for (name, value) in options::parse(arguments, &["flaps", "seconds"])? {
        let number = value.parse::<u32>().ok().filter(|number| *number > 0);
        let number = number
            .ok_or_else(|| Failure::Usage(format!("--{name}: expected a number of at least 1, got `{value}`")))?;
        limits.push((if name == "flaps" { "MEGAPHONE_FLAPS" } else { "MEGAPHONE_SECONDS" }, number));
    }
    build::release()?;
    let mut command = browser::suite()?;
    command.args(["--config", "soak/playwright.config.ts"]);
    command.envs(limits.into_iter().map(|(name, number)| (name, number.to_string())));
    process::run(&mut command)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_losses_at_all_are_refused_before_anything_is_built() {
        for value in ["0", "many", "-1"] {
            assert!(matches!(run(&["--flaps".to_owned(), value.to_owned()]), Err(Failure::Usage(_))), "{value}");
        }
    }
}
