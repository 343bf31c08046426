//! The rows. To add a code, add a row in its place; every reader follows.

use super::{CloseCodeRow, Retry, Seen, Source, Wire};

/// A row most of whose fields are those of an ordinary code that travels and is retried.
const ORDINARY: CloseCodeRow = CloseCodeRow {
    code: 0,
    name: "",
    alias: None,
    defined_in: Source::Rfc6455,
    meaning: "",
    gist: "",
    for_drp: "",
    on_the_wire: Wire::Yes,
    page_may_send: false,
    seen: Seen::Possible,
    retry: Retry::Backoff,
    remedy: &[],
};

/// Every code with a meaning of its own, in ascending order.
pub static CLOSE_CODES: &[CloseCodeRow] = &[
    CloseCodeRow {
        code: 1000,
        name: "Normal Closure",
        alias: Some("CLOSE_NORMAL"),
        meaning: "The connection did what it was opened for and was closed on purpose.",
        gist: "Closed on purpose, by either side",
        for_drp: "The portal disconnected because you asked it to. If you did not, the endpoint or a proxy ended the connection in good order, and the portal reconnects.",
        page_may_send: true,
        remedy: &["Nothing to do: the portal reconnects on its own, unless you disconnected."],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1001,
        name: "Going Away",
        alias: Some("CLOSE_GOING_AWAY"),
        meaning: "One side is leaving: a server is stopping, or a browser has moved to another page.",
        gist: "The endpoint or a proxy is stopping",
        for_drp: "A proxy or a newer endpoint is stopping. DRP itself stops without saying so, which shows as 1006.",
        remedy: &[
            "Wait: the portal reconnects as soon as the endpoint is back.",
            "If it does not come back, look at the service on the endpoint's host: systemctl status dr-provision",
        ],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1002,
        name: "Protocol error",
        alias: Some("CLOSE_PROTOCOL_ERROR"),
        meaning: "The endpoint received a frame that breaks the WebSocket protocol.",
        gist: "Something alters WebSocket traffic, or one side has a fault",
        for_drp: "Something between this browser and the endpoint changes WebSocket traffic, or one of the two has a fault.",
        retry: Retry::Bounded,
        remedy: &[
            "Connect directly, without the proxy or the inspecting firewall, and see whether it still happens.",
            "If it does not, have what stands in between leave WebSockets as they are.",
        ],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1003,
        name: "Unsupported Data",
        alias: Some("CLOSE_UNSUPPORTED"),
        meaning: "The endpoint received a kind of data that it cannot take, such as binary where it takes text.",
        gist: "Another server than DRP, or a proxy",
        for_drp: "DRP ignores data that it does not understand, so this comes from a proxy or from a server that is not DRP.",
        retry: Retry::Bounded,
        remedy: &[
            "Check that the address is that of a DRP endpoint.",
            "Check what stands between this browser and the endpoint.",
        ],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1004,
        name: "Reserved",
        meaning: "Set aside by RFC 6455 for a later meaning, and never given one.",
        gist: "No endpoint uses it",
        for_drp: "No endpoint uses it.",
        on_the_wire: Wire::Never,
        remedy: &["If you see it all the same, send the report to whoever runs the endpoint: the sender has a fault."],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1005,
        name: "No Status Rcvd",
        alias: Some("CLOSED_NO_STATUS"),
        meaning: "The other side closed the connection and gave no code. The browser reports 1005 in its place; it is never sent over the network.",
        gist: "Closed without saying why",
        for_drp: "A proxy or a newer endpoint closed the connection without saying why.",
        on_the_wire: Wire::Never,
        remedy: &[
            "Wait: the portal reconnects on its own.",
            "If it happens again and again, look at the log of the proxy in front of the endpoint.",
        ],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1006,
        name: "Abnormal Closure",
        alias: Some("CLOSE_ABNORMAL"),
        meaning: "The connection failed or ended without a close message. The browser reports 1006 in its place; it is never sent over the network, and browsers do not tell a page more.",
        gist: "No reason given: mostly the certificate, or the endpoint is down",
        for_drp: "Usually the certificate, except in Firefox, which has 1015 for it: DRP's own is self-signed and expires after a year, and a browser shows no warning for a WebSocket, it only refuses. Otherwise the endpoint is down, its name or port is wrong, the sign-in ran out, or the network was cut.",
        on_the_wire: Wire::Never,
        seen: Seen::Often,
        remedy: &[
            "If you know this endpoint, open its address in a new tab and accept its certificate there; http:// has none.",
            "Come back to this tab: the portal reconnects on its own.",
            "If the browser shows no warning page, close the browser completely, open it again and repeat the first step.",
            "If the tab cannot reach the endpoint either, the endpoint or the way to it is down: check address, port and service.",
        ],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1007,
        name: "Invalid frame payload data",
        alias: Some("Unsupported payload"),
        meaning: "The endpoint received a message whose content does not fit its kind, such as text that is not UTF-8.",
        gist: "Something changed a message on the way",
        for_drp: "The portal sends only UTF-8, so something on the way changed it. DRP does not check this; a proxy may.",
        retry: Retry::Bounded,
        remedy: &["Connect directly, without the proxy or the inspecting firewall, and see whether it still happens."],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1008,
        name: "Policy Violation",
        alias: Some("Policy violation"),
        meaning: "The endpoint received something that its rules forbid, and no other code fits.",
        gist: "Mostly the sign-in is missing or has run out",
        for_drp: "Most often the sign-in is missing or has run out. DRP itself refuses with HTTP 401 or 403 before the connection opens, so this comes from a proxy or a newer endpoint.",
        retry: Retry::SignIn,
        remedy: &[
            "Sign in again.",
            "If it happens at once again, ask whoever runs the proxy in front of the endpoint which rule it applies.",
        ],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1009,
        name: "Message Too Big",
        alias: Some("CLOSE_TOO_LARGE"),
        meaning: "The endpoint received a message that is larger than it accepts.",
        gist: "A message over 512 bytes, or over a proxy's limit",
        for_drp: "DRP takes commands of up to 512 bytes. The portal keeps to that, so a longer one points at a fault in the portal or at a lower limit in a proxy.",
        seen: Seen::Often,
        retry: Retry::Bounded,
        remedy: &["If it happens again, the portal, or a proxy's limit for messages, is at fault."],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1010,
        name: "Mandatory Ext.",
        alias: Some("Mandatory extension"),
        meaning: "A client needed a WebSocket extension that the server did not offer.",
        gist: "The server has a fault",
        for_drp: "The portal needs no extension and browsers do not send this. A server that sends it has a fault.",
        on_the_wire: Wire::FromClient,
        retry: Retry::Bounded,
        remedy: &["Look for what stands between this browser and the endpoint: DRP does not send this."],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1011,
        name: "Internal Error",
        alias: Some("Server error"),
        meaning: "The server met a condition that it did not expect and could not go on.",
        gist: "The endpoint or a proxy has a fault",
        for_drp: "The endpoint or a proxy has a fault. Its log says more.",
        remedy: &[
            "Wait: the portal reconnects on its own.",
            "If it happens again, read the log on the endpoint's host: journalctl -u dr-provision",
        ],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1012,
        name: "Service Restart",
        alias: Some("Service restart"),
        defined_in: Source::Iana,
        meaning: "The server is restarting. A client should wait a random 5 to 30 seconds before it reconnects.",
        gist: "A restart was announced",
        for_drp: "A proxy or a newer endpoint announced its restart. DRP itself restarts without saying so, which shows as 1006.",
        retry: Retry::Restart,
        seen: Seen::NotInWebKitGtk,
        remedy: &["Wait: the portal tries again on its own after 5 to 30 s."],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1013,
        name: "Try Again Later",
        alias: Some("Try again later"),
        defined_in: Source::Iana,
        meaning: "The server has too much to do and sends clients away for a while.",
        gist: "The endpoint, or a proxy, says that it is overloaded",
        for_drp: "A proxy or a newer endpoint says that it is overloaded. Connecting again at once would make it worse.",
        retry: Retry::Overload,
        seen: Seen::NotInWebKitGtk,
        remedy: &[
            "Wait: the portal tries again on its own after 60 to 90 s.",
            "If it stays so, look at the load of the endpoint and of the proxy in front of it.",
        ],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1014,
        name: "Bad Gateway",
        alias: Some("Bad gateway"),
        defined_in: Source::Iana,
        meaning: "A server that stands in between got no usable answer from the one behind it, like HTTP status 502. The registry gives it no short name.",
        gist: "The proxy runs, DRP behind it does not answer",
        for_drp: "The proxy runs, but DRP behind it does not answer.",
        seen: Seen::NotInWebKitGtk,
        remedy: &[
            "Check DRP on its host: systemctl status dr-provision",
            "Check the address that the proxy forwards to.",
        ],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 1015,
        name: "TLS handshake",
        alias: Some("TLS handshake fail"),
        meaning: "The encrypted connection could not be made. It is never sent over the network: Firefox gives it to a page, other browsers give 1006 instead.",
        gist: "Firefox refused the certificate or TLS",
        for_drp: "Firefox reports 1015 for nearly every certificate that it refuses: DRP's own, an expired one, one for other names. Other browsers report the same as 1006.",
        on_the_wire: Wire::Never,
        seen: Seen::InFirefox,
        remedy: &[
            "If you know this endpoint, open its address in a new tab and accept its certificate there.",
            "Come back to this tab: the portal reconnects on its own.",
            "If Firefox offers no way to go on, paste the code from its page into “What the console says”.",
        ],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 3000,
        name: "Unauthorized",
        defined_in: Source::Iana,
        meaning: "The endpoint needs a sign-in, like HTTP status 401.",
        gist: "The sign-in is missing or has run out",
        for_drp: "The sign-in is missing or has run out. DRP itself refuses with HTTP 401 before the connection opens; this comes from a proxy or a newer endpoint.",
        page_may_send: true,
        retry: Retry::SignIn,
        remedy: &["Sign in again."],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 3003,
        name: "Forbidden",
        defined_in: Source::Iana,
        meaning: "The sign-in is known, but it may not do this, like HTTP status 403.",
        gist: "Your account lacks a right",
        for_drp: "The account lacks a right that the live connection needs.",
        page_may_send: true,
        retry: Retry::Rights,
        remedy: &[
            "Ask whoever runs the endpoint for the rights to read events.",
            "Sign in with an account that has them.",
        ],
        ..ORDINARY
    },
    CloseCodeRow {
        code: 3008,
        name: "Timeout",
        defined_in: Source::Iana,
        meaning: "The endpoint waited too long for something, like HTTP status 408.",
        gist: "Nothing was heard in time",
        for_drp: "A proxy or a newer endpoint ended a connection on which it heard nothing in time.",
        page_may_send: true,
        remedy: &["Wait: the portal reconnects on its own."],
        ..ORDINARY
    },
];

