//! What each browser writes and what it stands for: codes, numbered errors and plain sentences.

mod chromium;
mod firefox;
mod safari;
mod sentences;

use super::Bypass;
use crate::cause::Cause;

/// Signs that mean the same.
#[derive(Debug)]
pub(super) struct Row {
    /// Codes, separated by spaces; or sentences, separated by `|`. A code that ends in `*` stands for all that begin so.
    pub(super) signs: &'static str,
    /// What they can stand for, the likeliest first; empty where they say nothing about the live connection.
    pub(super) causes: &'static [Cause],
    /// Whether the browser's own page offers a way past it.
    pub(super) bypass: Bypass,
    /// What helps to tell the causes apart, or what else to know; may be empty.
    pub(super) hint: &'static str,
}

/// Numbers of one kind of error that mean the same.
#[derive(Debug)]
pub(super) struct Numbers {
    /// The family.
    pub(super) kind: Kind,
    /// The numbers.
    pub(super) numbers: &'static [i32],
    /// What they stand for; its signs are the names of the numbers.
    pub(super) row: Row,
}

/// A family of numbered errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Apple's secure transport and certificate errors.
    OsStatus,
    /// Apple's loading errors.
    NsUrl,
    /// The layer below those.
    CfNetwork,
    /// The system's own.
    Posix,
    /// The HTTP status that answered the upgrade.
    Status,
}

impl Kind {
    /// Every family.
    pub(super) const ALL: [Self; 5] = [Self::OsStatus, Self::NsUrl, Self::CfNetwork, Self::Posix, Self::Status];

    /// How the line names the family, in lower case.
    pub(super) fn names(self) -> &'static [&'static str] {
        match self {
            Self::OsStatus => &["osstatus", "errssl", "kcfstreamerrordomainssl"],
            Self::NsUrl => &["nsurlerror", "kcfurlerror"],
            Self::CfNetwork => &["kcferrordomaincfnetwork"],
            Self::Posix => &["nsposixerror", "kcferrordomainposix", "posix", "errno"],
            Self::Status => &["unexpected response code:", "handshake: unexpected status"],
        }
    }

    /// What stands before the number where the sign is shown.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::OsStatus => "OSStatus",
            Self::NsUrl => "NSURLErrorDomain",
            Self::CfNetwork => "kCFErrorDomainCFNetwork",
            Self::Posix => "NSPOSIXErrorDomain",
            Self::Status => "Unexpected response code:",
        }
    }
}

/// Every code, of all browsers.
pub(super) fn codes() -> impl Iterator<Item = &'static Row> {
    chromium::CODES.iter().chain(firefox::CODES)
}

/// Every numbered error.
pub(super) fn numbers() -> impl Iterator<Item = &'static Numbers> {
    sentences::STATUSES.iter().chain(safari::NUMBERS)
}

/// The plain sentences, those that tell more before those that tell less.
pub(super) fn sentences() -> impl Iterator<Item = &'static Row> {
    sentences::TELLING.iter().chain(sentences::BROAD)
}

/// Whether a sentence leaves open what went wrong, so that whatever else the paste holds counts more.
pub(super) fn is_broad(row: &Row) -> bool {
    sentences::BROAD.iter().any(|broad| core::ptr::eq(broad, row))
}

/// About the way to the endpoint, or about what answers there: no page asks whether to go on.
const fn plain(signs: &'static str, causes: &'static [Cause]) -> Row {
    Row { signs, causes, bypass: Bypass::NotAsked, hint: "" }
}

/// A certificate error whose page has a way on.
const fn offered(signs: &'static str, causes: &'static [Cause]) -> Row {
    Row { signs, causes, bypass: Bypass::Offered, hint: "" }
}

/// A certificate or TLS error whose page has none.
const fn refused(signs: &'static str, causes: &'static [Cause]) -> Row {
    Row { signs, causes, bypass: Bypass::Refused, hint: "" }
}

/// Says nothing about the live connection.
const fn nothing(signs: &'static str, hint: &'static str) -> Row {
    Row { signs, causes: &[], bypass: Bypass::NotAsked, hint }
}

impl Row {
    const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }
}

const fn numbered(kind: Kind, numbers: &'static [i32], row: Row) -> Numbers {
    Numbers { kind, numbers, row }
}

// What more than one browser says.
const CLOCK: &str = "If the dates of the certificate are right, this computer's clock is not.";
const NO_ROUTE: &str = "This computer finds no way to the endpoint: a VPN that is off, another network, or an address that is not in use. On macOS the browser also needs “Local Network” in System Settings, Privacy & Security.";
const CUT_IN_HANDSHAKE: &str = "If nothing answers on the port for anybody, the service behind it is not running. If other browsers get through, a device in between cannot take this one's TLS greeting.";
const KEY_KIND: &str =
    "If the endpoint has TLS 1.2, its key is of a kind that browsers do not take, such as P-521 or Ed25519.";
const UNKNOWN_NAME: &str =
    "A proxy in front of DRP has no route for this name. A DNS record of type HTTPS from outside can lead here, too.";
const REWRITES: &str =
    "A security program, proxy or firewall in between alters TLS, or the endpoint's TLS library has a fault.";
const ALPN: &str =
    "What answers does not offer HTTP/1.1, which a WebSocket needs: look at the ALPN setting of the proxy.";
