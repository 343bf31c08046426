//! Pages that stand on any file host, in any folder: trunk writes addresses from the root of the host, these name files by
//! where the page itself stands.

use std::io::Result;
use std::path::Path;
use std::{fs, io};

/// The page of the app that has an address of its own, as a folder: every file host finds it there.
pub(super) const TROUBLESHOOTING: &str = "troubleshooting";

/// Makes the pages of `dist` relative.
pub(super) fn write(dist: &Path) -> Result<()> {
    for page in ["index.html", "preview.html"] {
        let file = dist.join(page);
        match fs::read_to_string(&file) {
            Ok(html) => fs::write(&file, relative(&html))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        }
    }
    let file = dist.join(TROUBLESHOOTING).join("index.html");
    fs::write(&file, one_folder_down(&relative(&fs::read_to_string(&file)?)))
}

/// The page with every address from the root of the host made relative to its `<base>`, and that to the page. Its styles
/// have no such address, but strings that look like one.
fn relative(html: &str) -> String {
    let Some((before, styled)) = html.split_once("<style>") else { return addresses(html) };
    let Some((styles, after)) = styled.split_once("</style>") else { return addresses(html) };
    [&addresses(before), "<style>", styles, "</style>", &addresses(after)].concat()
}

fn addresses(html: &str) -> String {
    let mut page = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(at) = ["\"/", "'/"].into_iter().filter_map(|start| rest.find(start)).min() {
        let (before, quoted) = rest.split_at(at);
        let (quote, address) = quoted.split_at(1);
        page.push_str(before);
        page.push_str(quote);
        // Two slashes begin the address of another host.
        page.push_str(if address.starts_with("//") { "" } else { "." });
        page.push('/');
        rest = address.strip_prefix('/').unwrap_or(address);
    }
    page.push_str(rest);
    page
}

/// The same page for a folder below. All other addresses start from `<base>`.
fn one_folder_down(html: &str) -> String {
    html.replacen("<base href=\"./\"", "<base href=\"../\"", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<base href=\"/\" /><link href=\"/main.css\"><style>a {grid: \"a b\"/auto}</style><link href=\"fonts/a\">\
                        <a href=\"//elsewhere\"><script>import init from '/portal.js'</script>";

    #[test]
    fn every_address_of_the_app_starts_from_the_page() {
        assert_eq!(
            relative(PAGE),
            "<base href=\"./\" /><link href=\"./main.css\"><style>a {grid: \"a b\"/auto}</style><link href=\"fonts/a\">\
             <a href=\"//elsewhere\"><script>import init from './portal.js'</script>"
        );
        assert_eq!(relative(&relative(PAGE)), relative(PAGE), "a second time changes nothing");
    }

    #[test]
    fn a_page_one_folder_down_starts_from_the_folder_above() {
        assert!(one_folder_down(&relative(PAGE)).starts_with("<base href=\"../\" /><link href=\"./main.css\">"));
    }
}
