//! The list of states. Phases and pages stand here one by one; causes and close codes come from their own tables.

mod cause_notes;
mod limits;
mod megaphone;
mod overview;
mod pages;
mod tables;

use crate::inputs::Inputs;
use crate::notes::Notes;
use crate::setup::Setup;
use crate::{Group, PageContent, State, View};

/// Every state, in the order in which it is listed.
pub fn all() -> Vec<State> {
    let mut all = Vec::new();
    all.extend(megaphone::megaphone());
    all.extend(megaphone::phases());
    all.extend(tables::causes());
    all.extend(tables::codes());
    all.extend(limits::limits());
    all.extend(overview::overview());
    all.extend(pages::connect());
    all.extend(pages::troubleshooting());
    all.extend(pages::pages());
    all
}

const OFFERED: &[&str] = &["https://drp.example.com:8092", "https://lab.example.com:8092"];

/// An entry: id, title, setup, inputs as an address has them, when it occurs, what the person should understand and do,
/// and the faults that lead to it.
struct Entry {
    id: &'static str,
    title: &'static str,
    setup: Setup,
    given: &'static [(&'static str, &'static str)],
    when: &'static str,
    person: &'static str,
    faults: &'static [&'static str],
}

/// For what an entry leaves out.
const ENTRY: Entry = Entry { id: "", title: "", setup: Setup::Idle, given: &[], when: "", person: "", faults: &[] };

impl Entry {
    fn state(self, group: Group, view: View) -> State {
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
