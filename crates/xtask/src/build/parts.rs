//! The files in which the parts of the program ship, and the script that loads them.
//!
//! The cut makes a module for each part and one for each set of parts that share something: a dozen small files, which
//! compress badly and cost a request each. So the modules of a part are packed into one file, one behind the other. What the
//! app needs lies with the app, and what the small parts share with others in a file for all of them: with one of them, each
//! of the others would have to wait for all of that one.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::failure::{Failure, Outcome};

/// The part that is there before all others: what it shares with others lies with it.
const FIRST: &str = "app";

/// How the function that loads a part is called, before the name of the part.
const LOAD: &str = "__wasm_split_load_";

/// The parts of which all others need a little.
const SMALL: [&str; 2] = ["errands", "sign_in"];

/// What is asked for only from within the dialog shares with others what the dialog does, and it lies with that.
const WITHIN_DIALOG: &str = "report";
const DIALOG: &str = "dialog";

/// What the dialog and the troubleshooting page share. The styles that only they wear lie behind its modules: so they are there
/// whenever one of the two is drawn, and nobody waits for them before.
pub(super) const WITH_STYLES: &str = "dialog_troubleshooting";

/// What is called so is needed by those, and by others.
const SHARED: &str = "shared";

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
            let name = format!("{LOAD}{part}");
            modules.push(Module { file: format!("split_{part}"), name, parts: vec![part.to_owned()] });
        }
    }
    if modules.is_empty() { Err(unknown()) } else { Ok((start, modules)) }
}

/// Where a module lies: in which pack, and how many bytes are its own. In a pack modules lie in the order of their list.
pub(super) type Place = (String, usize);

/// Modules that ship in one file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pack {
    /// Such as `app`; `dialog_troubleshooting` for what both share; [`SHARED`].
    pub(crate) name: String,
    /// Places in the list of modules.
    pub(crate) modules: Vec<usize>,
}

/// Which modules ship together.
pub(crate) fn packs(modules: &[Module]) -> Vec<Pack> {
    let mut packs: Vec<Pack> = Vec::new();
    for (place, module) in modules.iter().enumerate() {
        let needed_by = |part: &str| module.parts.iter().any(|it| it == part);
        let is_shared = module.parts.len() > 1;
        let lies_with = |it: &String| if is_shared && it == WITHIN_DIALOG { DIALOG.to_owned() } else { it.clone() };
        let names: BTreeSet<_> = module.parts.iter().map(lies_with).collect();
        let names: Vec<_> = names.into_iter().collect();
        let name = match names.as_slice() {
            _ if needed_by(FIRST) => FIRST.to_owned(),
            [_, _, ..] if SMALL.into_iter().any(needed_by) => SHARED.to_owned(),
            names => names.join("_"),
        };
        match packs.iter_mut().find(|pack| pack.name == name) {
            Some(pack) => pack.modules.push(place),
            None => packs.push(Pack { name, modules: vec![place] }),
        }
    }
    packs
}

/// Takes modules out of their pack, one behind the other; its file is fetched once for all of them. A file has not come, too,
/// where nothing more of it comes for 10 s, however slow the line is, and where a page came in its place, as from a network that
/// wants its own sign-in. Styles may lie behind the modules: the page wears them as soon as they are here. A browser that is too
/// old to put them on draws without them.
///
/// None is asked for before the page has painted what stands in it: that can be read by then, and does not wait for a program that
/// draws the same. What counts is the first paint with text: Chromium may paint grounds before it. A browser that does not say
/// what it painted is waited for for 0.3 s; a hidden page paints nothing.
///
/// Where an answer is long in coming, the part that comes next is asked for while the first pack is still on the line, as much
/// ahead of its end as the way there and back takes: so it follows on it, and that way is not waited for again. By how fast the
/// pack came in at least 50 ms. Which part that is, the program says on `<html>` (`src/start.rs`).
const UNPACK: &str = "
const painted = new Promise((done) => {
    setTimeout(done, document.hidden ? 0 : 300);
    try {
        const read = (seen) => seen.getEntriesByName('first-contentful-paint').forEach(done);
        new PerformanceObserver(read).observe({ type: 'paint', buffered: true });
    } catch {}
});
async function fetched(file, size, ahead) {
    await painted;
    const missing = (why) => new TypeError(`Failed to fetch ${file}: ${why}`);
    const quit = new AbortController();
    let silence;
    const heard = () => {
        clearTimeout(silence);
        silence = setTimeout(() => quit.abort(missing('nothing more came')), 10_000);
    };
    heard();
    try {
        const asked = performance.now();
        const answer = await fetch(new URL(file, import.meta.url), { signal: quit.signal });
        const answered = performance.now();
        if (!answer.ok) throw missing(`status ${answer.status}`);
        const [reader, pieces] = [answer.body.getReader(), []];
        for (let next, here = 0; !(next = await reader.read()).done; heard()) {
            pieces.push(next.value);
            here += next.value.length;
            const [away, took] = [answered - asked, performance.now() - answered];
            if (away > 100 && took > 50 && took * (size / here - 1) < away) ahead?.();
        }
        const bytes = await new Blob(pieces).arrayBuffer();
        if (new DataView(bytes).getUint32() !== 0x0061736d) throw missing('no program came');
        return bytes;
    } finally {
        clearTimeout(silence);
    }
}
function wear(styles) {
    try {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(new TextDecoder().decode(styles));
        document.adoptedStyleSheets.push(sheet);
    } catch {}
}
function pack(file, ahead) {
    let whole;
    let end = 0;
    const get = () => {
        if (whole === undefined) {
            whole = fetched(file, end, ahead).then((bytes) => {
                if (bytes.byteLength > end) wear(bytes.slice(end));
                return bytes;
            });
            // One that did not come is asked for again the next time.
            whole.catch(() => whole = undefined);
        }
        return whole;
    };
    const unpack = (size) => {
        const from = end;
        const to = end += size;
        return () => {
            const bytes = get();
            return async (imports) => WebAssembly.instantiate((await bytes).slice(from, to), imports);
        };
    };
    return [unpack, get];
}
";

