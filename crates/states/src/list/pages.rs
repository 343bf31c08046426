//! The connect form, the troubleshooting page, and the pages that are shown when nothing else can be.

use connection::cause::Cause;
use connection::sign_in::{Kind, Mistakes};

use super::entry::Entry;
use crate::group::Group;
use crate::setup::Setup;
use crate::state::{PageContent, Shell, State, View};

const OFFERED: &[&str] = &["https://drp.example.com:8092", "https://lab.example.com:8092"];

pub(super) fn connect() -> [State; 7] {
    let entry = |id, title, setup, when, person, page| {
        let entry = Entry { id, title, setup, given: &[], when, person, faults: &[] };
        State { page, ..entry.state(Group::Connect, View::Overview) }
    };
    let offered = PageContent { offered: OFFERED, ..PageContent::default() };
    [
        entry(
            "connect-empty",
            "Empty",
            Setup::Idle,
            "A first visit to a portal that offers no endpoint.",
            "Type the endpoint's address and sign in.",
            PageContent::default(),
        ),
        entry(
            "connect-offered",
            "With endpoints to choose from",
            Setup::Idle,
            "The operator offers endpoints, or some were used before.",
            "Choose one and sign in.",
            offered.clone(),
        ),
        entry(
            "connect-token",
            "With a token",
            Setup::Idle,
            "The person has a token rather than a password.",
            "Paste the token.",
            PageContent { kind: Kind::Token, ..offered.clone() },
        ),
        entry(
            "connect-mistakes",
            "With everything wrong",
            Setup::Idle,
            "The form was sent with an address that is none and nothing else.",
            "What is wrong with each field, and what would be right.",
            PageContent { typed: Some("ftp://drp.example.com"), mistakes: mistakes(), ..offered.clone() },
        ),
        entry(
            "connect-long-address",
            "With a long address",
            Setup::Idle,
            "The endpoint's name is very long.",
            "The field scrolls, the choices wrap.",
            PageContent {
                offered: &[
                    "https://provisioning-endpoint-of-the-second-building.datacenter-frankfurt-am-main.infrastructure.example-corporation.internal:18092",
                ],
                ..PageContent::default()
            },
        ),
        entry(
            "connect-refused",
            "Refused",
            Setup::Named(Cause::Credentials),
            "The endpoint does not accept this user and password.",
            "Check both; what was typed is still there. No alarm: nothing was lost.",
            offered.clone(),
        ),
        entry(
            "connect-connecting",
            "On its way",
            Setup::FirstTry,
            "The form was sent and the first try is under way.",
            "Wait a moment.",
            offered,
        ),
    ]
}

/// What the form says when everything is wrong, as it would say it.
fn mistakes() -> Mistakes {
    let typed = connection::sign_in::Typed {
        endpoint: "ftp://drp.example.com",
        kind: Kind::Password,
        user: "",
        has_secret: false,
    };
    connection::sign_in::read(typed).err().unwrap_or_default()
}

pub(super) fn troubleshooting() -> [State; 5] {
    let entry = |id, title, setup, when, person, page| {
        let entry = Entry { id, title, setup, given: &[], when, person, faults: &[] };
        State { page, ..entry.state(Group::Troubleshooting, View::Troubleshooting) }
    };
    [
        entry(
            "troubleshooting",
            "For anyone",
            Setup::Idle,
            "Somebody looks up what “Unable to access DRP” means, without a connection of their own.",
            "What happens, the usual cause, the easiest fix, and what each code means.",
            PageContent::default(),
        ),
        entry(
            "troubleshooting-own-loss",
            "After a loss of one's own",
            Setup::Waiting,
            "Somebody looks it up while their connection is away.",
            "The same, with their own endpoint filled in and their own code marked.",
            PageContent::default(),
        ),
        entry(
            "troubleshooting-nothing-found",
            "Nothing found",
            Setup::Idle,
            "The search matches no row.",
            "No row has these words; fewer words find more.",
            PageContent { search: "no such code", ..PageContent::default() },
        ),
        entry(
            "console-read",
            "A line of the console, read",
            Setup::Waiting,
            "Somebody pasted a line that the portal knows.",
            "What the line means, and the steps for it.",
            PageContent {
                console: "WebSocket connection to 'wss://drp.example.com:8092/api/v3/ws' failed: Error in connection establishment: net::ERR_CERT_DATE_INVALID",
                ..PageContent::default()
            },
        ),
        entry(
            "console-unknown",
            "A line of the console, not known",
            Setup::Idle,
            "Somebody pasted a line that says nothing of the connection.",
            "Which line tells most.",
            PageContent { console: "Uncaught TypeError: x is undefined", ..PageContent::default() },
        ),
    ]
}

pub(super) fn pages() -> [State; 6] {
    let entry = |id, title, view, when, person| {
        let entry = Entry { id, title, setup: Setup::Idle, given: &[], when, person, faults: &[] };
        entry.state(Group::Pages, view)
    };
    [
        entry(
            "not-found",
            "No such page",
            View::NotFound,
            "Somebody came by a wrong address.",
            "There is nothing here; this is where to go.",
        ),
        entry(
            "starting",
            "Starting",
            View::Shell(Shell::Starting),
            "The first paint, before the program has arrived.",
            "The portal is on its way; the frame is in place, so nothing jumps.",
        ),
        entry(
            "starting-signed-out",
            "Starting, not signed in",
            View::Shell(Shell::Welcome),
            "The first paint of the overview in a tab that is not signed in.",
            "What this is and what comes next; the form is on its way, and nothing that is read moves when it comes.",
        ),
        entry(
            "cannot-start",
            "The program did not start",
            View::Shell(Shell::CannotStart),
            "The browser is too old, a setting forbids WebAssembly, or a file did not arrive.",
            "It is the portal and not the endpoint; load again, or use another browser.",
        ),
        entry(
            "broken",
            "The program broke",
            View::Shell(Shell::Broken),
            "A fault of the portal's own.",
            "What is shown is no longer up to date; load again.",
        ),
        entry(
            "no-javascript",
            "Without JavaScript",
            View::Shell(Shell::NoScript),
            "The browser runs no programs for this site.",
            "What people look for here can be read all the same.",
        ),
    ]
}
