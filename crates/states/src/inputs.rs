//! What an address may say of a state.

mod appearance;
mod field;

use connection::cause::Cause;
use connection::client::Browser;
use connection::close_code::CloseCode;
use connection::endpoint::Endpoint;

pub use appearance::{Appearance, Chrome, Colors, Contrast, Direction, Motion, TextSize, Theme, Time, Vantage, Vision};
pub use field::{FIELDS, Field, FieldKind, Sets};

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
            ("colors", "forced"),
            ("width", "360"),
            ("dir", "rtl"),
            ("text", "200"),
            ("vision", "deuteranopia"),
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
