//! Holds the picture of the way to what is said beside it, in every state that the gallery has.

use connection::cause::{Cause, Confidence};
use connection::evidence::Check;
use connection::verdict::Outcome;
use connection::way::{Break, Mark, Station, Vantage, Way, leading, way};
use connection::words;
use states::{Inputs, Snapshot};

fn pictured() -> impl Iterator<Item = (String, Snapshot, Way)> {
    states::all().into_iter().filter_map(|state| {
        let snapshot = state.snapshot(&Inputs::default());
        let way = way(&snapshot.machine)?;
        Some((state.id, snapshot, way))
    })
}

#[expect(clippy::expect_used, reason = "a test that panics has failed, as it should")]
fn of(cause: Cause) -> Way {
    let id = format!("cause-{}", cause.id());
    pictured().find(|(it, ..)| *it == id).map(|(.., way)| way).expect("the state has a picture")
}

fn within(broken: Break, station: Station) -> bool {
    (broken.from..=broken.to).contains(&station)
}

#[test]
fn every_lost_cause_has_a_picture_with_a_mark_for_each_station() {
    let drawn: Vec<String> = pictured().map(|(id, ..)| id).collect();
    for cause in Cause::all().filter(|cause| *cause != Cause::Restart) {
        assert!(drawn.contains(&format!("cause-{}", cause.id())), "{cause:?}");
    }
    for (id, _, way) in pictured() {
        for lane in &way.lanes {
            assert_eq!(lane.marks.len(), way.stations.len(), "{id}");
            assert!(lane.vantage == Vantage::Person || lane.marks.iter().all(Option::is_some), "{id}: {lane:?}");
        }
    }
}

#[test]
fn it_breaks_where_the_verdict_says_and_only_then() {
    for (id, snapshot, way) in pictured() {
        let cause = leading(&snapshot.machine).filter(|(_, confidence)| *confidence >= Confidence::Probable);
        assert_eq!(way.broken.is_some(), cause.is_some(), "{id}");
        let certain = cause.is_some_and(|(_, confidence)| confidence == Confidence::Certain);
        assert!(certain || way.broken.is_none_or(|it| !it.certain), "{id}");
    }
}

fn failed(way: &Way, vantage: Vantage, station: Station) -> bool {
    matches!(way.mark(vantage, station), Some(Mark::Failed(_)))
}

#[test]
fn it_breaks_nowhere_that_this_page_has_passed_unless_the_person_was_stopped_there() {
    for (id, _, way) in pictured() {
        let Some(broken) = way.broken else { continue };
        for station in way.stations.iter().copied().filter(|it| within(broken, *it)) {
            let passed = way.mark(Vantage::Page, station) == Some(Mark::Passed);
            assert!(!passed || failed(&way, Vantage::Person, station), "{id}: {station:?}");
        }
    }
}

#[test]
fn a_place_that_only_the_server_met_is_certain_for_nobody() {
    for (id, _, way) in pictured() {
        let Some(broken) = way.broken.filter(|it| it.certain && it.from == it.to) else { continue };
        let unknown = way.mark(Vantage::Page, broken.from) == Some(Mark::Unknown);
        let elsewhere = failed(&way, Vantage::Server, broken.from) && !failed(&way, Vantage::Person, broken.from);
        assert!(!(unknown && elsewhere), "{id}: {broken:?}");
    }
    assert_eq!(of(Cause::NoAnswer).broken.map(|it| it.certain), Some(false));
}

#[test]
fn nothing_that_this_page_was_refused_lies_before_the_break() {
    for (id, _, way) in pictured() {
        let Some(broken) = way.broken else { continue };
        for station in way.stations.iter().filter(|it| **it < broken.from) {
            let mark = way.mark(Vantage::Page, *station);
            assert!(!matches!(mark, Some(Mark::Failed(_))), "{id}: {station:?} {mark:?} before {broken:?}");
        }
    }
}

#[test]
fn somebody_is_stopped_at_the_break() {
    for (id, _, way) in pictured() {
        let Some(broken) = way.broken else { continue };
        let stopped = way.lanes.iter().any(|lane| {
            let marks = way.stations.iter().zip(&lane.marks).filter(|(station, _)| within(broken, **station));
            marks.into_iter().any(|(_, mark)| {
                matches!(mark, Some(Mark::Failed(_) | Mark::Unknown | Mark::NotReached | Mark::Looking))
            })
        });
        assert!(stopped, "{id}: {way:?}");
    }
}

#[test]
fn what_failed_was_asked_and_nothing_passes_behind_it_unseen() {
    for (id, _, way) in pictured() {
        for lane in way.lanes.iter().filter(|lane| lane.vantage != Vantage::Server) {
            let end = lane.marks.iter().position(|mark| matches!(mark, Some(Mark::Failed(_))));
            let behind = end.map(|end| &lane.marks[end + 1..]).unwrap_or_default();
            assert!(!behind.contains(&Some(Mark::Passed)), "{id}: {lane:?}");
            let failed = lane.marks.iter().filter(|mark| matches!(mark, Some(Mark::Failed(_)))).count();
            assert!(failed <= 1, "{id}: {lane:?}");
        }
    }
}

