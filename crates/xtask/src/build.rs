//! Builds the app with trunk and the two programs with cargo, each only when something changed.

use std::path::PathBuf;
use std::time::SystemTime;
use std::{env, fs};

use crate::failure::{Failure, Outcome};
use crate::freshness::Stamp;
use crate::{process, progress, search_path, tools, workspace};

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
    // The page names the program and the styles with their hashes, so it stands for the whole of dist.
    let stamp = Stamp { file: workspace::target().join("xtask-app.stamp"), made: workspace::dist().join("index.html") };
    if stamp.is_fresh(inputs()) {
        println!("✔ app: dist is up to date");
        return Ok(());
    }
    let (trunk, wasm_bindgen) = (tools::trunk()?, tools::wasm_bindgen()?);
    let started = SystemTime::now();
    let build = |arguments: &[&str]| {
        let mut command = process::command(trunk.join(search_path::executable("trunk")));
        command.args(["build", "--release=true"]).args(arguments);
        command.env("PATH", search_path::with_first([workspace::npm_programs(), wasm_bindgen.clone(), trunk.clone()]));
        command.env("TRUNK_SKIP_VERSION_CHECK", "true");
        // trunk takes only `true` or `false` here, where everybody else takes anything.
        if env::var_os("NO_COLOR").is_some() {
            command.env("NO_COLOR", "true");
        }
        process::run(&mut command)
    };
    progress::step("app, release build by trunk", "3 minutes the first time, then one", || build(&[]))?;
    progress::step("gallery, release build by trunk", "one minute", || gallery(build))?;
    stamp.write(started)
}

/// The gallery is a second program in the same page: trunk builds one program a page, so the page is written again with
/// the other program's name and styles. What it is made of goes beside the app, where equal files have equal names.
fn gallery(build: impl Fn(&[&str]) -> Outcome) -> Outcome {
    let (page, made) = (workspace::root().join("preview.html"), workspace::target().join("gallery"));
    let index = fs::read_to_string(workspace::root().join("index.html")).map_err(Failure::system("read index.html"))?;
    let index = index.replace("data-bin=\"portal\"", "data-bin=\"gallery\"");
    let index = index.replace("style/main.css", "style/preview.css");
    fs::write(&page, index).map_err(Failure::system("write preview.html"))?;
    build(&["preview.html", "--dist", &made.display().to_string()])?;
    let copy = || {
        for entry in fs::read_dir(&made)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                let name = entry.file_name();
                let name = if name == "index.html" { "preview.html".into() } else { name };
                fs::copy(entry.path(), workspace::dist().join(name))?;
            }
        }
        Ok(())
    };
    copy().map_err(Failure::system("copy the gallery into dist"))
}

fn inputs() -> impl Iterator<Item = PathBuf> {
    APP_INPUTS.iter().map(|input| workspace::root().join(input))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_input_of_the_app_exists() {
        for input in inputs() {
            assert!(input.exists(), "{}", input.display());
        }
    }
}
