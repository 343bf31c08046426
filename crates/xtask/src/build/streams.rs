//! What wasm-bindgen makes for streams between program and script, which come with the framework and which nothing here uses: a
//! good kilobyte of what everybody waits for. What a program exports cannot be found to be unused by any tool.

use crate::failure::{Failure, Outcome};
use crate::wasm::{self, Reader, put_bytes, put_number};

/// How the names of the three classes begin in the script, and those of their functions in the program.
const CLASS: &str = "IntoUnderlying";
const FUNCTIONS: [&str; 2] = ["intounderlying", "__wbg_intounderlying"];
/// The id of the section with the exports.
const EXPORTS: u8 = 7;

/// The program without the functions, and the script without the classes. What only the functions need goes with wasm-opt.
pub(super) fn without(program: &[u8], script: &str) -> Outcome<(Vec<u8>, String)> {
    let unknown =
        || Failure::step("wasm-bindgen has written its classes for streams in another form than this build knows");
    let program = wasm::changed(program, EXPORTS, exports).ok_or_else(unknown)?;
    let script = without_classes(script);
    if script.contains(CLASS) || FUNCTIONS.iter().any(|name| script.contains(&format!("wasm.{name}"))) {
        return Err(unknown());
    }
    Ok((program, script))
}

fn exports(mut rest: Reader<'_>) -> Option<Vec<u8>> {
    let mut kept = Vec::new();
    for _ in 0..rest.number()? {
        let (name, kind, index) = (rest.bytes()?, rest.byte()?, rest.number()?);
        if !FUNCTIONS.iter().any(|start| name.starts_with(start.as_bytes())) {
            kept.push((name, kind, index));
        }
    }
    let mut out = Vec::new();
    put_number(&mut out, kept.len());
    for (name, kind, index) in kept {
        put_bytes(&mut out, name);
        out.push(kind);
        put_number(&mut out, index);
    }
    Some(out)
}

/// Each class ends with a brace at the beginning of a line; what is said of it elsewhere is a statement that begins with its
/// name and ends with a semicolon.
fn without_classes(script: &str) -> String {
    let mut kept = Vec::new();
    let mut until = None;
    for line in script.lines() {
        let starts = |start: &str| line.strip_prefix(start).is_some_and(|rest| rest.starts_with(CLASS));
        if until.is_none() {
            if starts("export class ") {
                until = Some("}");
            } else if starts("const ") || starts("if (Symbol.dispose) ") {
                until = Some(";");
            }
        }
        match until {
            None => kept.push(line),
            Some("}") if line == "}" => until = None,
            Some(";") if line.ends_with(';') => until = None,
            Some(_) => {}
        }
    }
    kept.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that exports these functions by their numbers.
    fn module(exports: &[(&str, usize)]) -> Vec<u8> {
        let mut section = Vec::new();
        put_number(&mut section, exports.len());
        for (name, index) in exports {
            put_bytes(&mut section, name.as_bytes());
            section.push(0);
            put_number(&mut section, *index);
        }
        wasm::module_of(EXPORTS, &section)
    }

    #[test]
    fn streams_go_and_nothing_else_does() {
        let script = "export class IntoUnderlyingSink {\n    free() {\n    }\n}\n\
                      if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = IntoUnderlyingSink.prototype.free;\n\
                      const kept = 1;\nconst IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')\n    \
                      ? {}\n    : new FinalizationRegistry(ptr => wasm.__wbg_intounderlyingsink_free(ptr, 1));\nexport { kept };";
        let streams = [("intounderlyingsink_write", 1), ("__wbg_intounderlyingsink_free", 2)];
        let program = module(&[&[("memory", 0)], streams.as_slice(), &[("start", 3)]].concat());
        let (program, script) = without(&program, script).unwrap();
        assert_eq!(program, module(&[("memory", 0), ("start", 3)]));
        assert_eq!(script, "const kept = 1;\nexport { kept };");
    }

    #[test]
    fn another_form_is_refused() {
        assert!(without(b"no module", "").is_err());
        assert!(without(&module(&[]), "let IntoUnderlyingSource = class {};").is_err());
    }
}