pub(super) static NOT_USED: CloseCodeRow = CloseCodeRow {
    code: 0,
    name: "Not used",
    defined_in: Source::Unassigned,
    meaning: "Codes below 1000 are not used, and no close message may carry them. Browsers report them all the same.",
    gist: "The sender has a fault",
    for_drp: "The sender has a fault. The portal treats it as a cut connection and reconnects.",
    on_the_wire: Wire::Never,
    remedy: &["If it happens again, send the report to whoever runs the endpoint or the proxy."],
    ..ORDINARY
};

pub(super) static PROTOCOL: CloseCodeRow = CloseCodeRow {
    code: 1016,
    name: "Unassigned (protocol)",
    defined_in: Source::Unassigned,
    meaning: "Kept for later versions of the WebSocket protocol and its extensions.",
    gist: "No meaning for DRP: read its reason",
    for_drp: "DRP has no meaning for it. Read the reason that came with it.",
    remedy: &["Look for this number in the documentation of the endpoint and of the proxy in front of it."],
    ..ORDINARY
};

pub(super) static LIBRARY: CloseCodeRow = CloseCodeRow {
    code: 3001,
    name: "Unassigned (libraries)",
    defined_in: Source::Unassigned,
    meaning: "Kept for libraries and frameworks, which register their codes with IANA.",
    gist: "No meaning for DRP: read its reason",
    for_drp: "DRP has no meaning for it. Read the reason that came with it.",
    page_may_send: true,
    remedy: &["Look for this number in the documentation of the endpoint and of the proxy in front of it."],
    ..ORDINARY
};

pub(super) static PRIVATE: CloseCodeRow = CloseCodeRow {
    code: 4000,
    name: "Private use",
    defined_in: Source::Unassigned,
    meaning: "For private use between an application and its server. Nobody registers these codes.",
    gist: "Private use; 4000 is the portal's own, for a silent connection",
    for_drp: "DRP has no meaning for it. Read the reason that came with it. The portal itself uses 4000 when it gives up a connection that no longer answers.",
    page_may_send: true,
    remedy: &["Look for this number in the documentation of the endpoint and of the proxy in front of it."],
    ..ORDINARY
};

pub(super) static OUTSIDE: CloseCodeRow = CloseCodeRow {
    code: 5000,
    name: "Outside the registry",
    defined_in: Source::Unassigned,
    meaning: "Codes from 5000 on do not exist, and no close message may carry them. Browsers report them all the same.",
    gist: "The sender has a fault",
    for_drp: "The sender has a fault. The portal treats it as a cut connection and reconnects.",
    on_the_wire: Wire::Never,
    remedy: &["If it happens again, send the report to whoever runs the endpoint or the proxy."],
    ..ORDINARY
};
