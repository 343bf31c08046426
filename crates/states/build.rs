//! Finds where the product's sentences stand in its sources, for the links beside them in the gallery.

#[path = "src/source/scan.rs"]
mod scan;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The modules of `connection` that hold sentences.
const MODULES: [&str; 4] = ["cause", "close_code", "remedy", "words"];

fn main() -> Result<(), Box<dyn Error>> {
    let sources = Path::new("../connection/src");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", sources.display());
    let mut files = Vec::new();
    for module in MODULES {
        files.push(sources.join(module).with_extension("rs"));
        collect(&sources.join(module), &mut files)?;
    }
    files.sort();
    let (mut literals, mut functions) = (String::new(), String::new());
    for file in files {
        let inside = file.strip_prefix(sources)?.to_string_lossy().replace('\\', "/");
        let module = inside.split(['/', '.']).next().unwrap_or_default();
        let path = format!("crates/connection/src/{inside}");
        let scanned = scan::scan(&fs::read_to_string(&file)?);
        for (line, text) in scanned.literals {
            writeln!(literals, "(Source {{ path: {path:?}, line: {line} }}, {text:?}),")?;
        }
        for (line, name) in scanned.functions {
            writeln!(functions, "(Source {{ path: {path:?}, line: {line} }}, \"{module}::{name}\"),")?;
        }
    }
    let made = format!(
        "static LITERALS: &[(Source, &str)] = &[{literals}];\nstatic FUNCTIONS: &[(Source, &str)] = &[{functions}];\n"
    );
    let target = env::var_os("OUT_DIR").ok_or("cargo names a folder for what is made")?;
    fs::write(Path::new(&target).join("sources.rs"), made)?;
    Ok(())
}

/// Every Rust file of a folder and below, but for tests.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default();
        if name == "tests" {
            continue;
        }
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
    Ok(())
}
