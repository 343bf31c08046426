//! Holds what operators are handed: the archive, the package, and the program with the app inside it, each used as they would.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::{dist, folder, http, load, process, search_path, workspace};

/// The most memory of a program that has hardly anything to do, with the app inside it, in MB.
const RESIDENT: u64 = 20;

/// Makes all of it, and fails at the first thing that is not as promised.
pub(super) fn check() -> Outcome {
    let made = dist::make()?;
    let archive = the_archive(&made)?;
    let sum = sum_of(&archive)?;
    process::run(
        process::command("sha256sum").args(["--check", "--strict", "--quiet", "SHA256SUMS"]).current_dir(&made),
    )?;
    dist::pack_again()?;
    expect(sum_of(&archive)? == sum, "the same commit made another archive")?;

    let tried = workspace::target().join("tried");
    let _ = fs::remove_dir_all(&tried);
    fs::create_dir_all(&tried).map_err(Failure::system(format!("create {}", tried.display())))?;
    process::run(process::command("tar").arg("-xzf").arg(&archive).arg("-C").arg(&tried))?;
    let unpacked = only(&tried)?;
    the_program_serves_its_app(&unpacked)?;
    the_documents_are_whole(&unpacked)?;
    every_link_leads_somewhere(&unpacked.join("docs/operations.md"))?;
    // Only Debian and its like can read it.
    if search_path::find(&["dpkg-deb"]).is_some() {
        the_package_is_right(&made, &tried.join("package"))?;
    }
    Ok(())
}

fn the_archive(made: &Path) -> Outcome<PathBuf> {
    let names = folder::names(made)?;
    let archive = names.iter().find(|name| name.ends_with(".tar.gz"));
    archive.map(|name| made.join(name)).ok_or_else(|| Failure::step(format!("no archive among {names:?}")))
}

fn sum_of(file: &Path) -> Outcome<String> {
    let said = process::capture(process::command("sha256sum").arg(file))?;
    Ok(said.split_whitespace().next().unwrap_or_default().to_owned())
}

/// The one folder of an archive.
fn only(parent: &Path) -> Outcome<PathBuf> {
    match folder::names(parent)?.as_slice() {
        [name] => Ok(parent.join(name)),
        names => Err(Failure::step(format!("expected one folder in the archive, and there are {names:?}"))),
    }
}

/// Starts of which the quickest has to be answered within [`FIRST_ANSWER`]: other work on the machine only adds to it.
const STARTS: usize = 5;

/// From the start of the program to its first whole answer.
const FIRST_ANSWER: Duration = Duration::from_millis(100);

/// Started by itself, in a folder that has no `dist`, it serves the pages and files of the build that was packed with it.
fn the_program_serves_its_app(unpacked: &Path) -> Outcome {
    let mut quickest = Duration::MAX;
    let mut idle = Vec::new();
    for _ in 0..STARTS {
        let began = Instant::now();
        let program = Program::start(unpacked)?;
        expect(program.get("/healthz")? == b"ok\n", "/healthz")?;
        quickest = quickest.min(began.elapsed());
        if cfg!(target_os = "linux") {
            idle.push(process::resident(&program.child)?);
        }
    }
    println!("  first answer after {} ms, resident memory in MB: {idle:?}", quickest.as_millis());
    expect(
        quickest <= FIRST_ANSWER,
        &format!("the first answer came after {quickest:?}, over the budget of {FIRST_ANSWER:?}"),
    )?;
    expect(idle.iter().all(|it| *it <= RESIDENT), &format!("{idle:?} MB when idle, over the budget of {RESIDENT}"))?;
    let program = Program::start(unpacked)?;
    let built =
        |name: &str| fs::read(unpacked.join("dist").join(name)).map_err(Failure::system(format!("read {name}")));
    let page = program.get("/")?;
    let wasm = load::wasm(&unpacked.join("dist"))?;
    expect(page.windows(wasm.len()).any(|it| it == wasm.as_bytes()), "the page inside is of another build")?;
    expect(program.get(&format!("/{wasm}"))? == built(&wasm)?, "the program inside is of another build")
}

