//! What the gallery says when the simulator that it drives does not do as it was told.

/// No simulator stands beside the portal.
pub(super) const NO_SIMULATOR: &str = "No simulator stands beside this portal, so there is nothing here that may be broken. Start the demo, or name a simulator's control when the portal is started:";

/// The control at this address does not answer, or does not let this page read its answers.
pub(super) fn control_away(control: &str) -> String {
    format!(
        "The simulator's control at {control} does not answer this page. Start the simulator again, and open this page by a loopback address such as http://127.0.0.1:8080: the control answers no others."
    )
}

/// What answers at this address is no control that this gallery knows.
pub(super) fn not_a_control(control: &str) -> String {
    format!(
        "What answers at {control} is not the control of a simulator of this version. Start the portal with --simulator and the address that drp-simulator was given as --control."
    )
}

/// The control refused, with its own words.
pub(super) fn order_refused(error: &str) -> String {
    format!("The simulator did not do it: {}.", error.trim_end_matches('.'))
}
