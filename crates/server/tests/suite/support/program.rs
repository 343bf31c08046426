//! The real program as a process of its own.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::folder::Folder;

/// The program, without the variables that the suite may have been started with.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_megaphone"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("MEGAPHONE_")) {
        command.env_remove(name);
    }
    command
}

/// A running `megaphone serve`; killed when the test ends.
pub(crate) struct Program {
    pub(crate) address: SocketAddr,
    child: Child,
    _app: Folder,
}

impl Program {
    /// Starts one for an endpoint, on a free port, with more arguments.
    pub(crate) fn start(more: &[&str]) -> Self {
        Self::spawn(command(), more)
    }

    /// The same with a limit on its file descriptors that it cannot raise.
    pub(crate) fn start_with_descriptors(limit: u32, more: &[&str]) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -n {limit} && exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_megaphone")]);
        Self::spawn(shell, more)
    }

    /// The same with variables of the environment.
    pub(crate) fn start_with_environment(variables: &[(&str, &str)], more: &[&str]) -> Self {
        let mut command = self::command();
        command.envs(variables.iter().copied());
        Self::spawn(command, more)
    }

    /// The same with the app of a folder.
    pub(crate) fn start_with_app(app: &Path, more: &[&str]) -> Self {
        let mut command = self::command();
        command.args(["serve", "--endpoint", "drp", "--listen", "127.0.0.1:0", "--app"]).arg(app).args(more);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        Self::listening(child, Folder::new())
    }

    /// The same with its standard error connected to something else than a pipe that the test reads.
    pub(crate) fn start_logging_to(log: impl Into<Stdio>, more: &[&str]) -> Self {
        Self::spawn_logging_to(log.into(), command(), more)
    }

    fn spawn(command: Command, more: &[&str]) -> Self {
        Self::spawn_logging_to(Stdio::piped(), command, more)
    }

    fn spawn_logging_to(log: Stdio, mut command: Command, more: &[&str]) -> Self {
        let app = Folder::app();
        command.args(["serve", "--endpoint", "drp", "--listen", "127.0.0.1:0", "--app"]).arg(app.path()).args(more);
        let child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        Self::listening(child, app)
    }

    fn listening(mut child: Child, app: Folder) -> Self {
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (_, address) = line.trim().split_once("://").unwrap_or_else(|| panic!("it printed {line:?}"));
        Self { address: address.parse().unwrap(), child, _app: app }
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap();
        assert!(status.success(), "{name}");
    }

    /// Closes the other end of its log.
    pub(crate) fn close_log(&mut self) {
        drop(self.child.stderr.take());
    }

    /// Waits for its end where nobody reads its log.
    pub(crate) fn end_unread(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// Waits for its end; tells how it ended, what it logged, and how long that took.
    pub(crate) fn end(&mut self) -> (ExitStatus, String, Duration) {
        let began = Instant::now();
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (self.child.wait().unwrap(), log, began.elapsed())
    }

    /// Resident memory in MiB.
    pub(crate) fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    }

    /// How long its first thread, which prepares the start, was ready to run while other programs had the cores. Zero where
    /// the kernel does not count it.
    pub(crate) fn waited_for_a_core(&self) -> Duration {
        let counted = std::fs::read_to_string(format!("/proc/{}/schedstat", self.child.id())).unwrap_or_default();
        let waited = counted.split_whitespace().nth(1).and_then(|nanoseconds| nanoseconds.parse().ok());
        Duration::from_nanos(waited.unwrap_or_default())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
