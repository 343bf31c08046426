//! The one list of faults: what each does and what it takes. The control's list, its parser and its page of buttons are
//! all made from it, so that adding a fault is adding a variant and an entry.

use serde::Serialize;

/// One fault, for people and programs.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// The word that sets it.
    pub id: &'static str,
    /// What it does.
    pub line: &'static str,
    /// What it takes besides its id.
    pub params: &'static [Param],
}

/// A parameter of a fault; one that is left out has its default.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Param {
    /// Its key in the JSON body.
    pub name: &'static str,
    /// What it does, with its unit.
    pub about: &'static str,
    /// What it may be.
    #[serde(flatten)]
    pub allowed: Allowed,
}

/// The values that a parameter may have.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields say it")]
pub enum Allowed {
    /// A whole number within bounds, both included.
    Number { default: u64, min: u64, max: u64 },
    /// One of a few words.
    Word { default: &'static str, one_of: &'static [&'static str] },
    /// One of a few HTTP statuses.
    Status { default: u16, one_of: &'static [u16] },
    /// True or false.
    Flag { default: bool },
    /// Text of at most so many bytes.
    Text { default: &'static str, max_bytes: usize },
}

/// Whether the connections that stand are cut. The parser takes it out before the fault itself is read.
pub(crate) const CUT: Param = Param {
    name: "cut",
    about: "also cut the connections that stand, so that the fault is met at once",
    allowed: Allowed::Flag { default: true },
};

const CORS: Param = Param {
    name: "cors",
    about: "whether the answer carries Access-Control-Allow-Origin, so that a page may read it",
    allowed: Allowed::Flag { default: false },
};

const fn plain(id: &'static str, line: &'static str) -> Entry {
    Entry { id, line, params: &[CUT] }
}

const fn number(name: &'static str, about: &'static str, default: u64, min: u64, max: u64) -> Param {
    Param { name, about, allowed: Allowed::Number { default, min, max } }
}

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
    plain("expired", "The certificate expired a week ago."),
    plain("not-yet-valid", "The certificate is valid from next week on."),
    plain("self-signed", "A fresh self-signed certificate as DRP makes by default, accepted in no browser yet."),
    plain("unknown-ca", "The certificate is signed by a private authority, whose own certificate is sent along."),
    plain("wrong-name", "The certificate is for drp.elsewhere.example and 192.0.2.10 only."),
    plain("replaced", "The certificate is another one than before; the old one returns when the fault is cleared."),
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
        id: "flapping",
        line: "Sockets open and are cut again within moments.",
        params: &[number("up_ms", "time that a socket stays up, in milliseconds", 500, 0, 60_000)],
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
    fn ids_are_unique_and_in_lower_case() {
        for (index, entry) in FAULTS.iter().enumerate() {
            assert!(entry.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", entry.id);
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
