//! How a state is written down that comes from no table.

use crate::group::Group;
use crate::inputs::Inputs;
use crate::notes::Notes;
use crate::setup::Setup;
use crate::state::{PageContent, State, View};

/// An entry: id, title, setup, inputs as an address has them, when it occurs, what the person should understand and do,
/// and the faults that lead to it.
pub(super) struct Entry {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) setup: Setup,
    pub(super) given: &'static [(&'static str, &'static str)],
    pub(super) when: &'static str,
    pub(super) person: &'static str,
    pub(super) faults: &'static [&'static str],
}

/// For what an entry leaves out.
pub(super) const ENTRY: Entry =
    Entry { id: "", title: "", setup: Setup::Idle, given: &[], when: "", person: "", faults: &[] };

impl Entry {
    pub(super) fn state(self, group: Group, view: View) -> State {
        State {
            id: self.id.to_owned(),
            group,
            view,
            setup: self.setup,
            given: Inputs::read(self.given.iter().copied()).0,
            page: PageContent::default(),
            notes: Notes {
                title: self.title.to_owned(),
                when: self.when.to_owned(),
                person: self.person.to_owned(),
                faults: self.faults.iter().map(|id| (*id).to_owned()).collect(),
            },
        }
    }
}
