//! Finds a Chromium for the end-to-end suite, or installs one.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian::Packages;
use crate::failure::{Failure, Outcome};
use crate::{process, progress, search_path, tools, workspace};

const ON_PATH: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DEBIAN: Packages = Packages { title: "Chromium", names: &["chromium"] };
const ON_MACOS: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// The browser that the end-to-end suite drives.
enum Chromium {
    /// The system's own.
    System(PathBuf),
    /// The one that Playwright installed and finds on its own.
    Playwright,
}

/// A Chromium: the system's, else Playwright's, else a new one.
fn chromium() -> Outcome<Chromium> {
    if let Some(found) = found() {
        return Ok(found);
    }
    let downloaded = progress::step("Chromium for Playwright", "about a minute, once", || {
        process::run(playwright().args(["install", "chromium"]))
    });
    if downloaded.is_err() {
        DEBIAN.install()?;
    }
    found().ok_or_else(|| {
        Failure::step(
            "could not install Chromium; to install it manually: npx playwright install --with-deps chromium, or your system's package",
        )
    })
}

/// The Playwright of package-lock.json.
fn playwright() -> Command {
    process::command(workspace::npm_programs().join(search_path::script("playwright")))
}

/// Playwright in the directory of the end-to-end suite, with our programs and a Chromium.
pub(crate) fn suite() -> Outcome<Command> {
    tools::npm_packages()?;
    let mut command = playwright();
    command.arg("test").current_dir(workspace::root().join("end2end"));
    command.env("MEGAPHONE_PROGRAMS", workspace::target().join("release"));
    // The numbers in its output are parsed, and colour codes would break that.
    command.env_remove("FORCE_COLOR");
    name_chromium(&mut command)?;
    Ok(command)
}

/// Tells a command which Chromium to drive.
pub(crate) fn name_chromium(command: &mut Command) -> Outcome {
    match chromium()? {
        Chromium::System(file) => command.env("MEGAPHONE_CHROMIUM", file),
        Chromium::Playwright => command.env_remove("MEGAPHONE_CHROMIUM"),
    };
    Ok(())
}

fn found() -> Option<Chromium> {
    let macos = Some(PathBuf::from(ON_MACOS)).filter(|file| file.is_file());
    search_path::find(&ON_PATH).or(macos).map(Chromium::System).or_else(playwrights_own)
}

fn playwrights_own() -> Option<Chromium> {
    let script = "console.log(require('@playwright/test').chromium.executablePath())";
    let path = process::capture(process::command("node").args(["-e", script])).ok()?;
    Path::new(&path).is_file().then_some(Chromium::Playwright)
}
