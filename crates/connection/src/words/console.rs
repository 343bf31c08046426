//! What the field for a line of the console says.

use crate::console::{Bypass, Decoded, Meaning};

/// Below the field.
pub const CONSOLE_HINT: &str =
    "It is read here, in this page, and sent nowhere. It may hold your token, so show it to nobody else.";

/// In place of the steps, where neither the line nor the portal names an endpoint.
pub const CONSOLE_NO_ENDPOINT: &str =
    "Paste the whole line, with its address, or choose an endpoint on the overview, and the steps for it stand here.";

/// The answer to what tells nothing.
const CONSOLE_NOTHING: &str = "Nothing in this tells why. The line that begins with “WebSocket connection to” tells most; in Firefox, the code on the endpoint's own error page does.";

/// Before the list of causes: what the sign is.
pub fn stands_for(meaning: &Meaning) -> &'static str {
    match meaning.causes {
        [] => " does not say why the live connection was lost.",
        [_] => " means:",
        _ => " stands for one of these, the likeliest first:",
    }
}

/// Whether the browser offers a way past it.
pub fn bypass(bypass: Bypass) -> Option<&'static str> {
    match bypass {
        Bypass::Offered => Some(
            "The endpoint's page in a new tab offers a way to go on, unless the endpoint's domain forbids that (HSTS).",
        ),
        Bypass::Refused => Some("The browser offers no way to go on: it has to be put right."),
        Bypass::NotAsked => None,
    }
}

/// What to say where the sign is not known.
pub fn unread(reading: &Decoded) -> Option<String> {
    match reading {
        Decoded::Known(_) => None,
        Decoded::UnknownCode(code) => Some(format!(
            "This code is not one that the portal knows; look for “{code}” in your browser's documentation, and send it along when you ask for help."
        )),
        Decoded::Nothing => Some(CONSOLE_NOTHING.to_owned()),
    }
}
