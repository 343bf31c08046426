//! A named state: what happened, what of the product is shown, and what there is to know about it.

use connection::sign_in;

use crate::group::Group;
use crate::inputs::Inputs;
use crate::messages;
use crate::notes::Notes;
use crate::replay::{self, Snapshot};
use crate::setup::Setup;

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
    /// The same in a tab that is not signed in, to which the overview says what the portal is.
    Welcome,
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
