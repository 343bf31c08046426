//! Where things lie in the checkout.

use std::env;
use std::path::{Path, PathBuf};

use crate::search_path;

/// The directory that holds the root `Cargo.toml`.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// Cargo's target directory.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The built app, as trunk leaves it.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// One of the project's own programs, as `cargo build --release` leaves it.
pub(crate) fn program(name: &str) -> PathBuf {
    target().join("release").join(search_path::executable(name))
}

/// `megaphone` with the app inside, as operators get it.
pub(crate) fn shipped_program() -> PathBuf {
    target().join("shipped").join(search_path::executable("megaphone"))
}

/// The same as `cargo build` leaves it.
pub(crate) fn debug_program(name: &str) -> PathBuf {
    target().join("debug").join(search_path::executable(name))
}

/// The programs that npm packages bring.
pub(crate) fn npm_programs() -> PathBuf {
    root().join("node_modules").join(".bin")
}
