//! The hashes by which a content security policy allows the inline scripts of a page and no others.

use base64::prelude::{BASE64_STANDARD, Engine};
use ring::digest::{SHA256, digest};

/// `'sha256-…'` for each script of the page that has no `src`, in order.
pub(super) fn hashes(html: &str) -> Vec<String> {
    // What the HTML parser hands to the script, and so what the browser hashes, has no carriage returns.
    let html = html.replace("\r\n", "\n").replace('\r', "\n");
    scripts(&html)
        .into_iter()
        .map(|script| format!("'sha256-{}'", BASE64_STANDARD.encode(digest(&SHA256, script.as_bytes()))))
        .collect()
}

/// Whether the page starts the app: one of its inline scripts imports a module that `is_own` knows.
///
/// # Errors
/// Says what is missing.
pub(super) fn starts_the_app(html: &str, is_own: impl Fn(&str) -> bool) -> Result<(), String> {
    let imports: Vec<&str> = scripts(html).into_iter().flat_map(imported).collect();
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

/// The text of every inline script. It knows of HTML what the app's own page needs: comments are passed over, and a `>`
/// in an attribute of `<script>` is not expected.
fn scripts(html: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if starts_script(rest) {
            let Some((tag, content)) = rest.split_once('>') else { break };
            let Some(end) = content.to_ascii_lowercase().find("</script") else { break };
            let (script, after) = content.split_at(end);
            if !tag.split_whitespace().any(|attribute| attribute.to_ascii_lowercase().starts_with("src=")) {
                found.push(script);
            }
            rest = after;
        }
    }
    found
}

fn starts_script(tag: &str) -> bool {
    let name: String = tag.chars().take_while(char::is_ascii_alphabetic).collect();
    name.eq_ignore_ascii_case("script")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_are_found_whole_and_others_are_not() {
        let html = "<!doctype html><!-- <script>old()</script> --><SCRIPT type=\"module\">\nimport a\n</SCRIPT>\
                    <script src=\"/x.js\"></script><scripty></scripty><script>b < c</script >";
        assert_eq!(scripts(html), ["\nimport a\n", "b < c"]);
    }

    #[test]
    fn the_hash_is_the_one_that_browsers_compute() {
        // The example of the Content Security Policy Level 2 recommendation.
        let html = "<script>alert('Hello, world.');</script>";
        assert_eq!(hashes(html), ["'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"]);
    }

    #[test]
    fn line_ends_are_those_that_the_parser_makes_of_them() {
        assert_eq!(hashes("<script>a\r\nb</script>"), hashes("<script>a\nb</script>"));
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
