//! The picture of the way: what its stations, its lanes and its marks are called, and the one sentence above it.

use crate::way::{Mark, Station, Vantage, Way};

/// What a station is called.
pub fn station(station: Station) -> &'static str {
    match station {
        Station::Browser => "Browser",
        Station::Name => "Name",
        Station::Port => "Port",
        Station::Tls => "TLS",
        Station::Drp => "DRP",
        Station::SignIn => "Sign-in",
        Station::Live => "Live",
    }
}

/// What a lane is called.
pub fn vantage(vantage: Vantage) -> &'static str {
    match vantage {
        Vantage::Page => "This page",
        Vantage::Server => "Portal's server",
        Vantage::Person => "You",
    }
}

/// The same where there is room for one word.
pub fn vantage_short(vantage: Vantage) -> &'static str {
    match vantage {
        Vantage::Page => "Page",
        Vantage::Server => "Server",
        Vantage::Person => "You",
    }
}

/// What a mark says to those who do not see its shape.
pub fn mark(mark: Mark) -> String {
    match mark {
        Mark::Passed => "passed".to_owned(),
        Mark::Failed(saw) => format!("failed: {saw}"),
        Mark::Unknown => "unknown: the browser gives no reason".to_owned(),
        Mark::NotReached => "not reached".to_owned(),
        Mark::CannotLook => "the server cannot check this".to_owned(),
        Mark::DidNotLook(why) => why.to_owned(),
        Mark::Asked => "your turn: see What to do".to_owned(),
        Mark::Looking => "being checked".to_owned(),
    }
}

/// Where it breaks, as a sentence; while nobody knows, that.
pub fn caption(way: &Way) -> String {
    let Some(broken) = way.broken else {
        let looking = way.lanes.iter().any(|lane| lane.marks.contains(&Some(Mark::Looking)));
        return if looking { "Looking where it breaks." } else { "Nobody saw where it breaks." }.to_owned();
    };
    let hedge = if broken.certain { "" } else { "most likely " };
    if broken.from == broken.to {
        let place = if broken.from == Station::Browser {
            "on this computer".to_owned()
        } else {
            format!("at {}", said(broken.from))
        };
        format!("It {hedge}breaks {place}.")
    } else {
        format!("It {hedge}breaks between this computer and the endpoint.")
    }
}

/// A station within a sentence.
fn said(station: Station) -> &'static str {
    match station {
        Station::Browser => "the browser",
        Station::Name => "the name",
        Station::Port => "the port",
        Station::Tls => "TLS",
        Station::Drp => "DRP",
        Station::SignIn => "the sign-in",
        Station::Live => "the live connection",
    }
}
