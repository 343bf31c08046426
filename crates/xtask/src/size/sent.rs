//! How large the files of `dist` are as they are sent.

use std::collections::BTreeMap;
use std::fs;

use crate::failure::{Failure, Outcome};
use crate::workspace;

/// The sizes of the files in `dist`, as they are sent.
pub(crate) struct Files(BTreeMap<String, u64>);

impl Files {
    pub(crate) fn of_dist() -> Outcome<Self> {
        let read = || {
            let mut sizes = BTreeMap::new();
            for folder in [workspace::dist(), workspace::dist().join("fonts")] {
                for entry in fs::read_dir(folder)? {
                    let entry = entry?;
                    let name = entry.file_name().to_string_lossy().into_owned();
                    // What is compressed beside itself is sent so; the fonts are compressed in themselves.
                    if let Some(name) = name.strip_suffix(".br").or_else(|| name.ends_with(".woff2").then_some(&name)) {
                        sizes.insert(name.to_owned(), entry.metadata()?.len());
                    }
                }
            }
            Ok(Self(sizes))
        };
        read().map_err(Failure::system("measure dist"))
    }

    /// Of all files whose names begin and end so.
    pub(crate) fn sum(&self, start: &str, end: &str) -> u64 {
        self.0.iter().filter(|(name, _)| name.starts_with(start) && name.ends_with(end)).map(|(_, size)| size).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_begin_and_end_so_are_summed_up() {
        let files = [("portal_a-1.bin", 1), ("portal_a_b-2.bin", 2), ("portal_a-3.js", 4), ("portal_a-5.bin", 8)];
        let files = Files(files.map(|(name, size)| (name.to_owned(), size)).into());
        assert_eq!(files.sum("portal_a-", ".bin"), 9);
    }
}
