//! Reads of a wasm module what tells where its bytes are: how long each function is, what it is called, and how long the
//! data is.

use super::names;
use crate::wasm::Reader;

/// What a module is made of. Its imports and types are left out.
pub(super) struct Contents {
    pub(super) functions: Vec<Function>,
    /// How many bytes of data it has.
    pub(super) data: usize,
}

/// A function with a body.
pub(super) struct Function {
    pub(super) name: String,
    pub(super) bytes: usize,
}

/// The contents of a module; `None` where it is no module that this reads.
pub(super) fn contents(wasm: &[u8]) -> Option<Contents> {
    let mut reader = Reader::of_module(wasm)?;
    let (mut imported, mut sizes, mut data, mut names) = (0, Vec::new(), 0, Vec::new());
    while let Some(id) = reader.byte() {
        let mut section = reader.sized()?;
        match id {
            0 if section.text()? == "name" => names = function_names(section)?,
            2 => imported = imported_functions(section)?,
            10 => {
                for _ in 0..section.number()? {
                    sizes.push(section.sized()?.len());
                }
            }
            11 => data = section.len(),
            _ => {}
        }
    }
    let named = |bytes| Function { name: "(no name)".to_owned(), bytes };
    let mut functions: Vec<Function> = sizes.into_iter().map(named).collect();
    for (index, name) in names {
        if let Some(function) = index.checked_sub(imported).and_then(|index| functions.get_mut(index)) {
            function.name = names::plain(&name);
        }
    }
    Some(Contents { functions, data })
}

fn function_names(mut section: Reader<'_>) -> Option<Vec<(usize, String)>> {
    while let Some(id) = section.byte() {
        let mut part = section.sized()?;
        if id == 1 {
            let count = part.number()?;
            return (0..count).map(|_| Some((part.number()?, part.text()?.to_owned()))).collect();
        }
    }
    Some(Vec::new())
}

fn imported_functions(mut section: Reader<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        match section.byte()? {
            0 => {
                section.number()?;
                functions += 1;
            }
            kind @ (1 | 2) => {
                // A table has a type before its limits.
                if kind == 1 {
                    section.byte()?;
                }
                let has_maximum = section.byte()? & 1 == 1;
                section.number()?;
                if has_maximum {
                    section.number()?;
                }
            }
            3 => {
                section.byte()?;
                section.byte()?;
            }
            4 => {
                section.byte()?;
                section.number()?;
            }
            _ => return None,
        }
    }
    Some(functions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_named_behind_those_that_are_imported() {
        let wasm = b"\0asm\x01\0\0\0\
                     \x02\x07\x01\x01a\x01b\x00\x00\
                     \x0a\x09\x02\x02\x00\x0b\x04\x00\x01\x01\x0b\
                     \x00\x0d\x04name\x01\x06\x01\x02\x03two";
        let found = contents(wasm).unwrap();
        let functions: Vec<_> = found.functions.iter().map(|it| (it.name.as_str(), it.bytes)).collect();
        assert_eq!((functions.as_slice(), found.data), ([("(no name)", 2), ("two", 4)].as_slice(), 0));
    }

    #[test]
    fn data_is_counted_beside_the_functions() {
        let wasm = b"\0asm\x01\0\0\0\x0a\x04\x01\x02\x00\x0b\x0b\x08\x01\x00\x41\x00\x0b\x02hi";
        let found = contents(wasm).unwrap();
        assert_eq!((found.functions.len(), found.data), (1, 8));
    }

    #[test]
    fn what_is_cut_off_is_no_module() {
        assert!(contents(b"\0asm\x01\0\0\0\x0a\x09\x02").is_none());
        assert!(contents(b"<!doctype html>").is_none());
    }
}
