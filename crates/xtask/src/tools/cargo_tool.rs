//! A program that `cargo install` can bring, looked for before it is built: on PATH, in our cache, prebuilt.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::{process, progress, search_path};

/// A package of exactly one version, with the programs that it brings.
pub(super) struct CargoTool<'a> {
    pub(super) package: &'static str,
    pub(super) version: &'a str,
    /// All of them have to lie in one directory; the first is asked for its version.
    pub(super) programs: &'static [&'static str],
    /// What `cargo install` needs to hear beside the version.
    pub(super) features: &'static [&'static str],
    /// How long building it takes, for the person who waits.
    pub(super) expectation: &'static str,
}

impl CargoTool<'_> {
    /// The directory that holds the programs in this version; installs them when no directory does.
    pub(super) fn ensure(&self) -> Outcome<PathBuf> {
        let cache = cache()?;
        if let Some(directory) = self.find(&cache) {
            return Ok(directory);
        }
        let installed = self.take_prebuilt(&cache).or_else(|_| self.build(&cache)).map(|()| self.find(&cache));
        installed.ok().flatten().ok_or_else(|| {
            let by_hand = process::shown(&self.build_command(&cache));
            Failure::step(format!(
                "could not install {} {}; to install it manually: {by_hand}",
                self.package, self.version
            ))
        })
    }

    fn find(&self, cache: &Path) -> Option<PathBuf> {
        let path = env::var_os("PATH").unwrap_or_default();
        env::split_paths(&path).chain([cache.join("bin")]).find(|directory| self.lies_in(directory))
    }

    fn lies_in(&self, directory: &Path) -> bool {
        let mut files = self.programs.iter().map(|program| directory.join(search_path::executable(program)));
        let first = files.clone().next();
        files.all(|file| file.is_file())
            && (self.is_listed_beside(directory)
                || first.is_some_and(|file| {
                    process::capture(process::command(file).arg("--version"))
                        .is_ok_and(|said| says(&said, self.version))
                }))
    }

    /// Whether cargo has noted that it installed this version here. Some programs do not know their own.
    fn is_listed_beside(&self, directory: &Path) -> bool {
        let list = directory.parent().map(|root| root.join(".crates.toml"));
        let list = list.and_then(|list| std::fs::read_to_string(list).ok()).unwrap_or_default();
        lists(&list, self.package, self.version)
    }

    fn take_prebuilt(&self, cache: &Path) -> Outcome {
        if search_path::find(&["cargo-binstall"]).is_none() {
            return Err(Failure::step("cargo binstall is not installed"));
        }
        progress::step(&format!("{} {}, prebuilt", self.package, self.version), "under a minute, once", || {
            let package = format!("{}@{}", self.package, self.version);
            let mut binstall = process::command("cargo");
            binstall.args(["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"]);
            process::run(binstall.arg(cache).arg(package))
        })
    }

    fn build(&self, cache: &Path) -> Outcome {
        progress::step(&format!("{} {}, from its source", self.package, self.version), self.expectation, || {
            process::run(&mut self.build_command(cache))
        })
    }

    fn build_command(&self, cache: &Path) -> Command {
        let mut cargo = process::command("cargo");
        cargo.args(["install", "--locked", "--root"]).arg(cache);
        cargo.args([self.package, "--version", self.version]).args(self.features);
        // They run for a second or two, so building them quickly is worth more than their own speed.
        cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env("CARGO_PROFILE_RELEASE_LTO", "off");
        // Made for this project's own builds, these would send the tool's build astray.
        cargo.env_remove("CARGO_TARGET_DIR").env_remove("CARGO_BUILD_TARGET").env_remove("RUSTFLAGS");
        cargo
    }
}

/// Whether a program that was asked for its version ("trunk 0.21.14") says this one.
fn says(said: &str, version: &str) -> bool {
    said.split_whitespace().any(|word| word.trim_start_matches('v') == version)
}

/// Whether cargo's list of what it installed names this version of a package.
fn lists(list: &str, package: &str, version: &str) -> bool {
    list.contains(&format!("\"{package} {version} ("))
}

/// Where tools of this project may stay between checkouts.
fn cache() -> Outcome<PathBuf> {
    let home = |below: &str| env::home_dir().map(|home| home.join(below));
    let base = match env::var_os("XDG_CACHE_HOME").filter(|dir| Path::new(dir).is_absolute()) {
        Some(dir) => Some(PathBuf::from(dir)),
        None if cfg!(windows) => env::var_os("LOCALAPPDATA").map(PathBuf::from),
        None if cfg!(target_os = "macos") => home("Library/Caches"),
        None => home(".cache"),
    };
    let base = base.ok_or_else(|| Failure::step("no home directory to keep tools in; set XDG_CACHE_HOME"))?;
    Ok(base.join("megaphone").join("tools"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_what_is_installed_names_the_very_version() {
        let list = "[v1]\n\"a_tool 0.2.2 (registry+https://example.org/index)\" = [\"a\"]\n";
        assert!(lists(list, "a_tool", "0.2.2"));
        assert!(!lists(list, "a_tool", "0.2.20") && !lists(list, "tool", "0.2.2") && !lists("", "a_tool", "0.2.2"));
    }

    #[test]
    fn only_the_very_version_counts() {
        assert!(says("trunk 0.21.14", "0.21.14"));
        assert!(says("tool v1.2.3 (abc)", "1.2.3"));
        assert!(!says("trunk 0.21.140", "0.21.14"));
        assert!(!says("", "0.21.14"));
    }
}
