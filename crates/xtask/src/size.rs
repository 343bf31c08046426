//! `cargo xtask size`: where the bytes of the portal's program are, by part and by crate.

mod functions;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::build::{parts, portal};
use crate::failure::{Failure, Outcome};
use crate::{options, workspace};
use functions::Function;

pub(crate) const USAGE: &str = "\
cargo xtask size

Says of the last build (`cargo xtask build`) how many bytes of code each crate has in each part of the portal's program,
after wasm-opt and before compression, and which functions are the largest. A function counts for the crate that its name
begins with, wherever it was made. `cargo xtask test --only size` holds what is sent to its budgets.";

/// How many crates, and how many functions, are named for each part.
const SHOWN: usize = 12;

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    options::parse(arguments, &[])?;
    let made = workspace::target().join("portal");
    let loader = made.join(portal::LOADER);
    let loader = fs::read_to_string(&loader)
        .map_err(|_| Failure::step("there is no build to look into; `cargo xtask build` makes one"))?;
    let (_, modules) = parts::modules(&loader)?;
    print("the first part", &[made.join("bound/main_bg.wasm")])?;
    for pack in parts::packs(&modules) {
        let files = pack.modules.iter().filter_map(|at| modules.get(*at));
        let files: Vec<PathBuf> = files.map(|module| made.join(&module.file).with_extension("wasm")).collect();
        print(&pack.name, &files)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// One part: its crates by their bytes, and its largest functions.
fn print(name: &str, files: &[PathBuf]) -> Outcome {
    let mut functions = Vec::new();
    for file in files {
        let named = file.with_extension("named.wasm");
        portal::optimise(file, &named, &["-g"])?;
        let bytes = fs::read(&named).map_err(Failure::system(format!("read {}", named.display())))?;
        let found = functions::functions(&bytes);
        functions.extend(found.ok_or_else(|| Failure::step(format!("{} is not read as wasm", named.display())))?);
    }
    let mut crates: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for function in &functions {
        let entry = crates.entry(crate_of(&function.name)).or_default();
        *entry = (entry.0 + function.bytes, entry.1 + 1);
    }
    let total: usize = functions.iter().map(|function| function.bytes).sum();
    println!("\n{name}: {total} bytes of code, {} functions", functions.len());
    let mut crates: Vec<_> = crates.into_iter().collect();
    crates.sort_by_key(|(_, (bytes, _))| std::cmp::Reverse(*bytes));
    for (crate_name, (bytes, count)) in crates.into_iter().take(SHOWN) {
        let share = bytes * 1_000 / total.max(1);
        println!("  {bytes:>8}  {:>3}.{} %  {crate_name}, {count} functions", share / 10, share % 10);
    }
    functions.sort_by_key(|function| std::cmp::Reverse(function.bytes));
    for Function { name, bytes } in functions.iter().take(SHOWN) {
        println!("  {bytes:>8}           {}", name.chars().take(100).collect::<String>());
    }
    Ok(())
}

/// The crate that a function's name begins with: `<alloc::vec::Vec<T> as …>::push` is alloc's.
fn crate_of(name: &str) -> &str {
    let name = name.trim_start_matches(['<', '&', '[', '(', '*', '_']);
    let name = name.strip_prefix("mut ").or_else(|| name.strip_prefix("dyn ")).unwrap_or(name);
    let end = name.find(|it: char| !it.is_ascii_alphanumeric() && it != '_').unwrap_or(name.len());
    name.get(..end).filter(|name| !name.is_empty()).unwrap_or("(no name)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_counts_for_the_crate_that_its_name_begins_with() {
        for (name, of) in [
            ("portal::driver::Driver::dispatch::h6cbb3cef03c8e774", "portal"),
            ("<alloc::vec::Vec<T,A> as core::clone::Clone>::clone", "alloc"),
            ("core[c5930c85a12de822]::fmt::write", "core"),
            ("<&mut leptos::View as core::fmt::Debug>::fmt", "leptos"),
            ("", "(no name)"),
        ] {
            assert_eq!(crate_of(name), of, "{name}");
        }
    }
}
