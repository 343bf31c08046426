//! Where in the sources a sentence stands, for people who want to change it. The build reads it out of the sources, so it is
//! true of the program that says it.

#[cfg(test)]
mod scan;

/// A line of the project's sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file, from the root of the project.
    pub path: &'static str,
    /// Its line, from 1.
    pub line: u32,
}

// `LITERALS`: each string literal of the modules that hold sentences; `FUNCTIONS`: their public functions, as `module::name`.
include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// Where a sentence stands that a function returned: at the literal that says most of it, or else at the function. The
/// function is named as in [`sentences`](crate::sentences).
pub fn source(function: &str, sentence: &str) -> Option<Source> {
    let function = function.split(',').next().unwrap_or_default();
    let returned_by = FUNCTIONS.iter().find(|(_, name)| *name == function).map(|(source, _)| *source);
    let says = |(source, literal): &(Source, &str)| {
        let letters = letters_said(literal, sentence)?;
        // Of two that say as much, the one in the function's own file.
        let near = returned_by.is_some_and(|it| it.path == source.path);
        (letters * 2 >= sentence.chars().count()).then_some(((letters, near), *source))
    };
    let said = LITERALS.iter().filter_map(says).max_by_key(|(said, _)| *said);
    said.map(|(_, source)| source).or(returned_by)
}

/// How many letters of a sentence a literal says; `None` where it says something else. What stands in braces may be
/// anything.
fn letters_said(literal: &str, sentence: &str) -> Option<usize> {
    let mut letters = 0;
    let mut rest = sentence;
    for piece in literal.split('{').map(|it| it.split_once('}').map_or(it, |(_, fixed)| fixed)) {
        let (_, behind) = rest.split_once(piece)?;
        letters += piece.chars().count();
        rest = behind;
    }
    Some(letters)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::{Inputs, all, sentences};

    #[test]
    fn the_line_named_holds_the_sentence_or_its_function() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut files = BTreeMap::new();
        let (mut said, mut returned) = (0, 0);
        for state in all() {
            let snapshot = state.snapshot(&Inputs::default());
            for (function, sentence) in sentences(&snapshot.machine, snapshot.now) {
                let source = source(function, &sentence);
                let Source { path, line } = source.unwrap_or_else(|| panic!("{function}: {sentence}"));
                let file = files.entry(path).or_insert_with(|| fs::read_to_string(root.join(path)).unwrap());
                let text = file.lines().nth(line as usize - 1).unwrap();
                let name = function.split(',').next().unwrap().rsplit("::").next().unwrap();
                if text.contains(&format!("pub fn {name}(")) {
                    returned += 1;
                } else {
                    // Some words of the sentence stand on the line, in a literal.
                    let words = sentence.split_whitespace().filter(|word| word.len() > 2 && text.contains(word));
                    assert!(text.contains('"') && words.count() > 0, "{path}:{line} of {function}: {sentence}");
                    said += 1;
                }
            }
        }
        assert!(said > 10 * returned, "{said} at their literal, {returned} at their function");
    }

    #[test]
    fn a_sentence_with_facts_is_found_by_what_is_fixed() {
        assert_eq!(letters_said("Next try in {seconds} s", "Next try in 7 s"), Some(14));
        assert_eq!(letters_said("{count} losses", "7 tries"), None);
    }

    #[test]
    fn what_nobody_says_is_nowhere() {
        assert_eq!(source("words::nothing", "The moon is made of cheese"), None);
    }
}
