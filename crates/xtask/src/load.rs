//! `cargo xtask load`: requests a second of `megaphone` beside nginx with the same files, on this machine.

mod beside;
mod figures;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::debian::Packages;
use crate::failure::{Failure, Outcome};
use crate::{build, folder, options, process, search_path, workspace};
use beside::{Beside, ENDPOINT};
use figures::Figures;

pub(crate) const USAGE: &str = "\
cargo xtask load [--rounds N] [--seconds N]

Serves the app by `megaphone`, which has it inside, and by nginx (two workers, sendfile, the same compressed files
and headers, no access log), and asks each for the page, the wasm and /api/config in turn, with 50 connections by wrk. Prints the median of
requests a second, the ratio, and the CPU time of `megaphone` for one request; then the same of what only it answers, losses
and diagnoses; and its resident memory, idle and after all that. Fails when a request failed; the ratio is for people to
judge, because a busy machine moves it.

  --rounds N     how often each is asked     [default: 5]
  --seconds N    how long each time          [default: 5]";

const NEEDED: Packages = Packages { title: "nginx and wrk", names: &["nginx-light", "wrk"] };

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    let (mut rounds, mut seconds) = (5, 5);
    for (name, value) in options::parse(arguments, &["rounds", "seconds"])? {
        let number = value.parse::<u32>().ok().filter(|number| *number > 0);
        let number = number
            .ok_or_else(|| Failure::Usage(format!("--{name}: expected a number of at least 1, got `{value}`")))?;
        *(if name == "rounds" { &mut rounds } else { &mut seconds }) = number;
    }
    if program("nginx").is_none() || program("wrk").is_none() {
        NEEDED.install()?;
    }
    build::release()?;
    build::embed_app()?;
    let wrk = program("wrk").ok_or_else(|| Failure::step("wrk is not on PATH"))?;
    let nginx = program("nginx").ok_or_else(|| Failure::step("nginx is not on PATH"))?;
    let wasm = format!("/{}", wasm(&workspace::dist())?);
    let servers = Beside::start(&nginx, &wasm)?;
    let idle = servers.resident()?;
    let run = |address: SocketAddr, path: &str, script: Option<&Path>| {
        let mut command = process::command(&wrk);
        command.args(["--threads=1", "--connections=50", "--latency", "--header=Accept-Encoding: gzip"]);
        command.args(script.iter().flat_map(|script| [Path::new("--script"), script]));
        command.arg(format!("--duration={seconds}s")).arg(format!("http://{address}{path}"));
        Figures::read(&process::capture(&mut command)?)
    };
    // The CPU time that the program took meanwhile belongs to its requests, as nobody else asks it.
    let ours = |path: &str, script: Option<&Path>| {
        let before = servers.cpu_time()?;
        let figures = run(servers.megaphone, path, script)?;
        Ok(figures.costing(servers.cpu_time()?.saturating_sub(before)))
    };
    println!("{:<14} {:>12} {:>12} {:>7} {:>9}   p99", "", "megaphone", "nginx", "ratio", "CPU time");
    for (title, path) in [("page", "/".to_owned()), ("wasm", wasm), ("/api/config", "/api/config".to_owned())] {
        let (mut mine, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            mine.push(ours(&path, None)?);
            theirs.push(run(servers.nginx, &path, None)?);
        }
        let (mine, theirs) = (figures::median(mine)?, figures::median(theirs)?);
        let ratio = mine.requests / theirs.requests;
        println!(
            "{title:<14} {:>10.0}/s {:>10.0}/s {ratio:>7.2} {:>6.0} µs   {} and {}",
            mine.requests, theirs.requests, mine.cost, mine.slowest, theirs.slowest
        );
    }
    let diagnosis = format!("/api/diagnosis?endpoint={ENDPOINT}");
    for (title, path, script) in [
        ("/healthz", "/healthz", None),
        ("a loss", "/api/losses", Some(servers.loss.as_path())),
        ("a diagnosis", &diagnosis, None),
        ("… each alone", &diagnosis, Some(servers.alone.as_path())),
    ] {
        let figures = (0..rounds).map(|_| ours(path, script)).collect::<Outcome<_>>()?;
        let figures = figures::median(figures)?;
        let (requests, cost, slowest) = (figures.requests, figures.cost, figures.slowest);
        println!("{title:<14} {requests:>10.0}/s {:>12} {:>7} {cost:>6.0} µs   {slowest}", "", "");
    }
    println!("resident memory: {idle} MB idle, {} MB after that", servers.resident()?);
    Ok(ExitCode::SUCCESS)
}

/// Debian has nginx in a directory that only root's PATH names.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    search_path::find(&[name]).or_else(|| Some(PathBuf::from("/usr/sbin").join(name)).filter(|file| file.is_file()))
}

/// The file of the first part in a `dist`; its name holds a hash.
pub(crate) fn wasm(dist: &Path) -> Outcome<String> {
    let wasm = folder::names(dist)?.into_iter().find(|name| name.starts_with("portal_bg-") && name.ends_with(".wasm"));
    wasm.ok_or_else(|| Failure::step(format!("{} has no wasm", dist.display())))
}
