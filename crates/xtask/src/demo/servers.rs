//! Programs that run until somebody stops them: started together, stopped together, none ever left behind.

use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::{process, workspace};

/// How often the children are looked at; std offers no way to wait for several at once.
const POLL: Duration = Duration::from_millis(100);

/// A program listens within this time after its start, even on a busy machine, or never will.
const START_LIMIT: Duration = Duration::from_secs(20);

/// How many lines of a dead program's log are shown.
const LAST_WORDS: usize = 8;

/// A program to start.
pub(super) struct Program {
    /// What it is in the demo; also the name of its log.
    pub(super) role: &'static str,
    pub(super) file: PathBuf,
    pub(super) arguments: Vec<String>,
    /// Where it accepts connections once it is up.
    pub(super) port: u16,
}

/// The running programs. Dropping this stops them, whatever the reason for the drop.
pub(super) struct Servers(Vec<Server>);

struct Server {
    role: &'static str,
    child: Child,
    log: PathBuf,
}

impl Servers {
    /// Starts all, one after the other, and returns when each accepts connections.
    pub(super) fn start(programs: &[Program], stopped: &Receiver<()>) -> Outcome<Self> {
        let mut servers = Self(Vec::new());
        for program in programs {
            servers.0.push(Server::start(program)?);
            servers.wait_for_port(program, stopped)?;
        }
        Ok(servers)
    }

    /// Keeps them running until `stopped` says so; a program that ends before that is a failure. All are gone when
    /// this returns.
    pub(super) fn run_until(mut self, stopped: &Receiver<()>) -> Outcome {
        while !said_stop(stopped) {
            self.all_alive()?;
        }
        Ok(())
    }

    fn wait_for_port(&mut self, program: &Program, stopped: &Receiver<()>) -> Outcome {
        let address = SocketAddr::from(([127, 0, 0, 1], program.port));
        let started = Instant::now();
        while TcpStream::connect_timeout(&address, POLL).is_err() {
            self.all_alive()?;
            if said_stop(stopped) {
                return Err(Failure::step("stopped before everything was up"));
            }
            if started.elapsed() > START_LIMIT {
                let (role, limit) = (program.role, START_LIMIT.as_secs());
                return Err(Failure::step(format!("{role} does not listen on {address} after {limit} s")));
            }
        }
        Ok(())
    }

    fn all_alive(&mut self) -> Outcome {
        self.0.iter_mut().try_for_each(Server::alive)
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        for server in &mut self.0 {
            // Killed, not asked: they hold nothing that would be lost. An error means that it is gone already.
            let _ = server.child.kill();
            let _ = server.child.wait();
        }
    }
}

impl Server {
    fn start(program: &Program) -> Outcome<Self> {
        let logs = workspace::target().join("demo");
        let log = logs.join(format!("{}.log", program.role));
        let open = || {
            fs::create_dir_all(&logs)?;
            let file = fs::File::create(&log)?;
            Ok((file.try_clone()?, file))
        };
        let (out, err) = open().map_err(Failure::system(format!("write {}", log.display())))?;
        let mut command = process::command(&program.file);
        command.args(&program.arguments).stdin(Stdio::null()).stdout(out).stderr(err);
        let child = command.spawn().map_err(Failure::system(format!("start {}", program.file.display())))?;
        Ok(Self { role: program.role, child, log })
    }

    fn alive(&mut self) -> Outcome {
        let Some(status) = self.child.try_wait().map_err(Failure::system(format!("look at {}", self.role)))? else {
            return Ok(());
        };
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        Err(Failure::step(format!(
            "\n{} ended by itself with {status}; the others have been stopped. Its last words ({}):\n{}",
            self.role,
            self.log.display(),
            last_lines(&log, LAST_WORDS)
        )))
    }
}

/// Waits one look, and says whether it is time to stop.
fn said_stop(stopped: &Receiver<()>) -> bool {
    !matches!(stopped.recv_timeout(POLL), Err(RecvTimeoutError::Timeout))
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let last = lines.iter().skip(lines.len().saturating_sub(count));
    last.map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::net::TcpListener;
    use std::sync::mpsc;

    use super::*;

    /// A shell script in the place of a program; `port` is one that the test itself holds open for it.
    fn script(role: &'static str, text: &str, port: &TcpListener) -> Program {
        let arguments = vec!["-c".to_owned(), text.to_owned()];
        Program { role, file: PathBuf::from("/bin/sh"), arguments, port: port.local_addr().unwrap().port() }
    }

    fn listener() -> TcpListener {
        TcpListener::bind("127.0.0.1:0").unwrap()
    }

    fn is_running(pid: u32) -> bool {
        process::command("kill").args(["-0", &pid.to_string()]).stderr(Stdio::null()).status().unwrap().success()
    }

    #[test]
    fn a_program_that_dies_is_named_with_its_last_words_and_ends_the_rest() {
        let (port, (_stop, stopped)) = (listener(), mpsc::channel());
        let stays = script("test-stays", "exec sleep 60", &port);
        let dies = script("test-dies", "echo out of luck >&2; exit 3", &port);
        let servers = Servers::start(&[stays, dies], &stopped).unwrap();
        let pids: Vec<u32> = servers.0.iter().map(|server| server.child.id()).collect();
        let text = servers.run_until(&stopped).unwrap_err().to_string();
        assert!(text.contains("test-dies") && text.contains("out of luck") && text.contains('3'), "{text}");
        assert!(!pids.into_iter().any(is_running));
    }

    #[test]
    fn a_word_to_stop_leaves_nothing_running() {
        let (port, (stop, stopped)) = (listener(), mpsc::channel());
        let servers = Servers::start(&[script("test-stop", "exec sleep 60", &port)], &stopped).unwrap();
        let pids: Vec<u32> = servers.0.iter().map(|server| server.child.id()).collect();
        assert!(pids.iter().copied().all(is_running));
        stop.send(()).unwrap();
        servers.run_until(&stopped).unwrap();
        assert!(!pids.into_iter().any(is_running));
    }

    #[test]
    fn the_last_words_are_the_last_lines() {
        assert_eq!(last_lines("a\nb\nc\n", 2), "  b\n  c");
        assert_eq!(last_lines("", 2), "");
    }
}
