//! Folders that go when the test ends.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of one test.
pub(crate) struct Folder(PathBuf);

/// The inline script of [`Folder::app`].
pub(crate) const SCRIPT: &str = "\nimport init from './portal-0123456789abcdef.js';\n";

impl Folder {
    /// An empty one.
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("megaphone-test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// One that looks like what the build makes.
    pub(crate) fn app() -> Self {
        let folder = Self::new();
        let index = format!(
            "<!doctype html><html><head><base href=\"./\" /><script type=\"module\">{SCRIPT}</script></head><body>{}</body></html>",
            "the app ".repeat(100)
        );
        folder.write("index.html", index.as_bytes());
        folder.write("preview.html", index.replace("the app", "the gallery of the app").as_bytes());
        folder.write("preview/states.json", b"[]");
        folder.write("portal-0123456789abcdef.js", "export default () => {};\n".repeat(100).as_bytes());
        // The server hands these out and never looks inside, so their size is all that matters here.
        folder.write("portal-0123456789abcdef.js.br", &[b'b'; 200]);
        folder.write("portal-0123456789abcdef.js.gz", &[b'g'; 300]);
        folder.write("portal-0123456789abcdef_bg.wasm", &[0u8; 4_000]);
        folder.write("fonts/lato.woff2", &[1u8; 4_000]);
        folder.write("config.json", b"{}");
        folder.write(".stage/half-built.js", b"not yet");
        folder
    }

    /// The same with as much to read at a start as the built app has: 700 files, 11 MB, two pages of which one has 27 kB.
    pub(crate) fn app_of_full_size() -> Self {
        let folder = Self::app();
        let index = std::fs::read_to_string(folder.path().join("index.html")).unwrap();
        let rows: String =
            (0..450).map(|row| format!("<tr id=\"{row}\"><th>{row}</th><td>the row {}</td></tr>", row * 7)).collect();
        folder.write("index.html", index.replace("</body>", &format!("{rows}</body>")).as_bytes());
        for file in 0..700 {
            folder.write(&format!("preview/trees/{file}.json"), &vec![b'x'; 16_000]);
        }
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file and returns its path.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
