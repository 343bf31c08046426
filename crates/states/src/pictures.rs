//! Of which states the suite keeps pictures. Every state has a stored accessibility tree, which holds text and structure;
//! a picture adds layout and colour, and those are the same for many states. So one state of each shape is enough.

use crate::group::Group;
use crate::state::State;

/// A way in which the suite takes a picture: one folder below `end2end/states/pictures`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Light, 1280 CSS pixels wide.
    LightWide,
    /// Dark, 360 CSS pixels wide.
    DarkNarrow,
    /// In the colours of the system, 1280 CSS pixels wide.
    ForcedColors,
}

impl Picture {
    /// Its folder, and its name in the manifest.
    pub fn name(self) -> &'static str {
        match self {
            Self::LightWide => "light-1280",
            Self::DarkNarrow => "dark-360",
            Self::ForcedColors => "forced",
        }
    }
}

/// Causes with pictures, one for each kind of step: wait, accept a certificate, copy a command, sign in, open a link to
/// read, and a cause of which only the server could have told more.
const CAUSES: [&str; 6] = [
    "cause-down",
    "cause-expired",
    "cause-self-signed",
    "cause-token-expired",
    "cause-local-network",
    "cause-unreachable-or-untrusted",
];

/// Close codes with pictures: the usual one, one that waits for a person, one that counts down.
const CODES: [&str; 3] = ["code-1006", "code-1008", "code-1013"];

/// Pages whose colours carry meaning: an alarm, a mistake, a mark in a table.
const COLOURED: [&str; 8] = [
    "overview-certificate-7-days",
    "overview-interrupted",
    "overview-odd-messages",
    "overview-sign-in",
    "connect-mistakes",
    "connect-refused",
    "troubleshooting-own-loss",
    "console-read",
];

/// The pictures of a state.
pub fn pictures(state: &State) -> &'static [Picture] {
    const ORDINARY: &[Picture] = &[Picture::LightWide, Picture::DarkNarrow];
    const ALL: &[Picture] = &[Picture::LightWide, Picture::DarkNarrow, Picture::ForcedColors];
    let id = state.id.as_str();
    match state.group {
        Group::Megaphone | Group::Phases => ALL,
        Group::Causes if CAUSES.contains(&id) => ORDINARY,
        Group::Codes if CODES.contains(&id) => ORDINARY,
        Group::Causes | Group::Codes => &[],
        Group::Limits | Group::Overview | Group::Connect | Group::Troubleshooting | Group::Pages => {
            if COLOURED.contains(&id) { ALL } else { ORDINARY }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::all;

    #[test]
    fn every_group_has_a_picture() {
        for group in Group::ALL {
            let pictured = all().into_iter().filter(|state| state.group == group && !pictures(state).is_empty());
            assert!(pictured.count() > 0, "{group:?}");
        }
    }

    #[test]
    fn every_state_that_is_named_here_exists() {
        for id in CAUSES.iter().chain(&CODES).chain(&COLOURED) {
            let state = crate::find(id);
            assert!(state.is_some_and(|state| !pictures(&state).is_empty()), "{id}");
        }
    }

    #[test]
    fn pictures_stay_few() {
        let count: usize = all().iter().map(|state| pictures(state).len()).sum();
        assert!((140..=200).contains(&count), "{count}");
    }
}
