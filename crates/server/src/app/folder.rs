//! Reads the folder that the app's build made.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use axum::body::Bytes;

/// More than any build of the app; a folder beyond it is another one, named by mistake.
const SIZE_LIMIT: u64 = 64 * 1024 * 1024;

/// Every file of the folder by the path of its request. Hidden files and folders are left out: trunk stages its work in
/// one.
pub(super) fn read(folder: &Path) -> Result<HashMap<String, Bytes>, AppError> {
    if !folder.join("index.html").is_file() {
        return Err(AppError::NotBuilt(folder.to_owned()));
    }
    let mut files = HashMap::new();
    let (mut left, mut folders) = (SIZE_LIMIT, vec![(folder.to_owned(), String::new())]);
    while let Some((folder, prefix)) = folders.pop() {
        let unreadable = |error| AppError::Unreadable(folder.clone(), error);
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            if name.starts_with('.') {
                continue;
            }
            let (file, path) = (entry.path(), format!("{prefix}/{name}"));
            // A linked folder could lead in a circle; a linked file is as good as any.
            if entry.file_type().map_err(unreadable)?.is_dir() {
                folders.push((file, path));
            } else if file.is_file() {
                let bytes = fs::read(&file).map_err(|error| AppError::Unreadable(file, error))?;
                let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                left = left.checked_sub(size).ok_or_else(|| AppError::TooLarge(folder.clone()))?;
                files.insert(path, bytes.into());
            }
        }
    }
    Ok(files)
}

/// Why there is no app to serve.
#[derive(Debug)]
pub enum AppError {
    /// The folder has no `index.html`.
    NotBuilt(PathBuf),
    /// The page does not start the app: it names no script, or one that is not there.
    NotThePage(String),
    /// The folder holds more than the app can be.
    TooLarge(PathBuf),
    /// The operating system refused.
    Unreadable(PathBuf, io::Error),
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotBuilt(folder) => write!(
                f,
                "no index.html in {}: build the app with `cargo xtask build`, or name its folder with --app",
                folder.display()
            ),
            Self::NotThePage(why) => {
                write!(f, "index.html is not the app's page: {why}; build the app again, or name its folder with --app")
            }
            Self::TooLarge(folder) => write!(
                f,
                "{} holds more than {} MiB, so it is not the built app: name that with --app",
                folder.display(),
                SIZE_LIMIT / 1024 / 1024
            ),
            Self::Unreadable(path, error) => write!(f, "cannot read {}: {error}", path.display()),
        }
    }
}

impl std::error::Error for AppError {}
