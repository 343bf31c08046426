//! The dialog with texts that test its limits.

use connection::cause::Cause;
use connection::close_code::CloseCode;

use super::entry::Entry;
use crate::group::Group;
use crate::setup::Setup;
use crate::state::{State, View};

pub(super) fn limits() -> impl Iterator<Item = State> {
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
            when: "The server that serves the portal does not answer, so the page looks alone.",
            person: "What the page can know by itself, as probable as it is.",
            faults: &["no-portal"],
        },
        Entry {
            id: "limit-files",
            title: "The portal is served as files",
            setup: Setup::Named(Cause::UnreachableOrUntrusted),
            given: &[("vantage", "files")],
            when: "The portal lies on a host of files: there is no server of its own that could look.",
            person: "That nobody else has looked is no fault, and is not told as one.",
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
            id: "limit-webkitgtk",
            title: "The way through in WebKitGTK",
            setup: Setup::Named(Cause::SelfSigned),
            given: &[("browser", "webkitgtk")],
            when: "What goes past a warning is the browser around WebKitGTK; what it accepts holds for WebSockets as well.",
            person: "No word is quoted that this browser may not use.",
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
