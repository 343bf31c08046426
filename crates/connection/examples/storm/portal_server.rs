//! What the same loss does to the server that serves the portals: every page asks it why, at once and then again while the
//! outage lasts.

use connection::machine::look_wait;
use connection::service::LOOK_LIMIT;
use connection::time::SECOND;

/// Requests of a page when it loses its endpoint: whether the server is there, what it sees of the endpoint, and that a
/// loss be counted.
const OF_LOSS: u64 = 3;
/// Requests of a page for every further look: the first two of those.
const OF_LOOK: u64 = 2;
/// The server's CPU time for one request, in microseconds: measured, docs/operations.md has the table.
const COST: u64 = 50;
/// An answer is awaited for [`LOOK_LIMIT`]. Four seconds of it are left for the look itself, which takes longer only where
/// the endpoint answers nothing at all. In milliseconds.
const TO_ANSWER: u64 = LOOK_LIMIT - 4 * SECOND;

/// What a number of portals asks of the server in one outage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) portals: u32,
    /// Requests in the moment of the loss.
    pub(super) first: u64,
    /// Requests of every look after it, spread as the portals' first answers were.
    pub(super) later: u64,
    /// Looks after the first until the endpoint is back.
    pub(super) looks: u64,
    /// CPU time of the first wave, in milliseconds.
    pub(super) cpu: u64,
    /// Cores that get through the first wave before pages stop waiting.
    pub(super) cores: u64,
}

impl Load {
    /// An outage of `down` seconds.
    pub(super) fn of(portals: u32, down: u32) -> Self {
        let first = u64::from(portals) * OF_LOSS;
        let cpu = first * COST / 1_000;
        Self {
            portals,
            first,
            later: u64::from(portals) * OF_LOOK,
            looks: looks_within(u64::from(down) * SECOND),
            cpu,
            cores: cpu.div_ceil(TO_ANSWER).max(1),
        }
    }
}

/// How many looks follow the first one in an outage of so many milliseconds.
fn looks_within(lasts: u64) -> u64 {
    std::iter::successors(Some(0), |&at| Some(at + look_wait(at))).skip(1).take_while(|at| *at <= lasts).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_portals_are_a_trifle_and_a_million_take_nineteen_cores() {
        let few = Load::of(1_000, 20);
        assert_eq!((few.first, few.later, few.looks, few.cpu, few.cores), (3_000, 2_000, 2, 150, 1));
        assert_eq!(Load::of(1_000_000, 20).cores, 19);
    }

    #[test]
    fn an_old_outage_is_looked_into_less_often() {
        assert_eq!(looks_within(80_000), 8);
        assert!(looks_within(600_000) < 30, "{}", looks_within(600_000));
    }
}
