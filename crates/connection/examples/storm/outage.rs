//! One endpoint that goes away and comes back, and every portal that waits for it.

use super::random::Random;
use super::schedule::Schedule;

/// A refused try is not free: the next one comes at least this much later, in milliseconds.
const REFUSAL: u64 = 1;
/// Nobody waits longer for the last portal than this, in milliseconds after the return.
const HORIZON: u64 = 3_600_000;

/// A portal's first try after the endpoint's return. Portals differ by nothing else.
#[derive(Clone, Copy)]
struct Client {
    /// Milliseconds after the return.
    at: u64,
    /// What the schedule counts from if that try fails.
    failures: u32,
}

/// An outage as it stands at the moment when the endpoint listens again.
pub(super) struct Outage {
    schedule: Schedule,
    portals: Vec<Client>,
}

/// What happened from the endpoint's return on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Course {
    /// Tries in each second after the return, those that were refused included.
    pub(super) tries: Vec<u32>,
    /// When 99 % of the portals were back, in milliseconds after the return; `None` if they never were.
    pub(super) back: Option<u64>,
    /// Tries that a busy endpoint refused.
    pub(super) refused: u64,
}

impl Outage {
    /// All portals lose the endpoint in the same moment, and every try in the `down` seconds from then on fails at once.
    pub(super) fn new(schedule: Schedule, portals: u32, down: u32) -> Self {
        let mut random = Random::new(u64::from(portals));
        let down = u64::from(down) * 1_000;
        let first_after_return = |_| {
            let (mut at, mut failures) = schedule.after_loss(random.next_u32());
            while at < down {
                let (wait, next) = schedule.after_failure(failures, random.next_u32());
                (at, failures) = (at.saturating_add(wait.max(REFUSAL)), next);
            }
            Client { at: at - down, failures }
        };
        Self { schedule, portals: (0..portals).map(first_after_return).collect() }
    }

    /// Plays the return to its end. With a capacity, only that many tries a second succeed; the others fail at once.
    pub(super) fn course(&self, capacity: Option<u32>) -> Course {
        let mut random = Random::new(self.portals.len() as u64 + 1);
        let mut calendar = Calendar::default();
        self.portals.iter().for_each(|portal| calendar.add(portal.at, portal.failures));
        let enough = self.portals.len() - self.portals.len() / 100;
        let mut course = Course { tries: Vec::new(), back: None, refused: 0 };
        let (mut accepted, mut room) = (0, usize::MAX);
        for at in 0..HORIZON {
            let Some(tries) = calendar.take(at) else { break };
            if at % 1_000 == 0 {
                course.tries.push(0);
                room = capacity.map_or(usize::MAX, |capacity| capacity as usize);
            }
            if let Some(second) = course.tries.last_mut() {
                *second += tries.len() as u32;
            }
            let taken = tries.len().min(room);
            room -= taken;
            accepted += taken;
            if accepted >= enough && course.back.is_none() {
                course.back = Some(at);
            }
            for failures in tries.into_iter().skip(taken) {
                course.refused += 1;
                let (wait, next) = self.schedule.after_failure(failures, random.next_u32());
                calendar.add(at.saturating_add(wait.max(REFUSAL)), next);
            }
        }
        course
    }
}

/// Who tries in which millisecond: a list for each, of what the schedule counts from. Cheaper than a heap for a million
/// portals, because adding is one push.
#[derive(Default)]
struct Calendar(Vec<Vec<u32>>);

impl Calendar {
    fn add(&mut self, at: u64, failures: u32) {
        let Some(index) = usize::try_from(at).ok().filter(|_| at < HORIZON) else { return };
        if self.0.len() <= index {
            self.0.resize_with(index + 1, Vec::new);
        }
        if let Some(tries) = self.0.get_mut(index) {
            tries.push(failures);
        }
    }

    /// The tries of a millisecond; `None` after the last one.
    fn take(&mut self, at: u64) -> Option<Vec<u32>> {
        let index = usize::try_from(at).ok()?;
        self.0.get_mut(index).map(std::mem::take)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portals_in_lockstep_all_come_in_the_same_second() {
        // Tries at 5, 10, 15 and 20 s; the last one is the first to succeed.
        let course = Outage::new(Schedule::Fixed, 1_000, 18).course(None);
        assert_eq!(course, Course { tries: vec![0, 0, 1_000], back: Some(2_000), refused: 0 });
    }

    #[test]
    fn every_portal_comes_once_when_nobody_is_refused() {
        for schedule in Schedule::ALL {
            let course = Outage::new(schedule, 1_000, 20).course(None);
            assert_eq!((course.tries.iter().sum::<u32>(), course.refused), (1_000, 0), "{schedule:?}");
        }
    }

    #[test]
    fn a_full_endpoint_refuses_and_who_was_refused_comes_again() {
        // 250 a second, but lockstep uses one second of every five: four rounds of 1000, 750, 500 and 250 tries.
        let course = Outage::new(Schedule::Fixed, 1_000, 18).course(Some(250));
        assert_eq!((course.refused, course.back), (750 + 500 + 250, Some(2_000 + 3 * 5_000)));
        assert_eq!(course.tries.iter().sum::<u32>(), 2_500);
    }

    #[test]
    fn the_same_outage_goes_the_same_way_every_time() {
        let course = || Outage::new(Schedule::Ours, 5_000, 20).course(Some(250));
        assert_eq!(course(), course());
    }
}
