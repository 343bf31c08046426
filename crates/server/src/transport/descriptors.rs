//! File descriptors: every connection costs one, and running out of them stops everything else as well.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::probe_cache;

/// Kept free for probes (a resolver, and a dial to each address of a name, for every probe at a time), for the scrapes
/// of the metrics, and for files.
pub(crate) const RESERVE: usize = probe_cache::AT_ONCE * 20 + 32;

/// Raises the soft limit to the hard one, as far as the system allows, and returns how many connections then fit.
pub(crate) fn room_for_connections() -> usize {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    // A refusal leaves the limit as it is, and the limit is read again below.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    let limit = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    connections_within(usize::try_from(limit).unwrap_or(usize::MAX))
}

/// A limit below twice the reserve is halved: a few connections are better than none.
fn connections_within(descriptors: usize) -> usize {
    descriptors.saturating_sub(RESERVE).max(descriptors / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_never_take_the_reserve_of_an_ordinary_limit() {
        assert_eq!(connections_within(1_024), 832);
        assert_eq!(connections_within(64), 32);
        assert_eq!(connections_within(usize::MAX), usize::MAX - RESERVE);
    }
}
