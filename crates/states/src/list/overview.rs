//! The overview.

use connection::cause::Cause;

use super::entry::{ENTRY, Entry};
use crate::group::Group;
use crate::setup::Setup;
use crate::state::{PageContent, State, View};

pub(super) fn overview() -> Vec<State> {
    let entries = [
        Entry {
            id: "overview-connected",
            title: "Connected",
            setup: Setup::Connected,
            given: &[("events", "24")],
            when: "The socket stands and events come.",
            person: "The connection's facts and what happens on the endpoint, newest first.",
            ..ENTRY
        },
        Entry {
            id: "overview-empty",
            title: "Connected, nothing received",
            setup: Setup::Connected,
            when: "The socket stands and no event has come.",
            person: "Events appear here as the endpoint sends them.",
            ..ENTRY
        },
        Entry {
            id: "overview-interrupted",
            title: "This moment lost",
            setup: Setup::Interrupted,
            given: &[("events", "24")],
            when: "In the first second after a loss.",
            person: "The events are those from before; the portal is about to try again.",
            faults: &["restart", "crash"],
        },
        Entry {
            id: "overview-waiting",
            title: "Unable to access DRP",
            setup: Setup::Waiting,
            given: &[("events", "24")],
            when: "Tries have failed and the next one is due.",
            person: "The events are stale, by so much. Why, and what to do, stands in the dialog.",
            faults: &["crash", "down"],
        },
        Entry {
            id: "overview-certificate",
            title: "A certificate is in the way",
            setup: Setup::Named(Cause::Expired),
            given: &[("events", "24"), ("losses", "1")],
            when: "The endpoint's certificate has expired.",
            person: "Somebody has to renew or accept it; the dialog says how.",
            faults: &["expired"],
        },
        Entry {
            id: "overview-sign-in",
            title: "The sign-in has run out",
            setup: Setup::Named(Cause::TokenExpired),
            given: &[("events", "24")],
            when: "The endpoint no longer accepts the sign-in.",
            person: "Sign in again, right here. What was there stays.",
            faults: &["token-expired"],
        },
        Entry {
            id: "overview-offline",
            title: "Offline",
            setup: Setup::Offline,
            given: &[("events", "24")],
            when: "This computer has no network.",
            person: "The events are stale; the portal goes on with the network.",
            faults: &["offline"],
        },
        Entry {
            id: "overview-paused",
            title: "Stopped by you",
            setup: Setup::Paused,
            given: &[("events", "24")],
            when: "The person pressed Stop trying or Disconnect.",
            person: "The portal shows what it last knew.",
            ..ENTRY
        },
        Entry {
            id: "overview-connected-again",
            title: "Connected again",
            setup: Setup::Recovered,
            given: &[("events", "24")],
            when: "In the first seconds after the connection is back.",
            person: "It is over, and how long it took.",
            faults: &["restart"],
        },
        Entry {
            id: "overview-certificate-30-days",
            title: "The certificate ends in a month",
            setup: Setup::Connected,
            given: &[("days", "24"), ("events", "6")],
            when: "The certificate has between 8 and 30 days left.",
            person: "There is time; these are the commands.",
            faults: &["expired"],
        },
        Entry {
            id: "overview-certificate-7-days",
            title: "The certificate ends in days",
            setup: Setup::Connected,
            given: &[("days", "3"), ("events", "6")],
            when: "The certificate has 7 days or less left.",
            person: "Renew it now, before it ends.",
            faults: &["expired"],
        },
        Entry {
            id: "overview-certificate-ended",
            title: "The certificate has ended, the socket stands",
            setup: Setup::Connected,
            given: &[("days", "-1"), ("events", "6")],
            when: "The certificate expired while the connection stood.",
            person: "The next connection will be refused. Renew it now.",
            faults: &["expired"],
        },
        Entry {
            id: "overview-many-losses",
            title: "Many losses",
            setup: Setup::Connected,
            given: &[("losses", "40"), ("events", "24")],
            when: "The connection was lost many times in this tab.",
            person: "It works now; the list says how often it did not.",
            faults: &["flapping"],
        },
        Entry {
            id: "overview-full-feed",
            title: "A full feed",
            setup: Setup::Connected,
            given: &[("events", "500")],
            when: "A fleet is busy.",
            person: "The newest events; older ones on request.",
            ..ENTRY
        },
    ];
    let mut all: Vec<_> = entries.map(|entry| entry.state(Group::Overview, View::Overview)).into();
    let odd = Entry {
        id: "overview-odd-messages",
        title: "Messages that are no events",
        setup: Setup::Connected,
        given: &[("events", "4")],
        when: "Something sends what is no JSON, binary, or far too long; or events hold markup and secrets.",
        person: "It is counted, named as unreadable, and hurts nothing; secrets are masked.",
        faults: &["violation"],
    };
    let page = PageContent { odd_messages: true, ..PageContent::default() };
    all.push(State { page, ..odd.state(Group::Overview, View::Overview) });
    all
}
