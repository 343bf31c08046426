//! Starts a program, waits for it, and says in words when it did not succeed.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::failure::{Failure, Outcome};
use crate::workspace;

/// How long a program that was stopped may clean up.
const GRACE: Duration = Duration::from_secs(5);

/// A program to run in the workspace's root, as if a person had typed it there.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace::root());
    // `cargo xtask` describes xtask to us in these. Build scripts that look at them (ring's does) would run again each
    // time that somebody changes between `cargo xtask` and plain cargo, and everything above them would follow.
    for (name, _) in env::vars_os().filter(|(name, _)| describes_a_package(name)) {
        command.env_remove(name);
    }
    command
}

fn describes_a_package(variable: &OsStr) -> bool {
    variable.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
}

/// Runs a program to its end with its output on our own terminal.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.stdin(Stdio::null()).status().map_err(cannot_start(command))?;
    succeeded(command, status)
}

/// Runs a program to its end and hands back what it wrote to stdout; its stderr is dropped.
pub(crate) fn capture(command: &mut Command) -> Outcome<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().map_err(cannot_start(command))?;
    succeeded(command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program to its end with `input` on its stdin, and hands back the bytes that it wrote to stdout.
pub(crate) fn filter(command: &mut Command, input: &[u8]) -> Outcome<Vec<u8>> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(cannot_start(command))?;
    let stdin = child.stdin.take();
    let output = thread::scope(|scope| {
        // Beside the reading: each of the two waits for the other once a pipe is full.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        child.wait_with_output()
    });
    let output = output.map_err(Failure::system(format!("wait for `{}`", shown(command))))?;
    succeeded(command, output.status)?;
    Ok(output.stdout)
}

/// Runs a program to its end, passing its stdout on line by line while `look` reads along.
pub(crate) fn watch(command: &mut Command, mut look: impl FnMut(&str)) -> Outcome {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(cannot_start(command))?;
    for line in child.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).split(b'\n')) {
        let line = line.map_err(Failure::system(format!("read what `{}` prints", shown(command))))?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        look(&line);
    }
    let status = child.wait().map_err(Failure::system(format!("wait for `{}`", shown(command))))?;
    succeeded(command, status)
}

/// Runs a program to its end, but no longer than `limit`: then it is stopped together with the programs that it started.
/// Its stderr is not shown; where it does not succeed, the last line of that is the failure.
pub(crate) fn run_within(command: &mut Command, limit: Duration) -> Outcome {
    command.stdin(Stdio::null()).stderr(Stdio::piped());
    // A group of its own, so that the programs that it started can be stopped with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child = command.spawn().map_err(cannot_start(command))?;
    let mut stderr = child.stderr.take();
    let (ended, ending) = mpsc::channel();
    thread::spawn(move || {
        let mut said = Vec::new();
        // What cannot be read was not said; nobody listens any more once the program was stopped.
        let _ = stderr.as_mut().map(|stderr| stderr.read_to_end(&mut said));
        let _ = ended.send(String::from_utf8_lossy(&said).into_owned());
    });
    let said = match ending.recv_timeout(limit) {
        Ok(said) => said,
        Err(RecvTimeoutError::Timeout) => {
            stop(&mut child, &ending);
            let limit = limit.as_secs_f32();
            return Err(Failure::step(format!("`{}` did not end within {limit} s", shown(command))));
        }
        Err(RecvTimeoutError::Disconnected) => String::new(),
    };
    let status = child.wait().map_err(Failure::system(format!("wait for `{}`", shown(command))))?;
    let last_line = said.lines().map(str::trim).rfind(|line| !line.is_empty());
    succeeded(command, status).map_err(|failure| last_line.map_or(failure, Failure::step))
}

