//! The app inside the program, so that one file is all that an operator installs.

use std::collections::HashMap;

use axum::body::Bytes;
use include_dir::{Dir, include_dir};

static DIST: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../dist");

/// Every file by the path of its request. Nothing is copied: the bytes stay where the program has them.
pub(super) fn files() -> HashMap<String, Bytes> {
    let (mut files, mut folders) = (HashMap::new(), vec![&DIST]);
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().filter_map(|file| {
            let path = file.path().to_str()?;
            let is_hidden = path.split('/').any(|name| name.starts_with('.'));
            (!is_hidden).then(|| (format!("/{path}"), Bytes::from_static(file.contents())))
        }));
    }
    files
}
