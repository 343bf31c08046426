//! What a client may register for: `type.action.key`, each part `*` or a comma list.
//! The rules are those of DRP's own client (`matches()` and `ValueInList()` in its `event_stream.go`, v4.6 and later).

use crate::event::Event;

/// One registration, ready to be matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    kind: Field,
    action: Field,
    key: Field,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Field {
    Any,
    OneOf(Vec<String>),
}

impl Pattern {
    /// `None` for a text without two dots: DRP acknowledges such a registration, but nothing can ever match it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.').map(Field::parse);
        Some(Self { kind: parts.next()?, action: parts.next()?, key: parts.next()? })
    }

    pub(crate) fn matches(&self, event: &Event) -> bool {
        self.kind.holds(&event.kind) && self.action.holds(&event.action) && self.key.holds(&event.key)
    }
}

impl Field {
    fn parse(text: &str) -> Self {
        match text {
            "*" => Self::Any,
            list => Self::OneOf(list.split(',').map(|item| unescape(item.trim())).collect()),
        }
    }

    fn holds(&self, value: &str) -> bool {
        match self {
            Self::Any => true,
            Self::OneOf(items) => items.iter().any(|item| item == value),
        }
    }
}

/// Dots, commas and asterisks that belong to a value are written `\1`, `\2` and `\3`.
fn unescape(item: &str) -> String {
    item.replace("\\1", ".").replace("\\2", ",").replace("\\3", "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, kind: &str, action: &str, key: &str) -> bool {
        Pattern::parse(pattern).is_some_and(|pattern| pattern.matches(&Event::new(kind, action, key)))
    }

    #[test]
    fn an_asterisk_matches_everything_in_its_part() {
        assert!(matches("*.*.*", "machines", "update", "a"));
        assert!(matches("machines.*.*", "machines", "update", "a"));
        assert!(!matches("machines.*.*", "jobs", "update", "a"));
    }

    #[test]
    fn a_list_matches_each_of_its_items() {
        assert!(matches("profiles,machines.save, update.*", "machines", "update", "a"));
        assert!(matches("profiles,machines.save, update.*", "profiles", "save", "a"));
        assert!(!matches("profiles,machines.save,update.*", "machines", "delete", "a"));
    }

    #[test]
    fn the_key_is_everything_after_the_second_dot() {
        assert!(matches("leases.*.10.0.0.7", "leases", "update", "10.0.0.7"));
        assert!(!matches("leases.*.10", "leases", "update", "10.0.0.7"));
    }

    #[test]
    fn an_asterisk_inside_a_list_is_an_ordinary_word() {
        assert!(!matches("*,jobs.*.*", "machines", "update", "a"));
        assert!(matches("*,jobs.*.*", "jobs", "update", "a"));
    }

    #[test]
    fn escapes_stand_for_dot_comma_and_asterisk() {
        assert!(matches(r"odd\1type.*.*", "odd.type", "save", "a"));
        assert!(matches(r"*.*.a\2b", "x", "save", "a,b"));
        assert!(matches(r"*.*.\3", "x", "save", "*"));
        assert!(!matches(r"*.*.\3", "x", "save", "a"));
    }

    #[test]
    fn a_text_without_two_dots_matches_nothing() {
        assert!(!matches("machines.update", "machines", "update", ""));
        assert!(!matches("", "", "", ""));
    }
}
