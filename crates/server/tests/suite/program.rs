//! The program itself: what it prints, how it refuses, how it ends.

use crate::support::folder::Folder;
use crate::support::program::Program;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn serve(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_megaphone"))
        .arg("serve")
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What a start that must fail says.
fn refusal(arguments: &[&str]) -> String {
    let output = serve(arguments).wait_with_output().unwrap();
    assert!(!output.status.success() && output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    said.split_once("megaphone: ").map_or(said.clone(), |(_, error)| error.to_owned())
}

#[test]
fn it_says_where_it_listens_and_ends_when_asked() {
    for signal in ["TERM", "INT"] {
        let mut program = Program::start(&[]);
        // A connection that never asks for anything must not keep the program from ending.
        let idle = std::net::TcpStream::connect(program.address).unwrap();
        program.signal(signal);
        let (status, log, took) = program.end();
        assert!(status.success() && took < Duration::from_secs(5), "{signal}: {status} after {took:?}");
        assert!(log.contains("stopped") && !log.contains("WARN") && !log.contains("ERROR"), "{log}");
        drop(idle);
    }
}

#[test]
fn a_hangup_ends_nothing() {
    let mut program = Program::start(&[]);
    program.signal("HUP");
    program.signal("TERM");
    let (status, log, _) = program.end();
    assert!(status.success() && log.contains("nothing to reload"), "{status}: {log}");
}

#[test]
fn it_answers_at_once() {
    let began = Instant::now();
    let program = Program::start(&[]);
    std::net::TcpStream::connect(program.address).unwrap();
    // An unoptimised build with a small app; the budget of a release with the whole app is 100 ms.
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

#[test]
fn a_taken_address_is_refused_with_a_way_out() {
    let app = Folder::app();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let text = refusal(&["--endpoint", "drp", "--listen", &address, "--app", app.path().to_str().unwrap()]);
    assert!(text.contains(&address) && text.contains("--listen 127.0.0.1:0"), "{text}");
}

#[test]
fn an_app_that_is_not_built_is_refused_with_the_command_that_builds_it() {
    let empty = Folder::new();
    let text = refusal(&["--endpoint", "drp", "--listen", "127.0.0.1:0", "--app", empty.path().to_str().unwrap()]);
    assert!(text.contains("cargo xtask build"), "{text}");
}

#[test]
fn a_malformed_endpoint_is_refused_with_what_would_be_right() {
    let text = refusal(&["--endpoint", "drp:99999"]);
    assert!(text.contains("a number from 1 to 65535"), "{text}");
}

#[test]
fn a_page_that_cannot_start_the_app_is_refused() {
    for (page, told) in [
        ("", "no script that imports the app"),
        ("<script type=\"module\">import init from '/portal-gone.js';</script>", "/portal-gone.js, which is not there"),
    ] {
        let app = Folder::new();
        app.write("index.html", page.as_bytes());
        let text = refusal(&["--endpoint", "drp", "--listen", "127.0.0.1:0", "--app", app.path().to_str().unwrap()]);
        assert!(text.contains(told) && text.contains("--app"), "{text}");
    }
}
