//! The fields of an address, one ordered table: reading, writing, the gallery's controls and the manifest are made from
//! it.

use connection::cause::Cause;
use connection::client::Browser;
use connection::close_code::{CloseCode, REASON_LIMIT};
use connection::endpoint::Endpoint;
use connection::probe::{NAMES_LIMIT, TEXT_LIMIT};

use super::appearance::{Chrome, Colors, Contrast, Direction, LookedFrom, Motion, TextSize, Theme, Time, Vision};
use super::values::Inputs;

/// One field of the address.
pub struct Field {
    /// Its key in the query.
    pub key: &'static str,
    /// What a control for it is called.
    pub label: &'static str,
    /// What it changes.
    pub sets: Sets,
    /// What it takes.
    pub kind: FieldKind,
    /// Reads a value; false for one that it does not take.
    pub(super) read: fn(&mut Inputs, &str) -> bool,
    /// The value as the address has it, if there is one.
    write: fn(&Inputs) -> Option<String>,
}

/// What a field changes: how the state is displayed, or else a part of what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sets {
    /// What went wrong.
    Failure,
    /// The endpoint's certificate.
    Certificate,
    /// What was before.
    History,
    /// From where it is looked at.
    Viewpoint,
    /// How it is displayed.
    Appearance,
}

impl Sets {
    /// The parts of what a state is, in the order of the controls.
    pub const STATE: [Self; 4] = [Self::Failure, Self::Certificate, Self::History, Self::Viewpoint];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Failure => "Failure",
            Self::Certificate => "Certificate",
            Self::History => "History",
            Self::Viewpoint => "Browser and server",
            Self::Appearance => "Appearance",
        }
    }
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
        sets: Sets::Failure,
        kind: FieldKind::Endpoint,
        read: |it, text| set(&mut it.endpoint, Endpoint::parse(text).ok()),
        write: |it| it.endpoint.as_ref().map(ToString::to_string),
    },
    Field {
        key: "code",
        label: "Close code",
        sets: Sets::Failure,
        kind: FieldKind::Number { min: 0, max: 65_535 },
        read: |it, text| set(&mut it.code, text.parse().ok().map(CloseCode)),
        write: |it| it.code.map(|code| code.to_string()),
    },
    Field {
        key: "reason",
        label: "Reason from the endpoint",
        sets: Sets::Failure,
        kind: FieldKind::Text(REASON_LIMIT),
        read: |it, text| set(&mut it.reason, short(text, REASON_LIMIT)),
        write: |it| it.reason.clone(),
    },
    Field {
        key: "attempt",
        label: "Number of the next try",
        sets: Sets::Failure,
        kind: ATTEMPT,
        read: |it, text| set(&mut it.attempt, number(text, ATTEMPT)),
        write: |it| it.attempt.map(|it| it.to_string()),
    },
    Field {
        key: "seconds",
        label: "Seconds left",
        sets: Sets::Failure,
        kind: SECONDS,
        read: |it, text| set(&mut it.seconds, number(text, SECONDS)),
        write: |it| it.seconds.map(|it| it.to_string()),
    },
    Field {
        key: "cause",
        label: "Cause",
        sets: Sets::Failure,
        kind: FieldKind::Cause,
        read: |it, text| set(&mut it.cause, Cause::from_id(text)),
        write: |it| it.cause.map(|it| it.id().to_owned()),
    },
    Field {
        key: "vantage",
        label: "Vantage",
        sets: Sets::Viewpoint,
        kind: FieldKind::Choice(&["server", "page", "files"]),
        read: |it, text| set(&mut it.looked_from, choose(text, &LOOKED_FROM)),
        write: |it| word(it.looked_from, &LOOKED_FROM),
    },
    Field {
        key: "days",
        label: "Days until the certificate ends",
        sets: Sets::Certificate,
        kind: DAYS,
        read: |it, text| set(&mut it.days, number(text, DAYS)),
        write: |it| it.days.map(|it| it.to_string()),
    },
    Field {
        key: "issuer",
        label: "Issuer of the certificate",
        sets: Sets::Certificate,
        kind: FieldKind::Text(TEXT_LIMIT),
        read: |it, text| set(&mut it.issuer, short(text, TEXT_LIMIT)),
        write: |it| it.issuer.clone(),
    },
    Field {
        key: "names",
        label: "Names in the certificate, with commas",
        sets: Sets::Certificate,
        kind: FieldKind::Text(NAMES_TEXT),
        read: |it, text| set(&mut it.names, short(text, NAMES_TEXT).map(|text| listed(&text))),
        write: |it| it.names.as_ref().map(|names| names.join(",")),
    },
    Field {
        key: "losses",
        label: "Losses before",
        sets: Sets::History,
        kind: LOSSES,
        read: |it, text| set(&mut it.losses, number(text, LOSSES)),
        write: |it| it.losses.map(|it| it.to_string()),
    },
    Field {
        key: "events",
        label: "Events received",
        sets: Sets::History,
        kind: COUNT,
        read: |it, text| set(&mut it.events, number(text, COUNT)),
        write: |it| it.events.map(|it| it.to_string()),
    },
    Field {
        key: "browser",
        label: "Browser",
        sets: Sets::Viewpoint,
        kind: FieldKind::Choice(&["chromium", "firefox", "safari", "webkitgtk", "other"]),
        read: |it, text| set(&mut it.browser, choose(text, &BROWSERS)),
        write: |it| word(it.browser, &BROWSERS),
    },
    Field {
        key: "theme",
        label: "Theme",
        sets: Sets::Appearance,
        kind: FieldKind::Choice(&["light", "dark"]),
        read: |it, text| set(&mut it.appearance.theme, choose(text, &THEMES)),
        write: |it| word(it.appearance.theme, &THEMES),
    },
    Field {
        key: "motion",
        label: "Motion",
        sets: Sets::Appearance,
        kind: FieldKind::Choice(&["reduce"]),
        read: |it, text| set(&mut it.appearance.motion, choose(text, &MOTIONS)),
        write: |it| word(it.appearance.motion, &MOTIONS),
    },
    Field {
        key: "contrast",
        label: "Contrast",
        sets: Sets::Appearance,
        kind: FieldKind::Choice(&["more"]),
        read: |it, text| set(&mut it.appearance.contrast, choose(text, &CONTRASTS)),
        write: |it| word(it.appearance.contrast, &CONTRASTS),
    },
    Field {
        key: "colors",
        label: "Colours",
        sets: Sets::Appearance,
        kind: FieldKind::Choice(&["forced"]),
        read: |it, text| set(&mut it.appearance.colors, choose(text, &COLORS)),
        write: |it| word(it.appearance.colors, &COLORS),
    },
    Field {
        key: "width",
        label: "Width in pixels",
        sets: Sets::Appearance,
        kind: WIDTH,
        read: |it, text| set(&mut it.appearance.width, number(text, WIDTH)),
        write: |it| it.appearance.width.map(|it| it.to_string()),
    },
    Field {
        key: "dir",
        label: "Direction of text",
        sets: Sets::Appearance,
        kind: FieldKind::Choice(&["ltr", "rtl"]),
        read: |it, text| set(&mut it.appearance.direction, choose(text, &DIRECTIONS)),
        write: |it| word(it.appearance.direction, &DIRECTIONS),
    },
    Field {
        key: "text",
        label: "Size of text in percent",
        sets: Sets::Appearance,
        kind: FieldKind::Choice(&["200"]),
        read: |it, text| set(&mut it.appearance.text, choose(text, &SIZES)),
        write: |it| word(it.appearance.text, &SIZES),
    },
    Field {
        key: "vision",
        label: "Vision",
        sets: Sets::Appearance,
        kind: FieldKind::Choice(&["protanopia", "deuteranopia", "tritanopia", "achromatopsia"]),
        read: |it, text| set(&mut it.appearance.vision, choose(text, &VISIONS)),
        write: |it| word(it.appearance.vision, &VISIONS),
    },
    Field {
        key: "time",
        label: "Time",
        sets: Sets::Appearance,
        kind: FieldKind::Choice(&["still", "run"]),
        read: |it, text| set(&mut it.appearance.time, choose(text, &TIMES)),
        write: |it| word(it.appearance.time, &TIMES),
    },
    Field {
        key: "chrome",
        label: "Gallery around it",
        sets: Sets::Appearance,
        kind: FieldKind::Choice(&["on", "off"]),
        read: |it, text| set(&mut it.appearance.chrome, choose(text, &CHROMES)),
        write: |it| word(it.appearance.chrome, &CHROMES),
    },
];

const LOOKED_FROM: [(&str, LookedFrom); 3] =
    [("server", LookedFrom::Server), ("page", LookedFrom::Page), ("files", LookedFrom::Files)];
const THEMES: [(&str, Theme); 2] = [("light", Theme::Light), ("dark", Theme::Dark)];
const MOTIONS: [(&str, Motion); 1] = [("reduce", Motion::Reduce)];
const CONTRASTS: [(&str, Contrast); 1] = [("more", Contrast::More)];
const COLORS: [(&str, Colors); 1] = [("forced", Colors::Forced)];
const DIRECTIONS: [(&str, Direction); 2] = [("ltr", Direction::Ltr), ("rtl", Direction::Rtl)];
const SIZES: [(&str, TextSize); 1] = [("200", TextSize::Double)];
const VISIONS: [(&str, Vision); 4] = [
    ("protanopia", Vision::Protanopia),
    ("deuteranopia", Vision::Deuteranopia),
    ("tritanopia", Vision::Tritanopia),
    ("achromatopsia", Vision::Achromatopsia),
];
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
