//! Finds programs the way a shell does, and puts our own in front for the programs we start.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

/// The file of the first program on PATH with one of these names, in the order of the names.
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| directories().map(|dir| dir.join(executable(name))).find(|file| file.is_file()))
}

/// The file name of a program on this system.
pub(crate) fn executable(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

/// The name of a program that npm wraps in a script on Windows (`npm`, `playwright`, `tsc`).
pub(crate) fn script(name: &str) -> String {
    if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() }
}

/// PATH with these directories in front.
pub(crate) fn with_first(first: impl IntoIterator<Item = PathBuf>) -> OsString {
    // A directory that cannot stand in PATH (it holds the separator) cannot hold tools either: PATH stays as it is.
    env::join_paths(first.into_iter().chain(directories())).unwrap_or_else(|_| env::var_os("PATH").unwrap_or_default())
}

fn directories() -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).collect::<Vec<_>>().into_iter()
}
