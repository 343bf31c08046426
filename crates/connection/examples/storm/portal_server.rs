//! What the same loss does to the server that serves the portals: every page asks it why, then again while the outage lasts,
//! and once more when it is connected again.

use connection::machine::{INSPECT_AFTER, look_wait};
use connection::service::LOOK_LIMIT;
use connection::time::SECOND;

use super::outage::Course;
use super::random::Random;
use super::schedule::Schedule;

/// The server's CPU time for one request, in microseconds, unless another is given: `cargo xtask load` measures it.
pub(super) const COST: u32 = 50;
/// Requests of a page for a look: whether the server is there, and what it sees of the endpoint.
const OF_LOOK: u64 = 2;
/// An answer is awaited for [`LOOK_LIMIT`]. Four seconds of it are left for the look itself, which takes longer only where
/// the endpoint answers nothing at all. In milliseconds.
const TO_ANSWER: u64 = LOOK_LIMIT - 4 * SECOND;
/// Cores of one instance.
const CORES: u64 = 2;

/// What a number of portals asks of the server in one outage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) portals: u32,
    /// Requests in each second from the loss on.
    pub(super) requests: Vec<u64>,
    /// Requests in the busiest second of the later looks, which all portals make at about the same time.
    pub(super) of_looks: u64,
    /// Requests in the busiest second after the endpoint's return.
    pub(super) after_return: u64,
    /// CPU time of the busiest second's requests, in milliseconds.
    pub(super) cpu: u64,
    /// Cores that get through them before pages stop waiting.
    pub(super) cores: u64,
    /// Instances that have these between them.
    pub(super) instances: u64,
    /// Connections of each instance at once: one for each of its portals.
    pub(super) connections: u64,
}

impl Load {
    /// An outage of `down` seconds whose end goes as `course`, at `cost` microseconds for a request.
    pub(super) fn of(portals: u32, down: u32, course: &Course, cost: u32) -> Self {
        let mut random = Random::new(u64::from(portals));
        let down = u64::from(down) * SECOND;
        let mut requests = Vec::new();
        for _ in 0..portals {
            // Where the first try fails, the page looks, and counts the loss once it has: an endpoint that is away is seen in no time.
            let (first, _) = Schedule::Ours.after_loss(random.next_u32());
            add(&mut requests, first, OF_LOOK + 1);
            let mut at = first.saturating_add(look_wait(first));
            while at < down {
                add(&mut requests, at, OF_LOOK);
                at = at.saturating_add(look_wait(at));
            }
        }
        let before = requests.iter().copied().max().unwrap_or(0);
        // The first ones are made within a second of the loss.
        let of_looks = requests.iter().skip(2).copied().max().unwrap_or(0);
        // Who is back has the server look at what is healthy, some seconds later.
        for (second, tries) in (0_u64..).zip(&course.tries) {
            add(&mut requests, down + second * SECOND + INSPECT_AFTER, u64::from(*tries));
        }
        let returned = usize::try_from(down / SECOND).unwrap_or(usize::MAX);
        let after_return = requests.iter().skip(returned).copied().max().unwrap_or(0);
        let cpu = before.max(after_return) * u64::from(cost) / 1_000;
        let cores = cpu.div_ceil(TO_ANSWER).max(1);
        let instances = cores.div_ceil(CORES);
        let connections = u64::from(portals).div_ceil(instances);
        Self { portals, requests, of_looks, after_return, cpu, cores, instances, connections }
    }

    /// Requests in the busiest second of all.
    pub(super) fn peak(&self) -> u64 {
        self.requests.iter().copied().max().unwrap_or(0)
    }
}

/// Counts requests of a moment, in milliseconds since the loss.
fn add(requests: &mut Vec<u64>, at: u64, count: u64) {
    let Ok(second) = usize::try_from(at / SECOND) else { return };
    if requests.len() <= second {
        requests.resize(second + 1, 0);
    }
    if let Some(here) = requests.get_mut(second) {
        *here += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outage::Outage;
    use crate::table::grouped;

    const GUIDE: &str = include_str!("../../../../docs/operations.md");

    fn load(portals: u32, down: u32) -> Load {
        Load::of(portals, down, &Outage::new(Schedule::Ours, portals, down).course(None), COST)
    }

    #[test]
    fn every_portal_asks_at_once_then_with_each_look_and_once_when_it_is_back() {
        let load = load(1_000, 20);
        assert_eq!(load.requests[0], 3_000, "all of them fail within the first second");
        assert_eq!(load.requests[1..10].iter().sum::<u64>(), 0);
        assert_eq!(load.requests[10..20].iter().sum::<u64>(), 2_000);
        let back = load.requests[20..].iter().sum::<u64>();
        assert!((1_000..=3_000).contains(&back), "{back}: an inspection each, and the looks that were due just then");
        assert_eq!((load.cpu, load.cores, load.instances), (150, 1, 1));
    }

    #[test]
    fn an_old_outage_is_looked_into_less_often() {
        let looks = |down| load(1, down).requests[..down as usize].iter().filter(|count| **count > 0).count();
        assert_eq!(looks(80), 8);
        assert!(looks(600) < 30, "{}", looks(600));
    }

    #[test]
    fn the_guide_has_these_numbers() {
        for portals in [1_000, 10_000, 100_000, 1_000_000] {
            let load = load(portals, 20);
            let numbers = [u64::from(portals), load.peak(), load.of_looks, load.after_return].map(grouped).join(" | ");
            let (cpu, connections) = (load.cpu as f64 / 1_000.0, grouped(load.connections));
            let row = format!("| {numbers} | {cpu:.2} s | {} | {} | {connections} |", load.cores, load.instances);
            assert!(GUIDE.contains(&row), "{row} is not in docs/operations.md");
        }
    }
}
