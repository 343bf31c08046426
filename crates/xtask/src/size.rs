//! `cargo xtask size`: where the bytes of the portal's program are, by part, by crate and by module.

mod contents;
mod names;
pub(crate) mod sent;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::build::{parts, portal};
use crate::failure::{Failure, Outcome};
use crate::{options, workspace};
use contents::{Contents, Function};
use sent::Files;

pub(crate) const USAGE: &str = "\
cargo xtask size

Says of the last build (`cargo xtask build`) how many bytes of code and of data each part of the portal's program has,
after wasm-opt and before compression, and how many are sent (brotli 11); then which crates, which modules and which
functions have the most of the code. A function counts for the crate and the module that its name begins with, wherever
it was made, and what is inlined for the function that it is inlined into. Where a trait is implemented for a type that
has no path, such as `T` or `str`, that of the trait counts. Copies of one function are added up.
`cargo xtask test --only size` holds what is sent to its budgets.";

/// What is added up: finds the name of the crate or the module in that of a function.
type Kind = fn(&str) -> &str;

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    options::parse(arguments, &[])?;
    let made = workspace::target().join("portal");
    let loader = made.join(portal::LOADER);
    let loader = fs::read_to_string(&loader)
        .map_err(|_| Failure::step("there is no build to look into; `cargo xtask build` makes one"))?;
    let (_, modules) = parts::modules(&loader)?;
    let sent = Files::of_dist()?;
    let first = first_part()?;
    println!("{}", report("the first part", &first, sent.sum("portal_bg-", ".wasm")));
    for pack in parts::packs(&modules) {
        let files = pack.modules.iter().filter_map(|at| modules.get(*at));
        let files: Vec<PathBuf> = files.map(|module| made.join(&module.file).with_extension("wasm")).collect();
        // With the dash: `dialog` is also how `dialog_troubleshooting` begins.
        let sent = sent.sum(&format!("portal_{}-", pack.name), ".bin");
        println!("\n{}", report(&pack.name, &contents(&files)?, sent));
    }
    Ok(ExitCode::SUCCESS)
}

/// The crates that have functions in the first part of the last build.
pub(crate) fn crates_of_first_part() -> Outcome<BTreeSet<String>> {
    let Contents { functions, .. } = first_part()?;
    Ok(functions.iter().map(|function| names::crate_of(&function.name).to_owned()).collect())
}

fn first_part() -> Outcome<Contents> {
    contents(&[workspace::target().join("portal/bound/main_bg.wasm")])
}

/// What all modules of a part have together.
fn contents(files: &[PathBuf]) -> Outcome<Contents> {
    let mut part = Contents { functions: Vec::new(), data: 0 };
    for file in files {
        let named = file.with_extension("named.wasm");
        portal::optimise(file, &named, &["-g"])?;
        let bytes = fs::read(&named).map_err(Failure::system(format!("read {}", named.display())))?;
        let module = contents::contents(&bytes);
        let module = module.ok_or_else(|| Failure::step(format!("{} is not read as wasm", named.display())))?;
        part.functions.extend(module.functions);
        part.data += module.data;
    }
    Ok(part)
}

/// One part: a line of totals, then where most of its code is.
fn report(name: &str, Contents { functions, data }: &Contents, sent: u64) -> String {
    let total: usize = functions.iter().map(|function| function.bytes).sum();
    let count = functions.len();
    let mut lines = vec![format!("{name}: {total} bytes of code in {count} functions, {data} of data; {sent} as sent")];
    let kinds: [(&str, usize, Kind); 3] =
        [("crates", 12, names::crate_of), ("modules", 24, names::module_of), ("functions", 12, |name| name)];
    for (kind, shown, of) in kinds {
        lines.push(format!("  {kind}"));
        for (name, bytes, count) in largest(functions, shown, of) {
            let share = bytes * 1_000 / total.max(1);
            let cut = name.chars().nth(100).map_or("", |_| "…");
            let name: String = name.chars().take(100).chain(cut.chars()).collect();
            let count = if count == 1 { String::new() } else { format!(", {count} functions") };
            lines.push(format!("  {bytes:>8}  {:>3}.{} %  {name}{count}", share / 10, share % 10));
        }
    }
    lines.join("\n")
}

/// The crates, modules or functions with the most bytes, and all others as one: name, bytes, how many functions.
fn largest(functions: &[Function], shown: usize, of: Kind) -> Vec<(&str, usize, usize)> {
    let mut sums: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for Function { name, bytes } in functions {
        let sum = sums.entry(of(name)).or_default();
        *sum = (sum.0 + bytes, sum.1 + 1);
    }
    let mut rows: Vec<_> = sums.into_iter().map(|(name, (bytes, count))| (name, bytes, count)).collect();
    rows.sort_by_key(|(_, bytes, _)| Reverse(*bytes));
    let others = rows.split_off(shown.min(rows.len()));
    if !others.is_empty() {
        let sum = |(all, count), (_, bytes, functions)| (all + bytes, count + functions);
        let (bytes, count) = others.into_iter().fold((0, 0), sum);
        rows.push(("all others", bytes, count));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(functions: &[(&str, usize)]) -> Contents {
        let function = |(name, bytes): &(&str, usize)| Function { name: (*name).to_owned(), bytes: *bytes };
        Contents { functions: functions.iter().map(function).collect(), data: 70 }
    }

    #[test]
    fn a_part_is_told_by_crates_by_modules_and_by_functions() {
        let part = part(&[
            ("portal::driver::Driver::dispatch", 500),
            ("core::fmt::write", 100),
            ("portal::driver::socket::open", 250),
            ("core::fmt::write", 150),
        ]);
        let told = "app: 1000 bytes of code in 4 functions, 70 of data; 400 as sent\n  \
                    crates\n       750   75.0 %  portal, 2 functions\n       250   25.0 %  core, 2 functions\n  \
                    modules\n       500   50.0 %  portal::driver\n       250   25.0 %  core::fmt, 2 functions\n       \
                    250   25.0 %  portal::driver::socket\n  \
                    functions\n       500   50.0 %  portal::driver::Driver::dispatch\n       \
                    250   25.0 %  core::fmt::write, 2 functions\n       250   25.0 %  portal::driver::socket::open";
        assert_eq!(report("app", &part, 400), told);
    }

    #[test]
    fn what_is_not_named_is_summed_up() {
        let part = part(&[("first", 30), ("second", 20), ("third", 10), ("third", 5), ("fourth", 1)]);
        let rows = largest(&part.functions, 2, |name| name);
        assert_eq!(rows, [("first", 30, 1), ("second", 20, 1), ("all others", 16, 3)]);
        assert_eq!(largest(&part.functions, 4, |name| name).len(), 4);
    }
}
