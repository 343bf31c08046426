//! The one table of WebSocket close codes. The page, the dialog, the retry policy and the tests read it.
//!
//! Sources: RFC 6455 section 7.4, the IANA "WebSocket Close Code Number Registry", the WHATWG WebSockets standard (what
//! a page may send and see), and the knowledge-base article on portal connectivity for the aliases and what a code
//! means for DRP, corrected where it errs.

mod search;
mod table;

pub use search::matches;
pub use table::CLOSE_CODES;

use serde::{Deserialize, Serialize};

/// The longest reason that a close frame can carry, in bytes of UTF-8: 125 bytes of a control frame less the code.
pub const REASON_LIMIT: usize = 123;

/// As much of a reason as a close frame can carry: what a browser or its storage hands over may be longer.
pub fn within_limit(mut reason: String) -> String {
    reason.truncate(reason.floor_char_boundary(REASON_LIMIT));
    reason
}

/// A close code as it reached the page: any `u16`, because illegal ones do arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CloseCode(pub u16);

impl CloseCode {
    /// 1000, the only code below 3000 that a page may send.
    pub const NORMAL: Self = Self(1000);
    /// 1001, with which a browser ends the sockets of a page that is being left.
    pub const GOING_AWAY: Self = Self(1001);
    /// 1006, which stands for an end of which the browser tells nothing.
    pub const ABNORMAL: Self = Self(1006);
    /// 1015, which Firefox gives to a page where it refused the endpoint's TLS or certificate; no other browser does.
    pub const TLS_HANDSHAKE: Self = Self(1015);
    /// 1009, DRP's answer to a command over 512 bytes.
    pub const MESSAGE_TOO_BIG: Self = Self(1009);

    /// The row for this code: its own if it has one, else that of its range.
    pub fn row(self) -> &'static CloseCodeRow {
        let own = CLOSE_CODES.binary_search_by_key(&self.0, |row| row.code).ok();
        own.and_then(|index| CLOSE_CODES.get(index)).unwrap_or_else(|| Range::of(self).row())
    }

    /// What the portal does after it: the row's own field, without the sentences of the table. The alarm decides by it, and is
    /// there before the sentences are.
    pub fn retry(self) -> Retry {
        let own = RETRIES.binary_search_by_key(&self.0, |(code, _)| *code).ok();
        own.and_then(|index| RETRIES.get(index)).map_or_else(|| Range::of(self).retry(), |(_, retry)| *retry)
    }

    /// Whether it can end a connection to DRP in ordinary use: these stand first in the table.
    pub fn is_usual(self) -> bool {
        matches!(self.0, 1000 | 1001 | 1005 | 1006 | 1008 | 1009 | 1011..=1013 | 1015 | 4000)
    }

    /// The registered name, or what its range is for: the row's own field, without the sentences of the table.
    pub fn name(self) -> &'static str {
        self.head().1
    }

    /// The code of its row: itself, or the first one of its range.
    pub fn row_code(self) -> u16 {
        self.head().0
    }

    fn head(self) -> (u16, &'static str) {
        let own = HEADS.binary_search_by_key(&self.0, |(code, _)| *code).ok();
        own.and_then(|index| HEADS.get(index)).copied().unwrap_or_else(|| Range::of(self).head())
    }
}

/// Each code of the table with what is done after it.
static RETRIES: [(u16, Retry); CLOSE_CODES.len()] = {
    let mut retries = [(0, Retry::Backoff); CLOSE_CODES.len()];
    let mut index = 0;
    while index < retries.len() {
        #[allow(clippy::indexing_slicing, reason = "an index that is too high does not compile")]
        {
            retries[index] = (CLOSE_CODES[index].code, CLOSE_CODES[index].retry);
        }
        index += 1;
    }
    retries
};

/// Each code of the table with its name: what is on the overview.
static HEADS: [(u16, &str); CLOSE_CODES.len()] = {
    let mut heads = [(0, ""); CLOSE_CODES.len()];
    let mut index = 0;
    while index < heads.len() {
        #[allow(clippy::indexing_slicing, reason = "an index that is too high does not compile")]
        {
            heads[index] = (CLOSE_CODES[index].code, CLOSE_CODES[index].name);
        }
        index += 1;
    }
    heads
};

impl core::fmt::Display for CloseCode {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

/// One row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct CloseCodeRow {
    /// The code, or the first one of a range.
    pub code: u16,
    /// The registered name; for a range, what it is for.
    pub name: &'static str,
    /// The knowledge-base article's name for it, so that a search for it finds the row.
    pub alias: Option<&'static str>,
    /// Where the code is defined.
    pub defined_in: Source,
    /// What the code means by its definition.
    pub meaning: &'static str,
    /// The same for a connection to DRP, in one short line.
    pub gist: &'static str,
    /// What it means when it ends a connection to DRP.
    pub for_drp: &'static str,
    /// Whether it can stand in a close frame.
    pub on_the_wire: Wire,
    /// Whether `WebSocket.close()` takes it from a page.
    pub page_may_send: bool,
    /// Whether this portal ever sees it.
    pub seen: Seen,
    /// What the portal does after it.
    pub retry: Retry,
    /// What a person can do, in order.
    pub remedy: &'static [&'static str],
}

