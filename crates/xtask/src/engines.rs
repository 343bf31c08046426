//! The scenarios that run in Chromium, Firefox and WebKitGTK, as the system has them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian::Packages;
use crate::failure::Outcome;
use crate::{browser, search_path};

const FIREFOX: Packages = Packages { title: "Firefox", names: &["firefox-esr"] };
/// Makes a certificate for the page over https.
const OPENSSL: Packages = Packages { title: "OpenSSL", names: &["openssl"] };
const WEBKIT: Packages = Packages { title: "WebKitGTK", names: &["webkit2gtk-driver", "libwebkit2gtk-4.1-0", "xvfb"] };

/// Playwright with the scenarios. An engine that cannot be had is skipped there, and said to be; what would install it
/// is said here.
pub(crate) fn scenarios() -> Outcome<Command> {
    let openssl = search_path::find(&["openssl"]).is_some();
    for (packages, installed) in [(FIREFOX, has_firefox()), (WEBKIT, has_webkit()), (OPENSSL, openssl)] {
        if !installed && let Err(problem) = packages.install() {
            println!("! {problem}");
        }
    }
    let mut command = browser::suite()?;
    command.args(["--config", "engines/playwright.config.ts"]);
    Ok(command)
}

fn has_firefox() -> bool {
    search_path::find(&["firefox-esr", "firefox"]).is_some()
}

fn has_webkit() -> bool {
    let programs = ["WebKitWebDriver", "Xvfb"].iter().all(|name| search_path::find(&[name]).is_some());
    programs && mini_browser(Path::new("/usr/lib")).is_some()
}

/// The browser that belongs to the driver, below the directory of this machine's architecture.
fn mini_browser(libraries: &Path) -> Option<PathBuf> {
    let directories = libraries.read_dir().ok()?.flatten();
    directories.map(|entry| entry.path().join("webkit2gtk-4.1/MiniBrowser")).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_is_found_for_any_architecture() {
        let libraries = std::env::temp_dir().join(format!("xtask-engines-{}", std::process::id()));
        assert_eq!(mini_browser(&libraries), None);
        let directory = libraries.join("some-architecture/webkit2gtk-4.1");
        std::fs::create_dir_all(&directory).unwrap();
        std::fs::create_dir_all(libraries.join("another")).unwrap();
        std::fs::write(directory.join("MiniBrowser"), "").unwrap();
        assert_eq!(mini_browser(&libraries), Some(directory.join("MiniBrowser")));
        std::fs::remove_dir_all(libraries).unwrap();
    }
}
