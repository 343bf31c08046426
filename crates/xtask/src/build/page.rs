//! The portal's page as it ships: what stands in index.html for trunk is replaced by what the build has made.

use crate::failure::{Failure, Outcome};

/// The page with its styles in it, and its program by the names of its files.
///
/// Styles of their own file would have the first paint wait for one more way there and back, while the program takes the
/// line; the page is asked for anew with each visit, but comes again only where a release has changed it.
pub(super) fn assembled(page: &str, styles: &str, script: &str, loader: &str, program: &str) -> Outcome<String> {
    // The shape that the server knows: it rewrites every address below a base path, and allows the scripts by their hash.
    //
    // The program is asked for first, by a script: it is most of what is waited for. On HTTP/1.1 what is asked for first takes the
    // page's own connection once the page is here, and all else has to open one. A `<link>` that stands in the page is found, and
    // its file asked for, ahead of every script; so the script makes those links. A `<link rel="preload">` for the program is no
    // way out: WebKit fetches such a file a second time once it is used.
    let base = format!(
        "<base href=\"/\" />\n\
         <script>\n\
         var program = {{ file: '/{program}' }};\n\
         program.answer = fetch(program.file);\n\
         for (const href of ['/{script}', '/{loader}'])\n\
         document.head.append(Object.assign(document.createElement('link'), \
         {{ rel: 'modulepreload', href, crossOrigin: 'anonymous' }}));\n\
         </script>"
    );
    let start = format!(
        "<script type=\"module\">\n\
         import init from '/{script}';\n\
         await init({{ module_or_path: program.answer }});\n\
         </script>"
    );
    let page = replaced(page, "<base data-trunk-public-url", &base)?;
    let page = replaced(
        &page,
        "<link data-trunk rel=\"tailwind-css\" href=\"style/main.css\"",
        &format!("<style>{styles}</style>"),
    )?;
    let page = replaced(&page, "<link data-trunk rel=\"tailwind-css\" href=\"style/parts.css\"", "")?;
    let page = replaced(&page, "<link data-trunk rel=\"copy-dir\"", "")?;
    Ok(for_browsers(&replaced(&page, "<link\n      data-trunk\n      rel=\"rust\"", &start)?))
}

/// The script that runs before the first paint.
pub(super) fn early_script(page: &str) -> Outcome<&str> {
    let after = page.split_once("<script>").map(|(_, after)| after);
    let script = after.and_then(|after| after.split_once("</script>"));
    script.map(|(script, _)| script).ok_or_else(|| Failure::step("index.html has no `<script>…</script>` of its own"))
}

/// The page without what only its readers in the repository need: comments, and how far its lines are indented.
fn for_browsers(page: &str) -> String {
    let is_comment = |line: &&str| {
        let line = line.trim();
        line.starts_with("<!--") && line.ends_with("-->")
    };
    page.lines().filter(|line| !is_comment(line)).flat_map(|line| [line.trim_start(), "\n"]).collect()
}

/// The page with another text in the place of the one element that begins so.
fn replaced(page: &str, element: &str, text: &str) -> Outcome<String> {
    let missing = || Failure::step(format!("index.html has no `{element}…>` to put the build's own in the place of"));
    let (before, rest) = page.split_once(element).ok_or_else(missing)?;
    let (_, after) = rest.split_once('>').ok_or_else(missing)?;
    Ok([before, text, after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../../../../index.html");

    #[test]
    fn nothing_that_is_meant_for_trunk_ships() {
        let page = assembled(PAGE, "p{}", "portal-2.js", "parts-2.js", "portal_bg-3.wasm").unwrap();
        assert!(!page.contains("data-trunk"), "{page}");
        for own in
            ["<style>p{}</style>", "['/portal-2.js', '/parts-2.js']", "from '/portal-2.js'", "'/portal_bg-3.wasm'"]
        {
            assert!(page.contains(own), "{own}");
        }
    }

    #[test]
    fn the_program_is_asked_for_before_anything_that_is_found_ahead_of_scripts() {
        let page = assembled(PAGE, "p{}", "portal-2.js", "parts-2.js", "portal_bg-3.wasm").unwrap();
        let program = page.find("fetch(program.file)").unwrap();
        let found_ahead =
            ["<link rel=\"modulepreload\"", "<link rel=\"preload\"", "<link rel=\"icon\"", "<style>", "src="];
        assert!(found_ahead.into_iter().filter_map(|it| page.find(it)).all(|at| at > program), "{page}");
    }

    #[test]
    fn comments_do_not_ship_and_nothing_else_is_lost() {
        let page = "  <p>https://drp</p>\n  <!-- how -->\n<p>it</p> <!-- kept: not alone -->\n";
        assert_eq!(for_browsers(page), "<p>https://drp</p>\n<p>it</p> <!-- kept: not alone -->\n");
    }

    #[test]
    fn the_script_before_the_first_paint_is_found_or_missed() {
        assert!(early_script(PAGE).unwrap().contains("window.early"));
        assert!(early_script("<script type=\"module\">").unwrap_err().to_string().contains("<script>"));
    }

    #[test]
    fn an_element_that_is_gone_is_named() {
        assert!(replaced("<html>", "<link data-trunk", "").unwrap_err().to_string().contains("<link data-trunk"));
    }
}
