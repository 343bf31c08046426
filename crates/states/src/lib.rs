//! The one list of states that the product can be in. The gallery shows them, the suite goes through them, and nothing
//! else says which there are: adding a state is adding an entry to [`list`].
//!
//! A state is not drawn, it is played: its [`Plot`] tells what happened in the world, and the real [`Machine`] makes of
//! it what it would make of it in the field. So nothing can be shown that cannot occur.
//!
//! [`Machine`]: crate::machine::Machine

mod evidence;
mod inputs;
mod list;
mod manifest;
mod messages;
mod notes;
mod plot;
mod teller;

pub use inputs::{Chrome, Contrast, Direction, FIELDS, Field, Inputs, Kind, Looks, Motion, Theme, Time, Vantage};
pub use list::all;
pub use manifest::{Manifest, manifest};
pub use messages::Message;
pub use notes::{Notes, spoken};
pub use plot::{Plot, Stage};

use crate::sign_in;

/// One named state.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name in the address, `/preview/ID`.
    pub id: String,
    /// Under which it is listed.
    pub group: Group,
    /// What is shown.
    pub view: View,
    /// What happened.
    pub plot: Plot,
    /// The inputs that make this state, beside what its address says.
    pub given: Inputs,
    /// What the page holds beside the connection.
    pub page: Page,
    /// What there is to know about it.
    pub notes: Notes,
}

/// The state with a name.
pub fn find(id: &str) -> Option<Scenario> {
    all().into_iter().find(|scenario| scenario.id == id)
}

impl Scenario {
    /// Plays the state with what its address says. What cannot be is told in [`Stage::remarks`], and the nearest that
    /// can be is shown.
    pub fn stage(&self, asked: &Inputs) -> Stage {
        let mut stage = plot::play(self.plot, asked, &self.given);
        if self.page.odd_messages {
            stage.messages.splice(0..0, messages::odd(stage.now));
        }
        stage
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
pub struct Page {
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
    /// Whether the feed holds what is no event as well.
    pub odd_messages: bool,
}

#[cfg(test)]
mod tests;
