//! The picture of the way, laid out: which marks are drawn as one, which lines join them, and which rows are alike. A view
//! draws it and decides nothing.

use crate::way::{Lane, Mark, Vantage, Way};
use crate::words;

/// The picture: a row for each station, a cell for each lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The sentence above it.
    pub caption: String,
    /// Whether the break was seen; nothing while there is none.
    pub certain: Option<bool>,
    /// The lanes, in order.
    pub lanes: Vec<Vantage>,
    /// The stations, in order.
    pub rows: Vec<Row>,
}

/// One station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name where stations stand side by side.
    pub name: &'static str,
    /// Its name where they stand below each other: with those that are fused into it.
    pub names: String,
    /// Whether it is fused into a row above, being equal in every lane.
    pub fused: bool,
    /// Whether it breaks here.
    pub broken: bool,
    /// What was seen here that is wrong.
    pub remark: Option<&'static str>,
    /// A cell for each lane.
    pub cells: Vec<Cell>,
}

/// What one vantage saw at one station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The mark; none where the lane says nothing.
    pub mark: Option<Mark>,
    /// How many stations its shape covers where they stand side by side; 0 where the shape of an earlier one covers it.
    pub span: usize,
    /// The line from the mark before.
    pub before: Link,
    /// The line to the mark behind.
    pub after: Link,
}

/// The line between two marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// None: an end, or something that cannot be seen.
    None,
    /// Both passed.
    Whole,
    /// No further than here.
    Broken,
}

impl Link {
    /// Its stable name.
    pub fn name(self) -> &'static str {
        match self {
            Link::None => "none",
            Link::Whole => "whole",
            Link::Broken => "broken",
        }
    }

    fn between(one: Option<Mark>, other: Option<Mark>) -> Self {
        let seen =
            |mark: Option<Mark>| !matches!(mark, None | Some(Mark::CannotLook | Mark::DidNotLook(_) | Mark::Asked));
        match (one, other) {
            (one, other) if !seen(one) || !seen(other) => Link::None,
            (Some(Mark::Passed), Some(Mark::Passed)) => Link::Whole,
            _ => Link::Broken,
        }
    }
}

impl Picture {
    /// Lays out a way.
    pub fn of(way: &Way) -> Self {
        let is_broken = |station| way.broken.is_some_and(|it| (it.from..=it.to).contains(&station));
        let marks = |place: usize| way.lanes.iter().map(move |lane| lane.marks.get(place).copied().flatten());
        let alike = |one: usize, other: usize| {
            let same = marks(one).eq(marks(other));
            let broken = |place: usize| way.stations.get(place).copied().map(is_broken);
            same && broken(one) == broken(other) && !marks(one).any(|mark| matches!(mark, Some(Mark::Failed(_))))
        };
        let rows = way.stations.iter().enumerate().map(|(place, station)| {
            let followers = (place + 1..way.stations.len()).take_while(|next| alike(place, *next));
            let more = followers.filter_map(|it| way.stations.get(it)).map(|it| words::station(*it));
            let fused = place > 0 && alike(place - 1, place);
            let names: Vec<&str> = [words::station(*station)].into_iter().chain(more).collect();
            let remark = marks(place).find_map(|mark| match mark {
                Some(Mark::Failed(remark)) => Some(remark),
                Some(_) | None => None,
            });
            Row {
                name: words::station(*station),
                names: joined(&names),
                fused,
                broken: is_broken(*station),
                remark,
                cells: way.lanes.iter().map(|lane| cell(lane, place)).collect(),
            }
        });
        Self {
            caption: words::caption(way),
            certain: way.broken.map(|it| it.certain),
            lanes: way.lanes.iter().map(|lane| lane.vantage).collect(),
            rows: rows.collect(),
        }
    }
}

/// `Name, port`: as one name, of which only the first word begins with a capital, unless it is an abbreviation.
fn joined(names: &[&str]) -> String {
    let small = |name: &str| match name {
        "TLS" | "DRP" => name.to_owned(),
        name => name.to_lowercase(),
    };
    let (first, rest) = names.split_first().map_or(("", names), |(first, rest)| (*first, rest));
    core::iter::once(first.to_owned()).chain(rest.iter().map(|it| small(it))).collect::<Vec<_>>().join(", ")
}

fn cell(lane: &Lane, place: usize) -> Cell {
    let at = |place: usize| lane.marks.get(place).copied().flatten();
    let mark = at(place);
    let covered = place > 0 && at(place - 1) == mark;
    let run = lane.marks.iter().skip(place).take_while(|it| **it == mark).count();
    let span = match mark {
        Some(Mark::Unknown | Mark::DidNotLook(_)) if covered => 0,
        Some(Mark::Unknown | Mark::DidNotLook(_)) => run,
        Some(_) | None => 1,
    };
    let before = if place == 0 { Link::None } else { Link::between(at(place - 1), mark) };
    let after = if place + 1 == lane.marks.len() { Link::None } else { Link::between(mark, at(place + 1)) };
    Cell { mark, span, before, after }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::way::{Break, Station};

    fn picture() -> Picture {
        use Mark::{NotReached, Passed, Unknown};
        let page = [Passed, Unknown, Unknown, Unknown, NotReached, NotReached, NotReached];
        let server = [Passed, Passed, Passed, Mark::Failed("self-signed"), Passed, Mark::CannotLook, Passed];
        let lane = |vantage, marks: [Mark; 7]| Lane { vantage, marks: marks.map(Some).to_vec() };
        Picture::of(&Way {
            stations: Station::ALL.to_vec(),
            lanes: vec![lane(Vantage::Page, page), lane(Vantage::Server, server)],
            broken: Some(Break { from: Station::Tls, to: Station::Tls, certain: false }),
        })
    }

    #[test]
    fn what_the_browser_cannot_tell_apart_is_one_shape() {
        let spans: Vec<usize> = picture().rows.iter().map(|row| row.cells[0].span).collect();
        assert_eq!(spans, [1, 3, 0, 0, 1, 1, 1]);
    }

    #[test]
    fn lines_are_whole_between_what_passed_and_absent_where_nobody_can_look() {
        let after: Vec<Link> = picture().rows.iter().map(|row| row.cells[1].after).collect();
        use Link::{Broken, None, Whole};
        assert_eq!(after, [Whole, Whole, Broken, Broken, None, None, None]);
    }

    #[test]
    fn every_line_has_a_stable_name() {
        assert_eq!([Link::None, Link::Whole, Link::Broken].map(Link::name), ["none", "whole", "broken"]);
    }

    #[test]
    fn stations_that_are_equal_in_every_lane_stand_in_one_row() {
        let shown: Vec<String> = picture().rows.into_iter().filter(|row| !row.fused).map(|row| row.names).collect();
        assert_eq!(shown, ["Browser", "Name, port", "TLS", "DRP", "Sign-in", "Live"]);
    }

    #[test]
    fn the_caption_hedges_what_was_not_seen() {
        assert_eq!(picture().caption, "It most likely breaks at TLS.");
    }
}
