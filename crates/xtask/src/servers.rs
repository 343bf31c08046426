//! Programs that run until somebody stops them: started together, stopped together, none ever left behind.

use std::ffi::OsString;
use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::process;

/// How often the children are checked; std offers no way to wait for several at once.
const POLL: Duration = Duration::from_millis(100);

/// A program that has nothing to build listens within this time after its start, even on a busy machine, or never will.
pub(crate) const START_LIMIT: Duration = Duration::from_secs(20);

/// How many lines of a dead program's log are shown.
const LAST_LINES: usize = 8;

/// A program to start.
pub(crate) struct Program {
    /// What it is for; also the name of its log.
    pub(crate) role: &'static str,
    pub(crate) file: PathBuf,
    pub(crate) arguments: Vec<String>,
    pub(crate) environment: Vec<(&'static str, OsString)>,
    /// Where it accepts connections once it is up.
    pub(crate) port: u16,
    /// How long it may take until then.
    pub(crate) limit: Duration,
    pub(crate) output: Output,
}

/// Where a program's output goes.
pub(crate) enum Output {
    /// Into a file in this directory.
    Log(PathBuf),
    /// On our own terminal.
    Terminal,
}

/// The running programs. Dropping this stops them, whatever the reason for the drop.
pub(crate) struct Servers(Vec<Server>);

struct Server {
    role: &'static str,
    child: Child,
    /// Absent where its output is on the terminal anyway.
    log: Option<PathBuf>,
}

/// Hears of Ctrl-C, SIGTERM and a closed terminal from now on. Call it once.
pub(crate) fn stop_signal() -> Outcome<Receiver<()>> {
    let (stop, stopped) = mpsc::channel();
    let say = move || {
        // Nobody listens any more only while everything is being stopped already.
        let _ = stop.send(());
    };
    ctrlc::set_handler(say).map_err(|error| Failure::step(format!("cannot listen for Ctrl-C: {error}")))?;
    Ok(stopped)
}

impl Servers {
    /// Starts all, one after the other, and returns when each accepts connections.
    pub(crate) fn start(programs: &[Program], stopped: &Receiver<()>) -> Outcome<Self> {
        let mut servers = Self(Vec::new());
        for program in programs {
            servers.0.push(Server::start(program)?);
            servers.wait_for_port(program, stopped)?;
        }
        Ok(servers)
    }

    /// Keeps them running until `stopped` says so; a program that ends before that is a failure. All are gone when
    /// this returns.
    pub(crate) fn run_until(mut self, stopped: &Receiver<()>) -> Outcome {
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
            if started.elapsed() > program.limit {
                let (role, limit) = (program.role, program.limit.as_secs());
                return Err(Failure::step(format!("{role} did not listen on {address} within {limit} s")));
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
        let mut command = process::command(&program.file);
        command.args(&program.arguments).envs(program.environment.iter().cloned()).stdin(Stdio::null());
        let log = match &program.output {
            Output::Terminal => None,
            Output::Log(directory) => {
                let log = directory.join(format!("{}.log", program.role));
                let open = || {
                    fs::create_dir_all(directory)?;
                    let file = fs::File::create(&log)?;
                    Ok((file.try_clone()?, file))
                };
                let (out, err) = open().map_err(Failure::system(format!("write {}", log.display())))?;
                command.stdout(out).stderr(err);
                Some(log)
            }
        };
        let child = command.spawn().map_err(Failure::system(format!("start {}", program.file.display())))?;
        Ok(Self { role: program.role, child, log })
    }

    fn alive(&mut self) -> Outcome {
        let Some(status) = self.child.try_wait().map_err(Failure::system(format!("check on {}", self.role)))? else {
            return Ok(());
        };
        let ended = format!("\n{} exited with {status}; the others have been stopped.", self.role);
        let Some(log) = &self.log else { return Err(Failure::step(ended)) };
        let last = last_lines(&fs::read_to_string(log).unwrap_or_default(), LAST_LINES);
        Err(Failure::step(format!("{ended} Its last lines ({}):\n{last}", log.display())))
    }
}

/// Waits one poll interval, and says whether it is time to stop.
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
    use crate::workspace;

    /// A shell script in the place of a program; `port` is one that the test itself holds open for it.
    fn script(role: &'static str, text: &str, port: &TcpListener) -> Program {
        let arguments = vec!["-c".to_owned(), text.to_owned()];
        let (file, port) = (PathBuf::from("/bin/sh"), port.local_addr().unwrap().port());
        let output = Output::Log(workspace::target().join("test-servers"));
        Program { role, file, arguments, environment: Vec::new(), port, limit: START_LIMIT, output }
    }

    fn listener() -> TcpListener {
        TcpListener::bind("127.0.0.1:0").unwrap()
    }

    fn is_running(pid: u32) -> bool {
        process::command("kill").args(["-0", &pid.to_string()]).stderr(Stdio::null()).status().unwrap().success()
    }

    #[test]
    fn a_program_that_dies_is_named_with_its_last_lines_and_ends_the_rest() {
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
    fn only_the_last_lines_of_a_log_are_shown() {
        assert_eq!(last_lines("a\nb\nc\n", 2), "  b\n  c");
        assert_eq!(last_lines("", 2), "");
    }
}
