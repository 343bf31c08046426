//! The list. Phases and pages stand here one by one; causes and close codes come from their own tables, so that a new
//! one of either is a new state by itself.

use connection::cause::Cause;
use connection::close_code::{CLOSE_CODES, CloseCode, CloseCodeRow, Range};
use connection::sign_in::{Kind, Mistakes};
use connection::words;

use crate::inputs::{Inputs, Vantage};
use crate::notes::Notes;
use crate::setup::Setup;
use crate::{Group, PageContent, Shell, State, View};

/// Every state, in the order in which it is listed.
pub fn all() -> Vec<State> {
    let mut all = Vec::new();
    all.extend(megaphone());
    all.extend(phases());
    all.extend(Cause::ALL.into_iter().map(cause));
    all.push(healthy_from_the_server());
    all.extend(CLOSE_CODES.iter().chain(Range::ALL.into_iter().map(Range::row)).map(code));
    all.extend(limits());
    all.extend(overview());
    all.extend(connect());
    all.extend(troubleshooting());
    all.extend(pages());
    all
}

const OFFERED: &[&str] = &["https://drp.example.com:8092", "https://lab.example.com:8092"];

/// An entry: id, title, setup, inputs as an address has them, when it occurs, what the person should understand and do,
/// and the faults that lead to it.
struct Entry {
    id: &'static str,
    title: &'static str,
    setup: Setup,
    given: &'static [(&'static str, &'static str)],
    when: &'static str,
    person: &'static str,
    faults: &'static [&'static str],
}

impl Entry {
    fn state(self, group: Group, view: View) -> State {
        State {
            id: self.id.to_owned(),
            group,
            view,
            setup: self.setup,
            given: Inputs::read(self.given.iter().copied()).0,
            page: PageContent::default(),
            notes: Notes {
                title: self.title.to_owned(),
                when: self.when.to_owned(),
                person: self.person.to_owned(),
                faults: self.faults.iter().map(|id| (*id).to_owned()).collect(),
            },
        }
    }
}

fn megaphone() -> impl Iterator<Item = State> {
    let entries = [
        Entry {
            id: "megaphone-idle",
            title: "Not connected yet",
            setup: Setup::Idle,
            given: &[],
            when: "Before an endpoint was chosen, and after signing out.",
            person: "Nothing is wrong. A press says that no endpoint was chosen.",
            faults: &[],
        },
        Entry {
            id: "megaphone-connecting",
            title: "A slow first try",
            setup: Setup::FirstTry,
            given: &[],
            when: "The first try has taken more than a second.",
            person: "The portal is at it. Nothing was lost.",
            faults: &["slow"],
        },
        Entry {
            id: "megaphone-connected",
            title: "Connected",
            setup: Setup::Connected,
            given: &[("events", "12")],
            when: "The socket stands.",
            person: "All is well. A press says since when and how much came.",
            faults: &[],
        },
        Entry {
            id: "megaphone-reconnecting",
            title: "Reconnecting",
            setup: Setup::Interrupted,
            given: &[],
            when: "In the first second after a loss, while no retry has failed.",
            person: "It may be over in a moment. There is nothing to do yet.",
            faults: &["restart", "crash", "closed"],
        },
        Entry {
            id: "megaphone-red",
            title: "Unable to access DRP",
            setup: Setup::Waiting,
            given: &[],
            when: "A second after a loss, or when the first retry failed. It flashes for five seconds and then stays.",
            person: "What is shown is no longer the present. A press says why and what to do.",
            faults: &["down", "crash", "no-name", "no-answer"],
        },
        Entry {
            id: "megaphone-needs-you",
            title: "A person is needed",
            setup: Setup::Named(Cause::SelfSigned),
            given: &[],
            when: "The cause is one that only a person can deal with.",
            person: "Press it and follow the steps; the portal notices by itself when it is done.",
            faults: &["self-signed", "expired", "token-expired"],
        },
        Entry {
            id: "megaphone-offline",
            title: "This computer is offline",
            setup: Setup::Offline,
            given: &[],
            when: "The connection was lost and the browser says that there is no network.",
            person: "Connect this computer; the portal goes on by itself.",
            faults: &["offline"],
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
            title: "Paused",
            setup: Setup::Paused,
            given: &[],
            when: "The person paused the connection.",
            person: "The portal rests until it is told to go on.",
            faults: &[],
        },
    ];
    entries.into_iter().map(|entry| entry.state(Group::Megaphone, View::Megaphone))
}

