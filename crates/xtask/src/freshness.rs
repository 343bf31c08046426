//! Whether something that was made from files is still what they would make.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::failure::{Failure, Outcome};

/// Remembers what was made, and from when its inputs were. The file's time alone would not do: others write what is
/// made too, as `trunk serve` does with its unoptimised app.
pub(crate) struct Stamp {
    /// Where it is remembered.
    pub(crate) file: PathBuf,
    /// A file that differs whenever what was made differs.
    pub(crate) made: PathBuf,
}

impl Stamp {
    /// Whether what was made is still there, and no input is newer than the start of its making.
    pub(crate) fn is_fresh(&self, inputs: impl IntoIterator<Item = PathBuf>) -> bool {
        let same = fs::read(&self.file).is_ok_and(|stamp| fs::read(&self.made).is_ok_and(|made| made == stamp));
        same && newest(inputs) <= written(&self.file)
    }

    /// Remembers what was made, dated back to the start of its making: what was saved meanwhile is not in it.
    pub(crate) fn write(&self, started: SystemTime) -> Outcome {
        let write = || {
            fs::copy(&self.made, &self.file)?;
            fs::File::options().write(true).open(&self.file)?.set_modified(started)
        };
        write().map_err(Failure::system(format!("write {}", self.file.display())))
    }
}

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
    fn what_was_just_made_is_fresh_until_an_input_is_saved_or_another_makes_it() {
        let dir = scratch("stamp");
        let stamp = Stamp { file: dir.join("stamp"), made: dir.join("made") };
        let (input, started) = (dir.join("deep"), SystemTime::now());
        let at = |time| fs::File::open(&input).unwrap().set_modified(time).unwrap();
        at(started - Duration::from_secs(60));
        assert!(!stamp.is_fresh([input.clone()]), "nothing was made yet");
        fs::write(&stamp.made, "release").unwrap();
        stamp.write(started).unwrap();
        assert!(stamp.is_fresh([input.clone()]));
        at(started + Duration::from_millis(1));
        assert!(!stamp.is_fresh([input.clone()]), "saved while it was being made");
        at(started - Duration::from_secs(60));
        fs::write(&stamp.made, "debug").unwrap();
        assert!(!stamp.is_fresh([input]), "made by somebody else");
        fs::remove_dir_all(dir).unwrap();
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
