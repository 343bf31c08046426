//! What a release holds: every package of the program and of the app inside it, with its licence.

use std::path::Path;

use super::write as write_file;
use crate::failure::Outcome;
use crate::{process, tools};

/// Node reads JSON, and this crate has no need of it elsewhere.
const INVENTORY: &str = include_str!("inventory.js");

/// The programs of a release, and for what they are built; `None` for this machine.
const PROGRAMS: [(&str, Option<&str>); 3] =
    [("megaphone", None), ("portal", Some(tools::WASM)), ("gallery", Some(tools::WASM))];

/// Writes `LICENSES.txt` and `sbom.cdx.json` into a folder.
pub(super) fn write(folder: &Path) -> Outcome {
    let mut node = process::command("node");
    node.args(["-e", INVENTORY, "--"]).arg(folder).arg(env!("CARGO_PKG_VERSION"));
    for (program, target) in PROGRAMS {
        let file = folder.join(format!("{program}.packages"));
        write_file(&file, packages(program, target)?.join("\n").as_bytes())?;
        node.arg(file).arg(program);
    }
    let mut metadata = process::command("cargo");
    let metadata =
        process::capture(metadata.args(["metadata", "--format-version", "1", "--all-features", "--locked"]))?;
    let said = process::filter(&mut node, metadata.as_bytes())?;
    println!("  {}", String::from_utf8_lossy(&said).trim());
    Ok(())
}

/// `NAME VERSION` of each package that is compiled into a program: not what builds or tests it.
fn packages(program: &str, target: Option<&str>) -> Outcome<Vec<String>> {
    let mut tree = process::command("cargo");
    tree.args([
        "tree",
        "--locked",
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--format",
        "{p}",
        "--package",
        program,
    ]);
    if program == "megaphone" {
        tree.args(["--features", "embed-app"]);
    }
    if let Some(target) = target {
        tree.args(["--target", target]);
    }
    let mut packages: Vec<_> = process::capture(&mut tree)?.lines().filter_map(name_and_version).collect();
    packages.sort();
    packages.dedup();
    Ok(packages)
}

/// Of a line such as `megaphone v0.1.0 (/path)` or `libc v0.2.1 (*)`.
fn name_and_version(line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    Some(format!("{} {}", words.next()?, words.next()?.strip_prefix('v')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_tree_is_a_name_and_a_version() {
        assert_eq!(name_and_version("megaphone v0.1.0 (/work)").as_deref(), Some("megaphone 0.1.0"));
        assert_eq!(name_and_version("libc v0.2.1 (*)").as_deref(), Some("libc 0.2.1"));
        assert_eq!(name_and_version(""), None);
    }
}
