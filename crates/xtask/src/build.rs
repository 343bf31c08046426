//! Builds the app with trunk and the two programs with cargo, each only when something changed.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use crate::failure::{Failure, Outcome};
use crate::{freshness, process, progress, search_path, tools, workspace};

/// Whatever goes into the app. A file that is missing from this list would leave an old page standing.
const APP_INPUTS: [&str; 10] = [
    "src",
    "style",
    "public",
    "crates/connection",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "package-lock.json",
    "rust-toolchain.toml",
];

/// Builds everything that the demo and the end-to-end suite start: `dist`, `megaphone` and `drp-simulator`.
pub(crate) fn release() -> Outcome {
    tools::wasm_target()?;
    tools::npm_packages()?;
    app()?;
    progress::step("megaphone and drp-simulator, release build", "3 minutes the first time, then seconds", || {
        let packages = ["-p", "megaphone", "-p", "drp-simulator"];
        process::run(process::command("cargo").args(["build", "--release"]).args(packages))
    })
}

fn app() -> Outcome {
    let stamp = Stamp::new();
    if stamp.is_fresh() {
        println!("✔ app: dist is up to date");
        return Ok(());
    }
    let (trunk, wasm_bindgen) = (tools::trunk()?, tools::wasm_bindgen()?);
    let started = SystemTime::now();
    progress::step("app, release build by trunk", "3 minutes the first time, then one", || {
        let mut command = process::command(trunk.join(search_path::executable("trunk")));
        command.args(["build", "--release"]);
        command.env("PATH", search_path::with_first([workspace::npm_programs(), wasm_bindgen, trunk]));
        command.env("TRUNK_SKIP_VERSION_CHECK", "true");
        // trunk takes only `true` or `false` here, where everybody else takes anything.
        if env::var_os("NO_COLOR").is_some() {
            command.env("NO_COLOR", "true");
        }
        process::run(&mut command)
    })?;
    stamp.write(started)
}

/// Remembers from when the inputs of `dist` were, and which build it was: `trunk serve` writes to the same place.
struct Stamp {
    file: PathBuf,
    page: PathBuf,
}

impl Stamp {
    fn new() -> Self {
        Self { file: workspace::target().join("xtask-app.stamp"), page: workspace::dist().join("index.html") }
    }

    fn is_fresh(&self) -> bool {
        // The page names every other file with its hash, so it stands for the whole of dist.
        let same = |stamp: String| fs::read_to_string(&self.page).is_ok_and(|page| page == stamp);
        let inputs = APP_INPUTS.iter().map(|input| workspace::root().join(input));
        fs::read_to_string(&self.file).is_ok_and(same) && freshness::newest(inputs) <= freshness::written(&self.file)
    }

    /// Dated back to the start of the build: what was saved while it ran is not in it.
    fn write(&self, started: SystemTime) -> Outcome {
        let write = || {
            fs::copy(&self.page, &self.file)?;
            fs::File::options().write(true).open(&self.file)?.set_modified(started)
        };
        write().map_err(Failure::system(format!("write {}", self.file.display())))
    }
}
