//! The program itself: what it prints, how it refuses, how it ends.

use crate::support::folder::Folder;
use std::io::{BufRead, BufReader, Read};
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
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn it_says_where_it_listens_and_ends_when_asked() {
    let app = Folder::app();
    for signal in ["TERM", "INT"] {
        let mut child = serve(&["--endpoint", "drp", "--listen", "127.0.0.1:0", "--app", app.path().to_str().unwrap()]);
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap();
        // A connection that never asks for anything must not keep the program from ending.
        let idle = std::net::TcpStream::connect(address).unwrap();
        let began = Instant::now();
        assert!(Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap().success());
        assert!(child.wait().unwrap().success(), "{signal}");
        assert!(began.elapsed() < Duration::from_secs(5), "{signal} took {:?}", began.elapsed());
        drop(idle);
        let mut complaints = String::new();
        child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
        assert_eq!(complaints, "");
    }
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
    assert!(text.contains("trunk build --release"), "{text}");
}

#[test]
fn a_malformed_endpoint_is_refused_with_what_would_be_right() {
    let text = refusal(&["--endpoint", "drp:99999"]);
    assert!(text.contains("a number from 1 to 65535"), "{text}");
}