/// The loader for modules that lie in packs: the file of each pack, and where each module lies.
pub(super) fn loader<'a>(
    start: &str,
    files: impl Iterator<Item = (&'a str, &'a str)>,
    modules: &[Module],
    place: impl Fn(usize) -> Place,
) -> String {
    let mut script = [start, UNPACK].concat();
    // Writing to a text cannot fail.
    for (pack, file) in files {
        let ahead = if pack == FIRST { ", () => ahead[document.documentElement.dataset.next]?.()" } else { "" };
        let _ = writeln!(script, "const [pack_{pack}, get_{pack}] = pack(\"./{file}\"{ahead});");
    }
    let packs = packs(modules);
    let _ = writeln!(script, "const ahead = {{");
    for part in modules.iter().filter_map(|module| module.name.strip_prefix(LOAD)).filter(|part| *part != FIRST) {
        let needed = |at: &usize| modules.get(*at).is_some_and(|module| module.parts.iter().any(|it| it == part));
        let needed = packs.iter().filter(|pack| pack.name != FIRST && pack.modules.iter().any(needed));
        let needed: String = needed.map(|pack| format!("get_{}();", pack.name)).collect();
        let _ = writeln!(script, "{part}() {{ {needed} }},");
    }
    let _ = writeln!(script, "}};");
    for (at, Module { name, parts, .. }) in modules.iter().enumerate() {
        let (pack, size) = place(at);
        let module = format!("pack_{pack}({size})");
        let _ = if name.starts_with(LOAD) {
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
                       /* dialog, errands */\nconst __chunk_7 = makeLoad(() => {\n}\n, []);\n\
                       /* errands, help */\nconst __chunk_8 = makeLoad(() => {\n}\n, []);\n\
                       /* dialog, report */\nconst __chunk_9 = makeLoad(() => {\n}\n, []);\n\
                       /* help, report */\nconst __chunk_10 = makeLoad(() => {\n}\n, []);\n\
                       export const __wasm_split_load_help = wrapAsyncCb(makeLoad(() => {\n}\n, [__chunk_6]));\n\
                       export const __wasm_split_load_app = wrapAsyncCb(makeLoad(() => {\n}\n, [__chunk_5]));\n\
                       export const __wasm_split_load_dialog = wrapAsyncCb(makeLoad(() => {\n}\n, [__chunk_5, __chunk_6]));\n\
                       export const __wasm_split_load_report = wrapAsyncCb(makeLoad(() => {\n}\n, [__chunk_9]));\n";

    #[test]
    fn what_is_shared_ships_with_the_app_or_by_itself_or_in_the_file_of_small_parts_or_the_dialog() {
        let (start, modules) = modules(CUT).unwrap();
        assert!(start.ends_with("function makeLoad() {}"), "{start}");
        let files: Vec<_> = modules.iter().map(|module| module.file.as_str()).collect();
        let chunks = ["chunk_5", "chunk_6", "chunk_7", "chunk_8", "chunk_9", "chunk_10"];
        assert_eq!(files, [chunks.as_slice(), &["split_help", "split_app", "split_dialog", "split_report"]].concat());
        let packs: Vec<_> = packs(&modules).into_iter().map(|pack| (pack.name, pack.modules)).collect();
        let named = |name: &str, modules: &[usize]| (name.to_owned(), modules.to_vec());
        assert_eq!(
            packs,
            [
                named("app", &[0, 7]),
                named("dialog_help", &[1, 5]),
                named("shared", &[2, 3]),
                named("dialog", &[4, 8]),
                named("help", &[6]),
                named("report", &[9])
            ]
        );
    }

    #[test]
    fn a_part_is_loaded_with_all_that_it_shares() {
        let (start, modules) = modules(CUT).unwrap();
        let files = [("app", "portal_app-1.bin"), ("x", "portal_x-1.bin")].into_iter();
        let script = loader(start, files, &modules, |at| ("x".to_owned(), at * 10));
        assert!(script.contains("const [pack_x, get_x] = pack(\"./portal_x-1.bin\");"), "{script}");
        let app = "const [pack_app, get_app] = pack(\"./portal_app-1.bin\", () => \
                   ahead[document.documentElement.dataset.next]?.());";
        assert!(script.contains(app), "{script}");
        let ahead = "const ahead = {\nhelp() { get_dialog_help();get_shared();get_help(); },\n\
                     dialog() { get_dialog_help();get_shared();get_dialog(); },\n\
                     report() { get_dialog_help();get_dialog();get_report(); },\n};";
        assert!(script.contains(ahead), "{script}");
        assert!(script.contains("const __chunk_6 = makeLoad(pack_x(10), []);"), "{script}");
        let dialog = "export const __wasm_split_load_dialog = wrapAsyncCb(makeLoad(pack_x(80), \
                      [__chunk_5, __chunk_6, __chunk_7, __chunk_9]));";
        assert!(script.contains(dialog), "{script}");
    }

    #[test]
    fn a_loader_of_another_form_is_refused() {
        assert!(modules("nothing that is known").is_err());
    }
}