/// Where a close code is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// RFC 6455, section 7.4.1.
    Rfc6455,
    /// Only in the IANA registry.
    Iana,
    /// Nowhere: a range of RFC 6455 section 7.4.2.
    Unassigned,
}

impl Source {
    /// The name as the table shows it.
    pub fn label(self) -> &'static str {
        match self {
            Source::Rfc6455 => "RFC 6455",
            Source::Iana => "IANA registry",
            Source::Unassigned => "Not assigned",
        }
    }
}

/// Whether a code can stand in a close frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// Either side may send it.
    Yes,
    /// Only the client sends it to the server.
    FromClient,
    /// Never: the browser makes it up to describe what happened, or nothing may use it.
    Never,
}

impl Wire {
    /// The words of the table.
    pub fn label(self) -> &'static str {
        match self {
            Wire::Yes => "Yes",
            Wire::FromClient => "Only from client to server",
            Wire::Never => "Never",
        }
    }
}

/// Whether this portal ever sees a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// In ordinary use of DRP.
    Often,
    /// From a proxy, a newer endpoint, or when something is broken.
    Possible,
    /// The same; WebKitGTK gives 1006 to a page in its place.
    NotInWebKitGtk,
    /// In Firefox, which gives it to a page for every certificate that it refuses; the others give 1006.
    InFirefox,
}

impl Seen {
    /// The words of the table.
    pub fn label(self) -> &'static str {
        match self {
            Seen::Often => "Often",
            Seen::Possible => "Possible",
            Seen::NotInWebKitGtk => "Possible; WebKitGTK browsers give 1006 instead",
            Seen::InFirefox => "Often in Firefox; other browsers give 1006 instead",
        }
    }
}

/// What the portal does after a connection ended with a code. [`crate::policy`] turns it into waiting times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Backoff with full jitter, as long as the page is visible.
    Backoff,
    /// Backoff, but a person is asked after [`crate::policy::BOUNDED_TRIES`] losses of this code in a row.
    Bounded,
    /// After a random 5–30 s: the endpoint said that it restarts.
    Restart,
    /// Not before 60 s: the endpoint said that it has too much to do.
    Overload,
    /// Not by itself: a person must sign in.
    SignIn,
    /// Not by itself: the account lacks a right.
    Rights,
}

impl Retry {
    /// The words of the table.
    pub fn label(self) -> &'static str {
        match self {
            Retry::Backoff => "Reconnects on its own",
            Retry::Bounded => "Reconnects on its own a few times, then asks you",
            Retry::Restart => "Reconnects on its own after 5 to 30 s",
            Retry::Overload => "Reconnects on its own after 60 s or more",
            Retry::SignIn => "Waits until you sign in",
            Retry::Rights => "Waits until you sign in with the rights it needs",
        }
    }

    /// The same in a word or two.
    pub fn short(self) -> &'static str {
        match self {
            Retry::Backoff | Retry::Restart | Retry::Overload => "Reconnects",
            Retry::Bounded => "Reconnects, then asks",
            Retry::SignIn => "Sign in",
            Retry::Rights => "Asks you",
        }
    }
}

/// The ranges of RFC 6455 section 7.4.2, for codes without a row of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// 0–999.
    NotUsed,
    /// 1000–2999 without a row.
    Protocol,
    /// 3000–3999 without a row.
    Library,
    /// 4000–4999.
    Private,
    /// 5000–65535.
    Outside,
}

impl Range {
    /// All ranges, in order.
    pub const ALL: [Self; 5] = [Self::NotUsed, Self::Protocol, Self::Library, Self::Private, Self::Outside];

    /// The range a code lies in.
    pub fn of(code: CloseCode) -> Self {
        match code.0 {
            0..=999 => Self::NotUsed,
            1000..=2999 => Self::Protocol,
            3000..=3999 => Self::Library,
            4000..=4999 => Self::Private,
            5000.. => Self::Outside,
        }
    }

    /// First and last code of the range that can lack a row of their own.
    pub fn bounds(self) -> (u16, u16) {
        match self {
            Self::NotUsed => (0, 999),
            Self::Protocol => (1016, 2999),
            Self::Library => (3000, 3999),
            Self::Private => (4000, 4999),
            Self::Outside => (5000, u16::MAX),
        }
    }