fn the_documents_are_whole(unpacked: &Path) -> Outcome {
    let text = |name: &str| fs::read_to_string(unpacked.join(name)).map_err(Failure::system(format!("read {name}")));
    let manual = text("megaphone.1")?;
    for option in ["drain", "trust\\-ca", "metrics\\-listen", "max\\-connections"] {
        expect(manual.contains(option), &format!("the man page does not explain --{option}"))?;
    }
    let (licences, bill) = (text("LICENSES.txt")?, text("sbom.cdx.json")?);
    for package in ["leptos", "rustls", "axum", "connection"] {
        expect(bill.contains(&format!("\"{package}\"")), &format!("the bill of materials lacks {package}"))?;
    }
    expect(bill.contains("\"CycloneDX\""), "the bill of materials is no CycloneDX")?;
    for owed in ["leptos", "rustls", "MIT", "Apache"] {
        expect(licences.contains(owed), &format!("the licences lack {owed}"))?;
    }
    Ok(())
}

/// Of the guide, to files that come with it.
fn every_link_leads_somewhere(guide: &Path) -> Outcome {
    let text = fs::read_to_string(guide).map_err(Failure::system(format!("read {}", guide.display())))?;
    let links = text.split("](").skip(1).filter_map(|after| after.split_once(')')).map(|(link, _)| link);
    let folder = guide.parent().unwrap_or(guide);
    let mut files = links.filter(|link| !link.starts_with("http") && !link.starts_with('#')).peekable();
    expect(files.peek().is_some(), "the guide leads to no file")?;
    files.try_for_each(|link| {
        expect(folder.join(link).is_file(), &format!("{} leads to {link}, which is not there", guide.display()))
    })
}

/// Unpacked, not installed: that would need root, and a system that runs services.
fn the_package_is_right(made: &Path, to: &Path) -> Outcome {
    let package = folder::names(made)?.into_iter().find(|name| name.ends_with(".deb"));
    let package = made.join(package.ok_or_else(|| Failure::step("no Debian package"))?);
    process::run(process::command("dpkg-deb").arg("-x").arg(&package).arg(to))?;
    let control = process::capture(process::command("dpkg-deb").arg("-f").arg(&package))?;
    expect(control.contains("Package: megaphone") && control.contains("Depends: "), &control)?;
    for file in ["usr/bin/megaphone", "usr/share/man/man1/megaphone.1.gz", "usr/share/doc/megaphone/sbom.cdx.json"] {
        expect(to.join(file).is_file(), &format!("the package has no {file}"))?;
    }
    let unit = ["usr/lib/systemd/system/megaphone.service", "lib/systemd/system/megaphone.service"];
    expect(unit.iter().any(|file| to.join(file).is_file()), "the package has no service unit")?;
    every_link_leads_somewhere(&to.join("usr/share/doc/megaphone/operations.md"))?;
    let mut check = process::command(to.join("usr/bin/megaphone"));
    check.args(["check", "--config"]).arg(to.join("etc/megaphone/megaphone.toml"));
    let said = process::capture(&mut check)?;
    expect(
        said.contains("app           the one inside the program") && said.contains("This configuration is right."),
        &said,
    )
}

fn expect(holds: bool, otherwise: &str) -> Outcome {
    if holds { Ok(()) } else { Err(Failure::step(otherwise)) }
}

/// The program of the archive; stopped when this is dropped.
struct Program {
    child: Child,
    address: String,
}

impl Program {
    fn start(unpacked: &Path) -> Outcome<Self> {
        let mut command = process::command(unpacked.join("megaphone"));
        command.args(["serve", "--endpoint", "drp", "--listen", "127.0.0.1:0"]).current_dir(unpacked.join("ops"));
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(Failure::system("start the program of the archive"))?;
        let mut said = Vec::new();
        let mut byte = [0];
        if let Some(output) = &mut child.stdout {
            while output.read(&mut byte).is_ok_and(|length| length == 1) && byte != *b"\n" {
                said.extend(byte);
            }
        }
        let said = String::from_utf8_lossy(&said).into_owned();
        let address = said.strip_prefix("listening on http://").unwrap_or_default().to_owned();
        let program = Self { child, address };
        expect(!program.address.is_empty(), &format!("it said {said:?} in place of where it listens"))?;
        Ok(program)
    }

    /// The body of an answer of status 200, uncompressed.
    fn get(&self, path: &str) -> Outcome<Vec<u8>> {
        Ok(http::get(&self.address, path)?.body)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // An error means that it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
