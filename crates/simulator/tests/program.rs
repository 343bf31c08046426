//! The program as a script meets it: two lines that name the ports, and a clean end.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};

#[test]
fn it_says_where_it_listens_and_ends_cleanly_when_told_to() {
    for signal in ["-TERM", "-INT"] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_drp-simulator"))
            .args(["--listen", "127.0.0.1:0", "--control", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        for start in ["listen https://", "control http://"] {
            let line = lines.next().unwrap().unwrap();
            let address: SocketAddr = line.strip_prefix(start).unwrap().parse().unwrap();
            assert!(TcpStream::connect(address).is_ok(), "{line}");
        }
        let told = Command::new("kill").args([signal, &program.id().to_string()]).status().unwrap();
        assert!(told.success());
        assert!(program.wait().unwrap().success(), "{signal}");
    }
}

#[test]
fn an_argument_out_of_range_is_refused_with_what_would_be_right() {
    for (argument, told) in
        [("--rate=-1", "not from 0 to 20000"), ("--tls=golden", "self-signed"), ("--rate=NaN", "from 0")]
    {
        let output = Command::new(env!("CARGO_BIN_EXE_drp-simulator")).arg(argument).output().unwrap();
        assert!(!output.status.success());
        assert!(String::from_utf8_lossy(&output.stderr).contains(told), "{argument}");
    }
}
