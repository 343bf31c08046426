//! Why a command stopped: always a sentence for a person, never only a code.

use std::fmt;
use std::process::ExitCode;

/// What every step of a command returns.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// Why a command stopped.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line asks for something that does not exist. Ends with exit code 2.
    Usage(String),
    /// A step did not succeed: what, why, and the command that would help. Ends with exit code 1.
    Step(String),
}

impl Failure {
    /// A step that did not succeed.
    pub(crate) fn step(text: impl Into<String>) -> Self {
        Self::Step(text.into())
    }

    /// An operation on a file or a process that the system refused, with what was tried.
    pub(crate) fn system(tried: impl fmt::Display) -> impl FnOnce(std::io::Error) -> Self {
        move |error| Self::Step(format!("cannot {tried}: {error}"))
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Step(_) => ExitCode::FAILURE,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) | Self::Step(text) => out.write_str(text),
        }
    }
}
