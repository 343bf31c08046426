//! The hashes by which a content security policy allows the inline scripts and styles of a page and no others.

use std::collections::BTreeSet;

use base64::prelude::{BASE64_STANDARD, Engine};
use ring::digest::{SHA256, digest};

/// What a policy must list for the pages of an app: `'sha256-…'` for each script and style that stands in one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hashes {
    /// For `script-src`.
    pub(crate) scripts: BTreeSet<String>,
    /// For `style-src`.
    pub(crate) styles: BTreeSet<String>,
}

impl Hashes {
    /// Adds those of a page.
    pub(super) fn add(&mut self, html: &str) {
        // What the HTML parser hands on, and so what the browser hashes, has no carriage returns.
        let html = html.replace("\r\n", "\n").replace('\r', "\n");
        for (element, text) in elements(&html) {
            let hash = format!("'sha256-{}'", BASE64_STANDARD.encode(digest(&SHA256, text.as_bytes())));
            match element {
                Element::Script => self.scripts.insert(hash),
                Element::Style => self.styles.insert(hash),
            };
        }
    }
}

/// Whether the page starts the app: one of its inline scripts imports a module that `is_own` knows.
///
/// # Errors
/// Says what is missing.
pub(super) fn starts_the_app(html: &str, is_own: impl Fn(&str) -> bool) -> Result<(), String> {
    let scripts = elements(html).into_iter().filter(|(element, _)| *element == Element::Script);
    let imports: Vec<&str> = scripts.flat_map(|(_, script)| imported(script)).collect();
    if imports.is_empty() {
        return Err("it has no script that imports the app".to_owned());
    }
    match imports.into_iter().find(|module| !is_own(module)) {
        Some(missing) => Err(format!("it imports {missing}, which is not there")),
        None => Ok(()),
    }
}

/// The modules that a script imports by name.
fn imported(script: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = script;
    while let Some((_, after)) = rest.split_once(" from ") {
        rest = after;
        let quoted = after.trim_start().split(['"', '\'']).nth(1);
        found.extend(quoted.filter(|_| after.trim_start().starts_with(['"', '\''])));
    }
    found
}

/// An element whose content is no HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Script,
    Style,
}

impl Element {
    /// The one that a tag starts.
    fn started_by(tag: &str) -> Option<(Self, &'static str)> {
        let end = tag.find(|it: char| !it.is_ascii_alphabetic()).unwrap_or(tag.len());
        match tag.get(..end)?.to_ascii_lowercase().as_str() {
            "script" => Some((Self::Script, "</script")),
            "style" => Some((Self::Style, "</style")),
            _ => None,
        }
    }
}

/// The text of every inline script and style, in order. It knows of HTML what the app's own page needs: comments are passed
/// over, and a `>` in an attribute of these elements is not expected.
fn elements(html: &str) -> Vec<(Element, &str)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some((element, end)) = Element::started_by(rest) {
            let Some((tag, content)) = rest.split_once('>') else { break };
            let Some(end) = content.to_ascii_lowercase().find(end) else { break };
            let (text, after) = content.split_at(end);
            if !tag.split_whitespace().any(|attribute| attribute.to_ascii_lowercase().starts_with("src=")) {
                found.push((element, text));
            }
            rest = after;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script_hashes(html: &str) -> Vec<String> {
        let mut hashes = Hashes::default();
        hashes.add(html);
        assert!(hashes.styles.is_empty(), "{hashes:?}");
        hashes.scripts.into_iter().collect()
    }

    #[test]
    fn inline_scripts_and_styles_are_found_whole_and_others_are_not() {
        let html = "<!doctype html><!-- <script>old()</script> --><SCRIPT type=\"module\">\nimport a\n</SCRIPT>\
                    <script src=\"/x.js\"></script><scripty></scripty><script>b < c</script ><style>p > a {}</style>";
        let (script, style) = (Element::Script, Element::Style);
        assert_eq!(elements(html), [(script, "\nimport a\n"), (script, "b < c"), (style, "p > a {}")]);
    }

    #[test]
    fn the_hash_is_the_one_that_browsers_compute() {
        // The example of the Content Security Policy Level 2 recommendation.
        let html = "<script>alert('Hello, world.');</script>";
        assert_eq!(script_hashes(html), ["'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"]);
    }

    #[test]
    fn line_ends_are_those_that_the_parser_makes_of_them() {
        assert_eq!(script_hashes("<script>a\r\nb</script>"), script_hashes("<script>a\nb</script>"));
    }

    #[test]
    fn a_page_that_imports_no_module_of_the_app_does_not_start_it() {
        let is_own = |path: &str| path == "/portal.js";
        let page = |script: &str| starts_the_app(&format!("<script type=\"module\">{script}</script>"), is_own);
        assert_eq!(page("import init, * as bindings from '/portal.js';"), Ok(()));
        assert!(page("import init from \"/gone.js\"").unwrap_err().contains("/gone.js, which is not there"));
        assert!(page("let text = 'a letter from me'").is_err());
        assert!(starts_the_app("", is_own).is_err());
    }
}