fn phases() -> impl Iterator<Item = State> {
    let entries = [
        Entry {
            id: "dialog-idle",
            title: "No endpoint",
            setup: Setup::Idle,
            given: &[],
            when: "The megaphone was pressed before an endpoint was chosen.",
            person: "Choose an endpoint and sign in.",
            faults: &[],
        },
        Entry {
            id: "dialog-connecting",
            title: "The first try",
            setup: Setup::FirstTry,
            given: &[],
            when: "The first try is on its way.",
            person: "Wait, or pause.",
            faults: &["slow"],
        },
        Entry {
            id: "dialog-connected",
            title: "Connected",
            setup: Setup::Connected,
            given: &[("events", "128")],
            when: "The socket stands and nothing was lost in this tab.",
            person: "Since when it stands, what came, when something was last heard.",
            faults: &[],
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
            given: &[],
            when: "In the first second after a loss.",
            person: "The portal is about to try again.",
            faults: &["restart", "crash"],
        },
        Entry {
            id: "dialog-finding-out",
            title: "Finding out why",
            setup: Setup::FindingOut,
            given: &[],
            when: "A retry failed and the checks are under way.",
            person: "The portal is finding out by itself.",
            faults: &["crash"],
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
            given: &[],
            when: "The connection was lost and the browser says that there is no network.",
            person: "Connect this computer; the portal goes on by itself.",
            faults: &["offline"],
        },
        Entry {
            id: "dialog-needs-attention",
            title: "The same ending again and again",
            setup: Setup::GivenUp,
            given: &[],
            when: "The endpoint ended five connections in a row with the same code, one that trying again does not cure.",
            person: "The portal has stopped trying by itself. Somebody has to look.",
            faults: &["too-large", "violation"],
        },
        Entry {
            id: "dialog-paused",
            title: "Paused",
            setup: Setup::Paused,
            given: &[],
            when: "The person paused the connection.",
            person: "Resume when you want to go on.",
            faults: &[],
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

fn cause(cause: Cause) -> State {
    let person = match cause.need() {
        Some(need) => format!("{}. The portal goes on by itself as soon as this is done.", words::need(need)),
        None => "The portal goes on by itself; the steps say what helps it along.".to_owned(),
    };
    // What the endpoint's side has no fault of its own for is met with these.
    const MADE_BY: [(Cause, &str); 6] = [
        (Cause::Credentials, "sign-in"),
        (Cause::UnreachableOrUntrusted, "no-portal"),
        (Cause::NotDrpOrBadGateway, "bad-gateway"),
        (Cause::Cut, "restart"),
        (Cause::BadCertificate, "old-tls"),
        (Cause::TlsFailed, "old-tls"),
    ];
    let fault = MADE_BY.iter().find(|(of, _)| *of == cause).map_or(cause.id(), |(_, id)| id);
    let from_here = matches!(cause, Cause::UnreachableOrUntrusted | Cause::NotDrpOrBadGateway);
    let vantage = from_here.then_some(Vantage::Page);
    State {
        id: format!("cause-{}", cause.id()),
        group: Group::Causes,
        view: View::Dialog,
        setup: Setup::Named(cause),
        given: Inputs { vantage, ..Inputs::default() },
        page: PageContent::default(),
        notes: Notes {
            title: words::plain(cause).trim_end_matches('.').to_owned(),
            when: format!("The checks say: {}", words::plain(cause)),
            person,
            faults: vec![fault.to_owned()],
        },
    }
}

fn healthy_from_the_server() -> State {
    let entry = Entry {
        id: "cause-trusted-elsewhere",
        title: "Trusted by the server, not by this browser",
        setup: Setup::Named(Cause::UnreachableOrUntrusted),
        given: &[("vantage", "server")],
        when: "The portal's server sees a healthy endpoint with a certificate that it trusts; this browser gets nowhere.",
        person: "The difference lies between this browser and the endpoint: a proxy, a certificate store, a network.",
        faults: &["unknown-ca"],
    };
    entry.state(Group::Causes, View::Dialog)
}

fn code(row: &'static CloseCodeRow) -> State {
    let own = CLOSE_CODES.iter().any(|it| it.code == row.code);
    // The first code of a range may have a row of its own.
    let shown =
        if own { row.code } else { (row.code..).find(|code| CloseCode(*code).row() == row).unwrap_or(row.code) };
    let reason = if row.code == CloseCode::ABNORMAL.0 { None } else { Some("said by the endpoint".to_owned()) };
    State {
        id: format!("code-{shown}"),
        group: Group::Codes,
        view: View::Dialog,
        setup: Setup::Closed(CloseCode(shown)),
        given: Inputs { reason, ..Inputs::default() },
        page: PageContent::default(),
        notes: Notes {
            title: format!("{shown} {}", row.name),
            when: row.meaning.to_owned(),
            person: row.for_drp.to_owned(),
            faults: vec!["closed".to_owned()],
        },
    }
}

fn limits() -> impl Iterator<Item = State> {
    let entries = [
        Entry {
            id: "limit-longest-reason",
            title: "The longest reason",
            setup: Setup::Closed(CloseCode(1011)),
            given: &[(
                "reason",
                "maintenance-window-2026-11-25T12:00:00Z/rack-07/row-B/unbroken-text-of-one-hundred-and-twenty-three-bytes-in-all-to-the-end",
            )],
            when: "An endpoint gives a reason of 123 bytes without a blank.",
            person: "The endpoint's own words, to the last byte.",
            faults: &["closed"],
        },
        Entry {
            id: "limit-markup-in-reason",
            title: "Markup in the reason",
            setup: Setup::Closed(CloseCode(4000)),
            given: &[("reason", "<img src=x onerror=alert(1)><b>bold</b> & \u{202e}drawkcab")],
            when: "An endpoint, or something in between, puts markup into its reason.",
            person: "The words are shown as text, whatever they hold.",
            faults: &["closed"],
        },
        Entry {
            id: "limit-right-to-left-reason",
            title: "A reason that runs from right to left",
            setup: Setup::Closed(CloseCode(1012)),
            given: &[("reason", "השרת מופעל מחדש לצורך תחזוקה 🔌")],
            when: "The endpoint's reason is in a script that runs from right to left.",
            person: "The words run as they are written; the rest of the page does not turn.",
            faults: &["closed"],
        },
        Entry {
            id: "limit-long-host",
            title: "A long name",
            setup: Setup::Named(Cause::Expired),
            given: &[(
                "endpoint",
                "https://provisioning-endpoint-of-the-second-building.datacenter-frankfurt-am-main.infrastructure.example-corporation.internal:18092",
            )],
            when: "The endpoint's name is as long as names in large companies are.",
            person: "The whole name, in the link and in every command.",
            faults: &["expired"],
        },
        Entry {
            id: "limit-address-v6",
            title: "An IPv6 address",
            setup: Setup::Named(Cause::SelfSigned),
            given: &[("endpoint", "https://[2001:db8::8a2e:370:7334]:8092")],
            when: "The endpoint is called by its IPv6 address.",
            person: "The address stands in brackets wherever a port follows.",
            faults: &["self-signed"],
        },
        Entry {
            id: "limit-many-names",
            title: "A certificate with many names",
            setup: Setup::Named(Cause::WrongName),
            given: &[(
                "names",
                "a.example,b.example,c.example,d.example,e.example,f.example,g.example,h.example,i.example",
            )],
            when: "A certificate holds more names than anybody wants to read.",
            person: "The first names and how many more there are.",
            faults: &["wrong-name"],
        },
        Entry {
            id: "limit-odd-issuer",
            title: "Markup in a certificate",
            setup: Setup::Named(Cause::UnknownCa),
            given: &[(
                "issuer",
                "CN=<script>alert(1)</script>, O=Very Long Name Of An Organisation That Issues Certificates",
            )],
            when: "A certificate holds texts that were made to do harm.",
            person: "The texts are shown as text.",
            faults: &["unknown-ca"],
        },
        Entry {
            id: "limit-many-losses",
            title: "Many losses",
            setup: Setup::Waiting,
            given: &[("losses", "60"), ("attempt", "9")],
            when: "A tab that was open for a day beside an endpoint in trouble.",
            person: "The newest losses one by one, all of them on the bar.",
            faults: &["flapping"],
        },
        Entry {
            id: "limit-server-away",
            title: "The portal's server is away too",
            setup: Setup::Named(Cause::Expired),
            given: &[("vantage", "page")],
            when: "The server that serves the portal does not answer, so the page appearance alone.",
            person: "What the page can know by itself, as probable as it is.",
            faults: &["no-portal"],
        },
        Entry {
            id: "limit-firefox",
            title: "The way through in Firefox",
            setup: Setup::Named(Cause::SelfSigned),
            given: &[("browser", "firefox")],
            when: "Firefox keeps an accepted certificate for one port alone.",
            person: "Use exactly this link.",
            faults: &["self-signed"],
        },
        Entry {
            id: "limit-safari",
            title: "The way through in Safari",
            setup: Setup::Named(Cause::SelfSigned),
            given: &[("browser", "safari")],
            when: "Safari does not carry an accepted certificate over to WebSockets.",
            person: "Accepting does not help here; trusting the certificate in the keychain does.",
            faults: &["self-signed"],
        },
    ];
    entries.into_iter().map(|entry| entry.state(Group::Limits, View::Dialog))
}

fn overview() -> Vec<State> {
    let entries = [
        Entry {
            id: "overview-connected",
            title: "Connected",
            setup: Setup::Connected,
            given: &[("events", "24")],
            when: "The socket stands and events come.",
            person: "The connection's facts and what happens on the endpoint, newest first.",
            faults: &[],
        },
        Entry {
            id: "overview-empty",
            title: "Connected, nothing received",
            setup: Setup::Connected,
            given: &[],
            when: "The socket stands and no event has come.",
            person: "Events appear here as the endpoint sends them.",
            faults: &[],
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
            title: "Paused",
            setup: Setup::Paused,
            given: &[("events", "24")],
            when: "The person paused the connection.",
            person: "The portal shows what it last knew.",
            faults: &[],
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
            faults: &[],
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

fn connect() -> [State; 7] {
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

fn troubleshooting() -> [State; 5] {
    let entry = |id, title, setup, when, person, page| {
        let entry = Entry { id, title, setup, given: &[], when, person, faults: &[] };
        State { page, ..entry.state(Group::Troubleshooting, View::Troubleshooting) }
    };
    [
        entry(
            "troubleshooting",
            "For anyone",
            Setup::Idle,
            "Somebody appearance up what “Unable to access DRP” means, without a connection of their own.",
            "What happens, the usual cause, the easiest fix, and what each code means.",
            PageContent::default(),
        ),
        entry(
            "troubleshooting-own-loss",
            "After a loss of one's own",
            Setup::Waiting,
            "Somebody appearance it up while their connection is away.",
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

fn pages() -> [State; 5] {
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