    fn head(self) -> (u16, &'static str) {
        static OF_RANGES: [(u16, &str); 5] = [
            (table::NOT_USED.code, table::NOT_USED.name),
            (table::PROTOCOL.code, table::PROTOCOL.name),
            (table::LIBRARY.code, table::LIBRARY.name),
            (table::PRIVATE.code, table::PRIVATE.name),
            (table::OUTSIDE.code, table::OUTSIDE.name),
        ];
        OF_RANGES.get(self as usize).copied().unwrap_or_default()
    }

    /// What is done after a code of the range without a row of its own.
    fn retry(self) -> Retry {
        static OF_RANGES: [Retry; 5] = [
            table::NOT_USED.retry,
            table::PROTOCOL.retry,
            table::LIBRARY.retry,
            table::PRIVATE.retry,
            table::OUTSIDE.retry,
        ];
        OF_RANGES.get(self as usize).copied().unwrap_or(Retry::Backoff)
    }

    /// The row that stands for every code of the range without one of its own.
    pub fn row(self) -> &'static CloseCodeRow {
        match self {
            Self::NotUsed => &table::NOT_USED,
            Self::Protocol => &table::PROTOCOL,
            Self::Library => &table::LIBRARY,
            Self::Private => &table::PRIVATE,
            Self::Outside => &table::OUTSIDE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;
    use crate::time::SECOND;

    #[test]
    fn what_is_done_after_a_code_is_what_its_row_says() {
        for code in 0..=u16::MAX {
            assert_eq!(CloseCode(code).retry(), CloseCode(code).row().retry, "{code}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_complete() {
        let codes: Vec<u16> = CLOSE_CODES.iter().map(|row| row.code).collect();
        let mut expected: Vec<u16> = (1000..=1015).collect();
        expected.extend([3000, 3003, 3008]);
        assert_eq!(codes, expected);
    }

    #[test]
    fn every_code_has_an_answer() {
        for code in 0..=u16::MAX {
            let row = CloseCode(code).row();
            assert!(!row.name.is_empty() && !row.meaning.is_empty() && !row.for_drp.is_empty(), "{code}");
            assert!(!row.remedy.is_empty(), "{code}");
            let own = row.code == code;
            let (first, last) = Range::of(CloseCode(code)).bounds();
            assert!(own || (first..=last).contains(&code), "{code} lies outside the bounds of its range");
        }
    }

    #[test]
    fn the_labels_name_the_waits_of_the_policy() {
        let seconds = |ms: u64| (ms / SECOND).to_string();
        let (low, high) = policy::RESTART_WAIT;
        assert!(Retry::Restart.label().ends_with(&format!("{} to {} s", seconds(low), seconds(high))));
        let restart = CloseCode(1012).row();
        assert!(restart.meaning.contains(&format!("{} to {} seconds", seconds(low), seconds(high))));
        assert!(Retry::Overload.label().contains(&format!("{} s or more", seconds(policy::OVERLOAD_WAIT.0))));
        for (code, (low, high)) in [(1012, policy::RESTART_WAIT), (1013, policy::OVERLOAD_WAIT)] {
            let says = format!("after {} to {} s", seconds(low), seconds(high));
            assert!(CloseCode(code).row().remedy.iter().any(|step| step.contains(&says)), "{code}: {says}");
        }
    }

    #[test]
    fn a_gist_is_one_short_line() {
        for row in CLOSE_CODES.iter().chain(Range::ALL.map(Range::row)) {
            assert!((8..=64).contains(&row.gist.chars().count()), "{}: {}", row.code, row.gist);
            assert!(row.gist.starts_with(char::is_uppercase) && !row.gist.ends_with('.'), "{}", row.gist);
        }
    }

    #[test]
    fn a_page_may_send_only_1000_and_3000_to_4999() {
        for code in 0..=u16::MAX {
            assert_eq!(CloseCode(code).row().page_may_send, code == 1000 || (3000..5000).contains(&code), "{code}");
        }
    }

    #[test]
    fn codes_that_browsers_make_up_are_never_on_the_wire() {
        for code in [1004, 1005, 1006, 1015] {
            assert_eq!(CloseCode(code).row().on_the_wire, Wire::Never, "{code}");
        }
    }

    #[test]
    fn the_article_names_are_aliases() {
        let aliased = CLOSE_CODES.iter().filter(|row| row.alias.is_some()).map(|row| row.code);
        assert_eq!(aliased.collect::<Vec<_>>(), [(1000..=1003).collect::<Vec<_>>(), (1005..=1015).collect()].concat());
    }

    #[test]
    fn iana_codes_are_not_claimed_for_the_rfc() {
        for row in CLOSE_CODES {
            let iana = matches!(row.code, 1012..=1014 | 3000..);
            assert_eq!(row.defined_in == Source::Iana, iana, "{}", row.code);
        }
    }
}
