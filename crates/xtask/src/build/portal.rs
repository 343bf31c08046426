//! The portal as it ships: compiled once, cut into its parts, and put together with its page in `dist`.
//!
//! Not by trunk, which knows of no parts: the cut has to be made after cargo and before wasm-bindgen. `cargo xtask dev`
//! has trunk build the same page, with the program in one piece.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use super::imports;
use super::page;
use super::parts::{self, Module, Pack, Place};
use super::static_pages;
use super::streams;
use crate::failure::{Failure, Outcome};
use crate::{folder, process, search_path, tools, workspace};

/// What every current engine can do, which Rust's compiler makes use of.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The names under which the tools refer to each other's files.
const MAIN: &str = "./main.js";
pub(crate) const LOADER: &str = "./__wasm_split.js";

/// A file of `dist`: its name, which holds a hash of its content, and that.
struct File {
    name: String,
    bytes: Vec<u8>,
}

/// Compiles the program, cuts it, and writes a new `dist`.
pub(super) fn build() -> Outcome {
    let made = workspace::target().join("portal");
    cut(&made)?;
    let [script, loader, program] = bind(&made)?;
    let whole = fs::read(&program).map_err(Failure::system(format!("read {}", program.display())))?;
    let (cut, script) = streams::without(&whole, &read(&script)?)?;
    write(&program, &cut)?;
    let (program, script) = imports::shortened(&optimised(&program)?, &script)?;
    let program = File::new("portal_bg", "wasm", program);
    let loader = read(&loader)?;
    let (start, modules) = parts::modules(&loader)?;
    let [first_styles, more_styles] = [styles(&made, "main")?, styles(&made, "parts")?];
    let packed = pack(&made, &modules, &more_styles)?;
    let files = packed.files.iter().map(|(pack, file)| (pack.as_str(), file.name.as_str()));
    let loader = parts::loader(start, files, &modules, |at| packed.places.get(at).cloned().unwrap_or_default());
    let [script, loader] = linked(&minified(&made, &imports::once(&script))?, &minified(&made, &loader)?)?;

    let dist = workspace::dist();
    let _ = fs::remove_dir_all(&dist);
    folder::copy(&workspace::root().join("public"), &dist)?;
    let page = read(&workspace::root().join("index.html"))?;
    let early = page::early_script(&page)?;
    let page = page.replace(early, &minified(&made, early)?);
    let wearing = |styles: &str| page::assembled(&page, styles, &script.name, &loader.name, &program.name);
    for File { name, bytes } in packed.files.iter().map(|(_, file)| file).chain([&program, &script, &loader]) {
        write(&dist.join(name), bytes)?;
    }
    write(&dist.join("index.html"), wearing(&first_styles)?.as_bytes())?;
    // Its article stands in the page itself, before any part has come.
    let troubleshooting = dist.join(static_pages::TROUBLESHOOTING);
    fs::create_dir_all(&troubleshooting).map_err(Failure::system(format!("create {}", troubleshooting.display())))?;
    write(&troubleshooting.join("index.html"), wearing(&(first_styles + &more_styles))?.as_bytes())
}

/// Leaves the modules and their loader in `made`; the first part is `main.wasm`.
fn cut(made: &Path) -> Outcome {
    let mut cargo = process::command("cargo");
    cargo.args(["rustc", "--profile", "wasm-release", "--target", tools::WASM, "-p", "portal", "--bin", "portal"]);
    process::run(cargo.args(["--features", "split", "--", "-Clink-args=--emit-relocs"]))?;
    let _ = fs::remove_dir_all(made);
    let whole = workspace::target().join(tools::WASM).join("wasm-release").join("portal.wasm");
    let splitter = tools::wasm_split()?.join(search_path::executable("wasm-split-cli"));
    process::run(process::command(splitter).arg(whole).arg(made))
}

/// What ships of the parts: the file of each pack, by the pack's name, and where each module lies.
struct Packed {
    files: Vec<(String, File)>,
    places: Vec<Place>,
}

fn pack(made: &Path, modules: &[Module], styles: &str) -> Outcome<Packed> {
    let packs = parts::packs(modules);
    if !packs.iter().any(|pack| pack.name == parts::WITH_STYLES) {
        return Err(Failure::step(format!(
            "no part of the program is called {}, which styles belong to",
            parts::WITH_STYLES
        )));
    }
    let mut places = vec![Place::default(); modules.len()];
    let mut files = Vec::new();
    for Pack { name, modules: packed } in packs {
        let mut bytes = Vec::new();
        for at in packed {
            let (Some(module), Some(place)) = (modules.get(at), places.get_mut(at)) else { continue };
            let small = optimised(&made.join(&module.file).with_extension("wasm"))?;
            *place = (name.clone(), small.len());
            bytes.extend(small);
        }
        if name == parts::WITH_STYLES {
            bytes.extend(styles.bytes());
        }
        let file = File::new(&format!("portal_{name}"), "bin", bytes);
        files.push((name, file));
    }
    Ok(Packed { files, places })
}

