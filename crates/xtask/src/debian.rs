//! Debian's packages: installed where that takes no question, named otherwise.

use std::process::Command;

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
    /// Installs them, if this is Debian and we are root or may be without a password.
    pub(crate) fn install(&self) -> Outcome {
        let Some(apt_get) = apt_get() else {
            return Err(self.missing());
        };
        let done = progress::step(&format!("{} from Debian", self.title), "one to three minutes, once", || {
            process::run(apt_get().args(["update", "-qq"]))?;
            process::run(apt_get().args(["install", "-y", "-qq", "--no-install-recommends"]).args(self.names))
        });
        done.map_err(|problem| Failure::step(format!("{problem}\n{}", self.missing())))
    }

    /// That they are not there, and what would bring them.
    fn missing(&self) -> Failure {
        let (title, by_hand) = (self.title, self.by_hand());
        Failure::step(format!(
            "{title} is not installed. To install it on Debian: sudo {by_hand}; elsewhere, use your system's packages"
        ))
    }

    /// The command that a person would type.
    fn by_hand(&self) -> String {
        format!("apt-get install -y {}", self.names.join(" "))
    }
}

/// Begins a command that installs and asks nothing; none where that is not to be had.
fn apt_get() -> Option<impl Fn() -> Command> {
    search_path::find(&["apt-get"])?;
    let is_root = process::capture(process::command("id").arg("-u")).is_ok_and(|user| user == "0");
    let may_be = || process::capture(process::command("sudo").args(["-n", "true"])).is_ok();
    if !is_root && !may_be() {
        return None;
    }
    Some(move || {
        let mut command = process::command("env");
        if !is_root {
            command = process::command("sudo");
            command.args(["-n", "env"]);
        }
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    })
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
