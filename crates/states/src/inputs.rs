//! What an address may say of a state. One ordered table of fields: reading, writing, the gallery's controls and the
//! manifest are made from it.

use connection::cause::Cause;
use connection::close_code::{CloseCode, REASON_LIMIT};
use connection::endpoint::Endpoint;
use connection::probe::{NAMES_LIMIT, TEXT_LIMIT};
use connection::client::Browser;

/// What the address says; what it leaves out is as the state has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    /// The endpoint.
    pub endpoint: Option<Endpoint>,
    /// The close code that ended the connection.
    pub code: Option<CloseCode>,
    /// The endpoint's reason, at most 123 bytes.
    pub reason: Option<String>,
    /// The number of the next try, from 1.
    pub attempt: Option<u32>,
    /// Whole seconds until the next try.
    pub seconds: Option<u32>,
    /// What is wrong.
    pub cause: Option<Cause>,
    /// From where the cause was looked for.
    pub vantage: Option<Vantage>,
    /// Days until the certificate ends; negative once it has.
    pub days: Option<i32>,
    /// The certificate's issuer.
    pub issuer: Option<String>,
    /// The names in the certificate.
    pub names: Option<Vec<String>>,
    /// Losses before this one.
    pub losses: Option<u32>,
    /// Messages in the feed.
    pub events: Option<u32>,
    /// The person's browser, where the way through differs.
    pub browser: Option<Browser>,
    /// How it is displayed.
    pub appearance: Appearance,
}

/// How a state is displayed; none of it changes what the state is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// Light or dark; as the system has it if absent.
    pub theme: Option<Theme>,
    /// As the system has it if absent.
    pub motion: Option<Motion>,
    /// As the system has it if absent.
    pub contrast: Option<Contrast>,
    /// Width of the screen in CSS pixels; as wide as there is room if absent.
    pub width: Option<u32>,
    /// The direction of the text.
    pub direction: Option<Direction>,
    /// Whether time runs; still if absent.
    pub time: Option<Time>,
    /// Whether the gallery stands around the state; it does if absent.
    pub chrome: Option<Chrome>,
}

impl Appearance {
    fn or(self, other: Self) -> Self {
        Self {
            theme: self.theme.or(other.theme),
            motion: self.motion.or(other.motion),
            contrast: self.contrast.or(other.contrast),
            width: self.width.or(other.width),
            direction: self.direction.or(other.direction),
            time: self.time.or(other.time),
            chrome: self.chrome.or(other.chrome),
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Theme {
    Light,
    Dark,
}

/// Whether things may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Motion {
    Reduce,
}

/// How much things stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Contrast {
    More,
}

/// Where lines begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Direction {
    Ltr,
    Rtl,
}

/// Whether time runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// The state stays as it is.
    Still,
    /// The machine goes on, in a world in which nothing answers.
    Run,
}

/// Whether the gallery stands around a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Chrome {
    On,
    Off,
}

/// From where the cause was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vantage {
    /// The page and the portal's server.
    Server,
    /// The page alone, because its server is away.
    Page,
}

