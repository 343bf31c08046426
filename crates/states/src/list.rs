//! The list of states. Phases and pages stand here one by one; causes and close codes come from their own tables.

mod cause_notes;
mod entry;
mod limits;
mod megaphone;
mod overview;
mod pages;
mod tables;

use crate::state::State;

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

/// The state with a name.
pub fn find(id: &str) -> Option<State> {
    all().into_iter().find(|state| state.id == id)
}
