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
}