/// One field of the address.
pub struct Field {
    /// Its key in the query.
    pub key: &'static str,
    /// What a control for it is called.
    pub label: &'static str,
    /// What it takes.
    pub kind: FieldKind,
    /// Reads a value; false for one that it does not take.
    read: fn(&mut Inputs, &str) -> bool,
    /// The value as the address has it, if there is one.
    write: fn(&Inputs) -> Option<String>,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A whole number, bounds included.
    Number {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The id of a cause.
    Cause,
    /// Text of at most so many bytes.
    Text(usize),
    /// The address of an endpoint.
    Endpoint,
}

impl FieldKind {
    /// What would be right, to follow “takes”.
    pub fn expected(self) -> String {
        match self {
            FieldKind::Number { min, max } => format!("a whole number from {min} to {max}"),
            FieldKind::Choice(words) => words.join(" or "),
            FieldKind::Cause => "a cause, such as expired, self-signed or down".to_owned(),
            FieldKind::Text(limit) => format!("text of at most {limit} bytes"),
            FieldKind::Endpoint => "an endpoint's address, such as https://drp.example.com:8092".to_owned(),
        }
    }
}

const COUNT: FieldKind = FieldKind::Number { min: 0, max: 500 };
const ATTEMPT: FieldKind = FieldKind::Number { min: 1, max: 60 };
const SECONDS: FieldKind = FieldKind::Number { min: 0, max: 90 };
const DAYS: FieldKind = FieldKind::Number { min: -3_650, max: 3_650 };
const LOSSES: FieldKind = FieldKind::Number { min: 0, max: 60 };
const WIDTH: FieldKind = FieldKind::Number { min: 320, max: 1_920 };
const NAMES_TEXT: usize = 2_000;

/// Every field, in the order of the address and of the controls.
pub static FIELDS: &[Field] = &[
    Field {
        key: "endpoint",
        label: "Endpoint",
        kind: FieldKind::Endpoint,
        read: |it, text| set(&mut it.endpoint, Endpoint::parse(text).ok()),
        write: |it| it.endpoint.as_ref().map(ToString::to_string),
    },
    Field {
        key: "code",
        label: "Close code",
        kind: FieldKind::Number { min: 0, max: 65_535 },
        read: |it, text| set(&mut it.code, text.parse().ok().map(CloseCode)),
        write: |it| it.code.map(|code| code.to_string()),
    },
    Field {
        key: "reason",
        label: "Reason from the endpoint",
        kind: FieldKind::Text(REASON_LIMIT),
        read: |it, text| set(&mut it.reason, short(text, REASON_LIMIT)),
        write: |it| it.reason.clone(),
    },
    Field {
        key: "attempt",
        label: "Next try",
        kind: ATTEMPT,
        read: |it, text| set(&mut it.attempt, number(text, ATTEMPT)),
        write: |it| it.attempt.map(|it| it.to_string()),
    },
    Field {
        key: "seconds",
        label: "Seconds left",
        kind: SECONDS,
        read: |it, text| set(&mut it.seconds, number(text, SECONDS)),
        write: |it| it.seconds.map(|it| it.to_string()),
    },
    Field {
        key: "cause",
        label: "Cause",
        kind: FieldKind::Cause,
        read: |it, text| set(&mut it.cause, Cause::from_id(text)),
        write: |it| it.cause.map(|it| it.id().to_owned()),
    },
    Field {
        key: "vantage",
        label: "Vantage",
        kind: FieldKind::Choice(&["server", "page"]),
        read: |it, text| set(&mut it.vantage, choose(text, &VANTAGES)),
        write: |it| word(it.vantage, &VANTAGES),
    },
    Field {
        key: "days",
        label: "Days until the certificate ends",
        kind: DAYS,
        read: |it, text| set(&mut it.days, number(text, DAYS)),
        write: |it| it.days.map(|it| it.to_string()),
    },
    Field {
        key: "issuer",
        label: "Issuer of the certificate",
        kind: FieldKind::Text(TEXT_LIMIT),
        read: |it, text| set(&mut it.issuer, short(text, TEXT_LIMIT)),
        write: |it| it.issuer.clone(),
    },
    Field {
        key: "names",
        label: "Names in the certificate, with commas",
        kind: FieldKind::Text(NAMES_TEXT),
        read: |it, text| set(&mut it.names, short(text, NAMES_TEXT).map(|text| listed(&text))),
        write: |it| it.names.as_ref().map(|names| names.join(",")),
    },
    Field {
        key: "losses",
        label: "Losses before",
        kind: LOSSES,
        read: |it, text| set(&mut it.losses, number(text, LOSSES)),
        write: |it| it.losses.map(|it| it.to_string()),
    },
    Field {
        key: "events",
        label: "Events received",
        kind: COUNT,
        read: |it, text| set(&mut it.events, number(text, COUNT)),
        write: |it| it.events.map(|it| it.to_string()),
    },
    Field {
        key: "browser",
        label: "Browser",
        kind: FieldKind::Choice(&["chromium", "firefox", "safari", "other"]),
        read: |it, text| set(&mut it.browser, choose(text, &BROWSERS)),
        write: |it| word(it.browser, &BROWSERS),
    },
    Field {
        key: "theme",
        label: "Theme",
        kind: FieldKind::Choice(&["light", "dark"]),
        read: |it, text| set(&mut it.appearance.theme, choose(text, &THEMES)),
        write: |it| word(it.appearance.theme, &THEMES),
    },
    Field {
        key: "motion",
        label: "Motion",
        kind: FieldKind::Choice(&["reduce"]),
        read: |it, text| set(&mut it.appearance.motion, choose(text, &MOTIONS)),
        write: |it| word(it.appearance.motion, &MOTIONS),
    },
    Field {
        key: "contrast",
        label: "Contrast",
        kind: FieldKind::Choice(&["more"]),
        read: |it, text| set(&mut it.appearance.contrast, choose(text, &CONTRASTS)),
        write: |it| word(it.appearance.contrast, &CONTRASTS),
    },
    Field {
        key: "width",
        label: "Width in pixels",
        kind: WIDTH,
        read: |it, text| set(&mut it.appearance.width, number(text, WIDTH)),
        write: |it| it.appearance.width.map(|it| it.to_string()),
    },
    Field {
        key: "dir",
        label: "Direction of text",
        kind: FieldKind::Choice(&["ltr", "rtl"]),
        read: |it, text| set(&mut it.appearance.direction, choose(text, &DIRECTIONS)),
        write: |it| word(it.appearance.direction, &DIRECTIONS),
    },
    Field {
        key: "time",
        label: "Time",
        kind: FieldKind::Choice(&["still", "run"]),
        read: |it, text| set(&mut it.appearance.time, choose(text, &TIMES)),
        write: |it| word(it.appearance.time, &TIMES),
    },
    Field {
        key: "chrome",
        label: "Gallery around it",
        kind: FieldKind::Choice(&["on", "off"]),
        read: |it, text| set(&mut it.appearance.chrome, choose(text, &CHROMES)),
        write: |it| word(it.appearance.chrome, &CHROMES),
    },
];

const VANTAGES: [(&str, Vantage); 2] = [("server", Vantage::Server), ("page", Vantage::Page)];
const THEMES: [(&str, Theme); 2] = [("light", Theme::Light), ("dark", Theme::Dark)];
const MOTIONS: [(&str, Motion); 1] = [("reduce", Motion::Reduce)];
const CONTRASTS: [(&str, Contrast); 1] = [("more", Contrast::More)];
const DIRECTIONS: [(&str, Direction); 2] = [("ltr", Direction::Ltr), ("rtl", Direction::Rtl)];
const TIMES: [(&str, Time); 2] = [("still", Time::Still), ("run", Time::Run)];
const CHROMES: [(&str, Chrome); 2] = [("on", Chrome::On), ("off", Chrome::Off)];
const BROWSERS: [(&str, Browser); 5] = [
    ("chromium", Browser::Chromium),
    ("firefox", Browser::Firefox),
    ("safari", Browser::Safari),
    ("webkitgtk", Browser::WebKitGtk),
    ("other", Browser::Other),
];

fn set<T>(slot: &mut Option<T>, value: Option<T>) -> bool {
    let taken = value.is_some();
    *slot = value.or(slot.take());
    taken
}

fn choose<T: Copy>(text: &str, choices: &[(&str, T)]) -> Option<T> {
    choices.iter().find(|(word, _)| *word == text).map(|(_, it)| *it)
}

fn word<T: Copy + PartialEq>(value: Option<T>, choices: &[(&str, T)]) -> Option<String> {
    choices.iter().find(|(_, it)| Some(*it) == value).map(|(word, _)| (*word).to_owned())
}

fn listed(text: &str) -> Vec<String> {
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.take(10 * NAMES_LIMIT).map(str::to_owned).collect()
}

fn number<T: TryFrom<i64>>(text: &str, kind: FieldKind) -> Option<T> {
    let FieldKind::Number { min, max } = kind else { return None };
    let number: i64 = text.parse().ok()?;
    (min..=max).contains(&number).then(|| T::try_from(number).ok()).flatten()
}

fn short(text: &str, limit: usize) -> Option<String> {
    (text.len() <= limit).then(|| text.to_owned())
}

impl Field {
    /// The value that these inputs have for it, as the address has it.
    pub fn value(&self, inputs: &Inputs) -> Option<String> {
        (self.write)(inputs)
    }
}

impl Inputs {
    /// Reads the pairs of a query, decoded. What is wrong is left out and told, a sentence each: any value is safe.
    /// Empty values count as left out, as those of untouched controls are.
    pub fn read<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> (Self, Vec<String>) {
        let mut inputs = Self::default();
        let mut warnings = Vec::new();
        for (key, value) in pairs {
            let (key, value) = (key.as_ref(), value.as_ref());
            if value.is_empty() {
                continue;
            }
            match FIELDS.iter().find(|field| field.key == key) {
                Some(field) => {
                    if !(field.read)(&mut inputs, value) {
                        let (shown, expected) = (quoted(value), field.kind.expected());
                        warnings.push(format!("{key} takes {expected}, not “{shown}”; the default is shown."));
                    }
                }
                None => warnings.push(format!("There is no input called “{}”; it is passed over.", quoted(key))),
            }
        }
        (inputs, warnings)
    }

