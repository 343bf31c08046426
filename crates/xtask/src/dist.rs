//! `cargo xtask dist`: what is handed to operators, an archive and a Debian package, with what is inside and its checksums.

mod inventory;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use crate::failure::{Failure, Outcome};
use crate::folder::{copy, names};
use crate::{build, options, process, progress, search_path, tools, workspace};

pub(crate) const USAGE: &str = "\
cargo xtask dist

Builds the release and packs it into target/dist: `megaphone-VERSION-SYSTEM.tar.gz` with the program (the app inside),
the folder `dist` for file hosts, the man page, the configurations, the documentation, the licences of everything inside
and a bill of materials (CycloneDX); the Debian package; and SHA256SUMS. The same commit makes the same archive.";

/// What goes into the archive as it lies in the checkout: where it lies, and the folder that it goes to.
const FILES: [(&str, &str); 14] = [
    ("LICENSE", ""),
    ("README.md", ""),
    ("CHANGELOG.md", ""),
    ("crates/server/ops/megaphone.toml", "ops"),
    ("crates/server/ops/megaphone.service", "ops"),
    ("crates/server/ops/certbot-deploy-hook", "ops"),
    ("crates/server/ops/prometheus-alerts.yml", "ops"),
    ("crates/server/ops/grafana-dashboard.json", "ops"),
    ("crates/server/ops/nginx-static.conf", "ops"),
    ("crates/server/ops/nginx-balancer.conf", "ops"),
    ("crates/server/ops/Caddyfile-static", "ops"),
    ("crates/server/ops/Containerfile", "ops"),
    ("crates/server/ops/kubernetes.yaml", "ops"),
    ("public/LICENSE-icons.txt", ""),
];

/// What the archive holds of `target/package`.
const MADE: [&str; 3] = ["megaphone.1", "LICENSES.txt", "sbom.cdx.json"];

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    options::parse(arguments, &[])?;
    println!("{}", make()?.display());
    Ok(ExitCode::SUCCESS)
}

/// Makes all of it, and tells the folder that it is in.
pub(crate) fn make() -> Outcome<PathBuf> {
    build::release()?;
    build::embed_app()?;
    let made = workspace::target().join("package");
    empty(&made)?;
    progress::step("man page, licences, bill of materials", "seconds", || {
        man_page(&made)?;
        guide(&made.join("operations.md"), "examples/")?;
        inventory::write(&made)
    })?;
    let target = workspace::target().join("dist");
    empty(&target)?;
    progress::step("archive", "seconds", || archive(&made, &target))?;
    if cfg!(target_os = "linux") {
        let cargo_deb = tools::cargo_deb()?.join(search_path::executable("cargo-deb"));
        progress::step("Debian package", "seconds", || {
            let mut deb = process::command(cargo_deb);
            deb.args(["--package", "megaphone", "--no-build", "--profile", "shipped", "--output"]).arg(&target);
            process::run(&mut deb)
        })?;
    }
    checksums(&target)?;
    Ok(target)
}

/// Packs the archive once more from what was made.
pub(crate) fn pack_again() -> Outcome {
    archive(&workspace::target().join("package"), &workspace::target().join("dist"))
}

/// Renders the man page from the same options as `--help`.
fn man_page(made: &Path) -> Outcome {
    let example = workspace::target().join("release/examples").join(search_path::executable("man_page"));
    let page = process::filter(&mut process::command(example), &[])?;
    write(&made.join("megaphone.1"), &page)
}

/// Writes the guide with links to where the files lie that it leads to.
fn guide(to: &Path, files: &str) -> Outcome {
    let from = workspace::root().join("docs/operations.md");
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(Failure::system(format!("create {}", folder.display())))?;
    }
    let text = fs::read_to_string(&from).map_err(Failure::system(format!("read {}", from.display())))?;
    write(to, text.replace("../crates/server/ops/", files).as_bytes())
}

fn archive(made: &Path, target: &Path) -> Outcome {
    let name = format!("megaphone-{}-{}-{}", env!("CARGO_PKG_VERSION"), env::consts::ARCH, env::consts::OS);
    let folder = target.join(&name);
    copy(&workspace::shipped_program(), &folder.join(search_path::executable("megaphone")))?;
    for (file, below) in FILES {
        let file = workspace::root().join(file);
        copy(&file, &folder.join(below).join(file.file_name().unwrap_or_default()))?;
    }
    guide(&folder.join("docs/operations.md"), "../ops/")?;
    for file in MADE {
        copy(&made.join(file), &folder.join(file))?;
    }
    copy(&workspace::dist(), &folder.join("dist"))?;
    let date = process::capture(process::command("git").args(["log", "-1", "--format=%ct"]))?;
    let mut tar = process::command("tar");
    tar.args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner"]).arg(format!("--mtime=@{date}"));
    tar.arg("--use-compress-program=gzip -9n").arg("-C").arg(target).arg("-cf");
    process::run(tar.arg(target.join(format!("{name}.tar.gz"))).arg(&name))?;
    fs::remove_dir_all(&folder).map_err(Failure::system(format!("remove {}", folder.display())))
}

/// SHA-256 of every file, in the form that `sha256sum --check` reads.
fn checksums(target: &Path) -> Outcome {
    let sums = process::filter(process::command("sha256sum").current_dir(target).args(names(target)?), &[])?;
    write(&target.join("SHA256SUMS"), &sums)
}

fn write(file: &Path, bytes: &[u8]) -> Outcome {
    fs::write(file, bytes).map_err(Failure::system(format!("write {}", file.display())))
}

fn empty(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Failure::system(format!("empty {}", folder.display())))?;
    }
    fs::create_dir_all(folder).map_err(Failure::system(format!("create {}", folder.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_packed_exists() {
        for (file, _) in FILES {
            assert!(workspace::root().join(file).is_file(), "{file}");
        }
    }
}
