//! The figures of a storm as text: one row for each schedule, with a picture of who came when.

use connection::backoff;

use super::Herd;
use super::outage::Course;
use super::portal_server::Load;
use super::schedule::Schedule;

/// Seconds after the return that a picture shows, one character each.
const PICTURED: usize = 30;
const LEVELS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Both courses of one number of portals.
pub(super) fn of_herd(herd: &Herd, down: u32) -> String {
    let &Herd { portals, ref open, ref narrow } = herd;
    format!(
        "{} portals lose an endpoint that is away for {down} s. Spread evenly over {} s they would be {} a second.\n\
         \n  It takes everybody who comes\n{}\n\n  It takes a few a second and refuses the rest\n{}",
        grouped(u64::from(portals)),
        backoff::CAP / 1_000,
        grouped(even(portals) as u64),
        courses(open, portals),
        courses(narrow, portals),
    )
}

fn courses(courses: &[Course], portals: u32) -> String {
    let head = format!(
        "  {:<30} {:<PICTURED$} {:>12} {:>7} {:>11} {:>12}",
        "", "tries, 30 s from its return on", "peak a second", "× even", "99 % back", "refused"
    );
    let rows = Schedule::ALL.iter().zip(courses).map(|(schedule, course)| {
        format!(
            "  {:<30}|{}| {:>12} {:>7.1} {:>11} {:>12}",
            schedule.name(),
            picture(&course.tries),
            grouped(u64::from(peak(course))),
            ratio(course, portals),
            back(course),
            grouped(course.refused),
        )
    });
    std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\n")
}

/// What it comes down to: peaks against the even spread, for every number of portals.
pub(super) fn of_ratios(herds: &[Herd]) -> String {
    let row = |label: &str, cells: Vec<String>| {
        let cells: String = cells.iter().map(|cell| format!("{cell:>18}")).collect();
        format!("  {label:<30}{cells}")
    };
    let head = row("", herds.iter().map(|herd| grouped(u64::from(herd.portals))).collect());
    let rows = Schedule::ALL.iter().enumerate().map(|(index, schedule)| {
        let cell = |herd: &Herd| {
            let courses = herd.open.get(index).zip(herd.narrow.get(index));
            courses.map_or_else(String::new, |(open, narrow)| {
                format!("{:.1} × {:>8}", ratio(open, herd.portals), back(narrow))
            })
        };
        row(schedule.name(), herds.iter().map(cell).collect())
    });
    let title =
        "The busiest second against the even spread, and when 99 % are back at an endpoint that takes few:".to_owned();
    [title, head].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

/// What the portals' server meets in the same outage.
pub(super) fn of_loads(loads: &[Load], down: u32) -> String {
    let title = format!(
        "The server that serves the portals, while the endpoint is away for {down} s: requests in the busiest second, in that of\n\
         a later look, and in that after the endpoint's return; the CPU time of the busiest second; the cores that get through\n\
         it before pages stop waiting; the instances of two cores that have them; and connections of each instance at once:"
    );
    let head = format!(
        "  {:>12} {:>12} {:>12} {:>14} {:>10} {:>6} {:>10} {:>12}",
        "portals", "at once", "for a look", "after return", "CPU time", "cores", "instances", "connections"
    );
    let rows = loads.iter().map(|load| {
        let cells = [u64::from(load.portals), load.peak(), load.of_looks, load.after_return].map(grouped);
        let [portals, first, later, back] = cells;
        let cpu = format!("{:.2} s", load.cpu as f64 / 1_000.0);
        let (cores, instances, connections) = (load.cores, load.instances, grouped(load.connections));
        format!(
            "  {portals:>12} {first:>12} {later:>12} {back:>14} {cpu:>10} {cores:>6} {instances:>10} {connections:>12}"
        )
    });
    [title, head].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

/// The busiest second, in times the even spread over the longest wait of the portal's own schedule.
pub(super) fn ratio(course: &Course, portals: u32) -> f64 {
    f64::from(peak(course)) / even(portals)
}

fn even(portals: u32) -> f64 {
    f64::from(portals) * 1_000.0 / backoff::CAP as f64
}

fn peak(course: &Course) -> u32 {
    course.tries.iter().copied().max().unwrap_or(0)
}

fn back(course: &Course) -> String {
    course.back.map_or_else(|| "never".to_owned(), |ms| format!("{:.1} s", ms as f64 / 1_000.0))
}

/// One character for each second, as high as its share of the busiest one; a blank only where nobody came.
fn picture(tries: &[u32]) -> String {
    let highest = tries.iter().take(PICTURED).copied().max().unwrap_or(0).max(1);
    let level = |&tries: &u32| (u64::from(tries) * 8).div_ceil(u64::from(highest)) as usize;
    let cells = tries.iter().map(level).chain(std::iter::repeat(0)).take(PICTURED);
    cells.map(|level| LEVELS.get(level).copied().unwrap_or('█')).collect()
}

/// `1234567` as `1,234,567`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_blank_only_where_nobody_came() {
        let picture = picture(&[1, 0, 800, 400]);
        assert_eq!(picture.trim_end(), "▁ █▄");
        assert_eq!(picture.chars().count(), PICTURED);
    }

    #[test]
    fn the_ratio_is_one_when_the_busiest_second_is_the_even_spread() {
        let course = Course { tries: vec![10; 20], back: None, refused: 0 };
        assert!((ratio(&course, 200) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
