//! The files in which the parts of the program ship, and the script that loads them.
//!
//! The cut makes a module for each part and one for each set of parts that share something: a dozen small files, which
//! compress badly and cost a request each. So the modules of a part are packed into one file, one behind the other, and
//! what is shared lies with the part that comes first.

use std::fmt::Write;

use crate::failure::{Failure, Outcome};

/// The parts that are there before all others, in this order: what they share with others lies with them.
const FIRST: [&str; 3] = ["app", "errands", "sign_in"];

/// A module as the cut has made it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Module {
    /// Its file, without the `.wasm`.
    pub(crate) file: String,
    /// What the script calls it.
    name: String,
    /// The parts that need it; itself alone, if it is one.
    parts: Vec<String>,
}

/// The modules that a loader of the cut's own knows, and what it begins with.
pub(crate) fn modules(loader: &str) -> Outcome<(&str, Vec<Module>)> {
    let end = ["/* ", "export const "].iter().filter_map(|start| loader.find(&format!("\n{start}"))).min();
    let unknown = || Failure::step("the loader that wasm-split-cli made has another form than this build knows");
    let (start, rest) = loader.split_at(end.ok_or_else(unknown)?);
    let mut modules = Vec::new();
    let mut shared_by = Vec::new();
    for line in rest.lines() {
        let named = |start| line.strip_prefix(start).and_then(|rest: &str| rest.split_whitespace().next());
        if let Some(parts) = line.strip_prefix("/* ").and_then(|rest| rest.strip_suffix(" */")) {
            shared_by = parts.split(", ").map(str::to_owned).collect();
        } else if let Some(name) = named("const __") {
            let parts = std::mem::take(&mut shared_by);
            modules.push(Module { file: name.to_owned(), name: format!("__{name}"), parts });
        } else if let Some(part) = named("export const __wasm_split_load_") {
            let name = format!("__wasm_split_load_{part}");
            modules.push(Module { file: format!("split_{part}"), name, parts: vec![part.to_owned()] });
        }
    }
    if modules.is_empty() { Err(unknown()) } else { Ok((start, modules)) }
}

/// Where a module lies: in which file, from which byte, and to which.
pub(super) type Place = (String, usize, usize);

/// Modules that ship in one file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pack {
    /// Such as `app`; `dialog_troubleshooting` for what both share.
    pub(crate) name: String,
    /// Places in the list of modules.
    pub(crate) modules: Vec<usize>,
}

/// Which modules ship together.
pub(crate) fn packs(modules: &[Module]) -> Vec<Pack> {
    let mut packs: Vec<Pack> = Vec::new();
    for (place, module) in modules.iter().enumerate() {
        let first = FIRST.iter().find(|first| module.parts.iter().any(|part| part == *first));
        let name = first.map_or_else(|| module.parts.join("_"), |first| (*first).to_owned());
        match packs.iter_mut().find(|pack| pack.name == name) {
            Some(pack) => pack.modules.push(place),
            None => packs.push(Pack { name, modules: vec![place] }),
        }
    }
    packs
}

/// Takes a module out of its file, which is fetched once for all that are in it.
const UNPACK: &str = "
const packs = {};
function pack(file) {
    if (packs[file] === undefined) {
        packs[file] = fetch(new URL(file, import.meta.url)).then((answer) => {
            if (!answer.ok) throw new TypeError(`Failed to fetch ${file}: status ${answer.status}`);
            return answer.arrayBuffer();
        });
        // One that did not come is asked for again the next time.
        packs[file].catch(() => delete packs[file]);
    }
    return packs[file];
}
function unpack(file, from, to) {
    return () => {
        const bytes = pack(file);
        return async (imports) => WebAssembly.instantiate((await bytes).slice(from, to), imports);
    };
}
";

/// The loader for modules that lie in packs; `place` says where each of them is.
pub(super) fn loader(start: &str, modules: &[Module], place: impl Fn(usize) -> Place) -> String {
    let mut script = [start, UNPACK].concat();
    for (at, Module { name, parts, .. }) in modules.iter().enumerate() {
        let (file, from, to) = place(at);
        let module = format!("unpack(\"./{file}\", {from}, {to})");
        // Writing to a text cannot fail.
        let _ = if name.starts_with("__wasm_split_load_") {
            let needs =
                modules.iter().filter(|it| it.name != *name && it.parts.iter().any(|part| parts.contains(part)));
            let needs: Vec<_> = needs.map(|it| it.name.as_str()).collect();
            writeln!(script, "export const {name} = wrapAsyncCb(makeLoad({module}, [{}]));", needs.join(", "))
        } else {
            writeln!(script, "const {name} = makeLoad({module}, []);")
        };
    }
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUT: &str = "import { initSync } from \"./main.js\";\nfunction makeLoad() {}\n\
                       /* app, dialog */\nconst __chunk_5 = makeLoad(() => {\n}\n, []);\n\
                       /* dialog, help */\nconst __chunk_6 = makeLoad(() => {\n}\n, []);\n\
                       export const __wasm_split_load_help = wrapAsyncCb(makeLoad(() => {\n}\n, [__chunk_6]));\n\
                       export const __wasm_split_load_app = wrapAsyncCb(makeLoad(() => {\n}\n, [__chunk_5]));\n\
                       export const __wasm_split_load_dialog = wrapAsyncCb(makeLoad(() => {\n}\n, [__chunk_5, __chunk_6]));\n";

    #[test]
    fn what_is_shared_with_the_app_ships_in_its_file_and_anything_else_in_one_of_its_own() {
        let (start, modules) = modules(CUT).unwrap();
        assert!(start.ends_with("function makeLoad() {}"), "{start}");
        let files: Vec<_> = modules.iter().map(|module| module.file.as_str()).collect();
        assert_eq!(files, ["chunk_5", "chunk_6", "split_help", "split_app", "split_dialog"]);
        let packs: Vec<_> = packs(&modules).into_iter().map(|pack| (pack.name, pack.modules)).collect();
        let named = |name: &str, modules: &[usize]| (name.to_owned(), modules.to_vec());
        assert_eq!(
            packs,
            [named("app", &[0, 3]), named("dialog_help", &[1]), named("help", &[2]), named("dialog", &[4])]
        );
    }

    #[test]
    fn a_part_is_loaded_with_all_that_it_shares() {
        let (start, modules) = modules(CUT).unwrap();
        let script = loader(start, &modules, |at| ("portal_x-1.bin".to_owned(), at * 10, at * 10 + 5));
        assert!(script.contains("const __chunk_6 = makeLoad(unpack(\"./portal_x-1.bin\", 10, 15), []);"), "{script}");
        let dialog = "export const __wasm_split_load_dialog = wrapAsyncCb(makeLoad(unpack(\"./portal_x-1.bin\", 40, 45), \
                      [__chunk_5, __chunk_6]));";
        assert!(script.contains(dialog), "{script}");
    }

    #[test]
    fn a_loader_of_another_form_is_refused() {
        assert!(modules("nothing that is known").is_err());
    }
}
