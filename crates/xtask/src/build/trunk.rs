//! The two programs that trunk builds, each with a page of its own.

use std::path::PathBuf;
use std::{env, fs};

use crate::failure::{Failure, Outcome};
use crate::{process, search_path, tools, workspace};

/// trunk, and the tools that it looks for.
pub(super) struct Trunk {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
}

impl Trunk {
    /// Finds the tools, installing what is missing.
    pub(super) fn find() -> Outcome<Self> {
        Ok(Self { trunk: tools::trunk()?, wasm_bindgen: tools::wasm_bindgen()? })
    }

    /// Builds the portal into `dist`, in place of whatever is there.
    pub(super) fn portal(&self) -> Outcome {
        self.build(&[])
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

    fn build(&self, arguments: &[&str]) -> Outcome {
        let Self { trunk, wasm_bindgen } = self;
        let mut command = process::command(trunk.join(search_path::executable("trunk")));
        command.args(["build", "--release=true"]).args(arguments);
        command.env("PATH", search_path::with_first([workspace::npm_programs(), wasm_bindgen.clone(), trunk.clone()]));
        command.env("TRUNK_SKIP_VERSION_CHECK", "true");
        // trunk takes only `true` or `false` here, where everybody else takes anything.
        if env::var_os("NO_COLOR").is_some() {
            command.env("NO_COLOR", "true");
        }
        process::run(&mut command)
    }
}
