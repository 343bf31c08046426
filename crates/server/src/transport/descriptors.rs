//! File descriptors: every connection costs one, and running out of them stops everything else as well.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Kept free for so many probes at a time (a resolver, and a dial to each address of a name, for each), for the scrapes of
/// the metrics, and for files.
pub(crate) fn reserve(probes: u32) -> usize {
    probes as usize * 20 + 32
}

/// Raises the soft limit to the hard one, as far as the system allows, and returns how many connections then fit.
pub(crate) fn room_for_connections(reserve: usize) -> usize {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    // A refusal leaves the limit as it is, and the limit is read again below.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    let limit = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    connections_within(usize::try_from(limit).unwrap_or(usize::MAX), reserve)
}

/// A limit below twice the reserve is halved: a few connections are better than none.
fn connections_within(descriptors: usize, reserve: usize) -> usize {
    descriptors.saturating_sub(reserve).max(descriptors / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_never_take_the_reserve_of_an_ordinary_limit() {
        assert_eq!(connections_within(1_024, reserve(8)), 832);
        assert_eq!(connections_within(64, reserve(8)), 32);
        assert_eq!(connections_within(1_024, reserve(256)), 512);
        assert_eq!(connections_within(usize::MAX, reserve(8)), usize::MAX - 192);
    }
}
