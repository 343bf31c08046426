//! What a build needs beyond rustup's Rust and Node, installed when it is missing.
//!
//! Every function here is quick when there is nothing to do, so code that needs a tool simply asks for it.

mod cargo_tool;

use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};
use crate::{freshness, lockfile, process, progress, search_path, workspace};
use cargo_tool::CargoTool;

/// The oldest Node that the npm packages run on.
const NODE_MAJOR: u32 = 20;

/// The target that the app is compiled for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The directory of trunk, which builds the app. 0.22 needs a newer Rust than this project does.
pub(crate) fn trunk() -> Outcome<PathBuf> {
    CargoTool {
        package: "trunk",
        version: "0.21.14",
        programs: &["trunk"],
        // The default features bring OpenSSL, which would need a C compiler and its headers.
        features: &["--no-default-features", "--features", "rustls"],
        expectation: "about 6 minutes on two cores, once",
    }
    .ensure()
}

/// The directory of wasm-bindgen, in the one version that fits the crate in Cargo.lock.
pub(crate) fn wasm_bindgen() -> Outcome<PathBuf> {
    let lock = workspace::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&lock).map_err(Failure::system(format!("read {}", lock.display())))?;
    let version = lockfile::version(&lock, "wasm-bindgen").ok_or_else(|| {
        Failure::step("Cargo.lock names no version of wasm-bindgen; `cargo update --workspace` writes it")
    })?;
    CargoTool {
        package: "wasm-bindgen-cli",
        version,
        programs: &["wasm-bindgen"],
        features: &[],
        expectation: "about 3 minutes on two cores, once",
    }
    .ensure()
}

/// The directory of wasm-split-cli, which cuts the portal into its parts.
pub(crate) fn wasm_split() -> Outcome<PathBuf> {
    CargoTool {
        package: "wasm_split_cli_support",
        version: "0.2.4",
        programs: &["wasm-split-cli"],
        features: &["--features", "build-binary"],
        expectation: "about 2 minutes on two cores, once",
    }
    .ensure()
}

/// The directory of cargo-deny, which holds Cargo.lock against deny.toml.
pub(crate) fn cargo_deny() -> Outcome<PathBuf> {
    CargoTool {
        package: "cargo-deny",
        version: "0.20.2",
        programs: &["cargo-deny"],
        features: &[],
        expectation: "about 3 minutes on two cores, once",
    }
    .ensure()
}

/// The directory of cargo-deb, which makes the Debian package.
pub(crate) fn cargo_deb() -> Outcome<PathBuf> {
    CargoTool {
        package: "cargo-deb",
        version: "3.8.0",
        programs: &["cargo-deb"],
        features: &[],
        expectation: "about 2 minutes on two cores, once",
    }
    .ensure()
}

/// Rust's standard library for wasm.
pub(crate) fn wasm_target() -> Outcome {
    let sysroot = PathBuf::from(process::capture(process::command("rustc").args(["--print", "sysroot"]))?);
    if sysroot.join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    progress::step(&format!("Rust's {WASM} target"), "half a minute, once", || {
        process::run(process::command("rustup").args(["target", "add", WASM])).map_err(|failure| {
            Failure::step(format!("{failure}\nRust from rustup can add it: rustup target add {WASM}"))
        })
    })
}

/// The npm packages of package-lock.json: Tailwind, wasm-opt, Playwright.
pub(crate) fn npm_packages() -> Outcome {
    let node = process::capture(process::command("node").arg("--version")).unwrap_or_default();
    if major(&node).is_none_or(|major| major < NODE_MAJOR) {
        let found = if node.is_empty() { "found none on PATH" } else { &node };
        return Err(Failure::step(format!(
            "expected Node {NODE_MAJOR} or newer, {found}: install it from https://nodejs.org or run `nvm install {NODE_MAJOR}`"
        )));
    }
    installed(workspace::root(), "npm packages", "about half a minute, once")
}

/// The packages of the package-lock.json in a folder, installed there.
pub(crate) fn installed(folder: &Path, label: &str, expectation: &str) -> Outcome {
    // npm writes this file last, so it stands for the whole directory.
    let installed = freshness::written(&folder.join("node_modules/.package-lock.json"));
    let wanted = freshness::newest([folder.join("package-lock.json")]);
    if installed.is_some_and(|installed| Some(installed) >= wanted) {
        return Ok(());
    }
    progress::step(label, expectation, || {
        let mut npm = process::command(search_path::script("npm"));
        process::run(npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))
    })
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_what_stands_before_the_first_dot() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.1.0"), Some(8));
        assert_eq!(major(""), None);
    }
}
