//! trunk, which builds the gallery as it ships, and both pages for `cargo xtask dev`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::{env, fs};

use crate::failure::{Failure, Outcome};
use crate::{process, search_path, tools, workspace};

/// trunk, and the tools that it looks for.
pub(crate) struct Trunk {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
}

impl Trunk {
    /// Finds the tools, installing what is missing.
    pub(crate) fn find() -> Outcome<Self> {
        Ok(Self { trunk: tools::trunk()?, wasm_bindgen: tools::wasm_bindgen()? })
    }

    /// Builds the gallery and copies it into `dist`, where equal files have equal names. Its page becomes `preview.html`.
    pub(super) fn gallery(&self) -> Outcome {
        let made = workspace::target().join("gallery");
        self.build(&["--config", "crates/gallery/Trunk.toml", "--dist", &made.display().to_string()])?;
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

    /// The program itself.
    pub(crate) fn file(&self) -> PathBuf {
        self.trunk.join(search_path::executable("trunk"))
    }

    /// What it needs in its environment.
    pub(crate) fn environment(&self) -> Vec<(&'static str, OsString)> {
        let tools = [workspace::npm_programs(), self.wasm_bindgen.clone(), self.trunk.clone()];
        let mut environment =
            vec![("PATH", search_path::with_first(tools)), ("TRUNK_SKIP_VERSION_CHECK", "true".into())];
        // trunk takes only `true` or `false` here, where everybody else takes anything.
        if env::var_os("NO_COLOR").is_some() {
            environment.push(("NO_COLOR", "true".into()));
        }
        environment
    }

    fn build(&self, arguments: &[&str]) -> Outcome {
        let mut command = process::command(self.file());
        command.args(["build", "--release=true"]).args(arguments).envs(self.environment());
        process::run(&mut command)
    }
}