/// The script of the first part, the loader of the others, and the first part itself.
fn bind(made: &Path) -> Outcome<[PathBuf; 3]> {
    let bound = made.join("bound");
    let bindgen = tools::wasm_bindgen()?.join(search_path::executable("wasm-bindgen"));
    let mut bindgen = process::command(bindgen);
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "main", "--out-dir"]);
    process::run(bindgen.arg(&bound).arg(made.join("main.wasm")))?;
    Ok([bound.join("main.js"), made.join(LOADER), bound.join("main_bg.wasm")])
}

fn optimised(wasm: &Path) -> Outcome<Vec<u8>> {
    let small = wasm.with_extension("opt.wasm");
    optimise(wasm, &small, &[])?;
    fs::read(&small).map_err(Failure::system(format!("read {}", small.display())))
}

/// Writes the smaller form of a module to `small`. The first kilobyte of memory is the far end of the stack, so no address
/// is computed from there: half a percent less. Nested expressions are taken apart, their control flow is made anew, and
/// both are made small twice: one percent less.
pub(crate) fn optimise(wasm: &Path, small: &Path, more: &[&str]) -> Outcome {
    let program = workspace::npm_programs().join(search_path::script("wasm-opt"));
    process::run(
        process::command(program)
            .args(FEATURES)
            .args(more)
            .args(["--low-memory-unused", "--flatten", "--rereloop", "-Oz", "-Oz"])
            .args(["--strip-producers", "--strip-target-features"])
            .arg(wasm)
            .arg("-o")
            .arg(small),
    )
}

/// One of the stylesheets in `style`, as it ships.
fn styles(made: &Path, name: &str) -> Outcome<String> {
    let [source, css] =
        [workspace::root().join("style"), made.to_path_buf()].map(|folder| folder.join(name).with_extension("css"));
    let program = workspace::npm_programs().join(search_path::script("tailwindcss"));
    process::run(process::command(program).arg("--minify").arg("--input").arg(source).arg("--output").arg(&css))?;
    read(&css)
}

/// The script without what only its readers need.
fn minified(made: &Path, script: &str) -> Outcome<String> {
    let [full, small] = ["full.js", "small.js"].map(|name| made.join(name));
    write(&full, script.as_bytes())?;
    let program = workspace::npm_programs().join(search_path::script("terser"));
    let mut terser = process::command(program);
    process::run(terser.arg(&full).args(["--module", "--compress", "--mangle", "--output"]).arg(&small))?;
    read(&small)
}

/// The two scripts, which name each other. So both have the hash of both.
fn linked(script: &str, loader: &str) -> Outcome<[File; 2]> {
    let hash = hash([script.as_bytes(), loader.as_bytes()]);
    let [script_name, loader_name] = [format!("portal-{hash}.js"), format!("parts-{hash}.js")];
    let (script, loader) = (renamed(script, LOADER, &loader_name)?, renamed(loader, MAIN, &script_name)?);
    Ok([File { name: script_name, bytes: script.into_bytes() }, File { name: loader_name, bytes: loader.into_bytes() }])
}

/// The script with another name for a module. Only where it is imported: the program knows the loader by the name that it had.
fn renamed(script: &str, old: &str, new: &str) -> Outcome<String> {
    let import = format!("from\"{old}\"");
    if !script.contains(&import) {
        return Err(Failure::step(format!(
            "terser has written the import of {old} in another form than this build knows: expected `{import}`"
        )));
    }
    Ok(script.replace(&import, &format!("from\"./{new}\"")))
}

impl File {
    /// Such as `portal_app-0123456789abcdef.bin`.
    fn new(stem: &str, end: &str, bytes: Vec<u8>) -> Self {
        Self { name: format!("{stem}-{}.{end}", hash([bytes.as_slice()])), bytes }
    }
}

/// 64 bits in hex. It tells releases apart, and nothing else depends on it.
fn hash<'a>(contents: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = DefaultHasher::new();
    contents.into_iter().for_each(|bytes| hasher.write(bytes));
    format!("{:016x}", hasher.finish())
}

fn read(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(Failure::system(format!("read {}", file.display())))
}

fn write(file: &Path, bytes: &[u8]) -> Outcome {
    fs::write(file, bytes).map_err(Failure::system(format!("write {}", file.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = r#"import*as n from"./__wasm_split.js";const t={"./__wasm_split.js":n};"#;
    const PARTS: &str = r#"import{initSync as n}from"./main.js";n();"#;

    #[test]
    fn the_scripts_import_each_other_by_their_new_names() {
        let [script, loader] = linked(SCRIPT, PARTS).unwrap();
        let text = |file: &File| String::from_utf8(file.bytes.clone()).unwrap();
        let imports = format!(r#"import*as n from"./{}";const t={{"./__wasm_split.js":n}};"#, loader.name);
        assert_eq!(text(&script), imports);
        assert_eq!(text(&loader), format!(r#"import{{initSync as n}}from"./{}";n();"#, script.name));
    }

    #[test]
    fn an_import_that_is_not_found_is_named() {
        for (script, loader, missed) in [
            ("import*as n from'./__wasm_split.js';", PARTS, "`from\"./__wasm_split.js\"`"),
            (SCRIPT, "import{initSync as n} from \"./main.js\";", "`from\"./main.js\"`"),
        ] {
            let failure = linked(script, loader).err().unwrap().to_string();
            assert!(failure.contains(missed), "{failure}");
        }
    }
}
