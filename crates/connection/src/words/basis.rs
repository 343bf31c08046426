//! What speaks for a cause, each ground as a sentence.

use super::check::clock_off;
use super::duration;
use crate::machine::PING_TIMEOUT;
use crate::time::SECOND;
use crate::verdict::Basis;

/// What speaks for a cause, as one line. A check speaks for itself in the checklist.
pub fn basis(basis: &Basis) -> Option<String> {
    Some(match basis {
        Basis::Check(_) => return None,
        Basis::NeverOpened => "The socket never opened, so it failed on the way there or was refused.".to_owned(),
        Basis::WasConnected => "The connection had stood before, so the address was right.".to_owned(),
        Basis::SeenHealthy => "The portal's server had seen it well while it was in use here.".to_owned(),
        Basis::ConnectTimeout => "The socket did not open within the time limit.".to_owned(),
        Basis::ErrorFirst => "The browser reported an error on the open connection before it ended.".to_owned(),
        Basis::CloseCode(code) => format!("The endpoint gave close code {code}."),
        Basis::TlsRefused => "The browser closed with 1015: it refused the endpoint's TLS or certificate.".to_owned(),
        Basis::NoAnswer => {
            format!("A command that DRP always acknowledges had no answer within {}.", duration(PING_TIMEOUT))
        }
        Basis::SameUptime(ms) => {
            format!("The newest connections each ended after about {}.", duration(ms / SECOND * SECOND))
        }
        Basis::InUse(ms) => {
            format!("Data had come through within {} before each of them ended.", duration((*ms).max(SECOND)))
        }
        Basis::ClockOff(skew) => {
            format!("{} With a wrong clock a browser refuses a certificate that is valid.", clock_off(*skew, "was"))
        }
        Basis::Repeated(losses, span) => format!("{losses} losses in {}.", duration(span / SECOND * SECOND)),
    })
}
