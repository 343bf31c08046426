//! `cargo xtask build`: the portal, the gallery and the two programs as they ship, each only when something changed.

mod files;
mod imports;
mod page;
pub(crate) mod parts;
pub(crate) mod portal;
mod static_pages;
mod streams;
pub(crate) mod trunk;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use crate::failure::Outcome;
use crate::freshness::Stamp;
use crate::{options, process, progress, tools, workspace};

pub(crate) const USAGE: &str = "\
cargo xtask build [--embed-app]

Builds what an operator installs: `dist` with the portal and the gallery, the list of states, the article for browsers
without JavaScript and every file compressed beside itself, and `megaphone` and `drp-simulator` in target/release. The
demo and the tests do the same first.

  --embed-app   build `megaphone` with `dist` inside as well, in target/shipped: one file is all that is installed";

/// Everything that goes into `dist`. A file that is missing from this list would leave an old page in place.
const APP_INPUTS: [&str; 24] = [
    "src",
    "style",
    "public",
    "crates/connection",
    "crates/states",
    "crates/gallery",
    "crates/xtask/src/build",
    "crates/xtask/src/build.rs",
    "crates/xtask/src/folder.rs",
    "crates/xtask/src/lockfile.rs",
    "crates/xtask/src/process.rs",
    "crates/xtask/src/search_path.rs",
    "crates/xtask/src/tools",
    "crates/xtask/src/tools.rs",
    "crates/xtask/src/wasm.rs",
    "crates/xtask/src/workspace.rs",
    "end2end/states",
    ".cargo/config.toml",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "package-lock.json",
    "rust-toolchain.toml",
];

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    let (flags, rest): (Vec<_>, Vec<_>) = arguments.iter().cloned().partition(|argument| argument == "--embed-app");
    options::parse(&rest, &[])?;
    release()?;
    if !flags.is_empty() {
        embed_app()?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds `megaphone` with `dist` inside, in target/shipped. Alone, so that no library has a feature that only tests ask for.
pub(crate) fn embed_app() -> Outcome {
    progress::step("megaphone with the app inside, release build", "4 minutes the first time, then two", || {
        let arguments = ["build", "--profile", "shipped", "--locked", "-p", "megaphone", "--features", "embed-app"];
        process::run(process::command("cargo").args(arguments).arg("--bins"))
    })
}

/// Builds everything that the demo and the end-to-end suite start: `dist`, `megaphone` and `drp-simulator`.
pub(crate) fn release() -> Outcome {
    tools::wasm_target()?;
    tools::npm_packages()?;
    progress::step("megaphone and drp-simulator, release build", "3 minutes the first time, then seconds", || {
        // The examples are the steps of the build below, and made of the same crates.
        let packages = ["-p", "megaphone", "-p", "drp-simulator", "-p", "connection", "-p", "states"];
        process::run(process::command("cargo").args(["build", "--release", "--bins", "--examples"]).args(packages))
    })?;
    app()
}

fn app() -> Outcome {
    // The page names the program and the styles with their hashes, so it stands for the whole of dist.
    let stamp = Stamp { file: workspace::target().join("xtask-app.stamp"), made: workspace::dist().join("index.html") };
    if stamp.is_fresh(inputs()) {
        println!("✔ app: dist is up to date");
        return Ok(());
    }
    // What is missing is installed before anything is built.
    let trunk = trunk::Trunk::find()?;
    tools::wasm_split()?;
    let started = SystemTime::now();
    progress::step("portal, release build in parts", "3 minutes the first time, then one", portal::build)?;
    progress::step("gallery, release build by trunk", "one minute", || trunk.gallery())?;
    progress::step("list of states, article, compressed files", "some seconds", files::write)?;
    stamp.write(started)
}

fn inputs() -> impl Iterator<Item = PathBuf> {
    APP_INPUTS.iter().map(|input| workspace::root().join(input))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// What the build uses of xtask and what changes nothing in `dist`.
    const NO_INPUTS: [&str; 4] = ["failure", "freshness", "options", "progress"];

    #[test]
    fn every_input_of_the_app_exists() {
        for input in inputs() {
            assert!(input.exists(), "{}", input.display());
        }
    }

    #[test]
    fn every_module_of_xtask_that_makes_the_app_is_an_input() {
        let commands = workspace::root().join("crates/xtask/src");
        let listed: Vec<_> = inputs().filter(|input| input.starts_with(&commands)).collect();
        let used: BTreeSet<String> =
            listed.iter().flat_map(|input| sources(input)).flat_map(|it| modules(&it)).collect();
        assert!(used.contains("wasm") && used.contains("tools"), "{used:?}");
        for module in used.iter().filter(|module| !NO_INPUTS.contains(&module.as_str())) {
            let folder = commands.join(module);
            assert!(listed.contains(&folder.with_extension("rs")), "{module}.rs");
            assert!(!folder.exists() || listed.contains(&folder), "{module}");
        }
    }

    /// This file, or all sources in this folder and below.
    fn sources(path: &Path) -> Vec<String> {
        match fs::read_dir(path) {
            Ok(entries) => entries.flat_map(|entry| sources(&entry.unwrap().path())).collect(),
            Err(_) => vec![fs::read_to_string(path).unwrap()],
        }
    }

    /// The modules that a source takes something from: what stands behind `crate`, a path or a list of them in braces.
    fn modules(source: &str) -> Vec<String> {
        let paths = source.split("crate::").skip(1).flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![rest],
        });
        let of_name = |it: char| it.is_ascii_alphanumeric() || it == '_';
        let names = paths.filter_map(|path| path.trim().split(|it| !of_name(it)).next());
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }
}
