//! Whether something that was made from files is still what they would make.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// When the newest of these files, or of all files below these directories, was written. What does not exist is skipped;
/// a directory counts itself, so that a deleted file shows too.
pub(crate) fn newest(inputs: impl IntoIterator<Item = PathBuf>) -> Option<SystemTime> {
    inputs.into_iter().filter_map(|input| newest_of(&input)).max()
}

/// When this file was written, if it is there.
pub(crate) fn written(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|metadata| metadata.modified()).ok()
}

fn newest_of(input: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(input).into_iter().flatten().flatten().map(|entry| entry.path());
    newest(entries).max(written(input))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("xtask-freshness-{name}-{}", std::process::id()));
        fs::create_dir_all(dir.join("deep")).unwrap();
        dir
    }

    #[test]
    fn a_file_deep_below_makes_its_directory_newer() {
        let dir = scratch("deep");
        let file = dir.join("deep/file");
        let later = SystemTime::now() + Duration::from_secs(60);
        fs::write(&file, "").unwrap();
        fs::File::options().write(true).open(&file).unwrap().set_modified(later).unwrap();
        assert_eq!(newest([dir.clone()]), Some(later));
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_deleted_file_makes_its_directory_newer() {
        let dir = scratch("deleted");
        fs::write(dir.join("deep/file"), "").unwrap();
        let earlier = SystemTime::now() - Duration::from_secs(60);
        for path in ["deep/file", "deep", ""] {
            fs::File::open(dir.join(path)).unwrap().set_modified(earlier).unwrap();
        }
        assert_eq!(newest([dir.clone()]), Some(earlier));
        fs::remove_file(dir.join("deep/file")).unwrap();
        assert!(newest([dir.clone()]) > Some(earlier));
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn what_does_not_exist_is_of_no_time() {
        assert_eq!(newest([PathBuf::from("/nowhere/at/all")]), None);
    }
}