/// Stops a program that leads a group, and the group. Where there are no groups, the program alone.
fn stop(child: &mut Child, ended: &Receiver<String>) {
    if cfg!(unix) {
        // Asked first, so that what is half done is taken back. An error means that all of them are gone.
        let group = format!("-{}", child.id());
        let _ = self::command("kill").args(["-TERM", "--", &group]).stderr(Stdio::null()).status();
        let _ = ended.recv_timeout(GRACE);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Resident memory of a running program in MB, rounded up, as Linux tells it.
pub(crate) fn resident(child: &Child) -> Outcome<u64> {
    let status = format!("/proc/{}/status", child.id());
    let text = std::fs::read_to_string(&status).map_err(Failure::system(format!("read {status}")))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map(|size| size.div_ceil(1_024)).ok_or_else(|| Failure::step(format!("{status} names no VmRSS")))
}

/// The command as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

fn cannot_start(command: &Command) -> impl FnOnce(std::io::Error) -> Failure {
    Failure::system(format!("start `{}`", shown(command)))
}

fn succeeded(command: &Command, status: ExitStatus) -> Outcome {
    if status.success() { Ok(()) } else { Err(Failure::step(format!("`{}` ended with {status}", shown(command)))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cargo(argument: &str) -> Command {
        let mut command = command(env!("CARGO"));
        command.arg(argument);
        command
    }

    #[test]
    fn every_line_is_seen_by_who_watches() {
        let mut lines = Vec::new();
        watch(&mut cargo("--version"), |line| lines.push(line.to_owned())).unwrap();
        assert!(matches!(lines.as_slice(), [line] if line.starts_with("cargo ")), "{lines:?}");
    }

    #[test]
    fn what_cargo_says_of_this_package_stays_here() {
        let removed: Vec<_> =
            command("cargo").get_envs().map(|(name, value)| (name.to_owned(), value.is_none())).collect();
        assert!(removed.contains(&("CARGO_PKG_NAME".into(), true)), "{removed:?}");
        assert!(removed.contains(&("CARGO_MANIFEST_DIR".into(), true)), "{removed:?}");
    }

    #[test]
    fn what_goes_in_comes_back_however_long_it_is() {
        let input = b"0123456789abcdef".repeat(64 * 1024);
        let mut node = command("node");
        node.args(["-e", "process.stdin.pipe(process.stdout)"]);
        assert_eq!(filter(&mut node, &input).unwrap(), input);
    }

    #[test]
    fn a_program_that_fails_is_named_with_its_arguments() {
        let failure = capture(&mut cargo("no-such-subcommand")).unwrap_err().to_string();
        assert!(failure.contains("no-such-subcommand"), "{failure}");
    }

    #[test]
    fn a_program_in_time_succeeds_or_fails_with_its_last_line() {
        let within = |script: &str| run_within(command("node").args(["-e", script]), Duration::from_secs(60));
        assert!(within("").is_ok());
        let failure = within("console.error('first\\nlast\\n'); process.exit(3)").unwrap_err().to_string();
        assert_eq!(failure, "last");
        let silent = within("process.exit(3)").unwrap_err().to_string();
        assert!(silent.contains("node -e") && silent.contains('3'), "{silent}");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_over_time_is_stopped_with_those_that_it_started() {
        // The pipe is closed, and the reading ends, when both are gone.
        let (reader, writer) = std::io::pipe().unwrap();
        let mut hangs = command("sh");
        hangs.args(["-c", "sleep 60 & sleep 60"]).stdout(writer);
        let failure = run_within(&mut hangs, Duration::from_millis(200)).unwrap_err().to_string();
        drop(hangs);
        assert!(failure.contains("did not end within 0.2 s"), "{failure}");
        let (gone, going) = mpsc::channel();
        thread::spawn(move || gone.send(std::io::read_to_string(reader).unwrap()));
        assert_eq!(going.recv_timeout(Duration::from_secs(20)), Ok(String::new()));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let failure = run(&mut command("no-such-program")).unwrap_err().to_string();
        assert!(failure.contains("cannot start `no-such-program`"), "{failure}");
    }
}
