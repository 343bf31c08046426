//! Which states are meant by a few words: the gallery's search.

use std::cell::LazyCell;

use connection::remedy;

use crate::inputs::Inputs;
use crate::state::State;

/// What can be asked of a state beside its words. Finding it out replays the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facets {
    /// The alarm: `calm`, `amber` or `red`.
    pub alarm: &'static str,
    /// The phase, by its stable name.
    pub phase: &'static str,
    /// The close code, if a connection was lost.
    pub code: Option<String>,
    /// The id of the cause, if one is known.
    pub cause: Option<&'static str>,
    /// Whether the state has a step with a button.
    pub button: bool,
}

impl Facets {
    /// Those of a state as it is without any input.
    pub fn of(state: &State) -> Self {
        let machine = state.snapshot(&Inputs::default()).machine;
        Self {
            alarm: machine.alarm().name(),
            phase: machine.phase().name(),
            code: machine.close_code().map(|code| code.to_string()),
            cause: machine.diagnosis().best().map(|(cause, _)| cause.id()),
            button: remedy::plan(&machine).all().iter().any(|step| step.action.is_some()),
        }
    }
}

/// What is searched for: words, each of which must begin a word of the state, facets such as `is:red`, and appearances such as
/// `dark`, which every state can have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    words: Vec<String>,
    facets: Vec<(String, String)>,
    appearance: Vec<(&'static str, &'static str)>,
}

/// Words for an appearance, each with the input that gives it to a state.
const APPEARANCES: [(&str, (&str, &str)); 5] = [
    ("dark", ("theme", "dark")),
    ("light", ("theme", "light")),
    ("rtl", ("dir", "rtl")),
    ("forced", ("colors", "forced")),
    ("achromatopsia", ("vision", "achromatopsia")),
];

/// Words that people type for what is called something else here.
const SYNONYMS: [(&str, &[&str]); 24] = [
    ("wifi", &["wi-fi", "offline"]),
    ("wlan", &["wi-fi", "offline"]),
    ("internet", &["offline", "network"]),
    ("sso", &["login-wall", "sign-on"]),
    ("slow", &["trying", "no-answer", "silence"]),
    ("yellow", &["amber"]),
    ("login", &["sign-in", "sign", "password"]),
    ("logged", &["sign-in", "token"]),
    ("logout", &["idle", "token"]),
    ("password", &["sign-in"]),
    ("vpn", &["browser-only", "route", "intercepted", "network"]),
    ("network", &["offline", "unreachable", "no-answer"]),
    ("loading", &["starting", "finding", "connecting", "trying"]),
    ("spinner", &["starting", "connecting", "trying"]),
    ("timeout", &["no-answer", "silence", "answer"]),
    ("nginx", &["proxy", "bad-gateway", "upgrade"]),
    ("apache", &["proxy", "bad-gateway", "upgrade"]),
    ("ssl", &["certificate", "tls"]),
    ("tls", &["certificate"]),
    ("cert", &["certificate"]),
    ("dns", &["name"]),
    ("firewall", &["no-answer", "blocked"]),
    ("error", &["broken", "cannot", "failed", "down"]),
    ("mobile", &["narrow"]),
];

impl Search {
    /// Reads what was typed; anything is a search.
    pub fn parse(text: &str) -> Self {
        let mut search = Self::default();
        for part in text.to_lowercase().split_whitespace() {
            if let Some((_, appearance)) = APPEARANCES.iter().find(|(word, _)| *word == part) {
                search.appearance.push(*appearance);
                continue;
            }
            match part.split_once(':') {
                Some((key, value)) if KEYS.contains(&key) => search.facets.push((key.to_owned(), value.to_owned())),
                _ => search.words.push(part.to_owned()),
            }
        }
        search
    }

    /// The inputs that give what was found the appearance that was searched for.
    pub fn appearance(&self) -> Inputs {
        Inputs::read(self.appearance.iter().copied()).0
    }

    /// Whether it finds a state. `facets` is asked only where the search does.
    pub fn finds(&self, state: &State, facets: impl FnOnce() -> Facets) -> bool {
        let notes = &state.notes;
        let text = [&state.id, state.group.title(), &notes.title, &notes.when, &notes.person].join(" ").to_lowercase();
        let facets = LazyCell::new(facets);
        self.words.iter().all(|word| {
            let meant = SYNONYMS.iter().filter(|(typed, _)| typed == word).flat_map(|(_, meant)| *meant).copied();
            std::iter::once(word.as_str())
                .chain(meant)
                .any(|word| begins_a_word(&text, word) || ALARMS.contains(&word) && facets.alarm == word)
        }) && self.facets.iter().all(|(key, value)| has(&facets, key, value))
    }
}

/// The alarms, which are found by their names alone too.
const ALARMS: [&str; 3] = ["calm", "amber", "red"];

/// The facets by their keys.
const KEYS: [&str; 5] = ["is", "phase", "code", "cause", "has"];

fn has(facets: &Facets, key: &str, value: &str) -> bool {
    match key {
        "is" => facets.alarm == value || facets.phase == value,
        "phase" => facets.phase == value,
        "code" => facets.code.as_deref() == Some(value),
        "cause" => facets.cause.is_some_and(|cause| begins_a_word(cause, value)),
        "has" => value == "button" && facets.button,
        _ => false,
    }
}

/// Whether `word` stands in `text` at the beginning of a word: “phone” does not find “megaphone”.
fn begins_a_word(text: &str, word: &str) -> bool {
    let begins = |at: usize| !text.get(..at).and_then(|it| it.chars().next_back()).is_some_and(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| begins(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::all;

    fn found(text: &str) -> Vec<String> {
        let search = Search::parse(text);
        all().into_iter().filter(|it| search.finds(it, || Facets::of(it))).map(|it| it.id).collect()
    }

    #[test]
    fn a_word_is_found_where_it_begins_one() {
        assert!(found("phone").iter().all(|id| !id.starts_with("megaphone")), "{:?}", found("phone"));
        assert!(found("cert expired").contains(&"cause-expired".to_owned()));
        assert_eq!(found("").len(), all().len());
        assert_eq!(found("no such words"), Vec::<String>::new());
    }

    #[test]
    fn what_people_call_differently_is_found() {
        for word in ["login", "VPN", "loading", "nginx", "timeout", "dns", "ssl", "wifi", "sso"] {
            assert!(!found(word).is_empty(), "{word}");
        }
        assert!(found("wifi").contains(&"cause-offline".to_owned()));
    }

    #[test]
    fn an_alarm_is_found_by_its_name() {
        let amber = found("amber");
        assert!(found("is:amber").iter().all(|id| amber.contains(id)) && amber.len() < all().len(), "{amber:?}");
    }

    #[test]
    fn an_appearance_narrows_nothing_and_is_given_to_what_is_found() {
        assert_eq!(found("expired dark"), found("expired"));
        assert_eq!(Search::parse("expired dark").appearance().pairs(), [("theme", "dark".to_owned())]);
        assert_eq!(Search::parse("expired").appearance(), Inputs::default());
    }

    #[test]
    fn facets_are_asked_of_the_replayed_state() {
        let red = found("is:red");
        assert!(red.contains(&"megaphone-red".to_owned()) && !red.contains(&"megaphone-connected".to_owned()));
        assert!(found("code:1013").iter().all(|id| !id.contains("1006")) && !found("code:1013").is_empty());
        assert!(found("cause:self-signed has:button").contains(&"cause-self-signed".to_owned()));
        assert_eq!(found("is:nothing"), Vec::<String>::new());
    }
}
