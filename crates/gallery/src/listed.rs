//! The states as the gallery lists them, replayed once for what can be asked of each.

use std::sync::OnceLock;

use states::{Facets, State, all};

/// One state.
#[derive(Debug)]
pub(crate) struct Listed {
    /// The state.
    pub(crate) state: State,
    /// What can be asked of it.
    pub(crate) facets: Facets,
}

/// All of them, in their order.
pub(crate) fn listed() -> &'static [Listed] {
    static LISTED: OnceLock<Vec<Listed>> = OnceLock::new();
    LISTED.get_or_init(|| all().into_iter().map(|state| Listed { facets: Facets::of(&state), state }).collect())
}
