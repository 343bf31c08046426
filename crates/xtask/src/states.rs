//! `cargo xtask states`: stores how every state of the gallery looks and what assistive technology is given.

use std::process::ExitCode;

use crate::failure::Outcome;
use crate::{browser, build, options, process};

pub(crate) const USAGE: &str = "\
cargo xtask states

Visits every state of the gallery and stores its pictures and its accessibility tree in end2end/states where they differ
from the stored ones by more than the suite allows. Files of states that no longer exist are removed. Review the diff
before you commit it: from then on the suite compares every state with it.";

/// The specs that hold the states to what is stored.
const SPECS: [&str; 3] = ["tests/states/pictures.spec.ts", "tests/states/trees.spec.ts", "tests/states/stored.spec.ts"];

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    options::parse(arguments, &[])?;
    build::release()?;
    process::run(browser::suite()?.arg("--update-snapshots=changed").args(SPECS))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace;

    #[test]
    fn each_spec_is_there() {
        for spec in SPECS {
            assert!(workspace::root().join("end2end").join(spec).is_file(), "{spec}");
        }
    }
}
