//! Debian's packages: installed where that takes no question, named otherwise.

use crate::failure::{Failure, Outcome};
use crate::{process, progress, search_path};

/// Packages that belong together.
pub(crate) struct Packages {
    /// What they bring, for people.
    pub(crate) title: &'static str,
    /// The packages.
    pub(crate) names: &'static [&'static str],
}

impl Packages {
    /// Installs them, if this is Debian and we are root.
    pub(crate) fn install(&self) -> Outcome {
        let root = process::capture(process::command("id").arg("-u")).is_ok_and(|user| user == "0");
        if !root || search_path::find(&["apt-get"]).is_none() {
            return Err(Failure::step(format!(
                "{} is not installed. To install it on Debian: sudo {}; elsewhere, use your system's packages",
                self.title,
                self.by_hand()
            )));
        }
        progress::step(&format!("{} from Debian", self.title), "one to three minutes, once", || {
            process::run(process::command("apt-get").args(["update", "-qq"]))?;
            let mut install = process::command("apt-get");
            install.env("DEBIAN_FRONTEND", "noninteractive").args(["install", "-y", "-qq", "--no-install-recommends"]);
            process::run(install.args(self.names))
        })
    }

    /// The command that a person would type.
    fn by_hand(&self) -> String {
        format!("apt-get install -y {}", self.names.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_names_every_package() {
        let packages = Packages { title: "Something", names: &["one", "two"] };
        assert_eq!(packages.by_hand(), "apt-get install -y one two");
    }
}
