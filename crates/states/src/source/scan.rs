//! Reads the string literals and the public functions out of a Rust file, with their lines. The build does it, so that
//! no list beside the sources can grow old.

/// What stands in a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Scanned {
    /// Each string literal with the line on which it begins.
    pub(crate) literals: Vec<(u32, String)>,
    /// Each public function with its line.
    pub(crate) functions: Vec<(u32, String)>,
}

/// Literals with fewer letters are no sentences.
const SHORTEST: usize = 4;

/// Reads a file up to its tests.
pub(crate) fn scan(text: &str) -> Scanned {
    let product = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut scanned = Scanned::default();
    for (line, text) in (1..).zip(product.lines()) {
        if let Some(function) = text.trim_start().strip_prefix("pub fn ") {
            let name = function.split(['(', '<']).next().unwrap_or_default();
            scanned.functions.push((line, name.to_owned()));
        }
    }
    let mut line = 1;
    let mut rest = product.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '\n' => line += 1,
            '/' if rest.peek() == Some(&'/') => {
                while rest.peek().is_some_and(|it| *it != '\n') {
                    rest.next();
                }
            }
            // A character: a lifetime has no second quote mark that soon.
            '\'' => {
                let ahead: Vec<char> = rest.clone().take(3).collect();
                let length = match ahead.as_slice() {
                    ['\\', _, '\''] => 3,
                    [_, '\'', ..] => 2,
                    _ => 0,
                };
                rest.by_ref().take(length).for_each(drop);
            }
            '"' => {
                let begins = line;
                let literal = literal(&mut rest, &mut line);
                if literal.chars().filter(|it| it.is_alphabetic()).count() >= SHORTEST {
                    scanned.literals.push((begins, literal));
                }
            }
            _ => (),
        }
    }
    scanned
}

/// Reads on to the closing quote mark.
fn literal(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, line: &mut u32) -> String {
    let mut text = String::new();
    while let Some(letter) = rest.next() {
        match letter {
            '"' => break,
            '\\' => match rest.next() {
                Some('\n') => {
                    *line += 1;
                    while let Some(space) = rest.next_if(|it| it.is_whitespace()) {
                        *line += u32::from(space == '\n');
                    }
                }
                Some('n') => text.push('\n'),
                Some(escaped) => text.push(escaped),
                None => break,
            },
            _ => {
                *line += u32::from(letter == '\n');
                text.push(letter);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_functions_are_found_on_their_lines() {
        let text = r#"// a "comment"
/// Says it.
pub fn say<'a>(it: &'a str) -> char {
    format!("Said {it} \"here\"");
    let quote = ['"', '\''];
    "over two \
     lines"; "and behind them"
}
#[cfg(test)]
mod tests { const IT: &str = "of a test"; }
"#;
        let Scanned { literals, functions } = scan(text);
        let literal = |line, text: &str| (line, text.to_owned());
        assert_eq!(
            literals,
            [literal(4, "Said {it} \"here\""), literal(6, "over two lines"), literal(7, "and behind them")]
        );
        assert_eq!(functions, [(3, "say".to_owned())]);
    }
}
