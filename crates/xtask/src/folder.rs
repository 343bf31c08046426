//! Copies of files and folders.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Outcome};

/// The names of what lies in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Outcome<Vec<String>> {
    let read = || fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<Vec<_>>>();
    let names = read().map_err(Failure::system(format!("read {}", folder.display())))?;
    let mut names: Vec<_> = names.into_iter().filter_map(|name| name.into_string().ok()).collect();
    names.sort();
    Ok(names)
}

/// Copies a file, or everything in a folder but what is hidden: trunk stages its work in such a folder.
pub(crate) fn copy(from: &Path, to: &Path) -> Outcome {
    if from.is_dir() {
        fs::create_dir_all(to).map_err(Failure::system(format!("create {}", to.display())))?;
        return names(from)?
            .into_iter()
            .filter(|name| !name.starts_with('.'))
            .try_for_each(|name| copy(&from.join(&name), &to.join(&name)));
    }
    let parent = to.parent().unwrap_or(to);
    fs::create_dir_all(parent).and_then(|()| fs::copy(from, to)).map(drop).map_err(Failure::system(format!(
        "copy {} to {}",
        from.display(),
        to.display()
    )))
}
