//! What the build adds to `dist` once trunk is done, so that the server only has to send files.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::static_pages;
use crate::failure::{Failure, Outcome};
use crate::{folder, process, search_path, workspace};

/// Node has both compressors built in, as fast as their own libraries.
const COMPRESS: &str = include_str!("compress.js");

/// Writes the list of states, with the pictures and accessibility trees that are stored of them, the article for browsers
/// without JavaScript and the pages for file hosts, then compresses every file.
pub(super) fn write() -> Outcome {
    let (dist, pages) = (workspace::dist(), workspace::dist().join("preview"));
    fs::create_dir_all(&pages).map_err(Failure::system(format!("create {}", pages.display())))?;
    for stored in ["pictures", "trees"] {
        folder::copy(&workspace::root().join("end2end/states").join(stored), &pages.join(stored))?;
    }
    make("manifest", None, pages.join("states.json"))?;
    // Apart from the first page, which everybody waits for: 4 kB, and 2 kB of styles.
    let troubleshooting = dist.join(static_pages::TROUBLESHOOTING).join("index.html");
    make("static_article", Some(troubleshooting.clone()), troubleshooting)?;
    static_pages::write(&dist).map_err(Failure::system("write the pages for file hosts"))?;
    process::run(process::command("node").args(["-e", COMPRESS]).current_dir(dist))
}

/// Runs one of the project's own examples over a file.
fn make(example: &str, source: Option<PathBuf>, target: PathBuf) -> Outcome {
    let program = workspace::target().join("release/examples").join(search_path::executable(example));
    let source = source.map(|file| fs::read(&file).map_err(Failure::system(format!("read {}", file.display()))));
    let made = process::filter(&mut Command::new(program), &source.transpose()?.unwrap_or_default())?;
    fs::write(&target, made).map_err(Failure::system(format!("write {}", target.display())))
}
