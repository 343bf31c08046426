//! What the endpoint said with its close frame.

use crate::close_code::{Source, Wire};
use crate::loss::Outage;
use crate::secret::scrub;

/// How the endpoint itself ended the connection: what its code stands for, then its own words if it gave any.
pub(super) fn said(outage: &Outage) -> Option<String> {
    /// Characters of the endpoint's own words: two lines on a phone.
    const SHOWN: usize = 80;
    let close = outage.first_close.as_ref().or(outage.last_close.as_ref())?;
    let row = close.code.row();
    if close.given_up.is_some() || row.on_the_wire == Wire::Never {
        return None;
    }
    // The row of a range speaks for many codes, the reason for this one.
    let gist = if row.defined_in == Source::Unassigned { "DRP has no meaning for this code" } else { row.gist };
    let reason = scrub(close.reason.trim());
    if reason.is_empty() {
        return Some(format!("{gist}."));
    }
    let more = if reason.chars().nth(SHOWN).is_some() { "…" } else { "" };
    // Isolated, so that words of another direction leave the sentence around them as it is.
    Some(format!(
        "{gist}. The close message said: “\u{2068}{}{more}\u{2069}”.",
        reason.chars().take(SHOWN).collect::<String>()
    ))
}
