//! The one list of states that the product can be in: [`all`]. The gallery shows them and the suite tests them; adding a
//! state is adding an entry to the list. The product itself knows nothing of it.
//!
//! A state is not drawn, it is replayed: its [`Setup`] says what happened, and the real [`Machine`] reacts as it would in
//! the field. So nothing can be shown that cannot occur.
//!
//! | module | holds |
//! | --- | --- |
//! | `list` | the states |
//! | `setup`, `inputs` | what happened, and what an address may change about it |
//! | `replay`, `runner` | the events that a setup becomes, and the machine and clock that they go through |
//! | `evidence`, `messages` | what the checks see for each cause, and what the feed holds |
//! | `notes`, `warnings` | what a designer should know of a state, and what was asked for in vain |
//! | `source` | where in the sources a sentence stands |
//! | `search` | which states are meant by a few words |
//! | `pictures` | of which states the suite keeps pictures |
//! | `manifest` | the list for other programs: `states.json` |
//!
//! [`Machine`]: connection::machine::Machine

#![cfg_attr(
    test,
    allow(
        clippy::wildcard_enum_match_arm,
        clippy::string_slice,
        reason = "a test that panics has failed, as it should"
    )
)]

mod evidence;
mod inputs;
mod list;
mod manifest;
mod messages;
mod notes;
mod pictures;
mod replay;
mod runner;
mod search;
mod setup;
mod source;
mod warnings;

pub use evidence::recorded;
pub use inputs::{
    Appearance, Chrome, Colors, Contrast, Direction, FIELDS, Field, FieldKind, Inputs, Motion, Sets, TextSize, Theme,
    Time, Vantage, Vision,
};
pub use list::all;
pub use manifest::{Manifest, manifest};
pub use messages::Message;
pub use notes::{Notes, sentences};
pub use pictures::{Picture, pictures};
pub use replay::Snapshot;
pub use search::{Facets, Search};
pub use setup::Setup;
pub use source::{Source, source};

use connection::sign_in;

/// One named state.
#[derive(Clone, Debug)]
pub struct State {
    /// Its name in the address, `/preview/ID`.
    pub id: String,
    /// Under which it is listed.
    pub group: Group,
    /// What is shown.
    pub view: View,
    /// What happened.
    pub setup: Setup,
    /// The inputs that make this state, beside what its address says.
    pub given: Inputs,
    /// What the page holds beside the connection.
    pub page: PageContent,
    /// What there is to know about it.
    pub notes: Notes,
}

/// The state with a name.
pub fn find(id: &str) -> Option<State> {
    all().into_iter().find(|state| state.id == id)
}

/// What the ids of causes write small.
const SHORT_FORMS: [&str; 4] = ["ca", "csp", "drp", "tls"];

impl State {
    /// What it is called where there is room for two or three words: a cause by its id, whose title is a sentence.
    pub fn short_title(&self) -> String {
        let Some(id) = self.id.strip_prefix("cause-").filter(|_| self.group == Group::Causes) else {
            return self.notes.title.clone();
        };
        let word = |(at, word): (usize, &str)| match word.split_at_checked(1) {
            _ if SHORT_FORMS.contains(&word) => word.to_uppercase(),
            Some((first, rest)) if at == 0 => first.to_uppercase() + rest,
            _ => word.to_owned(),
        };
        id.split('-').enumerate().map(word).collect::<Vec<_>>().join(" ")
    }

    /// Replays the state with what its address says. Where that cannot occur, the nearest that can is shown, and
    /// [`Snapshot::warnings`] says so.
    pub fn snapshot(&self, asked: &Inputs) -> Snapshot {
        let mut snapshot = replay::replay(self.setup, asked, &self.given);
        if self.page.odd_messages {
            snapshot.messages.splice(0..0, messages::odd(snapshot.now));
        }
        snapshot
    }
}

/// Where a state stands in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The button.
    Megaphone,
    /// The dialog in every phase.
    Phases,
    /// The dialog for every cause.
    Causes,
    /// The dialog for every close code.
    Codes,
    /// The dialog with texts that test its limits.
    Limits,
    /// The overview.
    Overview,
    /// The form that connects.
    Connect,
    /// The troubleshooting page.
    Troubleshooting,
    /// What stands when nothing else does.
    Pages,
}

impl Group {
    /// Every group, in order.
    pub const ALL: [Self; 9] = [
        Self::Megaphone,
        Self::Phases,
        Self::Causes,
        Self::Codes,
        Self::Limits,
        Self::Overview,
        Self::Connect,
        Self::Troubleshooting,
        Self::Pages,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Megaphone => "Megaphone",
            Self::Phases => "Dialog: phases",
            Self::Causes => "Dialog: causes",
            Self::Codes => "Dialog: close codes",
            Self::Limits => "Dialog: limits",
            Self::Overview => "Overview",
            Self::Connect => "Connect form",
            Self::Troubleshooting => "Troubleshooting",
            Self::Pages => "Other pages",
        }
    }
}

/// What of the product is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The header with the megaphone.
    Megaphone,
    /// The open dialog.
    Dialog,
    /// The overview, which holds the connect form.
    Overview,
    /// The troubleshooting page.
    Troubleshooting,
    /// The page for addresses that lead nowhere.
    NotFound,
    /// The static page around the program.
    Shell(Shell),
}

/// What the static page shows by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// The program is on its way.
    Starting,
    /// The browser did not run it.
    CannotStart,
    /// It broke.
    Broken,
    /// The browser runs no programs.
    NoScript,
}

/// What a page holds beside the connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageContent {
    /// What is signed in with.
    pub kind: sign_in::Kind,
    /// What stands in the endpoint's field, if something was typed.
    pub typed: Option<&'static str>,
    /// What the form says is wrong.
    pub mistakes: sign_in::Mistakes,
    /// What is searched for in the table of close codes.
    pub search: &'static str,
    /// The pasted line of the console.
    pub console: &'static str,
    /// The endpoints that the operator offers.
    pub offered: &'static [&'static str],
    /// Whether the feed also contains messages that are not events.
    pub odd_messages: bool,
}

#[cfg(test)]
mod tests;
