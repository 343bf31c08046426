//! `cargo xtask storm`: what an endpoint meets when it comes back and a whole fleet of portals wants in again. It runs
//! the portal's own backoff, beside the schedules that others use, without sockets: time is a number.

mod dice;
mod outage;
mod schedule;
mod table;

use std::process::ExitCode;

use crate::failure::{Failure, Outcome};
use crate::options;
use outage::{Course, Outage};
use schedule::Schedule;

pub(crate) const USAGE: &str = "\
cargo xtask storm [--portals N,N,…] [--down SECONDS] [--drain SECONDS]

Lets N portals lose an endpoint that restarts, and counts who tries again in which second after its return: with the
portal's own backoff, and with schedules that are common elsewhere. Each is shown twice: with an endpoint that takes
everybody who comes, and with one that takes only so many a second and refuses the rest. The same numbers every time.

  --portals N,N,…   how many portals, 1 to 5000000     [default: 1000,10000,100000,1000000]
  --down SECONDS    how long the endpoint is away, 1 to 600     [default: 20]
  --drain SECONDS   the second endpoint needs this long to take them all, 1 to 120     [default: 20]";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    herds: Vec<u32>,
    /// Seconds.
    down: u32,
    /// Seconds.
    drain: u32,
}

/// How every schedule fared for one number of portals.
struct Herd {
    portals: u32,
    /// In the order of [`Schedule::ALL`], with an endpoint that takes everybody.
    open: Vec<Course>,
    /// The same with an endpoint that takes only so many a second.
    narrow: Vec<Course>,
}

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    let plan = plan(arguments)?;
    let herds: Vec<Herd> = plan
        .herds
        .iter()
        .map(|&portals| {
            let herd = herd(portals, &plan);
            println!("{}\n", table::of_herd(&herd, plan.down));
            herd
        })
        .collect();
    println!("{}", table::of_ratios(&herds));
    Ok(ExitCode::SUCCESS)
}

fn herd(portals: u32, plan: &Plan) -> Herd {
    let capacity = portals.div_ceil(plan.drain);
    let (open, narrow) = Schedule::ALL
        .into_iter()
        .map(|schedule| {
            let outage = Outage::new(schedule, portals, plan.down);
            (outage.course(None), outage.course(Some(capacity)))
        })
        .unzip();
    Herd { portals, open, narrow }
}

fn plan(arguments: &[String]) -> Outcome<Plan> {
    let mut plan = Plan { herds: vec![1_000, 10_000, 100_000, 1_000_000], down: 20, drain: 20 };
    for (name, value) in options::parse(arguments, &["portals", "down", "drain"])? {
        match name {
            "portals" => plan.herds = value.split(',').map(|n| number(n, 1..=5_000_000)).collect::<Outcome<_>>()?,
            "down" => plan.down = number(value, 1..=600)?,
            _drain => plan.drain = number(value, 1..=120)?,
        }
    }
    Ok(plan)
}

fn number(text: &str, range: std::ops::RangeInclusive<u32>) -> Outcome<u32> {
    let refused = || Failure::Usage(format!("`{text}` is not a number from {} to {}", range.start(), range.end()));
    text.parse().ok().filter(|number| range.contains(number)).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_command_line_says_how_many_portals_and_how_long() {
        let asked = plan(&words("--portals 10,20 --down 5 --drain 7")).unwrap();
        assert_eq!(asked, Plan { herds: vec![10, 20], down: 5, drain: 7 });
    }

    #[test]
    fn a_number_out_of_range_is_refused_with_the_range() {
        let failure = plan(&words("--portals 0")).unwrap_err().to_string();
        assert!(failure.contains("from 1 to 5000000"), "{failure}");
    }

    #[test]
    fn the_portals_own_schedule_stays_near_the_even_spread_and_lockstep_does_not() {
        let herd = herd(10_000, &Plan { herds: vec![], down: 20, drain: 20 });
        let ratio = |schedule| {
            let index = Schedule::ALL.iter().position(|it| *it == schedule).unwrap();
            table::ratio(&herd.open[index], herd.portals)
        };
        assert!(ratio(Schedule::Ours) < 3.0, "{}", ratio(Schedule::Ours));
        assert!(ratio(Schedule::Fixed) > 19.0, "{}", ratio(Schedule::Fixed));
    }
}
