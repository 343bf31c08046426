//! The one list of states that the product can be in: [`all`]. The gallery shows them and the suite tests them; adding a
//! state is adding an entry to the list. The product itself knows nothing of it.
//!
//! A state is not drawn, it is replayed: its [`Setup`] says what happened, and the real [`Machine`] reacts as it would in
//! the field. So nothing can be shown that cannot occur.
//!
//! | module | holds |
//! | --- | --- |
//! | `state`, `group` | what a state is, and under which heading it is listed |
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
mod group;
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
mod state;
mod warnings;

pub use evidence::recorded;
pub use group::Group;
pub use inputs::{
    Appearance, Chrome, Colors, Contrast, Direction, FIELDS, Field, FieldKind, Inputs, LookedFrom, Motion, Sets,
    TextSize, Theme, Time, Vision,
};
pub use list::{all, find};
pub use manifest::{Manifest, manifest};
pub use messages::Message;
pub use notes::{Notes, sentences};
pub use pictures::{Picture, pictures};
pub use replay::Snapshot;
pub use search::{Facets, Search};
pub use setup::Setup;
pub use source::{Source, source};
pub use state::{PageContent, Shell, State, View};

#[cfg(test)]
mod tests;
