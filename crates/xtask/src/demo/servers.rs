//! Programs that run until somebody stops them: started together, stopped together, none ever left behind.

use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::workspace;

/// How often the children are looked at; std offers no way to wait for several at once.
const LOOK: Duration = Duration::from_millis(100);

/// A program that listens within this time after its start, or never will.
const START_LIMIT: Duration = Duration::from_secs(15);

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
        while TcpStream::connect_timeout(&address, LOOK).is_err() {
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
        let mut command = Command::new(&program.file);
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
    !matches!(stopped.recv_timeout(LOOK), Err(RecvTimeoutError::Timeout))
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let last = lines.iter().skip(lines.len().saturating_sub(count));
    last.map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_words_are_the_last_lines() {
        assert_eq!(last_lines("a\nb\nc\n", 2), "  b\n  c");
        assert_eq!(last_lines("", 2), "");
    }
}
