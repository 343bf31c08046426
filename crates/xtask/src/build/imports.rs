//! Short names for what the program takes from its script. wasm-bindgen's names carry a hash each, which nothing
//! compresses, and stand in both files: a tenth of what a visitor waits for.

use crate::failure::{Failure, Outcome};
use crate::wasm::{self, Reader, put_bytes, put_number};

/// The module that wasm-bindgen's script is for the program.
const SCRIPT: &[u8] = b"./main_bg.js";
/// The id of the section with the imports, and the kind of an import that is a function.
const IMPORTS: u8 = 2;
const FUNCTION: u8 = 0;

/// The program and its script with short names between them.
pub(super) fn shortened(program: &[u8], script: &str) -> Outcome<(Vec<u8>, String)> {
    let (program, names) = renamed(program).ok_or_else(|| unknown("the program's imports"))?;
    let mut short_script = script.to_owned();
    for (at, name) in names.iter().enumerate() {
        let (key, short_key) = (format!("\n        {name}: function("), format!("\n        {}: function(", short(at)));
        if !short_script.contains(&key) {
            return Err(unknown(&format!("`{name}` in the program's script")));
        }
        short_script = short_script.replacen(&key, &short_key, 1);
    }
    Ok((program, short_script))
}

/// The script with one import of each module. wasm-bindgen imports a module anew for each function that the program takes from it,
/// and hands it over under the same name each time.
pub(super) fn once(script: &str) -> String {
    let (mut modules, mut again, mut kept) = (Vec::new(), Vec::new(), String::new());
    for line in script.lines() {
        let import = line.strip_prefix("import * as ").and_then(|rest| rest.split_once(" from "));
        let handed_over = line.strip_suffix(',').and_then(|line| line.rsplit_once("\": "));
        match (import, handed_over) {
            (Some((name, module)), _) if modules.contains(&module) => again.push(name),
            (None, Some((_, name))) if again.contains(&name) => {}
            _ => {
                modules.extend(import.map(|(_, module)| module));
                kept.extend([line, "\n"]);
            }
        }
    }
    kept
}

fn unknown(what: &str) -> Failure {
    Failure::step(format!("wasm-bindgen has written {what} in another form than this build knows"))
}

/// The program with short names, and the long ones in order. `None` where it is no module of the form that is known.
fn renamed(program: &[u8]) -> Option<(Vec<u8>, Vec<String>)> {
    let mut names = Vec::new();
    let program = wasm::changed(program, IMPORTS, |section| imports(section, &mut names))?;
    Some((program, names))
}

/// The section with short names in the place of those of the script.
fn imports(mut rest: Reader<'_>, names: &mut Vec<String>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let count = rest.number()?;
    put_number(&mut out, count);
    for _ in 0..count {
        let module = rest.bytes()?;
        let name = rest.bytes()?;
        if rest.byte()? != FUNCTION {
            return None;
        }
        let signature = rest.number()?;
        put_bytes(&mut out, module);
        if module == SCRIPT {
            put_bytes(&mut out, short(names.len()).as_bytes());
            names.push(String::from_utf8(name.to_vec()).ok()?);
        } else {
            put_bytes(&mut out, name);
        }
        out.push(FUNCTION);
        put_number(&mut out, signature);
    }
    Some(out)
}

/// `a` to `z`, then `aa` and so on.
fn short(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or_default()));
        if number < 26 {
            return letters.iter().rev().collect();
        }
        number = number / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that imports these functions and has a custom section behind.
    fn module(imports: &[(&str, &str)]) -> Vec<u8> {
        let mut section = Vec::new();
        put_number(&mut section, imports.len());
        for (module, name) in imports {
            put_bytes(&mut section, module.as_bytes());
            put_bytes(&mut section, name.as_bytes());
            section.extend([FUNCTION, 3]);
        }
        wasm::module_of(IMPORTS, &section)
    }

    #[test]
    fn what_the_script_gives_has_short_names_in_both_and_nothing_else_changes() {
        let program =
            module(&[("./main_bg.js", "__wbg_log_12ab"), ("./other.js", "load"), ("./main_bg.js", "__wbg_set_34cd")]);
        let script = "const import0 = {\n        __wbg_log_12ab: function(arg0) {\n        },\n        __wbg_set_34cd: function() {";
        let (program, script) = shortened(&program, script).unwrap();
        assert_eq!(program, module(&[("./main_bg.js", "a"), ("./other.js", "load"), ("./main_bg.js", "b")]));
        assert_eq!(script, "const import0 = {\n        a: function(arg0) {\n        },\n        b: function() {");
    }

    #[test]
    fn a_module_is_imported_and_handed_over_once() {
        let script = "import * as import1 from \"./a.js\"\nimport * as import2 from \"./a.js\"\nimport * as import3 from \"./b.js\"\n\
                      return {\n  \"./main_bg.js\": import0,\n  \"./a.js\": import1,\n  \"./a.js\": import2,\n  \"./b.js\": import3,\n};\n";
        let all = "import * as import1 from \"./a.js\"\nimport * as import3 from \"./b.js\"\n\
                   return {\n  \"./main_bg.js\": import0,\n  \"./a.js\": import1,\n  \"./b.js\": import3,\n};\n";
        assert_eq!(once(script), all);
        assert_eq!(once(all), all);
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert!(shortened(b"no module", "").is_err());
        assert!(shortened(&module(&[("./main_bg.js", "gone")]), "").unwrap_err().to_string().contains("`gone`"));
        let mut cut = module(&[("./main_bg.js", "a")]);
        cut.truncate(20);
        assert!(shortened(&cut, "").is_err());
    }

    #[test]
    fn there_are_as_many_names_as_are_needed() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(short), ["a", "z", "aa", "ab", "zz", "aaa"]);
    }
}
