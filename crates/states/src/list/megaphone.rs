//! The megaphone, and the dialog in every phase.

use connection::cause::Cause;

use super::entry::{ENTRY, Entry};
use crate::group::Group;
use crate::setup::Setup;
use crate::state::{State, View};

pub(super) fn megaphone() -> impl Iterator<Item = State> {
    let entries = [
        Entry {
            id: "megaphone-idle",
            title: "Not connected yet",
            setup: Setup::Idle,
            when: "Before an endpoint was chosen, and after signing out.",
            person: "Nothing is wrong. A press says that no endpoint was chosen.",
            ..ENTRY
        },
        Entry {
            id: "megaphone-connecting",
            title: "A slow first try",
            setup: Setup::FirstTry,
            when: "The first try has taken more than a second.",
            person: "The portal is at it. Nothing was lost.",
            faults: &["slow"],
            ..ENTRY
        },
        Entry {
            id: "megaphone-connected",
            title: "Connected",
            setup: Setup::Connected,
            given: &[("events", "12")],
            when: "The socket stands.",
            person: "All is well. A press says since when and how much came.",
            ..ENTRY
        },
        Entry {
            id: "megaphone-reconnecting",
            title: "Reconnecting",
            setup: Setup::Interrupted,
            when: "In the first second after a loss, while no retry has failed.",
            person: "It may be over in a moment. There is nothing to do yet.",
            faults: &["restart", "crash", "closed"],
            ..ENTRY
        },
        Entry {
            id: "megaphone-red",
            title: "Unable to access DRP",
            setup: Setup::Waiting,
            when: "A second after a loss, or when the first retry failed. It flashes three times and then stays.",
            person: "What is shown is no longer the present. A press says why and what to do.",
            faults: &["down", "crash", "no-name", "no-answer"],
            ..ENTRY
        },
        Entry {
            id: "megaphone-needs-you",
            title: "A person is needed",
            setup: Setup::Named(Cause::SelfSigned),
            when: "The cause is one that only a person can deal with.",
            person: "Press it and follow the steps; the portal notices by itself when it is done.",
            faults: &["self-signed", "expired", "token-expired"],
            ..ENTRY
        },
        Entry {
            id: "megaphone-offline",
            title: "This computer is offline",
            setup: Setup::Offline,
            when: "The connection was lost and the browser says that there is no network.",
            person: "Connect this computer; the portal goes on by itself.",
            faults: &["offline"],
            ..ENTRY
        },
        Entry {
            id: "megaphone-connected-again",
            title: "Connected again",
            setup: Setup::Recovered,
            given: &[("attempt", "1")],
            when: "The connection is back, and the alarm has not been shown for three seconds yet.",
            person: "It is over. What happened stands in the list of losses.",
            faults: &["restart"],
        },
        Entry {
            id: "megaphone-paused",
            title: "Stopped by you",
            setup: Setup::Paused,
            when: "The person pressed Stop trying or Disconnect.",
            person: "The portal rests until it is told to go on.",
            ..ENTRY
        },
    ];
    entries.into_iter().map(|entry| entry.state(Group::Megaphone, View::Megaphone))
}

pub(super) fn phases() -> impl Iterator<Item = State> {
    let entries = [
        Entry {
            id: "dialog-idle",
            title: "No endpoint",
            setup: Setup::Idle,
            when: "The megaphone was pressed before an endpoint was chosen.",
            person: "Choose an endpoint and sign in.",
            ..ENTRY
        },
        Entry {
            id: "dialog-connecting",
            title: "The first try",
            setup: Setup::FirstTry,
            when: "The first try is on its way.",
            person: "Wait, or pause.",
            faults: &["slow"],
            ..ENTRY
        },
        Entry {
            id: "dialog-connected",
            title: "Connected",
            setup: Setup::Connected,
            given: &[("events", "128")],
            when: "The socket stands and nothing was lost in this tab.",
            person: "Since when it stands, what came, when something was last heard.",
            ..ENTRY
        },
        Entry {
            id: "dialog-connected-after-losses",
            title: "Connected after losses",
            setup: Setup::Connected,
            given: &[("events", "128"), ("losses", "4")],
            when: "The socket stands; it was lost before.",
            person: "It works now, and this is how often it did not.",
            faults: &["restart"],
        },
        Entry {
            id: "dialog-interrupted",
            title: "This moment lost",
            setup: Setup::Interrupted,
            when: "In the first second after a loss.",
            person: "The portal is about to try again.",
            faults: &["restart", "crash"],
            ..ENTRY
        },
        Entry {
            id: "dialog-finding-out",
            title: "Finding out why",
            setup: Setup::FindingOut,
            when: "A retry failed and the checks are under way.",
            person: "The portal is finding out by itself.",
            faults: &["crash"],
            ..ENTRY
        },
        Entry {
            id: "dialog-waiting",
            title: "Waiting for the next try",
            setup: Setup::Waiting,
            given: &[("attempt", "6")],
            when: "Several tries have failed; the next one is due after a countdown.",
            person: "When the next try comes, what is wrong, and that it can be tried now.",
            faults: &["crash", "down"],
        },
        Entry {
            id: "dialog-trying",
            title: "A retry on its way",
            setup: Setup::Trying,
            given: &[("attempt", "6")],
            when: "The countdown is over and the next try is under way.",
            person: "The portal is at it.",
            faults: &["crash", "down"],
        },
        Entry {
            id: "dialog-offline",
            title: "Offline",
            setup: Setup::Offline,
            when: "The connection was lost and the browser says that there is no network.",
            person: "Connect this computer; the portal goes on by itself.",
            faults: &["offline"],
            ..ENTRY
        },
        Entry {
            id: "dialog-needs-attention",
            title: "The same ending again and again",
            setup: Setup::GivenUp,
            when: "The endpoint ended five connections in a row with the same code, one that trying again does not cure.",
            person: "The portal has stopped trying by itself. Somebody has to look.",
            faults: &["too-large", "violation"],
            ..ENTRY
        },
        Entry {
            id: "dialog-paused",
            title: "Stopped by you",
            setup: Setup::Paused,
            when: "The person pressed Stop trying or Disconnect.",
            person: "Resume when you want to go on.",
            ..ENTRY
        },
        Entry {
            id: "dialog-connected-again",
            title: "Connected again",
            setup: Setup::Recovered,
            given: &[("events", "128")],
            when: "In the first seconds after the connection is back.",
            person: "It is over; how long it took, and how it ended.",
            faults: &["restart"],
        },
    ];
    entries.into_iter().map(|entry| entry.state(Group::Phases, View::Dialog))
}
