//! What an endpoint meets when it comes back and a whole fleet of portals wants in again, and what the portals' server meets
//! meanwhile: `cargo xtask storm`. Runs the portal's own policy beside the schedules that others use, without sockets: time
//! is a number.

mod outage;
mod portal_server;
mod random;
mod schedule;
mod table;

use std::process::ExitCode;

use outage::{Course, Outage};
use portal_server::Load;
use schedule::Schedule;

const USAGE: &str = include_str!("usage.txt");

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    herds: Vec<u32>,
    /// Seconds.
    down: u32,
    /// Seconds.
    drain: u32,
    /// Of one request to the portals' server, in microseconds of CPU time.
    cost: u32,
}

/// How every schedule fared for one number of portals.
struct Herd {
    portals: u32,
    /// In the order of [`Schedule::ALL`], with an endpoint that takes everybody.
    open: Vec<Course>,
    /// The same with an endpoint that takes only so many a second.
    narrow: Vec<Course>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match plan(&arguments) {
        Ok(plan) => {
            show(&plan);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn show(plan: &Plan) {
    let mut herds = Vec::new();
    for &portals in &plan.herds {
        let herd = herd(portals, plan);
        println!("{}\n", table::of_herd(&herd, plan.down));
        herds.push(herd);
    }
    println!("{}\n", table::of_ratios(&herds));
    let loads: Vec<Load> = herds
        .iter()
        .filter_map(|herd| Some(Load::of(herd.portals, plan.down, herd.open.first()?, plan.cost)))
        .collect();
    println!("{}", table::of_loads(&loads, plan.down));
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

fn plan(arguments: &[String]) -> Result<Plan, String> {
    let mut plan =
        Plan { herds: vec![1_000, 10_000, 100_000, 1_000_000], down: 20, drain: 20, cost: portal_server::COST };
    let mut rest = arguments.iter();
    while let Some(name) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| format!("{name} needs a value"));
        match name.as_str() {
            "--portals" => {
                plan.herds = value()?.split(',').map(|n| number(n, 1..=5_000_000)).collect::<Result<_, _>>()?
            }
            "--down" => plan.down = number(value()?, 1..=600)?,
            "--drain" => plan.drain = number(value()?, 1..=120)?,
            "--cost" => plan.cost = number(value()?, 1..=100_000)?,
            _ => return Err(format!("unknown option `{name}`")),
        }
    }
    Ok(plan)
}

fn number(text: &str, range: std::ops::RangeInclusive<u32>) -> Result<u32, String> {
    let refused = || format!("expected a number from {} to {}, got `{text}`", range.start(), range.end());
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
        let asked = plan(&words("--portals 10,20 --down 5 --drain 7 --cost 90")).unwrap();
        assert_eq!(asked, Plan { herds: vec![10, 20], down: 5, drain: 7, cost: 90 });
    }

    #[test]
    fn a_number_out_of_range_is_refused_with_the_range() {
        let error = plan(&words("--portals 0")).unwrap_err();
        assert!(error.contains("from 1 to 5000000"), "{error}");
    }

    #[test]
    fn what_is_not_an_option_is_named() {
        for line in ["--portal 5", "5", "--down"] {
            let error = plan(&words(line)).unwrap_err();
            assert!(error.contains(line.split(' ').next().unwrap()), "{error}");
        }
    }

    #[test]
    fn the_portals_own_schedule_stays_near_the_even_spread_and_lockstep_does_not() {
        let herd = herd(10_000, &Plan { herds: vec![], down: 20, drain: 20, cost: 50 });
        let ratio = |schedule| {
            let index = Schedule::ALL.iter().position(|it| *it == schedule).unwrap();
            table::ratio(&herd.open[index], herd.portals)
        };
        assert!(ratio(Schedule::Ours) < 3.0, "{}", ratio(Schedule::Ours));
        assert!(ratio(Schedule::Fixed) > 19.0, "{}", ratio(Schedule::Fixed));
    }
}
