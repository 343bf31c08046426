//! The design tokens as `style/tokens.css` has them, so that no list beside it can grow old.

use leptos::prelude::*;

const SOURCE: &str = include_str!("../../../style/tokens.css");

/// A custom property, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Its name, such as `--color-ink`.
    pub(super) name: &'static str,
    /// What stands behind the colon.
    pub(super) written: &'static str,
}

/// The tokens whose names begin so, in the order of the file, each once.
pub(super) fn tokens(prefix: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for line in SOURCE.lines() {
        let Some((name, written)) = line.trim().strip_suffix(';').and_then(|line| line.split_once(':')) else {
            continue;
        };
        // `--color-*: initial` clears what the framework brings.
        let is_one = name.starts_with(prefix) && !name.ends_with('*');
        if is_one && found.iter().all(|known| known.name != name) {
            found.push(Token { name, written: written.trim() });
        }
    }
    found
}

/// What this browser makes of a property of the page's root; empty where the styles have no such property.
pub(super) fn computed(name: &str) -> String {
    let style = document().document_element().and_then(|root| window().get_computed_style(&root).ok().flatten());
    style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default()
}
