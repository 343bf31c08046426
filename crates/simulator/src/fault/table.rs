//! The one list of faults: what each does and its parameters. The control's list, its parser and its page of buttons are
//! derived from it: adding a fault is adding a variant and an entry.

use super::entry::{Allowed, CORS, CUT, Entry, KIND_NAMES, Param, flag, location, number, plain, word};

/// Every fault, in the order in which the page shows them.
pub const FAULTS: &[Entry] = &[
    Entry { id: "down", line: "Nothing listens: the port is closed and every connection cut.", params: &[] },
    Entry {
        id: "no-answer",
        line: "Connections are accepted, then nothing answers.",
        params: &[
            CUT,
            Param {
                name: "stage",
                about: "tcp: not a byte comes back; upgrade: TLS and HTTP answer, the WebSocket upgrade does not",
                allowed: Allowed::Word { default: "tcp", one_of: &["tcp", "upgrade"] },
            },
        ],
    },
    Entry {
        id: "accept-then-close",
        line: "Connections are accepted and ended before a byte, as by a port mapper in front of nothing.",
        params: &[CUT, word("how", "fin: closed in order; reset: torn down", "fin", &["fin", "reset"])],
    },
    Entry {
        id: "some-addresses",
        line: "Something else listens on the same port of [::1], the other address of localhost.",
        params: &[
            CUT,
            word("says", "what the second address does with a connection", "silent", &["silent", "ssh", "reset"]),
        ],
    },
    plain("expired", "The certificate expired a week ago."),
    plain("not-yet-valid", "The certificate is valid from next week on."),
    plain("self-signed", "A fresh self-signed certificate as DRP makes by default, accepted in no browser yet."),
    plain("unknown-ca", "The certificate is signed by a private authority, whose own certificate is sent along."),
    plain("wrong-name", "The certificate is for drp.elsewhere.example and 192.0.2.10 only."),
    plain("replaced", "The certificate is another one than before; the old one returns when the fault is cleared."),
    Entry {
        id: "certificate",
        line: "The endpoint shows a certificate of another kind; GET / lists the kinds.",
        params: &[CUT, word("kind", "the kind of certificate", "self-signed", &KIND_NAMES)],
    },
    Entry {
        id: "client-certificate",
        line: "The TLS handshake requests a certificate of the client.",
        params: &[CUT, flag("required", "whether a client without one is refused", false)],
    },
    Entry {
        id: "wrong-site",
        line: "A proxy that knows one server name only.",
        params: &[
            CUT,
            Param {
                name: "known",
                about: "the name that it knows; the endpoint is there",
                allowed: Allowed::Text { default: "drp.known.example", max_bytes: 253 },
            },
            word(
                "others",
                "what other names meet: the alert unrecognized_name, or Traefik's default certificate and 404",
                "alert",
                &["alert", "default-certificate"],
            ),
        ],
    },
    Entry {
        id: "large-hello",
        line: "A device in between cannot handle a TLS greeting of more than one packet.",
        params: &[
            CUT,
            number("limit", "the largest first packet that passes, in bytes", 1_400, 100, 65_536),
            word("then", "what larger ones meet: a reset, or nothing at all", "reset", &["reset", "stall"]),
        ],
    },
    Entry {
        id: "large-packets",
        line: "Large packets to the client are lost, and everything after them, as with a wrong MTU.",
        params: &[
            CUT,
            number("limit", "the largest write that arrives, in bytes", 1_300, 1, 1_000_000),
            word("from", "from when on: the first byte, or the upgrade", "upgrade", &["start", "upgrade"]),
        ],
    },
    plain("proxy-protocol", "The port demands a PROXY protocol header and ends every connection without one."),
    plain("plain-http", "The port speaks HTTP without TLS."),
    Entry {
        id: "other-protocol",
        line: "The port greets with another protocol's banner.",
        params: &[
            CUT,
            Param {
                name: "banner",
                about: "the greeting, without its end of line",
                allowed: Allowed::Text { default: "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3", max_bytes: 255 },
            },
        ],
    },
    plain("old-tls", "Every TLS greeting is answered with the alert protocol_version, as by a server that is too old."),
    plain("http2", "HTTP/2 is offered with WebSockets over it, and every such WebSocket is refused with 501."),
    plain("sign-in", "The upgrade and every call are answered 401 as without credentials, whatever they carry."),
    plain("token-expired", "All tokens given out so far are void, and the upgrade is 403 without a newer one."),
    plain("no-rights", "Signing in works, but the upgrade and every call are 403 for want of rights."),
    Entry {
        id: "not-drp",
        line: "Another web server answers: 404 and a page of HTML on every address.",
        params: &[CUT, CORS],
    },
    Entry {
        id: "bad-gateway",
        line: "A proxy answers every address because it cannot reach DRP.",
        params: &[
            CUT,
            Param {
                name: "status",
                about: "the HTTP status",
                allowed: Allowed::Status { default: 502, one_of: &[502, 503, 504] },
            },
            CORS,
        ],
    },
    Entry {
        id: "cloudflare",
        line: "Cloudflare answers every address because it cannot reach DRP.",
        params: &[
            CUT,
            Param {
                name: "status",
                about: "its own HTTP status; 525 and 526 are about DRP's certificate",
                allowed: Allowed::Status { default: 525, one_of: &[520, 521, 522, 523, 524, 525, 526] },
            },
        ],
    },
    Entry {
        id: "too-many",
        line: "A limit of requests is reached: every address answers with a Retry-After header.",
        params: &[
            CUT,
            Param {
                name: "status",
                about: "the HTTP status",
                allowed: Allowed::Status { default: 429, one_of: &[429, 503] },
            },
            number("retry_after", "the value of Retry-After, in seconds", 30, 0, 86_400),
            CORS,
        ],
    },
    Entry {
        id: "login-wall",
        line: "A sign-in page stands in front: every address answers 302 to another host.",
        params: &[CUT, location("where it leads", "https://login.example/oauth2/start")],
    },
    Entry {
        id: "moved",
        line: "The endpoint has moved: every address leads to the same path elsewhere.",
        params: &[
            CUT,
            Param {
                name: "status",
                about: "the HTTP status",
                allowed: Allowed::Status { default: 301, one_of: &[301, 302, 307, 308] },
            },
            location("the new origin, without a path", "https://drp.moved.example:8092"),
        ],
    },
    plain("captive-portal", "Every address answers 200 with a page that asks to sign in to the network."),
    Entry {
        id: "firewall",
        line: "A web firewall (Server: cloudflare) answers 403 with a page, or ends sockets.",
        params: &[
            CUT,
            word(
                "scope",
                "all: every request; upgrade: the upgrade only; late: sockets end after some seconds in use",
                "all",
                &["all", "upgrade", "late"],
            ),
            number("seconds", "for late: the age at which a socket ends, in seconds", 3, 1, 3_600),
        ],
    },
    plain("origin-refused", "The upgrade is 403 when it has an Origin whose host and port are not those of Host."),
    Entry {
        id: "head-too-large",
        line: "A request whose head is too large is refused.",
        params: &[
            CUT,
            number("limit", "the longest head that passes, in bytes", 2_600, 100, 65_536),
            word("answer", "what larger ones meet", "431", &["400", "413", "414", "431", "reset"]),
        ],
    },
    Entry {
        id: "exact-connection",
        line: "The upgrade is refused unless its Connection header is exactly \"Upgrade\".",
        params: &[
            CUT,
            Param {
                name: "status",
                about: "the HTTP status",
                allowed: Allowed::Status { default: 426, one_of: &[200, 400, 426] },
            },
        ],
    },
    Entry {
        id: "no-upgrade",
        line: "A proxy that knows no WebSocket answers the upgrade; all else works.",
        params: &[
            CUT,
            Param {
                name: "status",
                about: "the HTTP status",
                allowed: Allowed::Status { default: 200, one_of: &[200, 426] },
            },
        ],
    },
    Entry {
        id: "odd-upgrade",
        line: "The upgrade is answered 101, against the rules of the opening handshake.",
        params: &[
            CUT,
            word(
                "how",
                "a wrong Sec-WebSocket-Accept, or a subprotocol or an extension that was not offered",
                "wrong-accept",
                &["wrong-accept", "protocol", "extension"],
            ),
        ],
    },
    Entry {
        id: "hsts",
        line: "All is well, and every answer has a Strict-Transport-Security header.",
        params: &[CUT, number("max_age", "its max-age, in seconds; 0 ends it", 31_536_000, 0, 63_072_000)],
    },
    plain(
        "clock-skew",
        "The upgrade, token requests and calls with a token are 400 \"Bad Request\", as by clocks apart.",
    ),
    Entry {
        id: "slow",
        line: "The upgrade is answered late.",
        params: &[CUT, number("delay_ms", "delay before the upgrade is answered, in milliseconds", 5_000, 0, 120_000)],
    },
    Entry {
        id: "silence",
        line: "Half-open: nothing is read or written on open connections any more, and none is closed.",
        params: &[Param {
            name: "new_connections",
            about: "hang: they are silent from the start; work: only what was open is dead",
            allowed: Allowed::Word { default: "hang", one_of: &["hang", "work"] },
        }],
    },
    Entry {
        id: "idle-cut",
        line: "Something between cuts every socket at the same age, again and again.",
        params: &[number("seconds", "age at which a socket is cut, in seconds", 30, 1, 3_600)],
    },
    Entry {
        id: "cut-in-use",
        line: "Something in between cuts every socket at the same age although events flow.",
        params: &[number("seconds", "age at which a socket is cut, in seconds", 6, 1, 3_600)],
    },
    Entry {
        id: "flapping",
        line: "Sockets open and are cut again within moments.",
        params: &[number("up_ms", "time that a socket stays up, in milliseconds", 500, 0, 60_000)],
    },
    Entry {
        id: "altered-frames",
        line: "A proxy alters the data: a frame with a reserved bit follows the upgrade.",
        params: &[CUT, number("after_ms", "when the frame comes, in milliseconds after the upgrade", 2_000, 0, 60_000)],
    },
    Entry {
        id: "too-large",
        line: "The endpoint takes shorter commands than DRP does, and closes with 1009 on the portal's own.",
        params: &[CUT, number("limit", "the longest command that is taken, in bytes", 8, 1, 512)],
    },
    plain("endless-headers", "Hostile: an HTTP answer whose headers never end."),
    Entry {
        id: "slow-drip",
        line: "Hostile: an HTTP answer that comes one byte at a time.",
        params: &[CUT, number("every_ms", "time between two bytes, in milliseconds", 1_000, 1, 60_000)],
    },
    plain("redirect-flood", "Hostile: every address redirects to yet another one."),
    plain("wrong-content-type", "Hostile: every address answers 200 with markup that calls itself a picture."),
    Entry {
        id: "lying-length",
        line: "Hostile: an answer that announces far more than it sends, and stays open.",
        params: &[CUT, number("claimed", "the Content-Length announced, in bytes", 1_000_000_000, 100, u64::MAX)],
    },
    Entry {
        id: "huge-certificate",
        line: "Hostile: a certificate with thousands of names.",
        params: &[
            CUT,
            number("names", "how many; beyond about 2,700 many clients find it too large", 2_000, 1, 20_000),
        ],
    },
    plain("broken-der", "Hostile: the certificate is bytes that are none."),
    plain(
        "markup-names",
        "Hostile: the certificate's names are markup, control characters and text that runs backwards.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_in_kebab_case() {
        for (index, entry) in FAULTS.iter().enumerate() {
            assert!(entry.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", entry.id);
            assert!(FAULTS.iter().skip(index + 1).all(|other| other.id != entry.id), "{} stands twice", entry.id);
        }
    }

    #[test]
    fn every_line_is_one_sentence_to_the_point() {
        for entry in FAULTS {
            assert!(entry.line.ends_with('.') && entry.line.len() < 120, "{}", entry.id);
        }
    }
}
