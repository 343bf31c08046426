//! Reads one thing from Cargo.lock: the version of a package.

/// The version of `package` in the text of a Cargo.lock, or nothing when it is not there.
pub(crate) fn version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines().skip_while(|line| quoted(line, "name") != Some(package));
    lines.find_map(|line| quoted(line, "version"))
}

fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.1"

[[package]]
name = "wasm-bindgen"
version = "0.2.129"
dependencies = [
 "cfg-if",
]
"#;

    #[test]
    fn the_version_is_that_of_the_package_with_the_whole_name() {
        assert_eq!(version(LOCK, "wasm-bindgen"), Some("0.2.129"));
    }

    #[test]
    fn a_package_that_is_not_locked_has_no_version() {
        assert_eq!(version(LOCK, "wasm"), None);
    }

    #[test]
    fn the_lock_file_of_this_project_names_wasm_bindgen() {
        let lock = std::fs::read_to_string(crate::workspace::root().join("Cargo.lock")).unwrap();
        assert!(version(&lock, "wasm-bindgen").is_some());
    }
}
