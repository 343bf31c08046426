//! What the RustSec advisories say of the packages in Cargo.lock. Their database is fetched from GitHub, which a build
//! machine need not reach: where it cannot be had, the part says so and goes on.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::process;

/// The whole database is there after some seconds; a network that swallows packets must not hold up the rest for long.
const FETCH_LIMIT: Duration = Duration::from_secs(60);

/// What came of it, in a line. An advisory that applies is shown and fails nothing: it is published on a day of its own, and
/// the same tree must not pass today and fail tomorrow. Read it before a release.
pub(super) fn check(cargo_deny: &Path) -> String {
    if let Err(why) = process::run_within(&mut fetch(cargo_deny), FETCH_LIMIT) {
        return format!("not checked: advisories ({why})");
    }
    // Offline, because everything is there now: a network that is lost in between is no advisory.
    let mut check = process::command(cargo_deny);
    check.args(["--workspace", "--offline", "check", "--hide-inclusion-graph", "advisories"]);
    match process::run(&mut check) {
        Ok(()) => "checked: no advisory applies".to_owned(),
        Err(_) => "! checked: the advisories above apply".to_owned(),
    }
}

/// The fetch by itself: a failed `cargo deny check` does not tell an advisory from a database that is away.
fn fetch(cargo_deny: &Path) -> Command {
    let mut fetch = process::command(cargo_deny);
    fetch.args(["--workspace", "fetch", "db"]);
    // Nobody is there to be asked for a password.
    fetch.env("GIT_TERMINAL_PROMPT", "0");
    fetch
}