#[test]
fn the_live_connection_is_never_fine_for_this_page_while_it_is_away() {
    for (id, _, way) in pictured() {
        assert_ne!(way.mark(Vantage::Page, Station::Live), Some(Mark::Passed), "{id}");
    }
}

#[test]
fn remarks_fit_below_their_mark() {
    for (id, _, way) in pictured() {
        for mark in way.lanes.iter().flat_map(|lane| &lane.marks) {
            if let Some(Mark::Failed(remark)) = mark {
                assert!((1..=14).contains(&remark.chars().count()), "{id}: {remark}");
            }
        }
    }
}

#[test]
fn each_kind_of_cause_breaks_at_its_station() {
    for (cause, from, to) in [
        (Cause::Offline, Station::Browser, Station::Browser),
        (Cause::Csp, Station::Browser, Station::Browser),
        (Cause::NoName, Station::Name, Station::Name),
        (Cause::Down, Station::Port, Station::Port),
        (Cause::SelfSigned, Station::Tls, Station::Tls),
        (Cause::NoAnswer, Station::Tls, Station::Tls),
        (Cause::BrowserOnly, Station::Name, Station::Tls),
        (Cause::UnreachableOrUntrusted, Station::Name, Station::Tls),
        (Cause::BadGateway, Station::Drp, Station::Drp),
        (Cause::TokenExpired, Station::SignIn, Station::SignIn),
        (Cause::NoUpgrade, Station::Live, Station::Live),
        (Cause::Cut, Station::Live, Station::Live),
        (Cause::SomeAddresses, Station::Live, Station::Live),
    ] {
        let broken = of(cause).broken.map(|it| (it.from, it.to));
        assert_eq!(broken, Some((from, to)), "{cause:?}");
    }
}

#[test]
fn a_refused_certificate_reads_as_it_was_seen() {
    let way = of(Cause::SelfSigned);
    let page = Station::ALL.map(|station| way.mark(Vantage::Page, station).map(Mark::name));
    assert_eq!(
        page.map(Option::unwrap_or_default),
        ["passed", "unknown", "unknown", "unknown", "not-reached", "not-reached", "not-reached"]
    );
    assert_eq!(way.mark(Vantage::Server, Station::Tls), Some(Mark::Failed("self-signed")));
    assert_eq!(way.mark(Vantage::Server, Station::Drp), Some(Mark::Passed));
    assert_eq!(way.mark(Vantage::Server, Station::SignIn), Some(Mark::CannotLook));
    assert_eq!(way.mark(Vantage::Person, Station::Tls), Some(Mark::Asked));
}

#[test]
fn without_tls_there_is_no_station_for_it() {
    assert!(!of(Cause::Mixed).stations.contains(&Station::Tls));
}

#[test]
fn while_checks_run_everything_is_there_and_nothing_is_blamed() {
    let (_, _, way) = pictured().find(|(id, ..)| id == "dialog-interrupted").expect("there is such a state");
    assert_eq!(way.broken, None);
    assert_eq!(way.lanes.len(), 2);
    assert!(way.lanes.iter().flat_map(|lane| &lane.marks).all(|mark| !matches!(mark, Some(Mark::Unknown))));
}

/// How far a request of this page got for a check to pass.
fn reached(check: Check) -> Option<Station> {
    match check {
        Check::Info => Some(Station::Drp),
        Check::Opaque => Some(Station::Tls),
        Check::SignedIn => Some(Station::SignIn),
        Check::Network
        | Check::Portal
        | Check::MixedContent
        | Check::Csp
        | Check::Permission
        | Check::PlainHttp
        | Check::Server
        | Check::Person => None,
    }
}

#[test]
fn what_is_said_is_at_odds_with_no_line_of_the_checklist() {
    let mut odd = Vec::new();
    for (id, snapshot, way) in pictured() {
        let outcome = |check| words::outcome(check, &snapshot.machine).0;
        for check in Check::ALL {
            let passed = reached(check).filter(|_| outcome(check) == Outcome::Passed);
            if let Some((station, broken)) = passed.zip(way.broken)
                && broken.to <= station
            {
                odd.push(format!("{id}: breaks at {:?}, and {check:?} passed", broken.to));
            }
        }
        let lane = way.lanes.iter().find(|lane| lane.vantage == Vantage::Server);
        let failed = lane.is_some_and(|lane| lane.marks.iter().any(|mark| matches!(mark, Some(Mark::Failed(_)))));
        if failed && outcome(Check::Server) == Outcome::Passed {
            odd.push(format!("{id}: the server's look failed at a station, and passed in the list"));
        }
        if !failed && outcome(Check::Server) == Outcome::Failed {
            odd.push(format!("{id}: the server's look failed in the list, and at no station"));
        }
    }
    assert!(odd.is_empty(), "{odd:#?}");
}
