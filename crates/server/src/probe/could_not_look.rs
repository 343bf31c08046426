//! What this server lacked to look at all. That says nothing about the endpoint, so it is no step of a look.

use std::fmt;
use std::io;

/// Why this server could not look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CouldNotLook {
    /// No file descriptor was left for another socket.
    Descriptors,
    /// No memory was left for another socket.
    Memory,
    /// The operating system's resolver did not do its work.
    Resolver,
}

impl CouldNotLook {
    /// Whether an error of the operating system is this server's own want.
    pub(super) fn from_error(error: &io::Error) -> Option<Self> {
        match error.raw_os_error()? {
            libc::EMFILE | libc::ENFILE => Some(Self::Descriptors),
            libc::ENOMEM | libc::ENOBUFS => Some(Self::Memory),
            _ => None,
        }
    }
}

impl fmt::Display for CouldNotLook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Descriptors => {
                "This server could not look at the endpoint: it has no file descriptors left. Raise its limit (ulimit -n)"
            }
            Self::Memory => "This server could not look at the endpoint: the operating system has no memory left for sockets",
            Self::Resolver => {
                "This server could not look at the endpoint: its own name resolution does not work. Check its DNS settings"
            }
        })
    }
}

/// How a step of a look ended that did not pass.
#[derive(Debug, PartialEq)]
pub(super) enum Ended<Why> {
    /// The endpoint, or something on the way to it, is why.
    There(Why),
    /// This server is why.
    Here(CouldNotLook),
}

impl<Why> From<Why> for Ended<Why> {
    fn from(why: Why) -> Self {
        Self::There(why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_connection_is_not_this_servers_want_but_a_lack_of_descriptors_is() {
        let of = |code| CouldNotLook::from_error(&io::Error::from_raw_os_error(code));
        assert_eq!(of(libc::ECONNREFUSED), None);
        assert_eq!(of(libc::EMFILE), Some(CouldNotLook::Descriptors));
        assert_eq!(of(libc::ENOMEM), Some(CouldNotLook::Memory));
    }
}