    /// The pairs of the query that says this, in the order of [`FIELDS`].
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        FIELDS.iter().filter_map(|field| Some((field.key, field.value(self)?))).collect()
    }

    /// These inputs; where one is left out, the other's.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            endpoint: self.endpoint.or(other.endpoint),
            code: self.code.or(other.code),
            reason: self.reason.or(other.reason),
            attempt: self.attempt.or(other.attempt),
            seconds: self.seconds.or(other.seconds),
            cause: self.cause.or(other.cause),
            vantage: self.vantage.or(other.vantage),
            days: self.days.or(other.days),
            issuer: self.issuer.or(other.issuer),
            names: self.names.or(other.names),
            losses: self.losses.or(other.losses),
            events: self.events.or(other.events),
            browser: self.browser.or(other.browser),
            appearance: self.appearance.or(other.appearance),
        }
    }
}

fn quoted(text: &str) -> String {
    let mut short: String = text.chars().filter(|letter| !letter.is_control()).take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> (Inputs, Vec<String>) {
        Inputs::read(pairs.iter().copied())
    }

    #[test]
    fn what_is_written_is_read_back() {
        let said = [
            ("endpoint", "https://drp:8092"),
            ("code", "1011"),
            ("reason", "a & b=c"),
            ("attempt", "7"),
            ("seconds", "12"),
            ("cause", "expired"),
            ("vantage", "page"),
            ("days", "-9"),
            ("issuer", "CN=Lab"),
            ("names", "a,b"),
            ("losses", "6"),
            ("events", "40"),
            ("browser", "safari"),
            ("theme", "dark"),
            ("motion", "reduce"),
            ("contrast", "more"),
            ("width", "360"),
            ("dir", "rtl"),
            ("time", "run"),
            ("chrome", "off"),
        ];
        assert_eq!(said.len(), FIELDS.len());
        let (inputs, warnings) = read(&said);
        assert!(warnings.is_empty(), "{warnings:?}");
        let written = inputs.pairs();
        assert_eq!(written.iter().map(|(key, value)| (*key, value.as_str())).collect::<Vec<_>>(), said);
    }

    #[test]
    fn any_value_is_safe_and_what_is_wrong_is_named() {
        let long = "x".repeat(100_000);
        for field in FIELDS {
            for value in [long.as_str(), "\u{202e}\0<script>", "-99999999999999999999", "1e9", "🦀"] {
                let (inputs, warnings) = read(&[(field.key, value)]);
                match warnings.as_slice() {
                    [] => assert_ne!(inputs, Inputs::default(), "{} {value}", field.key),
                    [warning] => {
                        assert_eq!(inputs, Inputs::default(), "{warning}");
                        assert!(warning.contains(field.key) && warning.len() < 400, "{warning}");
                    }
                    [..] => panic!("{warnings:?}"),
                }
            }
        }
        assert_eq!(read(&[("bogus", "1")]).1, ["There is no input called “bogus”; it is passed over."]);
        assert_eq!(read(&[("code", "")]), (Inputs::default(), vec![]));
    }

    #[test]
    fn what_an_address_says_goes_before_what_the_state_has() {
        let (state, _) = read(&[("code", "1011"), ("attempt", "3")]);
        let (asked, _) = read(&[("code", "4000")]);
        let both = asked.or(state);
        assert_eq!((both.code, both.attempt), (Some(CloseCode(4000)), Some(3)));
    }
}
