//! Where the way breaks: the station that a cause is about, held to what was seen there.

use super::{Break, Lane, Mark, Station, Vantage, Way};
use crate::cause::{Cause, Confidence};

/// The one place where a way with these lanes breaks for a cause.
pub(super) fn of(cause: Cause, confidence: Confidence, way: &Way) -> Break {
    let certain = confidence == Confidence::Certain;
    let failed = |vantage, station| matches!(way.mark(vantage, station), Some(Mark::Failed(_)));
    let passed = |station| way.mark(Vantage::Page, station) == Some(Mark::Passed);
    // A request may come past a certificate that holds for requests alone; else what let this page pass is not what stops
    // it. What the person saw may be newer.
    let others = cause.is_about_trust();
    let stopped_others = |station| failed(Vantage::Person, station) || (others && failed(Vantage::Server, station));
    // What ended the live connection, or spoils it, is met where this page is stopped before it.
    let stopped = || way.stations.iter().copied().find(|it| failed(Vantage::Page, *it));
    let met = |station| stopped().filter(|_| station == Station::Live).unwrap_or(station);
    if let Some(station) = station(cause).map(met)
        && way.stations.contains(&station)
        && (!passed(station) || stopped_others(station))
    {
        return Break { from: station, to: station, certain };
    }
    // The cause does not tell the place: it was seen only by whom it stopped there.
    let here = |station| failed(Vantage::Page, station) || failed(Vantage::Person, station);
    let at = |station| Break { from: station, to: station, certain: certain && here(station) };
    // What the server was refused explains this page's silence only where this page met silence.
    let silent =
        way.lanes.iter().any(|lane| lane.vantage == Vantage::Page && lane.marks.contains(&Some(Mark::Unknown)));
    let by_server =
        way.stations.iter().copied().find(|it| failed(Vantage::Server, *it) && !passed(*it)).filter(|_| silent);
    let run = way.lanes.iter().find(|lane| lane.vantage == Vantage::Page).and_then(|lane| first_run(lane, way));
    match (by_server, run) {
        (Some(station), _) => at(station),
        (None, Some((from, to))) => Break { from, to, certain },
        (None, None) => at(Station::Live),
    }
}

/// The first stations that this page did not pass: one, or all that it could not tell apart.
fn first_run(lane: &Lane, way: &Way) -> Option<(Station, Station)> {
    let mut rest = way.stations.iter().zip(&lane.marks).skip_while(|(_, mark)| **mark == Some(Mark::Passed));
    let (from, first) = rest.next()?;
    let alike = rest.take_while(|(_, mark)| *first == Some(Mark::Unknown) && *mark == first);
    Some((*from, alike.last().map_or(*from, |(station, _)| *station)))
}

/// The station that a cause is about; none where only what was seen can tell.
fn station(cause: Cause) -> Option<Station> {
    Some(match cause {
        Cause::Offline
        | Cause::Mixed
        | Cause::Csp
        | Cause::BrowserRefuses
        | Cause::LocalNetwork
        | Cause::Blocked
        | Cause::TooManySockets => Station::Browser,
        Cause::NoName => Station::Name,
        Cause::Down | Cause::Crash | Cause::SomeAddresses | Cause::Proxy => Station::Port,
        Cause::Expired
        | Cause::NotLoaded
        | Cause::NotYetValid
        | Cause::YourClock
        | Cause::WrongName
        | Cause::WrongSite
        | Cause::SelfSigned
        | Cause::UnknownCa
        | Cause::ChainIncomplete
        | Cause::StaleCa
        | Cause::Replaced
        | Cause::Forgotten
        | Cause::BadCertificate
        | Cause::CannotAccept
        | Cause::Untrusted
        | Cause::ClientCertificate
        | Cause::Intercepted
        | Cause::PlainHttp
        | Cause::OtherProtocol
        | Cause::OldTls
        | Cause::TlsFailed => Station::Tls,
        Cause::NotDrp
        | Cause::LoginWall
        | Cause::Moved
        | Cause::Firewall
        | Cause::TooMany
        | Cause::BadGateway
        | Cause::NotDrpOrBadGateway => Station::Drp,
        Cause::SignIn | Cause::Credentials | Cause::TokenExpired | Cause::NoRights | Cause::ClockSkew => {
            Station::SignIn
        }
        Cause::OriginRefused
        | Cause::HeadTooLarge
        | Cause::NoUpgrade
        | Cause::SocketOnly
        | Cause::Restart
        | Cause::Cut
        | Cause::Silence
        | Cause::IdleCut
        | Cause::CutInUse
        | Cause::Flapping
        | Cause::TooLarge
        | Cause::Violation
        | Cause::Closed => Station::Live,
        Cause::BrowserOnly
        | Cause::UnreachableOrUntrusted
        | Cause::NobodyBehind
        | Cause::NoAnswer
        | Cause::LargePackets => return None,
    })
}

/// The station at which somebody meets a cause, where the cause alone tells.
pub(super) fn met_at(cause: Cause) -> Station {
    station(cause).unwrap_or(Station::Port)
}
